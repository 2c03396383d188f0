"""Stage 7, third part. Days of other calendars and days with names: "15 Ramadan 1443", "1 Farvardin 1402", "Easter".

Hijri dates follow the Umm al-Qura calendar (hijridate), which official bodies use; an observed feast may fall a day
to either side. Persian dates are the official solar ones of Iran and Afghanistan (convertdate).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.record import TimexType
from onrecord.timexes.patterns import Hit
from onrecord.timexes.points import Point, from_date
from onrecord.timexes.scene import Scene
from onrecord.timexes.values import Meaning, choose_year, mean_point, read_year

_RULE = re.compile(r"(?:(\d\d)-(\d\d)|(\d\d)-w(-?\d)-(\d)|easter([+-]\d+)|hijri-(\d+)-(\d+))$")


def find_holiday(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.holiday`: the day with a name in its year; in news the year that the tense tells."""
    rule = str(hit.value("h"))
    year = read_year(hit, "y", scene)
    if year:
        return mean_point(find_feast(rule, year))
    now = scene.now
    if now is None or now.year is None:
        return (
            mean_point(find_feast(rule, 2001).in_year(None))
            if rule[2:3] == "-" and rule[3:5].isdigit()
            else Meaning(TimexType.DATE, "XXXX")
        )
    if scene.narrative or not scene.anchor:
        return mean_point(find_feast(rule, now.year))
    near = find_feast(rule, now.year)
    chosen = choose_year(near, hit, scene)
    return mean_point(find_feast(rule, chosen.year or now.year))


def find_feast(rule: str, year: int) -> Point:
    """The day of a feast in a year, by a rule of `data/timexes/holidays.yaml`."""
    match = _RULE.match(rule)
    if match is None:
        return Point(year)
    month, day, nth_month, nth, weekday, easter, hijri_month, hijri_day = match.groups()
    if month:
        return Point(year, int(month), int(day))
    if nth_month:
        return from_date(nth_weekday(year, int(nth_month), int(nth), int(weekday)))
    if easter:
        return from_date(find_easter(year) + timedelta(days=int(easter)))
    return hijri_feast(year, int(hijri_month), int(hijri_day))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth Monday (1) ... Sunday (7) of a month; -1 is the last."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def find_easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    century, part = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (part // 4) - moon - part % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def hijri_feast(year: int, month: int, day: int) -> Point:
    """A Hijri day that falls in a Gregorian year; the year alone outside the Umm al-Qura tables."""
    for hijri_year in (year - 579, year - 580, year - 578):
        found = from_hijri(hijri_year, month, day)
        if found and found.year == year:
            return from_date(found)
    return Point(year)


def from_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None when it does not exist or lies outside 1343 to 1500 AH."""
    from hijridate import Hijri

    try:
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None


def from_persian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a solar Hijri date; None when it does not exist."""
    from convertdate import persian

    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30) and 0 < year < 3000):
        return None
    try:
        return date(*persian.to_gregorian(year, month, day))
    except ValueError:
        return None


def find_hijri(hit: Hit, scene: Scene) -> Meaning | None:
    """`calendar.hijri`: "15 Ramadan 1443" is 2022-04-16; "Ramadan" alone is left to the year."""
    day, year = hit.number("d") or hit.number("d2"), hit.number("y")
    if hit.tokens.word(hit.places("m")[0])[0].islower():
        return None
    if year and day:
        found = from_hijri(year, hit.number("m") or 0, day)
        return mean_point(from_date(found)) if found else Meaning(TimexType.DATE, "")
    return _hijri_month(hit, year, scene)


def _hijri_month(hit: Hit, year: int | None, scene: Scene) -> Meaning | None:
    month = hit.number("m") or 0
    if year is None and month != 9:
        return None
    if year is None and scene.now and scene.now.year:
        return mean_point(Point(*_months_of(hijri_feast(scene.now.year, month, 1))))
    first = from_hijri(year, month, 1) if year else None
    return mean_point(Point(first.year, first.month)) if first else Meaning(TimexType.DATE, "XXXX")


def _months_of(point: Point) -> tuple[int | None, int | None]:
    return point.year, point.month


def find_persian(hit: Hit, scene: Scene) -> Meaning | None:
    """`calendar.persian`: "1 Farvardin 1402" is 2023-03-21."""
    day, year = hit.number("d") or hit.number("d2"), hit.number("y")
    word = hit.tokens.word(hit.places("m")[0])
    if not word[0].isupper() or not (day or year):
        return None
    if not year:
        return None
    found = from_persian(year, hit.number("m") or 0, day or 1)
    if found is None:
        return Meaning(TimexType.DATE, "")
    return mean_point(from_date(found) if day else Point(found.year, found.month))
