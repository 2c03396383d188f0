"""Stage 7, last part. How far an expression reaches: modifiers before it and a few words after it.

TimeML includes "early", "the end of", "about" and "more than" in the extent, and the article; it leaves prepositions
out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from onrecord.record import TimexType
from onrecord.timexes.patterns import compile_types
from onrecord.timexes.points import Point
from onrecord.timexes.scene import Scene
from onrecord.timexes.tokens import Tokens
from onrecord.timexes.values import Meaning, mean_point


@dataclass(frozen=True)
class Reach:
    """Tokens `[first, last)` and what they mean together."""

    first: int
    last: int
    meaning: Meaning


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    """Modifiers that may stand straight before a date; the second group before durations."""
    parts = (
        "(?:THE)?(?:EDGE|REST|PORTION|<h:HALFW>) OF (?:THE|ITS)?$",
        "(?:THE )?(?<=THE)(?:EARLY|LATE|MID) HYPH?$",
        "(?:EARLY|LATE|EARLIER|LATERW|MID) HYPH?(?:IN |ON )?$",
    )
    return tuple(compile_types(part.replace("(?<=THE)", "")) for part in parts)


@cache
def _about() -> re.Pattern[str]:
    return compile_types("(?:THE)?(?:APPROX|NEARLY|OVER|MORE THAN|LESS THAN|AT LEAST|AT MOST|UP TO|SOME|ONLY)+$")


def widen_hit(tokens: Tokens, reach: Reach, taken: int, scene: Scene) -> Reach:
    """The reach with its modifiers; never into the tokens before `taken`."""
    if reach.meaning.type in (TimexType.DATE, TimexType.TIME):
        return _widen_date(tokens, reach, taken)
    return reach


def _widen_date(tokens: Tokens, reach: Reach, taken: int) -> Reach:
    for _ in range(2):
        wider = _widen_once(tokens, reach, taken)
        if wider == reach:
            break
        reach = wider
    return reach


def _widen_once(tokens: Tokens, reach: Reach, taken: int) -> Reach:
    low = max(taken, reach.first - 5)
    for pattern in _before():
        match = pattern.search(tokens.types, low, reach.first)
        if match and match.end() == reach.first and match.start() < reach.first and _fits(tokens, reach):
            return replace(
                reach, first=match.start(), meaning=_modify(tokens, reach.meaning, range(match.start(), match.end()))
            )
    return reach


@cache
def _tails() -> tuple[re.Pattern[str], re.Pattern[str]]:
    end = "(?!HYPH|UNIT|UNITS|HUNITS|HUNIT|MONTH|CARDW|PLAIN)"
    day = compile_types(
        "(?:AND|TO|HYPH|DASH|COMMA (?=(?:N12|N24|N31) (?:COMMA|AND)))<z:N12|N24|N31|ORDN>"
        "(?:COMMA? (?=YEAR)<y:YEAR>|(?!UNIT|UNITS|HUNITS|HUNIT|MONTH|HYPH|AMPM|COMMA YEAR))"
    )
    return day, compile_types("(?:HYPH|DASH)<z:N99|N12|N24|N31|YY>" + end)


def find_tail(tokens: Tokens, reach: Reach) -> Reach | None:
    """A second day or year that leans on the first: "5" in "May 4 and 5", "45" in "1939-45"."""
    point = reach.meaning.point
    if point is None or point.year is None or reach.meaning.type != TimexType.DATE or point.code:
        return None
    match = _tails()[0 if point.day else 1].match(tokens.types, reach.last)
    if not match or (point.month and not point.day) or not _leans(tokens, reach, match):
        return None
    number = int(tokens.values[match.start("z")])
    tail = replace(point, day=number) if point.day else Point(point.year // 100 * 100 + number)
    meaning = mean_point(tail)
    fits = number <= 31 if point.day else tail.year is not None and tail.year > point.year > 0
    return Reach(match.start("z"), match.end(), meaning) if meaning and fits else None


def _leans(tokens: Tokens, reach: Reach, match: re.Match[str]) -> bool:
    """The first day stands behind its month and has no year; a year's tail has two figures."""
    point, last = reach.meaning.point, tokens.word(reach.last - 1)
    if point and point.day:
        follows = tokens.word(match.end()).lower()
        return (
            last.rstrip("stndrh").isdigit()
            and len(last) < 5
            and not (follows.isalpha() and tokens.word(reach.last) in {"and", ","} and follows not in _AFTER_DAY)
        )
    return last.isdigit() and len(last) == 4 and len(tokens.word(match.start("z"))) == 2


_AFTER_DAY = frozenset(
    [
        "in",
        "at",
        "the",
        "with",
        "but",
        "were",
        "was",
        "and",
        "to",
        "by",
        "for",
        "when",
        "as",
        "after",
        "before",
        "of",
        "on",
        "that",
        "from",
        "between",
    ]
)


def _fits(tokens: Tokens, reach: Reach) -> bool:
    return not reach.meaning.value.endswith("_REF")


def _modify(tokens: Tokens, meaning: Meaning, places: range) -> Meaning:
    mods = [str(tokens.values[at]) for at in places if tokens.values[at] in ("START", "MID", "END")]
    return replace(meaning, mod=mods[0]) if mods else meaning
