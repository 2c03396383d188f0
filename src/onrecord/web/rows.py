"""The rows and parts that pages are made of: frozen values, shared by pages, queries and API."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.talk import PositionLine


@dataclass(frozen=True)
class Facet:
    """One value that results can be narrowed to, and how many of them have it."""

    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Place:
    """Where words stand: story, claim, and what tells the reader which story it is."""

    story: str
    claim: str
    headline: str = ""
    outlet: str = ""
    day: str = ""
    words: str = ""


@dataclass(frozen=True)
class Name:
    """An actor by key and name."""

    key: int
    name: str
    code: str = ""
    kind: str = ""
    count: int = 0
    office: str = ""


@dataclass(frozen=True)
class SaidRow:
    """A statement in a list."""

    key: int
    place: Place
    act: str
    speaker: Name
    addressees: tuple[Name, ...] = ()
    relay: tuple[Name, ...] = ()
    reports: int = 1
    score: float = 1.0


@dataclass(frozen=True)
class DoneRow:
    """An event in a list."""

    key: int
    place: Place
    type: str
    mode: str
    status: str
    quad: int
    intensity: float
    where: str = ""
    actors: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    reports: int = 1
    score: float = 1.0


@dataclass(frozen=True)
class Turn:
    """One step in the history of a position: the state it took, with the words that say so."""

    state: str
    place: Place


@dataclass(frozen=True)
class PositionRow:
    """A position, with its history over all stories that report it."""

    key: int
    holder: Name
    addressees: tuple[Name, ...]
    stance: str
    state: str
    place: Place
    condition: str = ""
    negated: bool = False
    history: tuple[Turn, ...] = ()
    score: float = 1.0
    reports: int = 1


@dataclass(frozen=True)
class RoundRow:
    """A round that was held."""

    key: int
    number: int
    day: str
    where: str
    format: str
    outcome: str
    parties: tuple[Name, ...]
    assessed_by: str
    place: Place
    reports: int = 1


@dataclass(frozen=True)
class OpenRow:
    """An item that is still awaited, or was closed."""

    key: int
    place: Place
    about: str = ""
    talks: str = ""
    issue: str = ""


@dataclass(frozen=True)
class TalksRow:
    """Talks in a list."""

    id: str
    issue: str
    parties: tuple[str, ...]
    first: str
    last: str
    stories: int
    rounds: int = 0
    open: int = 0


@dataclass(frozen=True)
class Version:
    """Another version, or another outlet's copy, of a story."""

    id: str
    headline: str
    outlet: str
    day: str
    marks: str = ""


@dataclass(frozen=True)
class Fact:
    """One field of the record that is shown: its label, its value, and the actor that the value leads to."""

    label: str
    value: str
    actor: int = 0
    quoted: bool = False
    claim: str = ""


@dataclass(frozen=True)
class Shown:
    """The claim whose record is open beside the text."""

    id: str
    kind: str
    title: str
    facts: tuple[Fact, ...]
    why: tuple[str, ...]
    score: float
    stage: str
    key: int = 0
    reports: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Paging:
    """Which page of a list this is, and whether there is another one."""

    page: int
    more: bool


@dataclass(frozen=True)
class DiffPart:
    """A stretch of one of two versions: the same in both, taken out, or put in."""

    change: str
    text: str


@dataclass(frozen=True)
class PartyPositions:
    """What one party wants, offers and refuses."""

    party: str
    positions: tuple[PositionLine, ...]


@dataclass(frozen=True)
class OfficeRow:
    """An office as stories give it, with the days between which they do."""

    office: str
    first: str
    last: str
    tenure: str = ""


@dataclass(frozen=True)
class CheckItem:
    """A reading to be checked: its words in their place, its fields, and how many others are held the same."""

    key: int
    kind: str
    score: float
    place: Place
    before: str
    words: str
    after: str
    fields: tuple[Fact, ...]
    others: int


@dataclass(frozen=True)
class Decision:
    """A correction that was kept."""

    key: int
    action: str
    kind: str
    field: str
    value: str
    was: str
    author: str
    at: str
    reason: str
    undone: bool
    story: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class ReadStory:
    """A story that was just read, in a line."""

    id: str
    headline: str
    statements: int
    events: int
    positions: int
    known: bool = False
