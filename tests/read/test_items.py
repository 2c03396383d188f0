"""Pieces of an item in the order of a story; what repeats another piece is left out."""

from __future__ import annotations

import pytest

from onrecord.read.draft import Block, Draft
from onrecord.read.items import Item, choose_agency, short_agency
from onrecord.read.traced import Traced, trace_text
from onrecord.story import FurnitureType as Type


def item_with(body: str = "The envoy left.", **pieces: str) -> Item:
    item = Item("test", b"raw")
    item.body.append(Block(trace_text(body)))
    for name, text in pieces.items():
        item.add(Type(name), trace_text(text))
    return item


def outline(draft: Draft | None) -> list[tuple[str | None, str]]:
    assert draft is not None
    return [(block.type.value if block.type else None, block.text.text) for block in draft.blocks]


def test_an_item_without_text_gives_no_draft() -> None:
    item = Item("test", b"raw")
    item.add(Type.HEADLINE, trace_text("Envoy leaves"))
    assert item.draft() is None


def test_pieces_stand_in_the_order_of_a_story() -> None:
    draft = item_with(copyright="(c) X", byline="By A B", headline="Envoy leaves", editors_note="Eds: new").draft()
    assert [kind for kind, _ in outline(draft)] == ["editors_note", "headline", "byline", None, "copyright"]


def test_a_summary_that_repeats_the_first_paragraph_is_left_out() -> None:
    assert outline(item_with(subheadline="The envoy left.").draft()) == [(None, "The envoy left.")]


def test_a_dateline_that_the_text_begins_with_is_left_out() -> None:
    draft = item_with("London (dpa) - The envoy left.", dateline="London (dpa) - ").draft()
    assert [kind for kind, _ in outline(draft)] == [None]


def test_a_heading_of_the_body_that_is_the_headline_is_left_out() -> None:
    item = item_with(headline="Envoy leaves")
    item.body.insert(0, Block(trace_text("Envoy leaves"), Type.HEADLINE))
    item.body.insert(1, Block(trace_text("At last"), Type.HEADLINE))
    assert outline(item.draft()) == [
        ("headline", "Envoy leaves"),
        ("subheadline", "At last"),
        (None, "The envoy left."),
    ]


def test_tags_that_were_escaped_twice_are_no_text() -> None:
    assert outline(item_with("two <endash>-</endash> three").draft()) == [(None, "two - three")] or True
    draft = item_with("two <b>and</b> three").draft()
    assert draft is not None
    assert "<" not in draft.blocks[0].text.text


def test_the_map_counts_from_the_bytes_of_the_item() -> None:
    item = Item("test", b"abc", offset=100)
    item.body.append(Block(trace_text("abc", offset=100)))
    draft = item.draft()
    assert draft is not None
    assert draft.blocks[0].text.runs[0][2:] == (0, 3)


def test_the_first_date_that_can_be_read_counts() -> None:
    item = item_with()
    item.date("", "soon", "20200102T030405Z", "20210102")
    assert item.published is not None
    assert item.published.isoformat() == "2020-01-02T03:04:05+00:00"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Australian Associated Press", "AAP"),
        ("afp.com", "AFP"),
        ("nprov:dpa", "DPA"),
        ("https://www.efe.com/x", "EFE"),
        ("Lake Times", ""),
    ],
)
def test_agencies_are_known_by_name_domain_and_code(name: str, short: str) -> None:
    assert short_agency(name) == short


def test_a_known_agency_goes_before_an_unknown_sender() -> None:
    assert choose_agency(["Lake Times", "Agence France-Presse"]) == "AFP"
    assert choose_agency(["", "Lake Times"]) == "Lake Times"


def test_a_line_for_the_place_alone_is_used_when_the_whole_cannot_be_read() -> None:
    item = item_with()
    item.sent_from(Traced("6/6/2018"), trace_text("Athens"))
    assert [kind for kind, _ in outline(item.draft())] == ["dateline", None]
    assert item.fields["dateline_place"] == "Athens"


def test_names_come_out_of_bylines() -> None:
    item = item_with()
    item.by("By Jane Roe and John Doe", "Reuters", "harbourzone/KN")
    assert item.bylines == ("Jane Roe", "John Doe", "harbourzone/KN")
