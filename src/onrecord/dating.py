"""Stage 7, end. Statements and events get their days from the time expressions that govern them.

A date inside what somebody said belongs to what it is said about, one outside to the saying: so an expression dates a
statement only from outside its content, and an event only from the same side of the quotation. Of several in reach the
one in the same clause wins, then the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from onrecord.record import Event, Statement, Status, Timex, TimexType
from onrecord.segment import Segments
from onrecord.story import Span

#: A date this far from the cue is not that of the saying.
_REACH: Final = 90
_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$")


def format_day(timex: Timex) -> str:
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY` of a date; empty for what is vaguer or lasts.

    A stretch of days within one month is dated by its month; a longer one by its year.
    """
    if timex.type not in (TimexType.DATE, TimexType.TIME) or not timex.first or not timex.last:
        return ""
    if _VALUE.match(timex.value):
        return timex.value.partition("T")[0]
    if (timex.last - timex.first).days <= 7:
        return timex.first.isoformat()[:7] if timex.first.month == timex.last.month else ""
    return str(timex.first.year) if timex.first.year == timex.last.year else ""


def date_statements(
    segments: Segments, statements: Sequence[Statement], timexes: Sequence[Timex]
) -> tuple[Statement, ...]:
    """The statements with `said` and `timex` where a day stands with the cue, outside the content."""
    return tuple(_date_statement(statement, segments, timexes) for statement in statements)


def _date_statement(statement: Statement, segments: Segments, timexes: Sequence[Timex]) -> Statement:
    cue = statement.cue
    if cue is None:
        return statement
    near = [
        timex
        for timex in _in_sentence(segments, cue, timexes)
        if _read_day(timex) and not any(span.holds(timex.span) for span in statement.content)
    ]
    best = _nearest(cue, near, segments.text)
    if best is None or _gap(cue, best.span) > _REACH:
        best = _find_today(statement, timexes)
    if best is None:
        return statement
    return statement.model_copy(update={"said": _read_day(best), "timex": best.id})


def _find_today(statement: Statement, timexes: Sequence[Timex]) -> Timex | None:
    """An expression in the content for the story's own day: what happened today can only have been told today."""
    inside = (timex for timex in timexes if any(span.holds(timex.span) for span in statement.content))
    return next((timex for timex in inside if timex.anchor and _read_day(timex) == timex.anchor), None)


def _read_day(timex: Timex) -> date | None:
    return timex.first if timex.first and timex.first == timex.last else None


def _in_sentence(segments: Segments, span: Span, timexes: Iterable[Timex]) -> list[Timex]:
    number = segments.find_sentence(span.start)
    if number is None:
        return []
    sentence = segments.sentences[number].span
    return [timex for timex in timexes if sentence.holds(timex.span)]


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _nearest(span: Span, timexes: Sequence[Timex], text: str) -> Timex | None:
    """The nearest expression; marks between weigh as distance, those of a new clause the most."""
    if not timexes:
        return None
    return min(timexes, key=lambda timex: _distance(span, timex.span, text))


def _distance(span: Span, other: Span, text: str) -> float:
    between = text[min(span.end, other.end) : max(span.start, other.start)]
    marks = 15 * len(re.findall(r"[,;:–—]", between)) + 25 * len(
        re.findall(r"\b(?:who|which|after|before|that)\b", between)
    )
    return _gap(span, other) + marks


def date_events(
    segments: Segments, events: Sequence[Event], statements: Sequence[Statement], timexes: Sequence[Timex]
) -> tuple[Event, ...]:
    """The events with `day` and `timex`; those without a governing expression stay undated."""
    contents = [span for statement in statements for span in statement.content]
    return tuple(_date_event(event, segments, contents, timexes) for event in events)


def _date_event(event: Event, segments: Segments, contents: Sequence[Span], timexes: Sequence[Timex]) -> Event:
    inside = [span for span in contents if span.holds(event.trigger)]
    near = [
        timex
        for timex in _in_sentence(segments, event.trigger, timexes)
        if format_day(timex) and _same_side(timex.span, inside, contents) and _can_be(event.status, timex)
    ]
    clause = [timex for timex in near if event.span.holds(timex.span)]
    best = _nearest(event.trigger, clause or near, segments.text)
    if best is None:
        return event
    return event.model_copy(update={"day": format_day(best), "timex": best.id})


def _can_be(status: Status, timex: Timex) -> bool:
    """False where the date lies on the wrong side of the story's day: what is planned lies ahead, the rest does not."""
    if timex.anchor is None or timex.first is None or timex.last is None:
        return True
    if status in (Status.PLANNED, Status.CONDITIONAL, Status.DEMANDED, Status.HYPOTHETICAL):
        return timex.last >= timex.anchor
    return timex.first <= timex.anchor


def _same_side(span: Span, inside: Sequence[Span], contents: Sequence[Span]) -> bool:
    """Within the content that holds the event, or outside all content when the event is outside."""
    if inside:
        smallest = min(inside, key=lambda content: content.end - content.start)
        return smallest.holds(span)
    return not any(content.holds(span) for content in contents)
