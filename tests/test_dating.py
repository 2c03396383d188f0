"""Days of statements and events: which expression governs them."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.dating import date_events, date_statements, format_day
from onrecord.record import Event, Statement, Status, Timex
from onrecord.segment import Segments, segment_story
from onrecord.story import Span, Story
from onrecord.timexes import find_timexes

FRIDAY = date(2022, 1, 14)


def read(text: str) -> tuple[Segments, tuple[Timex, ...]]:
    spans = (Span(0, len(text)),)
    story = Story(id="x", text=text, raw=b"", runs=(), format="text", paragraphs=spans)
    return segment_story(story), find_timexes(text, spans, FRIDAY)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def say(text: str, cue: str, content: str) -> Statement:
    inside = span_of(text, content)
    return Statement(id="s1", span=inside, cue=span_of(text, cue), content=(inside,))


def do(text: str, trigger: str, status: Status = Status.HAPPENED) -> Event:
    return Event(id="e1", span=span_of(text, trigger), type="CONSULT", trigger=span_of(text, trigger), status=status)


def test_day_beside_the_cue_dates_the_statement() -> None:
    text = "The minister on Thursday told reporters that talks had failed in May."
    segments, timexes = read(text)
    (statement,) = date_statements(segments, (say(text, "told", "that talks had failed in May"),), timexes)
    assert (statement.said, statement.timex) == (date(2022, 1, 13), "t1")


def test_day_inside_the_content_does_not_date_the_statement() -> None:
    text = "The minister told reporters that talks had failed on Monday."
    segments, timexes = read(text)
    (statement,) = date_statements(segments, (say(text, "told", "that talks had failed on Monday"),), timexes)
    assert statement.said is None


def test_event_in_a_quotation_is_dated_from_inside_it() -> None:
    text = "The minister on Thursday told reporters that talks had failed on Monday."
    segments, timexes = read(text)
    statement = say(text, "told", "that talks had failed on Monday")
    (event,) = date_events(segments, (do(text, "talks"),), (statement,), timexes)
    assert event.day == "2022-01-10"


def test_each_of_two_events_takes_the_nearest_date() -> None:
    text = "The rounds, between one pair on January 10 and another pair on January 12, failed."
    segments, timexes = read(text)
    events = (do(text, "one pair"), do(text, "another pair"))
    assert [event.day for event in date_events(segments, events, (), timexes)] == ["2022-01-10", "2022-01-12"]


def test_planned_event_is_not_dated_by_the_past() -> None:
    text = "The sides agreed on Monday to meet again."
    segments, timexes = read(text)
    (event,) = date_events(segments, (do(text, "meet", Status.PLANNED),), (), timexes)
    assert event.day == ""


def test_event_without_expression_stays_undated() -> None:
    text = "The sides met."
    segments, timexes = read(text)
    assert date_events(segments, (do(text, "met"),), (), timexes)[0].day == ""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", "2022-01-10"),
        ("in May 2020", "2020-05"),
        ("in 2019", "2019"),
        ("last week", "2022-01"),
        ("for two weeks", ""),
    ],
)
def test_day_is_as_exact_as_the_words(words: str, day: str) -> None:
    _, (timex,) = read(f"They met {words}.")
    assert format_day(timex) == day
