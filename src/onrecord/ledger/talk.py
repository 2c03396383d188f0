"""What the ledger knows of talks: values that pages, exports and the terminal show. Each names its words and story."""

from __future__ import annotations

from enum import StrEnum

from onrecord.story import Frozen


class Change(StrEnum):
    """What happened to a position on a day."""

    STATED = "stated"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SOFTENED = "softened"
    HARDENED = "hardened"


class Report(Frozen):
    """A story that carries something: its id, day and agency, the characters, and its words."""

    story: str
    day: str = ""
    outlet: str = ""
    start: int = 0
    end: int = 0
    words: str = ""


class Turn(Frozen):
    """One change of a position: the day, what changed, by whom, and the report that says so."""

    day: str
    change: Change
    by: str = ""
    report: Report


class PositionLine(Frozen):
    """A position through time. `state` is empty for a refusal."""

    id: str
    holder: str
    addressees: tuple[str, ...] = ()
    stance: str
    words: str
    condition: str = ""
    state: str = ""
    history: tuple[Turn, ...] = ()
    reports: tuple[Report, ...] = ()


class Assessment(Frozen):
    """How somebody judged a round."""

    outcome: str
    by: str = ""
    report: Report


class RoundLine(Frozen):
    """A round as all reports tell it; what they do not agree on stands under `differences`."""

    number: int | None = None
    day: str = ""
    place: str = ""
    format: str = ""
    parties: tuple[str, ...] = ()
    outcome: str = "unknown"
    assessments: tuple[Assessment, ...] = ()
    differences: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()


class OutstandingLine(Frozen):
    """Something awaited: since when, and when it was settled, if it was."""

    words: str
    since: str = ""
    settled: str = ""
    by: str = ""
    reports: tuple[Report, ...] = ()


class Talks(Frozen):
    """The state of a negotiation."""

    id: str
    issue: str
    other_names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    rounds: tuple[RoundLine, ...] = ()
    positions: tuple[PositionLine, ...] = ()
    outstanding: tuple[OutstandingLine, ...] = ()
    settled: tuple[OutstandingLine, ...] = ()
    stories: tuple[Report, ...] = ()
