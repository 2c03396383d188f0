"""When a story was published: from its metadata, else from its dateline, else from a line of its head.

A dateline without year is completed when it is known when the file came in; otherwise the year stays open for a later
stage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from onrecord.read.dates import PrintedDate, nearest_day, search_date
from onrecord.story import Precision, Published


def find_published(
    stamp: datetime | None, dateline: PrintedDate | None, lines: Iterable[str], received: datetime | None
) -> Published:
    """The story's date and what it rests on.

    Args:
        stamp: date of the item in its metadata.
        dateline: date of the dateline.
        lines: other lines of head and foot that may hold a date.
        received: when the file came in, from outside the text.
    """
    if stamp:
        return Published(
            day=stamp.date(),
            time=stamp,
            month=stamp.month,
            month_day=stamp.day,
            years=(stamp.year,),
            precision=Precision.TIME,
            evidence=("metadata",),
        )
    printed = [date for line in lines if (date := search_date(line))]
    if dateline:
        return _complete(dateline, printed, received)
    whole = next((date for date in printed if date.as_date()), None)
    if whole:
        return _publish(whole, "line of the head")
    return _complete(printed[0], [], received, "line of the head") if printed else Published()


def _complete(
    date: PrintedDate, others: list[PrintedDate], received: datetime | None, evidence: str = "dateline"
) -> Published:
    """A printed date with the year of another line that names the same day, or of the day when the file came in."""
    if date.as_date() or not date.day:
        return _publish(date, evidence)
    for other in others:
        if other.as_date() and other.month == date.month and other.day and abs(other.day - date.day) <= 1:
            return _publish(PrintedDate(date.month, date.day, other.year), f"{evidence}, year of another line")
    day = nearest_day(date.month, date.day, received) if received else None
    if day:
        return Published(
            day=day,
            month=day.month,
            month_day=day.day,
            years=(day.year,),
            precision=Precision.DAY,
            evidence=(evidence, "year of receipt"),
        )
    return _publish(date, evidence)


def _publish(date: PrintedDate, evidence: str) -> Published:
    day = date.as_date()
    years = (date.year,) if date.year else ()
    return Published(
        day=day,
        month=date.month,
        month_day=date.day,
        years=years,
        precision=Precision.DAY if day else Precision.MONTH_DAY,
        evidence=(evidence,),
    )
