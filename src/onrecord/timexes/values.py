"""Stage 7, third part. What every reading of a date shares: meanings, and the year that is not printed.

In news it is the year of the nearest such day on the side that the tense tells; in a narrative that of the date before;
beside a date with a year ("26 June - 4 August 1952") it is that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.record import TimexType
from onrecord.timexes.patterns import Hit, compile_types
from onrecord.timexes.points import Point
from onrecord.timexes.scene import Scene
from onrecord.timexes.tense import Tense, read_tense
from onrecord.timexes.tokens import read_data


@dataclass(frozen=True)
class Meaning:
    """What a hit means: TIMEX3 type, value and modifier, and the point that later dates may count from."""

    type: TimexType
    value: str
    mod: str = ""
    point: Point | None = None


def mean_point(point: Point | None, mod: str = "") -> Meaning | None:
    """A DATE with the value of a point; an impossible day has no value."""
    if point is None:
        return None
    return Meaning(TimexType.DATE, point.value if point.exists() else "", mod, point)


def read_year(hit: Hit, group: str = "y", scene: Scene | None = None) -> int | None:
    """A printed year; `'97` is in the century that puts it nearest to the scene."""
    number = hit.number(group)
    if number is None or number > 99:
        return number
    near = (scene.now.year if scene and scene.now else None) or 1990
    return min((near // 100 * 100 + shift + number for shift in (-100, 0, 100)), key=lambda year: abs(year - near))


def choose_year(point: Point, hit: Hit, scene: Scene) -> Point:
    """The point with the year that it most likely has."""
    now = scene.now
    if now is None or point.month is None:
        return point
    ahead = read_ahead(hit)
    if ahead:
        return point.in_year(ahead[0] - (ahead[1] is not None and ahead[1] < point.month))
    if scene.narrative or scene.anchor is None:
        return point.in_year((now.year or 0) + _turns_year(now, point) if now.year else None)
    if scene.sentence_year and abs(scene.sentence_year - scene.anchor.year) > 1:
        return point.in_year(scene.sentence_year)
    years = range(scene.anchor.year - 1, scene.anchor.year + 2)
    return point.in_year(nearest_of([(point.in_year(year)) for year in years], scene.anchor, read_tense(hit, scene)))


def _turns_year(now: Point, point: Point) -> bool:
    """A narrative goes on: January behind November is the next one."""
    return bool(now.month and point.month and now.month - point.month >= 8)


@cache
def _ahead_pattern() -> re.Pattern[str]:
    day = "(?:THE )?(?:N12|N24|N31|ORDN)"
    return compile_types(
        f"(?:AND|TO|HYPH|DASH|COMMA)+(?:{day} ?(?:AND|COMMA|TO|HYPH|DASH))*(?:EARLY|LATE|MID)? HYPH? THE? "
        f"(?:{day})? (?:OF )?(?:<m:MONTH> DOT?|SEASON)? (?:{day})? (?:COMMA|OF|IN)? <y:YEAR>"
    )


def read_ahead(hit: Hit) -> tuple[int, int | None] | None:
    """Year and month of the date that this one is joined with, as in "26 June - 4 August 1952"."""
    match = _ahead_pattern().match(hit.tokens.types, hit.last)
    if not match or match.end() - hit.last < 3:
        return None
    month = hit.tokens.values[match.start("m")] if match["m"] else None
    year = hit.tokens.values[match.start("y")]
    return (int(year), int(month) if month is not None else None) if year else None


def nearest_of(points: Iterable[Point], anchor: date, tense: Tense) -> int | None:
    """Year of the point nearest to the anchor, on the side of the tense where one lies there."""
    ranked = []
    for point in points:
        months = ((point.year or 0) - anchor.year) * 12 + (point.month or 1) - anchor.month
        distance = months * 30.5 + ((point.day or anchor.day) - anchor.day)
        wrong = (tense.name == "past" and distance > 0) or (tense.name == "future" and distance < 0)
        cost = (330 if tense.strong else 60) * wrong - 20 * (distance < 0 and not tense.name)
        ranked.append((abs(distance) + cost, point.year))
    return min(ranked)[1]


@cache
def load_context() -> dict[str, frozenset[str]]:
    """Lists of words beside a number, from `data/timexes/context.yaml`."""
    return {name: frozenset(words) for name, words in read_data("context.yaml").items()}
