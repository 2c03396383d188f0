"""Characters that nobody sees, and characters that stand for others."""

from __future__ import annotations

import pytest

from onrecord.read.charset import trace_bytes
from onrecord.read.clean import clean_text, compose
from onrecord.story import Run


def clean(text: str) -> str:
    return clean_text(trace_bytes(text.encode(), "utf-8")).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x16\x01talks\x02", "talks"),
        ("ne\u00adgo\u00adti\u00ada\u00adtions", "negotiations"),
        ("5\u00a0p.m.\u2009today", "5 p.m. today"),
        ("Marks &amp; Co. said &#8220;no&#8221;", "Marks & Co. said “no”"),
        ("AT&T and R&D; stay", "AT&T and R&D; stay"),
        ("\ufeffzero\u200bwidth", "zerowidth"),
        ("plain", "plain"),
    ],
)
def test_what_is_not_seen_goes_and_what_stands_for_something_is_resolved(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_composed_character_leads_back_to_all_its_bytes() -> None:
    composed = compose(trace_bytes("Ole\u0301".encode(), "utf-8"))
    assert composed.text == "Olé"
    assert composed.runs[-1] == Run(2, 3, 2, 5)


def test_hangul_letters_are_composed() -> None:
    assert clean("\u1112\u1161\u11ab") == "한"


def test_a_zero_width_non_joiner_stays_because_persian_needs_it() -> None:
    assert clean("می\u200cشود") == "می\u200cشود"
