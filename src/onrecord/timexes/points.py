"""Points on the calendar with as much of them as is known, their TIMEX3 values, and the days that a value covers.

Years before Christ are negative (-480 is 480 BC) and get values as TIMEX2 has them (`BC0480`).

Source: TIMEX3 in TimeML 1.2.1; ISO 8601 for weeks and durations.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

SEASONS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


@dataclass(frozen=True)
class Point:
    """A day, month, year or part of a year; what is not known is None.

    `code` is a part of the year (`Q3`, `H1`, `SP`, `W12`, `W12-WE`, `WXX-5`) in place of month and day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    code: str = ""

    @property
    def value(self) -> str:
        """The TIMEX3 value, `X` for figures that are not known."""
        year = format_year(self.year)
        if self.code:
            return f"{year}-{self.code}"
        if self.day:
            return f"{year}-{self.month or 0:02d}-{self.day:02d}" if self.month else f"{year}-XX-{self.day:02d}"
        return f"{year}-{self.month:02d}" if self.month else year

    def as_date(self) -> date | None:
        """The day, where it is known and exists."""
        if not (self.year and self.month and self.day) or not 1 <= self.year <= 9999:
            return None
        return date(self.year, self.month, self.day) if self.exists() else None

    def exists(self) -> bool:
        """False for a day that the month does not have."""
        if not (self.month and self.day):
            return not self.day or self.day <= 31
        leap = self.year is None or self.year < 0 or calendar.isleap(self.year)
        longest = 29 if self.month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[self.month - 1]
        return 1 <= self.day <= longest

    def in_year(self, year: int | None) -> Point:
        """The same month and day in a year."""
        return replace(self, year=year)


def from_date(day: date) -> Point:
    """The point of a whole date."""
    return Point(day.year, day.month, day.day)


def format_year(year: int | None) -> str:
    """Four figures, `XXXX` or `BC` and four figures."""
    if year is None:
        return "XXXX"
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


def name_week(day: date) -> Point:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return Point(year, code=f"W{week:02d}")


def shift_months(point: Point, months: int) -> Point:
    """The month so many months on, without the day; `point` has a year and a month."""
    whole = (point.year or 0) * 12 + (point.month or 1) - 1 + months
    return Point(whole // 12, whole % 12 + 1)


def shift_days(day: date, days: int) -> date | None:
    """The day so many days on; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?))?(?:T[\dA-Z:+-]*)?$"
)
_SHORT = re.compile(r"(?P<figures>\d{2,3})X{0,2}$")


def cover_days(value: str) -> tuple[date | None, date | None]:
    """First and last day that a DATE or TIME value can mean; None where it is open or before Christ."""
    match = _VALUE.match(value)
    try:
        return _cover(match) if match else _cover_years(value)
    except ValueError:
        return None, None


def _cover_years(value: str) -> tuple[date | None, date | None]:
    match = _SHORT.match(value)
    if not match:
        return None, None
    span = 10 ** (4 - len(match["figures"]))
    first = int(match["figures"]) * span
    return (date(max(first, 1), 1, 1), date(first + span - 1, 12, 31))


def _cover(match: re.Match[str]) -> tuple[date, date]:
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["week"]:
        return _cover_week(year, int(match["week"]), match["weekday"] or "")
    first, last = _find_months(match)
    ends = year + (first > last)
    return date(year, first, 1), date(ends, last, calendar.monthrange(ends, last)[1])


def _find_months(match: re.Match[str]) -> tuple[int, int]:
    if match["month"]:
        return int(match["month"]), int(match["month"])
    if match["quarter"]:
        return int(match["quarter"]) * 3 - 2, int(match["quarter"]) * 3
    if match["half"]:
        return int(match["half"]) * 6 - 5, int(match["half"]) * 6
    return SEASONS.get(match["season"] or "", (1, 12))


def _cover_week(year: int, week: int, weekday: str) -> tuple[date, date]:
    first = date.fromisocalendar(year, week, 6 if weekday == "WE" else int(weekday or 1))
    return first, first + timedelta(days=1 if weekday == "WE" else 0 if weekday else 6)
