"""Messages: encodings, forwarding, signatures, attachments, and the way back to the bytes."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from onrecord.config import Limits
from onrecord.errors import EmptyInput, LimitExceeded
from onrecord.read import email, read
from onrecord.read.transfer import decode_payload
from onrecord.story import FurnitureType, Span

CASES = Path(__file__).parent / "cases"
WIRE = (CASES / "tass-slashes.txt").read_text("utf-8")


def message(body: str = WIRE, subject: str = "For the file") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "AFP <wire@example.org>"
    made["To"] = "desk@example.net"
    made["Subject"] = subject
    made["Date"] = "Wed, 09 Mar 2016 16:40:00 +0100"
    made["Message-ID"] = "<1@example.org>"
    made.set_content(body)
    return made


def test_a_wire_in_the_text_keeps_its_own_headline() -> None:
    story = next(read(message().as_bytes()))
    assert story.headline == "Caspian states to hold extra session on water level"
    assert "For the file" in [piece.value for piece in story.furniture if piece.type is FurnitureType.HEADER]


def test_the_subject_is_the_headline_of_a_text_without_one() -> None:
    story = next(read(message("The envoys will meet again.\n\nNo day was named.\n", "Fwd: Envoys to meet").as_bytes()))
    assert (story.headline, story.body) == ("Envoys to meet", "The envoys will meet again.\n\nNo day was named.")


def test_the_sender_names_the_agency_when_the_text_does_not() -> None:
    assert next(read(message("The envoys will meet again.\n").as_bytes())).agency == "AFP"


def test_a_signature_is_no_body() -> None:
    story = next(read(message("The envoys will meet again.\n\n-- \nAda Loy\nForeign desk\n").as_bytes()))
    assert story.body == "The envoys will meet again."


def test_a_quoted_message_is_read_without_its_quotation_marks() -> None:
    quoted = "".join(f"> {line}\n" for line in WIRE.splitlines())
    assert next(read(message(quoted).as_bytes())).agency == "TASS"


def test_an_attached_wire_is_a_story_of_its_own() -> None:
    made = message("See the attachment.\n")
    made.add_attachment((CASES / "ansa-nitf.xml").read_bytes(), maintype="text", subtype="xml", filename="a.xml")
    assert [story.format for story in read(made.as_bytes())] == ["email", "nitf"]


def test_an_attached_message_is_a_story_of_its_own() -> None:
    made = message("See the attachment.\n")
    made.add_attachment(message())
    assert [story.agency for story in read(made.as_bytes())] == ["AFP", "TASS"]


def test_a_picture_is_passed_over() -> None:
    made = message()
    made.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(200), maintype="image", subtype="png", filename="a.png")
    assert len(list(read(made.as_bytes()))) == 1


def test_a_message_without_text_is_an_error() -> None:
    with pytest.raises(EmptyInput, match="no text"):
        list(read(message("\n").as_bytes()))


def test_a_huge_message_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        list(read(message("words " * 4000).as_bytes(), limits=Limits(story_bytes=1000)))


def test_quoted_printable_leads_back_character_by_character() -> None:
    payload = b"caf=C3=A9 au=\r\n lait"
    traced = decode_payload(payload, "quoted-printable", "utf-8", 10)
    assert traced.text == "café au lait"
    assert [payload[run.raw_start - 10 : run.raw_end - 10] for run in traced.runs][1] == b"=C3=A9"


def test_base64_leads_back_to_its_line() -> None:
    story = next(read((CASES / "base64-html.eml").read_bytes()))
    at = story.text.index("Kadri")
    raw = story.find_raw(Span(at, at + 5))
    assert raw.end - raw.start <= 2 * 77
    assert b"base64" not in story.raw[raw.start : raw.end]


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: a\nReceived: b\n\nc",
        b"\r\n  \r\nFrom: a@b.c\r\nTo: d@e.f\r\n\r\n",
        b"From a@b.c Wed\nFrom: a\nDate: b\n\n",
    ],
)
def test_a_message_is_known_by_its_fields(head: bytes) -> None:
    assert email.matches(head)


@pytest.mark.parametrize(
    "head", [b"Headline: a\nDate: b\n\nc", b"MOSCOW: The talks\nwent on", b"Subject: only\n\nx", b""]
)
def test_other_text_is_no_message(head: bytes) -> None:
    assert not email.matches(head)
