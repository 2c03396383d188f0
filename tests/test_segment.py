"""Sentences and tokens of English wires."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import read
from onrecord.segment import Segments, segment_story, split_sentences, split_tokens
from onrecord.story import Span


def sentences(text: str) -> list[str]:
    return [span.words(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. President met Mr. Loy.|He left at 5 p.m. Friday.|Talks ended at 6 p.m.|Police came.",
        "Gen. John J. Doe of St. Petersburg, Fla., agreed on Jan. 5.|On Jan. 6 it rose 3.5 percent to $1.2 bln.",
        "He lives in the U.S.|The war... is not over.|George W. Bush spoke.",
        "It was No. 5 in Res. 2254.|Acme Inc. shares fell.|The company is in Acme Corp.|He said so.",
        "The office of J.K. Rowling said no.|What now?|Nothing!",
        '"We are ready.|We will go."|Then he left.',
        '"Is it true?" Minister Loy asked.|"No."|He left.',
        '"We are here!" he said.|"They are not."',
        "He asked “why?” and left.|Washington, D.C. officials knew.",
        "(He had no choice.)|She had.",
        "1. The first item is this.|The second sentence follows.",
        "Er kam am 14. Januar nach Bonn.|Dann ging er.",
        "It was in 2014.|The next year was 2015.",
        "Lt. Col. Ada Loy and Sen. Tom Hask, R-Ga., met vs. the odds.|They won.",
        "„Wir sind bereit.“|Danach kam er.",
        "他走了。|她来了。",
        "One sentence without an end",
        "He waited until Dec.|The answer came later.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    joined = text.replace("|", "" if "。" in text else " ")
    assert sentences(joined) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "The|U.S.|envoy|'s|aide|met|Mr.|Loy|at|5|p.m.|Friday|.",
        "It|rose|3.5|percent|to|$|1,200|.",
        "“|They|aren’t|well-known|,|”|he|said|…",
        "Russia|’s|demand|--|no|deal|...",
        "See|https://example.org/a?b=1|or|@desk",
    ],
)
def test_tokens_are_words_numbers_and_marks(text: str) -> None:
    glued = text
    for mark in ("|'s", "|’s", "|.", "|,", "|”", "|…", "|..."):
        glued = glued.replace(mark, mark[1:])
    glued = glued.replace("“|", "“").replace("$|", "$").replace("|", " ")
    assert [span.words(glued) for span in split_tokens(glued)] == text.split("|")


def segments_of(text: str) -> Segments:
    return segment_story(next(read(text.encode())))


STORY = """Envoys to meet again this month

BONN, May 3 (AP) -- The envoys met in the old mint on Tuesday. "We talked.

"We will talk again," Ada Loy said. She would not say when.
"""


def test_sentences_never_cross_paragraphs_and_leave_furniture_out() -> None:
    found = segments_of(STORY)
    assert [found.text[slice(*sentence.span)] for sentence in found.sentences] == [
        "The envoys met in the old mint on Tuesday.",
        '"We talked.',
        '"We will talk again," Ada Loy said.',
        "She would not say when.",
    ]
    assert [sentence.paragraph for sentence in found.sentences] == [0, 0, 1, 1]


def test_tokens_are_spans_of_the_story() -> None:
    found = segments_of(STORY)
    assert [span.words(found.text) for span in found.tokens[3]] == ["She", "would", "not", "say", "when", "."]


def test_a_character_leads_to_its_sentence() -> None:
    found = segments_of(STORY)
    assert found.find_sentence(found.text.index("She")) == 3
    assert found.find_sentence(0) is None


@given(st.text(max_size=200))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = list(split_sentences(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.words(text) == span.words(text).strip() for span in spans)
    kept = "".join(span.words(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(max_size=200), st.integers(0, 50))
def test_tokens_cover_all_but_white_space(text: str, start: int) -> None:
    spans = [Span(first - start, last - start) for first, last in split_tokens(text, start)]
    assert "".join("".join(span.words(text) for span in spans).split()) == "".join(text.split())
