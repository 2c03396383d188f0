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

from onrecord import (
    timex_calendars,
    timex_clocks,
    timex_days,
    timex_lengths,
    timex_parts,
    timex_relative,
    timex_seasons,
    timex_sets,
    timex_years,
)
from onrecord.record import Failure, Timex, TimexType
from onrecord.story import Span
from onrecord.timex_extents import Reach, find_tail, widen_hit
from onrecord.timex_patterns import Hit, find_hits, find_start
from onrecord.timex_points import Point, cover_days
from onrecord.timex_scene import Scene, is_narrative
from onrecord.timex_tokens import Tokens, load_lexicon, split_tokens
from onrecord.timex_values import Meaning

STAGE: Final = "timexes"

#: Before a year these say when the sentence plays; "the 2015 deal" does not.
_DATING: Final = frozenset(("in", "since", "during", "from", "until", "by"))
_PARTS: Final = ("part.bare", "part.hours", "part.dawn")

Resolver = Callable[[Hit, Scene], Meaning | None]

_RESOLVERS: Final[dict[str, Resolver]] = {
    "day.mdy": timex_days.find_month_day,
    "day.dmy": timex_days.find_month_day,
    "day.iso": timex_days.find_iso,
    "day.slash": timex_days.find_slashed,
    "day.head": timex_days.find_head_day,
    "day.nth": timex_days.find_nth_day,
    "day.holiday": timex_calendars.find_holiday,
    "day.weekday": timex_days.find_weekday,
    "day.word": timex_relative.find_day_word,
    "day.around": timex_relative.find_around_day,
    "day.weekdayof": timex_days.find_weekday_of,
    "day.dayof": timex_days.find_day_of,
    "month.yearof": timex_days.find_day_of,
    "month": timex_years.find_month,
    "year.plain": timex_years.find_year,
    "year.short": timex_years.find_year,
    "year.era": timex_years.find_era_year,
    "year.ancient": timex_years.find_ancient_year,
    "year.head": timex_years.find_head_year,
    "month.era": timex_years.find_era_month,
    "year.fiscal": timex_years.find_fiscal_year,
    "decade": timex_years.find_decade,
    "century": timex_years.find_century,
    "season": timex_seasons.find_season,
    "quarter.ago": timex_seasons.find_year_ago_quarter,
    "quarter": timex_seasons.find_quarter,
    "unit.deictic": timex_relative.find_deictic,
    "unit.same": timex_relative.find_deictic,
    "unit.day": timex_relative.find_next_day,
    "unit.bare": timex_relative.find_bare_unit,
    "unit.end": timex_relative.find_end,
    "unit.week": timex_relative.find_week_of,
    "unit.start": timex_relative.find_later_in,
    "shift": timex_relative.find_shift,
    "part.early": timex_parts.find_early_day,
    "part": timex_parts.find_part,
    "clock.oclock": timex_clocks.find_oclock,
    "clock": timex_clocks.find_clock,
    "duration.ordinal": timex_lengths.find_ordinal_length,
    "duration.bare": timex_lengths.find_bare_length,
    "duration.past": timex_lengths.find_past_length,
    "duration.pastof": timex_lengths.find_past_length,
    "duration.long": timex_lengths.find_long,
    "duration": timex_lengths.find_duration,
    "set.every": timex_sets.find_set,
    "set.times": timex_sets.find_per,
    "set.per": timex_sets.find_per,
    "set.word": timex_sets.find_frequency,
    "set.days": timex_sets.find_set_day,
    "set.part": timex_sets.find_set_day,
    "ref.period": timex_sets.find_period,
    "ref": timex_sets.find_reference,
    "calendar.hijri": timex_calendars.find_hijri,
    "calendar.persian": timex_calendars.find_persian,
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
                joined = timex_parts.with_part(replace(day, mod=time.mod or day.mod), clock, time.mod or day.mod)
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
