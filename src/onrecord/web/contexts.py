"""What each page shows: one frozen object a page, named like its template; a test holds the two together.

Nothing here knows the database or the web: rows are plain values, `link`-making is the templates' work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from onrecord.ledger.talk import Talks
from onrecord.record import Record
from onrecord.store.query import Hit, Query
from onrecord.web.charts import Bars, TimeAxis
from onrecord.web.marks import Block
from onrecord.web.rows import (
    CheckItem,
    Decision,
    DiffPart,
    DoneRow,
    Facet,
    Name,
    OfficeRow,
    OpenRow,
    Paging,
    PartyPositions,
    PositionRow,
    ReadStory,
    RoundRow,
    SaidRow,
    Shown,
    TalksRow,
    Version,
)


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
