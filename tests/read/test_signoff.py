"""Initials, end marks and credits behind the last sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.initials import find_initials
from onrecord.read.signoff import cut_tail, is_agency_line

INITIALS = [
    ("as.hm", "", "as.hm"),
    ("hh/ph/ts/hd", "AFP", "hh/ph/ts/hd"),
    ("dpa wsz jln npr", "DPA", "wsz jln npr"),
    ("AAP RTV ar", "AAP", "RTV ar"),
    ("HS/TA/ISB", "NAN", "HS/TA/ISB"),
    ("str-edi/jm", "AFP", "str-edi/jm"),
    ("YK4-GF", "ANSA", "YK4-GF"),
    ("ALYN // PJA", "Lusa", "ALYN // PJA"),
    ("TSM (JH) // ZO.", "Lusa", "TSM (JH) // ZO"),
    ("NK/lb/cgd/APA", "APA", "NK/lb/cgd"),
    ("/Sapa/pm/1815", "SAPA", "pm"),
    ("M.N./K.F.", "", "M.N./K.F."),
    ("R.J/ H.Zain", "", "R.J/ H.Zain"),
    ("AA/IS/VAO", "PANA", "AA/IS/VAO"),
    ("LT/as/idrissa/APA", "APA", "LT/as/idrissa"),
    ("PTI SBN NN", "PTI", "SBN NN"),
    ("9376**1416", "IRNA", "9376**1416"),
    ("ek dp", "Interfax", "ek dp"),
    ("cs/rg/96", "CANA", "cs/rg"),
    ("8/lk", "", "8/lk"),
    ("ap", "Interfax", "ap"),
]


@pytest.mark.parametrize(("line", "agency", "expected"), INITIALS, ids=[row[0] for row in INITIALS])
def test_the_desk_s_initials_are_read(line: str, agency: str, expected: str) -> None:
    assert find_initials(line, agency) == expected


@pytest.mark.parametrize(
    "line",
    [
        "body text",
        "(end)",
        "ENDS",
        "EFE",
        "Lusa/fim",
        "he said",
        "No vote was taken. CMC/kb",
        "told AFP.",
        "Talks/",
        "and/or",
        "",
        "UN",
        "3/4",
        "2. Next",
    ],
)
def test_what_is_no_initials_is_left(line: str) -> None:
    assert find_initials(line) == ""


TAILS = [
    ("It is over. (end) as.hm", "It is over.", ["(end)", "as.hm"]),
    ("It is over. Enditem", "It is over.", ["Enditem"]),
    ("It is over. (ANSA).", "It is over.", ["(ANSA)."]),
    ("It is over. (NAN) AB/CD", "It is over.", ["(NAN)", "AB/CD"]),
    ("It is over. PTI KRS ABH", "It is over.", ["KRS ABH"]),
    ("It is over. EFE", "It is over.", ["EFE"]),
    ("It began. It is over. PTI SBN NN", "It began. It is over.", ["SBN NN"]),
    ("It is over. dj/ol", "It is over.", ["dj/ol"]),
    ("It is over. -30-", "It is over.", ["-30-"]),
    ("It is over. (more)", "It is over.", ["(more)"]),
    ("It is over. (ANI) (END)", "It is over.", ["(ANI)", "(END)"]),
    (
        "It is over. (Reporting by Ada Loy; Editing by Tom Hask)",
        "It is over.",
        ["(Reporting by Ada Loy; Editing by Tom Hask)"],
    ),
    ('"It is over." ==Kyodo', '"It is over."', ["==Kyodo"]),
]


@pytest.mark.parametrize(("words", "body", "values"), TAILS, ids=[row[0] for row in TAILS])
def test_what_stands_behind_the_last_sentence_is_cut_off(words: str, body: str, values: list[str]) -> None:
    cut = cut_tail(words)
    assert cut is not None
    assert words[: cut[0]].rstrip() == body
    assert [mark.value for mark in cut[1]] == values


@pytest.mark.parametrize(
    "words",
    [
        "It is over, he told AFP.",
        "It is over (and has been for long).",
        "The vote was 211 to 198.",
        "The ministry (MFA) will answer.",
        "He spoke of the UN.",
        "The ship belongs to the agency (ESA).",
    ],
)
def test_a_sentence_is_left_whole(words: str) -> None:
    assert cut_tail(words) is None


@pytest.mark.parametrize("line", ["(ANI)", "-- SPA", "==Kyodo", "Lusa/fim", "/ritzau/", "-- BERNAMA", "(NTB)"])
def test_an_agency_on_a_line_of_its_own_is_an_end_mark(line: str) -> None:
    assert is_agency_line(line)


@given(st.text(max_size=120))
def test_any_text_is_cut_inside_itself(text: str) -> None:
    cut = cut_tail(text)
    assert cut is None or all(cut[0] <= mark.start < mark.end <= len(text) for mark in cut[1])
