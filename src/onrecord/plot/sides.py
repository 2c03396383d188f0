"""Events of one side or between two, as the store has them, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from onrecord.errors import StoreError
from onrecord.export.dates import pin_day
from onrecord.ledger.timeline import TimelineEvent, read_timeline
from onrecord.plot.drawing import cite
from onrecord.record import Status
from onrecord.store import View, tables
from onrecord.store.search import find_actors

#: Most events in a picture.
LIMIT = 20_000
#: Statuses that are drawn: what is said to have taken place.
_DRAWN = (Status.HAPPENED, Status.ONGOING)


class Asked(NamedTuple):
    """What a picture of events is asked for: one side, or two, and the days."""

    first: str
    second: str = ""
    start: str = ""
    end: str = ""


def read_events(view: View, asked: Asked) -> list[TimelineEvent]:
    """The events that took place and have a day, oldest first.

    Raises:
        StoreError: a side is not in the store, or there are no such events.
    """
    events = read_timeline(view.connection, asked.first, asked.second, start=asked.start, end=asked.end, limit=LIMIT)
    found = [event for event in events if event.status in _DRAWN and pin_day(event.day)]
    if not found:
        sides = " and ".join(name for name in (asked.first, asked.second) if name)
        raise StoreError(f"no events of {sides} with a day in the store", hint="widen --from and --to")
    return found


def pin(event: TimelineEvent) -> date:
    """The day of an event; the first one of a month or year."""
    day = pin_day(event.day)
    if day is None:
        raise ValueError(f"event {event.id} has no day")
    return day


def find_names(view: View, side: str) -> frozenset[str]:
    """All names under which a side acts in the store."""
    keys = find_actors(view.connection, side)
    return frozenset(view.connection.scalars(select(tables.ACTORS.c.name).where(tables.ACTORS.c.key.in_(keys))))


def cite_events(view: View, events: Sequence[TimelineEvent]) -> str:
    """The sources of events in words."""
    ids = sorted({event.story for event in events})
    columns = tables.STORIES.c
    outlets, days = [], []
    for at in range(0, len(ids), 10_000):
        query = select(columns.agency, columns.outlet, columns.day).where(columns.id.in_(ids[at : at + 10_000]))
        for row in view.connection.execute(query):
            outlets.append(row.agency or row.outlet)
            days.append(row.day)
    return cite(outlets, days)


def choose_step(first: date, last: date) -> str:
    """Whether to count by day, week or month, so that a picture has at most some 120 bars."""
    days = (last - first).days
    return "day" if days <= 60 else "week" if days <= 750 else "month"


def begin_step(day: date, step: str) -> date:
    """The first day of the day, week or month that a day lies in."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


STEP_DAYS = {"day": 1, "week": 7, "month": 30}
