"""What is exported: records, each with what its claims are counted as, from a file of JSON lines or from the store.

From a file every claim counts once. From the store the ledger's clusters say which claims are reports of the same
thing: `Tally.first` marks the one that stands for all of them, so that an event is counted once however many outlets
carry it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Final, NamedTuple

from pydantic import ValidationError

from onrecord.errors import BrokenInput, EmptyInput
from onrecord.record import Actor, Event, Place, Record, Reference, Round, Statement
from onrecord.store.rows import date_story
from onrecord.story import Span


class Tally(NamedTuple):
    """How often a thing is reported: its cluster, whether this report stands for all, claims, stories and outlets."""

    cluster: str = ""
    first: bool = True
    mentions: int = 1
    stories: int = 1
    outlets: int = 1


ONCE: Final = Tally()


@dataclass(frozen=True)
class Entry:
    """A record and the tallies of its claims, by kind and id (`("round", "n1.r2")` for those of a negotiation)."""

    record: Record
    tallies: Mapping[tuple[str, str], Tally] = field(default_factory=dict)

    def tally(self, kind: str, claim: str) -> Tally:
        """The tally of a claim."""
        return self.tallies.get((kind, claim), ONCE)

    @cached_property
    def day(self) -> str:
        """The story's day; empty when it has none."""
        return date_story(self.record.story)

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.record.actors}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.record.places}

    @property
    def outlet(self) -> str:
        """Who carried the story."""
        return self.record.story.agency or self.record.story.outlet

    def words(self, *spans: Span) -> str:
        """The words of the spans on one line, ` ... ` between two of them."""
        return " ... ".join(clean(span.words(self.record.story.text)) for span in spans)

    def find_actor(self, reference: Reference) -> Actor:
        """Whom a reference means; an actor of the story's own words where it is not resolved."""
        known = self.actors.get(reference.actor or "")
        return known or Actor(id="", name=self.words(reference.span))

    def find_party(self, actor: str) -> Actor:
        """The actor with this id."""
        return self.actors.get(actor) or Actor(id=actor, name=actor)

    def find_place(self, claim: Event | Round) -> Place | None:
        """Where an event or a round took place."""
        return self.places.get(claim.place or "")

    def date_claim(self, claim: Statement | Event | Round) -> str:
        """The claim's own day, else the story's."""
        own = claim.said.isoformat() if isinstance(claim, Statement) and claim.said else ""
        return own or (claim.day if isinstance(claim, (Event, Round)) else "") or self.day


def clean(words: str) -> str:
    """Words on one line: every run of white space and control characters is one space, so that no cell breaks."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def read_file(path: Path) -> Iterator[Entry]:
    """The records of a file of JSON lines, as `onrecord read --jsonl` and the `jsonl` export write it.

    Raises:
        EmptyInput: the file holds no record.
        BrokenInput: it cannot be opened, or a line of it is no record.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            yield from read_lines(stream, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenInput(f"cannot be read: {error}", where=str(path)) from error


def read_lines(stream: IO[str], name: str) -> Iterator[Entry]:
    """The records of an open stream of JSON lines; `name` stands in errors.

    Raises:
        EmptyInput: the stream holds no record.
        BrokenInput: a line is no record.
    """
    found = False
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            record = Record.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            field_name = ".".join(str(part) for part in first["loc"])
            raise BrokenInput(
                f"no record: {f'{field_name}: ' if field_name else ''}{first['msg']}",
                where=f"{name}:{number}",
                hint="make the file with: onrecord read --jsonl PATH > FILE",
            ) from error
        found = True
        yield Entry(record)
    if not found:
        raise EmptyInput("holds no record", where=name, hint="make it with: onrecord read --jsonl PATH > FILE")
