"""Stage 7. Text -> time expressions with TIMEX3 type, value, modifier and the days they can mean.

One pass from left to right: the grammar finds hits, each is given its meaning against the scene so far, modifiers
before it ("early", "the end of", "more than") join it, and a clock time or part of the day joins the day it belongs to.
Prepositions stay outside.

Source: TimeML 1.2.1 annotation guidelines for extents; SynTime (Zhong, Sun and Cambria, ACL 2017) for token types and
general rules; HeidelTime (Stroetgen and Gertz 2013) for news against narratives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from onrecord.record import Failure, Timex, TimexType
from onrecord.story import Span
from onrecord.timexes import (
    calendars,
    clocks,
    days,
    lengths,
    parts,
    relative,
    seasons,
    sets,
    years,
)
from onrecord.timexes.extents import Reach, find_tail, widen_hit
from onrecord.timexes.patterns import Hit, find_hits, find_start
from onrecord.timexes.points import Point, cover_days
from onrecord.timexes.scene import Scene, is_narrative
from onrecord.timexes.tokens import Tokens, load_lexicon, split_tokens
from onrecord.timexes.values import Meaning

STAGE: Final = "timexes"

#: Before a year these say when the sentence plays; "the 2015 deal" does not.
_DATING: Final = frozenset(("in", "since", "during", "from", "until", "by"))
_PARTS: Final = ("part.bare", "part.hours", "part.dawn")

Resolver = Callable[[Hit, Scene], Meaning | None]

_RESOLVERS: Final[dict[str, Resolver]] = {
    "day.mdy": days.find_month_day,
    "day.dmy": days.find_month_day,
    "day.iso": days.find_iso,
    "day.slash": days.find_slashed,
    "day.head": days.find_head_day,
    "day.nth": days.find_nth_day,
    "day.holiday": calendars.find_holiday,
    "day.weekday": days.find_weekday,
    "day.word": relative.find_day_word,
    "day.around": relative.find_around_day,
    "day.weekdayof": days.find_weekday_of,
    "day.dayof": days.find_day_of,
    "month.yearof": days.find_day_of,
    "month": years.find_month,
    "year.plain": years.find_year,
    "year.short": years.find_year,
    "year.era": years.find_era_year,
    "year.ancient": years.find_ancient_year,
    "year.head": years.find_head_year,
    "month.era": years.find_era_month,
    "year.fiscal": years.find_fiscal_year,
    "decade": years.find_decade,
    "century": years.find_century,
    "season": seasons.find_season,
    "quarter.ago": seasons.find_year_ago_quarter,
    "quarter": seasons.find_quarter,
    "unit.deictic": relative.find_deictic,
    "unit.same": relative.find_deictic,
    "unit.day": relative.find_next_day,
    "unit.bare": relative.find_bare_unit,
    "unit.end": relative.find_end,
    "unit.week": relative.find_week_of,
    "unit.start": relative.find_later_in,
    "shift": relative.find_shift,
    "part.early": parts.find_early_day,
    "part": parts.find_part,
    "clock.oclock": clocks.find_oclock,
    "clock": clocks.find_clock,
    "duration.ordinal": lengths.find_ordinal_length,
    "duration.bare": lengths.find_bare_length,
    "duration.past": lengths.find_past_length,
    "duration.pastof": lengths.find_past_length,
    "duration.long": lengths.find_long,
    "duration": lengths.find_duration,
    "set.every": sets.find_set,
    "set.times": sets.find_per,
    "set.per": sets.find_per,
    "set.word": sets.find_frequency,
    "set.days": sets.find_set_day,
    "set.part": sets.find_set_day,
    "ref.period": sets.find_period,
    "ref": sets.find_reference,
    "calendar.hijri": calendars.find_hijri,
    "calendar.persian": calendars.find_persian,
}


def find_timexes(
    text: str, spans: Iterable[tuple[int, int]], anchor: date | None, *, narrative: bool | None = None
) -> tuple[Timex, ...]:
    """All time expressions in the given spans of a text, in order.

    An impossible day ("Feb 30") gets an empty value. Without an anchor, what hangs on it has `X` in its value.

    Args:
        text: the whole text; offsets count in it.
        spans: the parts to read, in order (the paragraphs of a story).
        anchor: day of writing.
        narrative: dates hang on the dates before them; None decides by the years that the text names.
    """
    places = list(spans)
    if narrative is None:
        narrative = is_narrative("\n".join(text[start:end] for start, end in places), anchor)
    scene = Scene(anchor, narrative)
    found: list[Timex] = []
    for start, end in places:
        found += _read_span(split_tokens(text, start, end), scene, len(found))
    return tuple(found)


def _read_span(tokens: Tokens, scene: Scene, count: int) -> list[Timex]:
    """The expressions of one paragraph; a sentence's own year is forgotten at its end."""
    found: list[Timex] = []
    scene.sentence, scene.sentence_year = 0, None
    taken, at = 0, find_start(tokens, 0)
    while at >= 0:
        _turn_sentence(tokens, scene, at)
        reach = _read_at(tokens, at, scene)
        if reach is None:
            at = find_start(tokens, at + 1)
            continue
        reach = widen_hit(tokens, reach, taken, scene)
        if reach.meaning.point:
            scene.note(reach.meaning.point, dated=tokens.word(reach.first - 1).lower() in _DATING)
        found.append(_make_timex(tokens, reach, scene, count + len(found)))
        tail = find_tail(tokens, reach)
        if tail:
            scene.note(tail.meaning.point or Point())
            found.append(_make_timex(tokens, tail, scene, count + len(found)))
        taken = (tail or reach).last
        at = find_start(tokens, taken)
    return found


