"""The offset map survives cutting, joining and cleaning."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.charset import trace_bytes
from onrecord.read.clean import clean_text
from onrecord.read.traced import Traced, concat, join_lines, trace_text, trace_whole
from onrecord.story import Run

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


def bytes_of(traced: Traced, raw: bytes, at: int) -> bytes:
    """The bytes that one character leads back to."""
    run = next(run for run in traced.runs if run.start <= at < run.end)
    if run.end - run.start == run.raw_end - run.raw_start:
        return raw[run.raw_start + at - run.start : run.raw_start + at - run.start + 1]
    return raw[run.raw_start : run.raw_end]


def test_ascii_is_one_run() -> None:
    assert trace_text("Minsk").runs == (Run(0, 5, 0, 5),)


def test_a_two_byte_character_is_a_run_of_its_own() -> None:
    assert trace_text("Köln", str.encode).runs == (Run(0, 1, 0, 1), Run(1, 2, 1, 3), Run(2, 4, 3, 5))


def test_a_cut_keeps_its_share_of_the_map() -> None:
    cut = trace_text("Köln und Bonn", str.encode).cut(9)
    assert cut == Traced("Bonn", (Run(0, 4, 10, 14),))


def test_glue_between_lines_has_no_bytes() -> None:
    joined = join_lines([trace_text("a"), trace_text("b", offset=2)])
    assert joined == Traced("a b", (Run(0, 1, 0, 1), Run(2, 3, 2, 3)))


def test_a_replacement_leads_back_to_the_whole_match() -> None:
    replaced = trace_text("AT&amp;T").replace(re.compile("&amp;"), "&")
    assert replaced == Traced("AT&T", (Run(0, 2, 0, 2), Run(2, 3, 2, 7), Run(3, 4, 7, 8)))


def test_an_empty_stretch_of_bytes_gives_no_run() -> None:
    assert trace_whole("x", 4, 4).runs == ()


@given(TEXT)
def test_every_character_leads_back_to_its_utf8_bytes(text: str) -> None:
    raw = text.encode()
    traced = trace_bytes(raw, "utf-8")
    assert traced.text == text
    assert all(bytes_of(traced, raw, at).decode() == character for at, character in enumerate(text))


@given(TEXT, st.integers(0, 60), st.integers(0, 60))
def test_cutting_twice_is_cutting_once(text: str, first: int, second: int) -> None:
    traced = trace_bytes(text.encode(), "utf-8")
    assert traced.cut(first).cut(second) == traced.cut(first + second)


@given(st.lists(TEXT, max_size=4))
def test_joining_the_parts_gives_the_whole(parts: list[str]) -> None:
    raw = "".join(parts).encode()
    at, pieces = 0, []
    for part in parts:
        pieces.append(trace_bytes(part.encode(), "utf-8", offset=at))
        at += len(part.encode())
    whole = concat(pieces)
    assert whole.text == "".join(parts)
    assert all(bytes_of(whole, raw, at).decode() == character for at, character in enumerate(whole.text))


@given(TEXT)
def test_cleaning_is_idempotent_and_keeps_the_map(text: str) -> None:
    traced = trace_bytes(text.encode(), "utf-8")
    once = clean_text(traced, entities=False)
    assert clean_text(once, entities=False).text == once.text
    covered = {at for run in once.runs for at in range(run.start, run.end)}
    assert covered == set(range(len(once.text)))
