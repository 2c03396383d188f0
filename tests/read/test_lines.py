"""Hard-wrapped lines become paragraphs; lines that ended on purpose stay lines."""

from __future__ import annotations

import pytest

from onrecord.read.lines import join_wrapped, measure_width, split_lines
from onrecord.read.traced import trace_text

WRAPPED = """The delegations of the two states met for a third day in the old
customs house, without a word to the reporters who waited in the
rain.
   An aide carried two boxes of files to a car at noon. Neither side
would say whose they were.
   The talks go on."""


def paragraphs(text: str) -> list[str]:
    return [block.text.text for block in join_wrapped(trace_text(text))]


def test_an_indent_begins_a_paragraph() -> None:
    assert [words.split()[0] for words in paragraphs(WRAPPED)] == ["The", "An", "The"]


def test_wrapped_lines_are_joined_with_one_space() -> None:
    assert paragraphs(WRAPPED)[0].endswith("reporters who waited in the rain.")


def test_the_width_is_that_of_the_longest_usual_line() -> None:
    assert measure_width(split_lines(WRAPPED)) == 68


def test_unwrapped_lines_are_paragraphs() -> None:
    text = "One sentence that is long enough to be a paragraph of its own, as on a page.\nAnother one of them follows."
    assert len(paragraphs(text)) == 2


def test_a_headline_above_wrapped_text_stays_apart() -> None:
    assert paragraphs("Talks go on in customs house\n" + WRAPPED)[0] == "Talks go on in customs house"


def test_a_full_headline_is_not_joined_to_the_byline_below_it() -> None:
    text = "Two states meet for third day in the old customs house by the sea\nBy Ada Loy\n" + WRAPPED
    assert paragraphs(text)[:2] == ["Two states meet for third day in the old customs house by the sea", "By Ada Loy"]


def test_rows_of_a_table_stay_rows() -> None:
    rows = ["Party          Seats   Before", "Harbour Union     14       11", "Reform List        9       12"]
    assert paragraphs("\n".join(rows)) == rows


def test_items_of_a_list_stay_items() -> None:
    text = """The demands were read out by the mediator in front of the building:
- that both armies leave the bridge and the two villages next to it
- that the market opens on Friday
- that nobody is tried for crossing"""
    assert len(paragraphs(text)) == 4


def test_blank_lines_part_paragraphs_whatever_their_length() -> None:
    assert paragraphs("a b c\n\nd e f\n \ng") == ["a b c", "d e f", "g"]


@pytest.mark.parametrize("text", ["", "\n\n", "  \t\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert paragraphs(text) == []
