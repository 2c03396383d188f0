"""Stage 7, third part. Days: "14 January", "Friday, Jan. 14, 2022", "next Monday", "2022-01-14", "the 15th"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.record import TimexType
from onrecord.timexes.patterns import Hit
from onrecord.timexes.points import Point, from_date, shift_days
from onrecord.timexes.scene import Scene
from onrecord.timexes.tense import read_tense
from onrecord.timexes.values import Meaning, choose_year, mean_point, read_year


def find_month_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.mdy`, `day.dmy`: "14 January", "Friday, Jan. 14, 2022"."""
    day = read_day(hit, "d") or read_day(hit, "o")
    point = Point(read_year(hit, "y", scene), hit.number("m"), day)
    if not point.day or point.day > 31:
        return None
    return mean_point(point if point.year else choose_year(point, hit, scene))


def read_day(hit: Hit, group: str) -> int | None:
    value = hit.value(group)
    return value if isinstance(value, int) else 2 if value == "S" else None


def find_head_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.head`: the first of two days, "10" in "10 and 12 January"."""
    return find_month_day(hit, scene)


def find_iso(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.iso`: 2022-01-14, with or without a time."""
    words = str(hit.value("i"))
    year, month, day = (int(part) for part in words[:10].split("-"))
    if not 1 <= month <= 12:
        return Meaning(TimexType.DATE, "")
    point = Point(year, month, day)
    if "T" in words and point.exists():
        return Meaning(TimexType.TIME, words, point=point)
    return mean_point(point)


def find_slashed(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.slash`: 01/14/2022 is month first where it can be, as American wires write; 14.01.2022 is day first."""
    words = str(hit.value("s"))
    first, second, year = (int(part) for part in re.split(r"[/.]", words))
    month, day = (second, first) if "." in words or first > 12 else (first, second)
    year = year if year > 99 else 2000 + year if year < 50 else 1900 + year
    return mean_point(Point(year, month, day)) if 1 <= month <= 12 else Meaning(TimexType.DATE, "")


def find_nth_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.nth`: "the 15th", "the 15th of the month"."""
    if hit.has("u") and hit.value("u") != "M":
        return None
    now, day = scene.then if scene.narrative else scene.now, hit.number("d")
    if now is None or now.month is None or not day or day > 31:
        return None
    return mean_point(Point(now.year, now.month, day)) if hit.has("u") or _stands_alone(hit) else None


def _stands_alone(hit: Hit) -> bool:
    """ "on the 15th", not "the 15th round"."""
    before, after = hit.tokens.word(hit.first - 1).lower(), hit.tokens.word(hit.last)
    return (before in {"on", "by", "until", "of", "since", "from"} and not after.isalpha()) or after in {"and", "when"}


def find_weekday(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.weekday`: "Friday", "last Friday", "next Monday"."""
    number = hit.number("w") or 0
    base = _weekday_base(hit, scene)
    if base is None:
        return mean_point(Point(code=f"WXX-{number}")) or None
    ahead = (number - base.isoweekday()) % 7
    step = _choose_week(hit, scene, ahead)
    day = shift_days(base, ahead + 7 * step)
    return mean_point(from_date(day)) if day else None


def _weekday_base(hit: Hit, scene: Scene) -> date | None:
    if scene.narrative or not scene.anchor:
        return scene.day.as_date() if scene.day else scene.anchor
    return scene.anchor


def _choose_week(hit: Hit, scene: Scene, ahead: int) -> int:
    """Weeks to go from the first such day on or after the anchor: -1 back, 0 on, 1 further."""
    words = {hit.tokens.word(at).lower() for group in ("k", "k2") for at in hit.places(group)}
    if words & {"last", "previous", "preceding"}:
        return -1
    if words & {"next", "following", "coming", "upcoming"}:
        return int(ahead == 0)
    if ahead == 0:
        return 0
    tense = read_tense(hit, scene).name
    if scene.narrative:
        return 0
    return 0 if tense == "future" or (words & {"this"} and tense != "past") else -1


def find_weekday_of(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.weekdayof`: "Friday last week"."""
    if not scene.anchor or hit.value("u") != "W":
        return None
    monday = scene.anchor - timedelta(days=scene.anchor.isoweekday() - 1)
    return mean_point(from_date(monday + timedelta(days=7 * (hit.number("k") or 0) + (hit.number("w") or 1) - 1)))


def find_day_of(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.dayof`, `month.yearof`: "July 14 of that year", "August last year"."""
    month = hit.number("m") or hit.number("m2")
    day = read_day(hit, "d") or read_day(hit, "d2")
    words = [hit.tokens.word(at).lower() for at in hit.places("k")]
    base = scene.then if {"that", "same", "following"} & set(words) else scene.now
    if hit.value("u") != "Y" or base is None or base.year is None:
        return mean_point(choose_year(Point(month=month, day=day), hit, scene))
    return mean_point(Point(base.year + (hit.number("k") or 0), month, day))
