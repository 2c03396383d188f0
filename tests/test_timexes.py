"""Time expressions: extents and values on own sentences, and what must never happen."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Timex, TimexType
from onrecord.story import Span
from onrecord.timexes import find_timexes, list_failures

FRIDAY = date(2013, 3, 22)
CASES = Path(__file__).parent / "timex_cases.yaml"
_MARKED = re.compile(r"\[([^|\]]+)\|([^\]]*)\]")


def read_cases() -> list[str]:
    data = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [sentence for rows in data.values() for sentence in rows]


def find(text: str, anchor: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(timex.span.words(text), timex.value) for timex in find_timexes(text, [(0, len(text))], anchor)]


def find_one(text: str, anchor: date | None = FRIDAY) -> Timex:
    (timex,) = find_timexes(text, [(0, len(text))], anchor)
    return timex


@pytest.mark.parametrize("sentence", read_cases())
def test_own_sentence_gives_extents_and_values(sentence: str) -> None:
    gold = [(words, value) for words, value in _MARKED.findall(sentence)]
    assert find(_MARKED.sub(r"\1", sentence)) == gold


@pytest.mark.parametrize(
    ("words", "kind", "mod"),
    [
        ("early May", TimexType.DATE, "START"),
        ("the end of 2012", TimexType.DATE, "END"),
        ("mid-January", TimexType.DATE, "MID"),
        ("about 20 minutes", TimexType.DURATION, "APPROX"),
        ("more than a year", TimexType.DURATION, "MORE_THAN"),
        ("every Friday", TimexType.SET, ""),
        ("10:15 p.m.", TimexType.TIME, ""),
    ],
)
def test_type_and_modifier_follow_timex3(words: str, kind: TimexType, mod: str) -> None:
    timex = find_one(f"It happened at {words}.")
    assert (timex.type, timex.mod) == (kind, mod)


def test_value_covers_its_first_and_last_day() -> None:
    timex = find_one("Sales fell in the third quarter of 2011.")
    assert (timex.first, timex.last, timex.anchor) == (date(2011, 7, 1), date(2011, 9, 30), FRIDAY)


def test_week_begins_on_monday_and_crosses_the_year() -> None:
    timex = find_one("He left last week.", date(2013, 1, 4))
    assert (timex.value, timex.first, timex.last) == ("2012-W52", date(2012, 12, 24), date(2012, 12, 30))


def test_impossible_day_has_no_value_and_is_noted() -> None:
    text = "They met on Feb 30 and parted."
    timexes = find_timexes(text, [(0, len(text))], FRIDAY)
    assert [timex.value for timex in timexes] == [""]
    (failure,) = list_failures(text, timexes)
    assert failure.stage == "timexes"
    assert "'Feb 30'" in failure.reason


def test_leap_day_exists_in_leap_years_only() -> None:
    assert find("He was born on 29 February 2012.")[0][1] == "2012-02-29"
    assert find("He was born on 29 February 2013.")[0][1] == ""


def test_without_anchor_what_hangs_on_it_stays_open() -> None:
    assert find("They met on Friday and in June.", None) == [("Friday", "XXXX-WXX-5"), ("June", "XXXX-06")]


def test_narrative_counts_from_the_date_before() -> None:
    text = "In 1809 the war began. In May the army crossed the river. The following year it came back; in 1811 it fled."
    found = find_timexes(text, [(0, len(text))], FRIDAY, narrative=True)
    assert [timex.value for timex in found] == ["1809", "1809-05", "1810", "1811"]


def test_narrative_goes_on_into_the_next_year() -> None:
    text = "The fleet sailed in December 1740. In January it was lost."
    found = find_timexes(text, [(0, len(text))], FRIDAY, narrative=True)
    assert [timex.value for timex in found] == ["1740-12", "1741-01"]


def test_years_before_christ_are_counted_backwards() -> None:
    text = "In 312 BC the road was begun. The following year it reached the coast."
    found = find_timexes(text, [(0, len(text))], FRIDAY, narrative=True)
    assert [timex.value for timex in found] == ["BC0312", "BC0311"]


def test_text_with_many_old_years_is_a_narrative_by_itself() -> None:
    text = " ".join(f"In {year} a king died." for year in range(1701, 1709)) + " In May his son was crowned."
    assert find(text)[-1] == ("May", "1708-05")


def test_the_year_of_a_joined_date_serves_both() -> None:
    assert find("It lasted from 26 June to 4 August 1952.") == [
        ("26 June", "1952-06-26"),
        ("4 August 1952", "1952-08-04"),
    ]


def test_spans_are_offsets_in_the_whole_text() -> None:
    text = "Headline of May\n\nHe left on Monday."
    start = text.index("He left")
    (timex,) = find_timexes(text, [(start, len(text))], FRIDAY)
    assert timex.span == Span(text.index("Monday"), text.index("Monday") + 6)


@given(st.text(alphabet=st.sampled_from("0123456789 ,.-/:'MayJunFridylstwekonhreTpBCGMT()\n"), max_size=80))
def test_no_text_makes_it_fail_and_spans_are_in_order(text: str) -> None:
    found = find_timexes(text, [(0, len(text))], FRIDAY)
    places = [timex.span for timex in found]
    assert all(0 <= span.start < span.end <= len(text) for span in places)
    assert all(before.end <= after.start for before, after in pairwise(places))
