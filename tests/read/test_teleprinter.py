"""IPTC 7901 and ANPA 1312: frames, header fields, times of filing, several messages in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.config import Limits
from onrecord.read import anpa, iptc7901, read
from onrecord.read.detect import find_reader
from onrecord.read.teleprinter import read_filed, split_messages
from onrecord.story import FurnitureType, Span

CASES = Path(__file__).parent / "cases"
GERMAN = (CASES / "dpa-german.7901").read_bytes()
STORY = (CASES / "ap-story.anpa").read_bytes()


def test_the_two_formats_are_told_apart() -> None:
    assert find_reader(GERMAN) is iptc7901
    assert find_reader(STORY) is anpa


def test_each_message_of_a_stream_is_a_story_with_its_own_bytes() -> None:
    stories = list(read(GERMAN))
    assert [story.headline for story in stories] == [
        "Brüssel und Oslo verschieben Gespräche über Kabeljau",
        "Oslo bestätigt neuen Termin",
    ]
    assert b"Kabeljau" not in stories[1].raw


def test_an_umlaut_leads_back_to_its_one_byte() -> None:
    story = next(read(GERMAN))
    at = story.text.index("ü")
    raw = story.find_raw(Span(at, at + 1))
    assert story.raw[raw.start : raw.end] == b"\xfc"


def test_quotation_marks_and_dashes_of_the_wire_become_those_of_print() -> None:
    story = next(read(STORY))
    assert '"They had our boats.' in story.body
    assert "``" not in story.text


def test_replaced_quotation_marks_lead_back_to_both_strokes() -> None:
    story = next(read(STORY))
    at = story.text.index('"They')
    raw = story.find_raw(Span(at, at + 1))
    assert story.raw[raw.start : raw.end] == b"``"


def test_header_and_trailer_are_furniture() -> None:
    story = next(read(STORY))
    assert {FurnitureType.HEADER, FurnitureType.SLUG} <= {piece.type for piece in story.furniture}
    assert story.published.time == datetime(2016, 3, 9, 17, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("trailer", "expected"),
    [
        ("131137 GMT Nov 13", "2013-11-13T11:37:00+00:00"),
        ("091412 Mar 16", "2016-03-09T14:12:00+00:00"),
        ("AP-WF-11-13-13 1509GMT", "2013-11-13T15:09:00+00:00"),
        ("021930 MEZ Mär 16", "2016-03-02T19:30:00"),
    ],
)
def test_the_time_of_filing_is_read(trailer: str, expected: str) -> None:
    filed = read_filed(trailer)
    assert filed is not None
    assert filed.isoformat() == expected


@pytest.mark.parametrize("trailer", ["", "no time", "999999 GMT Nov 13", "AP-WF-13-40-13 1509GMT"])
def test_what_is_no_time_of_filing_is_none(trailer: str) -> None:
    assert read_filed(trailer) is None


def test_a_message_without_controls_is_known_by_its_header() -> None:
    raw = GERMAN.translate(None, b"\x01\x02\x03\x04")
    assert iptc7901.matches(raw)
    raw = raw[: raw.index(b"bdt0232")]
    story = next(read(raw))
    assert story.headline == "Brüssel und Oslo verschieben Gespräche über Kabeljau"
    assert (story.slug, story.sign_off) == ("EU/Fischerei/Norwegen/", "kba yyzz n1 gth")


def test_a_cut_message_is_read_as_far_as_it_goes() -> None:
    story = next(anpa.read(STORY[:400], Limits()))
    assert any("Ferry crews" in block.text.text for block in story.blocks)


def test_noise_between_messages_is_no_message() -> None:
    assert list(split_messages(b"\x01a\x02b\x04\x00\x01\x04\x01c\x02d")) == [b"\x01a\x02b\x04\x00", b"\x01c\x02d"]


def anpa_message(text: bytes) -> bytes:
    return b"\x16\x16\x01W0001\x1f_x\r\nf l\x13\x11 BC-Strait-Ferries     03-09 0100\r\n\x02" + text + b"\r\n\x04"


def test_blanks_begin_a_paragraph_where_an_agency_sends_no_tabs() -> None:
    text = (
        b"^BC-Strait-Ferries,90<\r\n^Ferries stop<\r\n"
        b"  ATHENS, Greece (AP) _ The ferries\r\nhave stopped.\r\n  None sails."
    )
    story = next(read(anpa_message(text)))
    assert story.body == "The ferries have stopped.\n\nNone sails."


def test_a_message_may_have_keywords_and_no_headline() -> None:
    story = next(read(anpa_message(b"^BC-Strait--Ferries,90<\r\n\tATHENS, Greece (AP) _ The ferries have stopped.")))
    assert (story.slug, story.headline, story.body) == ("BC-Strait--Ferries", "", "The ferries have stopped.")
