"""What each page shows: one frozen object a page, named like its template; a test holds the two together.

Nothing here knows the database or the web: rows are plain values, `link`-making is the templates' work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from onrecord.ledger.talk import PositionLine, Talks
from onrecord.record import Record
from onrecord.store.query import Hit, Query
from onrecord.web.charts import Bars, TimeAxis
from onrecord.web.marks import Block


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
class TodayPage:
    template: ClassVar[str] = "today.html"
    since: str
    first_visit: bool
    stories: int
    latest: Sequence[Hit]
    rounds: Sequence[RoundRow]
    positions: Sequence[PositionRow]
    outstanding: Sequence[OpenRow]
    closed: Sequence[PositionRow]
    followed: Sequence[Name]
    said: Sequence[SaidRow]
    talks: Mapping[int, str]
    totals: Mapping[str, int]


@dataclass(frozen=True)
class StoryPage:
    template: ClassVar[str] = "story.html"
    id: str
    record: Record
    blocks: Sequence[Block]
    layers: Sequence[str]
    shown_layers: Sequence[str]
    shown: Shown | None
    claims: Sequence[Shown]
    earlier: Version | None
    later: Version | None
    copies: Sequence[Version]
    original: str
    beside: bool
    printing: bool
    day: str
    outlet: str
    talks: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class DiffPart:
    """A stretch of one of two versions: the same in both, taken out, or put in."""

    change: str
    text: str


@dataclass(frozen=True)
class DiffPage:
    template: ClassVar[str] = "diff.html"
    old: Version
    new: Version
    paragraphs: Sequence[Sequence[DiffPart]]
    lost: int
    gained: int


@dataclass(frozen=True)
class TalksPage:
    template: ClassVar[str] = "talks.html"
    talks: Sequence[TalksRow]
    words: str
    paging: Paging


@dataclass(frozen=True)
class PartyPositions:
    """What one party wants, offers and refuses."""

    party: str
    positions: tuple[PositionLine, ...]


@dataclass(frozen=True)
class NegotiationPage:
    template: ClassVar[str] = "negotiation.html"
    talks: Talks
    keys: Mapping[str, int]
    headlines: Mapping[str, str]
    axis: TimeAxis | None
    parties: Sequence[PartyPositions]


@dataclass(frozen=True)
class ActorsPage:
    template: ClassVar[str] = "actors.html"
    words: str
    actors: Sequence[Name]
    paging: Paging


@dataclass(frozen=True)
class OfficeRow:
    """An office as stories give it, with the days between which they do."""

    office: str
    first: str
    last: str
    tenure: str = ""


@dataclass(frozen=True)
class ActorPage:
    template: ClassVar[str] = "actor.html"
    actor: Name
    country: str
    sector: str
    wikidata: str
    offices: Sequence[OfficeRow]
    acts: Sequence[Facet]
    months: Bars | None
    said: Sequence[SaidRow]
    issues: Sequence[tuple[str, str]]
    about: Sequence[Name]
    quoted_by: Sequence[Facet]
    events: Sequence[DoneRow]
    positions: Sequence[PositionRow]
    followed: bool
    paging: Paging


@dataclass(frozen=True)
class PairPage:
    template: ClassVar[str] = "pair.html"
    a: str
    b: str
    known: bool
    names: tuple[str, str]
    bars: Bars | None
    events: Sequence[DoneRow]
    talks: Sequence[TalksRow]
    positions: Sequence[PositionRow]
    paging: Paging


@dataclass(frozen=True)
class SearchPage:
    template: ClassVar[str] = "search.html"
    query: Query
    asked: bool
    kind: str
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[Facet]]
    counted: int
    capped: bool
    choices: Mapping[str, Sequence[str]]
    paging: Paging


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
class CheckPage:
    template: ClassVar[str] = "check.html"
    item: CheckItem | None
    kind: str
    kinds: Sequence[str]
    left: int
    skipped: int
    choices: Mapping[str, Sequence[str]]
    likely: Sequence[SaidRow | DoneRow | PositionRow]
    recent: Sequence[Decision]


@dataclass(frozen=True)
class ReadPage:
    template: ClassVar[str] = "read.html"
    problem: str = ""
    hint: str = ""
    text: str = ""


@dataclass(frozen=True)
class ReadStory:
    """A story that was just read, in a line."""

    id: str
    headline: str
    statements: int
    events: int
    positions: int
    known: bool = False


@dataclass(frozen=True)
class JobPage:
    template: ClassVar[str] = "job.html"
    state: str
    stories: Sequence[ReadStory]
    problems: Sequence[str]
    seconds: float
    name: str


@dataclass(frozen=True)
class LogPage:
    template: ClassVar[str] = "log.html"
    lines: Sequence[Mapping[str, str]]
    failures: Sequence[Mapping[str, object]]
    kept: bool


@dataclass(frozen=True)
class ErrorPage:
    template: ClassVar[str] = "error.html"
    status: int
    what: str
    hint: str = ""


#: Every page, for the test that holds templates and contexts together.
PAGES = (
    TodayPage,
    StoryPage,
    DiffPage,
    TalksPage,
    NegotiationPage,
    ActorsPage,
    ActorPage,
    PairPage,
    SearchPage,
    CheckPage,
    ReadPage,
    JobPage,
    LogPage,
    ErrorPage,
)
