"""Days of forms that know whole days only."""

from __future__ import annotations

from datetime import date


def pin_day(day: str) -> date | None:
    """The day; the first one of a month or year; None where there is none or it is not on the calendar."""
    try:
        year, month, first = [*map(int, day.split("-")), 1, 1][:3]
        return date(year, month, first)
    except ValueError:
        return None


def find_fraction(day: date) -> float:
    """The year with the part of it that has passed, months of 30 days counted, as GDELT computes it."""
    return round(day.year + min(0.9999, ((day.month - 1) * 30 + day.day) / 365), 4)
