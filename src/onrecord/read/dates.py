"""Dates as datelines and headers print them, in the languages of European wires; the year may be missing.

Ambiguous figures are read day first (`05/01/2022` is 5 January), as all agencies outside the United States write
them, unless the second figure cannot be a month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: `year` and `day` are None where it does not say."""

    month: int
    day: int | None = None
    year: int | None = None
    start: int = 0
    end: int = 0

    def as_date(self) -> date | None:
        """The day, where month, day and year are all printed and it exists."""
        return _make_date(self.year, self.month, self.day) if self.year and self.day else None


@cache
def month_numbers() -> dict[str, int]:
    """Month names in lower case -> number."""
    import yaml

    text = (files("onrecord") / "data" / "months.yaml").read_text("utf-8")
    return {name: number for number, names in yaml.load(text, Loader=yaml.CSafeLoader).items() for name in names}


_WEEKDAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
)


@cache
def date_pattern() -> re.Pattern[str]:
    """One date, with or without weekday and year; use it with `match` at the place where a date may begin."""
    names = "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True))
    month = rf"(?P<{{}}>{names})\b\.?"
    year = r"(?P<{}>(?:19|20)\d\d)\b"
    day = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th|er|\.|º|°)?"
    clock = r"(?:\s*,?\s*\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|[A-Z]{2,4}))?)?"
    forms = (
        rf"{month.format('m1')}\s*{day.format('d1')}(?!\d)(?:,?\s*{year.format('y1')})?",
        rf"{day.format('d2')}\s*(?:-\s*|of\s+|de\s+|d'|di\s+)?{month.format('m2')}(?:-|,?\s*(?:de\s+|del\s+)?)?(?:{year.format('y2')})?",
        rf"{year.format('y3')}[-/.](?P<m3>[01]?\d)[-/.](?P<d3>[0-3]?\d)(?!\d)",
        rf"(?P<d4>[0-3]?\d)\.\s?(?P<m4>[01]?\d)\.(?:\s?{year.format('y4')})?(?!\d)",
        r"(?P<d5>[0-3]?\d)/(?P<m5>[0-3]?\d)/(?P<y5>(?:19|20)?\d\d)\b",
        r"(?P<d6>[0-3]?\d)/(?P<m6>[01]?\d)(?![\d/])",
    )
    return re.compile(
        rf"(?:{_WEEKDAY},?\s+(?:the\s+|den\s+|le\s+)?)?(?:le\s+|den\s+|el\s+)?(?:{'|'.join(forms)}){clock}",
        re.IGNORECASE,
    )


def match_date(text: str, at: int = 0) -> PrintedDate | None:
    """The date that begins at `at`, or None."""
    match = date_pattern().match(text, at)
    return _read_match(match) if match else None


def search_date(text: str) -> PrintedDate | None:
    """The first date in `text`, or None."""
    for match in date_pattern().finditer(text):
        if match["d6"] is None and (match.start() == 0 or not text[match.start() - 1].isalnum()):
            return _read_match(match)
    return None


def _read_match(match: re.Match[str]) -> PrintedDate | None:
    found = {name[0]: value for name, value in match.groupdict().items() if value}
    name = found["m"].lower()
    month, day = int(name) if name.isdigit() else month_numbers()[name], int(found["d"])
    if month > 12 and day <= 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return PrintedDate(month, day, expand_year(found.get("y")), match.start(), match.end())


def expand_year(printed: str | None) -> int | None:
    """`22` -> 2022, `97` -> 1997; None stays None."""
    if not printed:
        return None
    year = int(printed)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_day(month: int, day: int, received: datetime) -> date | None:
    """The last such day that is not more than a day after the file was received."""
    latest = (received + timedelta(days=1)).date()
    for year in range(latest.year, latest.year - 9, -1):
        found = _make_date(year, month, day)
        if found and found <= latest:
            return found
    return None


_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$",
    re.IGNORECASE,
)


def read_stamp(text: str) -> datetime | None:
    """A metadata time stamp: ISO 8601 with or without separators, RFC 2822, or a printed date; None when it is none
    of them.
    """
    text = text.strip()
    match = _STAMP.match(text)
    if match:
        return _read_iso(match)
    return _read_mail_date(text) or _read_printed(text)


def _read_iso(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_read_zone(match[7]))
    except ValueError:
        return None


def _read_zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _read_mail_date(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _read_printed(text: str) -> datetime | None:
    found = search_date(text)
    day = found.as_date() if found else None
    return datetime(day.year, day.month, day.day) if day else None
