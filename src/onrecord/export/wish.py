"""Which claims are wanted: days, an actor, a type of event, an act; every report, or one that stands for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from pydantic import field_validator

from onrecord.export.entries import Entry
from onrecord.record import Actor, Event, Negotiation, Position, Round, Statement, Status
from onrecord.store.query import last_day
from onrecord.store.rows import fold
from onrecord.story import Frozen

#: What is said to have taken place: the only events of forms that have no column for the status.
TAKEN_PLACE: Final = (Status.HAPPENED, Status.ONGOING)

_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Wish(Frozen):
    """What is wanted. Empty fields do not narrow.

    Attributes:
        start: first day, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a claim without a day has that of its story.
        end: last day, the same.
        actor: words of the name, or the code or country, of somebody in the claim.
        type: type of an event.
        act: act of a statement.
        statuses: statuses of an event.
        every_report: all reports of a thing instead of one that stands for all.
    """

    start: str = ""
    end: str = ""
    actor: str = ""
    type: str = ""
    act: str = ""
    statuses: tuple[Status, ...] = ()
    every_report: bool = False

    @field_validator("start", "end")
    @classmethod
    def _check_day(cls, value: str) -> str:
        if value and not _DAY.fullmatch(value):
            raise ValueError("a day is written YYYY, YYYY-MM or YYYY-MM-DD")
        return value

    @cached_property
    def _words(self) -> list[str]:
        return re.findall(r"\w+", fold(self.actor))

    def fits_actor(self, actors: Iterable[Actor]) -> bool:
        """True when one of them is the actor that is wanted, or none is."""
        return not self.actor or any(self._is_wanted(actor) for actor in actors)

    def fits_day(self, day: str) -> bool:
        """True when the day is within those that are wanted; no day is not."""
        if not self.start and not self.end:
            return True
        return bool(day) and last_day(day) >= self.start and (not self.end or day <= last_day(self.end))

    def _is_wanted(self, actor: Actor) -> bool:
        if self.actor.isupper() and self.actor in (actor.code, actor.country):
            return True
        name = f" {fold(actor.name)}"
        return bool(self._words) and all(f" {word}" in name for word in self._words)


def pick_statements(entry: Entry, wish: Wish) -> Iterator[Statement]:
    """The statements of a record that are wanted."""
    for claim in entry.record.statements:
        people = [entry.find_actor(one) for one in (*claim.sources, *claim.addressees)]
        if (
            (not wish.act or claim.act == wish.act)
            and wish.fits_day(entry.date_claim(claim))
            and wish.fits_actor(people)
            and _is_counted(entry, wish, "statement", claim.id)
        ):
            yield claim


def pick_events(entry: Entry, wish: Wish) -> Iterator[Event]:
    """The events of a record that are wanted."""
    for claim in entry.record.events:
        people = [entry.find_actor(one) for one in (*claim.actors, *claim.recipients)]
        if (
            (not wish.type or claim.type == wish.type)
            and (not wish.statuses or claim.status in wish.statuses)
            and wish.fits_day(entry.date_claim(claim))
            and wish.fits_actor(people)
            and _is_counted(entry, wish, "event", claim.id)
        ):
            yield claim


def pick_positions(entry: Entry, wish: Wish) -> Iterator[Position]:
    """The positions of a record that are wanted."""
    for claim in entry.record.positions:
        people = [entry.find_party(one) for one in (claim.holder, *claim.addressees)]
        if wish.fits_day(entry.day) and wish.fits_actor(people) and _is_counted(entry, wish, "position", claim.id):
            yield claim


def pick_rounds(entry: Entry, wish: Wish) -> Iterator[tuple[Negotiation, Round]]:
    """The rounds of a record that are wanted, each with its talks."""
    for talks in entry.record.negotiations:
        for claim in talks.rounds:
            people = [entry.find_party(one) for one in claim.parties or talks.parties]
            if (
                wish.fits_day(entry.date_claim(claim))
                and wish.fits_actor(people)
                and _is_counted(entry, wish, "round", f"{talks.id}.{claim.id}")
            ):
                yield talks, claim


def is_wanted(entry: Entry, wish: Wish) -> bool:
    """True when a record holds something that is wanted, or nothing is narrowed."""
    every = wish.model_copy(update={"every_report": True})
    if every == Wish(every_report=True):
        return True
    narrow_events = bool(every.type or every.statuses)
    kinds = (
        *((pick_statements,) if every.act or not narrow_events else ()),
        *((pick_events,) if narrow_events or not every.act else ()),
        *(() if narrow_events or every.act else (pick_positions, pick_rounds)),
    )
    return any(True for pick in kinds for _ in pick(entry, every))


def _is_counted(entry: Entry, wish: Wish, kind: str, claim: str) -> bool:
    return wish.every_report or entry.tally(kind, claim).first
