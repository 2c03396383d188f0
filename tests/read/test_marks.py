"""Lines that are furniture by what they say."""

from __future__ import annotations

import time

import pytest

from onrecord.read.marks import find_type
from onrecord.story import FurnitureType as Type

LINES = [
    ("A+ A-", Type.CONTROL),
    ("Share on Facebook | Twitter | WhatsApp", Type.CONTROL),
    ("Home > World > Europe", Type.CONTROL),
    ("5 min read", Type.CONTROL),
    ("Advertisement", Type.CONTROL),
    ("(more)", Type.MORE),
    ("(end)", Type.END),
    ("ENDS", Type.END),
    ("Enditem", Type.END),
    ("-30-", Type.END),
    ("-0-", Type.END),
    ("(END/2011)", Type.END),
    ("___", Type.END),
    ("URGENT", Type.VERSION),
    ("1st Ld-Writethru", Type.VERSION),
    ("UPDATE 2", Type.VERSION),
    ("CORRECTED", Type.VERSION),
    ("Take 2 of 3", Type.VERSION),
    ("EMBARGOED UNTIL 1500 GMT, 9 MARCH 2016", Type.EMBARGO),
    ("Not for publication before 6 p.m. Friday", Type.EMBARGO),
    ("© 2014 Example Press", Type.COPYRIGHT),
    ("Copyright 2022, Example. All rights reserved.", Type.COPYRIGHT),
    ("Eds: With photos.", Type.EDITORS_NOTE),
    ("(ATTN: ADDS comments in last 3 paras)", Type.EDITORS_NOTE),
    ("(Recasts with minister, adds background)", Type.EDITORS_NOTE),
    ("Adds details, quotes", Type.EDITORS_NOTE),
    ("ATTENTION - ADDS toll ///", Type.EDITORS_NOTE),
    ("(Reporting by Ada Loy; Editing by Tom Hask)", Type.CREDIT),
    ("Associated Press writer Ada Loy in Bonn contributed to this report.", Type.CREDIT),
    ("Loy reported from Bonn.", Type.CREDIT),
    ("Photo: Ada Loy", Type.CREDIT),
    ("This report by The Canadian Press was first published April 11, 2018.", Type.CREDIT),
    ("Tel: +49 30 000 1234; <desk@example.org>", Type.HEADER),
    ("desk@example.org", Type.HEADER),
    ("Keywords: LAKE TREATY/", Type.KEYWORDS),
]
TEXT = [
    "The end of the war came quickly.",
    "The president shared his views with the envoy.",
    "More than 100 people were hurt.",
    "He said: no.",
    "Urgent talks were held in Bonn.",
    "Adds up to nothing, he said",
    "Correct answers are rare",
    "Editors should note that the press was not invited, the minister told reporters after the meeting.",
    "Reporting from the front has become dangerous.",
]


@pytest.mark.parametrize(("words", "expected"), LINES, ids=[row[0] for row in LINES])
def test_furniture_is_known_by_its_words(words: str, expected: Type) -> None:
    assert find_type(words) == expected


@pytest.mark.parametrize("words", TEXT)
def test_text_is_no_furniture(words: str) -> None:
    assert find_type(words) is None


@pytest.mark.parametrize("words", ["a " * 300, "( " * 300, "- " * 300, "news | " * 90, "A+" * 300, "more " * 100 + "x"])
def test_no_line_takes_long(words: str) -> None:
    begin = time.perf_counter()
    find_type(words)
    assert time.perf_counter() - begin < 0.2