def _turn_sentence(tokens: Tokens, scene: Scene, first: int) -> None:
    """Move to the sentence that holds a token."""
    stops = (load_lexicon().codes["DOT"], load_lexicon().codes["STOP"])
    for at in range(first - 1, scene.sentence, -1):
        if tokens.types[at] in stops and tokens.word(at + 1)[:1].isupper() and len(tokens.word(at - 1)) > 2:
            scene.sentence, scene.sentence_year = at + 1, None
            return


def _read_at(tokens: Tokens, at: int, scene: Scene) -> Reach | None:
    """The longest hit at a token that means something, joined with the day behind it where it belongs to one."""
    for hit in find_hits(tokens, at):
        meaning = find_meaning(hit, scene)
        if meaning:
            joined = _join_day(hit, meaning, scene) if meaning.type == TimexType.TIME else None
            return joined or Reach(hit.first, hit.last, meaning)
    return None


def _join_day(hit: Hit, time: Meaning, scene: Scene) -> Reach | None:
    """A clock time or part of the day with the day that follows: "10 a.m. on Friday", "the night of 14 July"."""
    for step in (0, 1):
        start = hit.last + step
        if start >= len(hit.tokens.types) or hit.tokens.types[hit.last : start] not in _gaps():
            continue
        for after in find_hits(hit.tokens, start):
            day = find_meaning(after, scene) if _joins(hit, after) else None
            if day and day.value and not day.value.endswith("_REF"):
                clock = (day if hit.rule.startswith("part") and "T" in day.value else time).value.partition("T")[2]
                joined = parts.with_part(replace(day, mod=time.mod or day.mod), clock, time.mod or day.mod)
                return Reach(hit.first, after.last, joined) if joined else None
    return None


@cache
def _gaps() -> frozenset[str]:
    codes = load_lexicon().codes
    return frozenset(("", codes["OF"], codes["ON"], codes["COMMA"]))


def _joins(hit: Hit, after: Hit) -> bool:
    clock = hit.rule.startswith("clock")
    return after.rule.startswith(("day", "part.day", "part.early") if clock else "day") and (
        clock or hit.rule in _PARTS
    )


def find_meaning(hit: Hit, scene: Scene) -> Meaning | None:
    """What a hit means in the scene; None when it is no time expression after all."""
    resolver = _RESOLVERS.get(hit.rule) or _RESOLVERS.get(hit.rule.partition(".")[0])
    return resolver(hit, scene) if resolver else None


def _make_timex(tokens: Tokens, reach: Reach, scene: Scene, number: int) -> Timex:
    meaning = reach.meaning
    first, last = cover_days(meaning.value) if meaning.type in (TimexType.DATE, TimexType.TIME) else (None, None)
    return Timex(
        id=f"t{number + 1}",
        span=Span(tokens.starts[reach.first], tokens.ends[reach.last - 1]),
        stage=STAGE,
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        first=first,
        last=last,
        anchor=scene.anchor,
    )


def list_failures(text: str, timexes: Iterable[Timex]) -> list[Failure]:
    """A note for each expression that names a day which no calendar has; the expression itself has no value."""
    return [
        Failure(stage=STAGE, reason=f"{timex.span.words(text)!r} at {timex.span.start} is no day of the calendar")
        for timex in timexes
        if not timex.value
    ]
