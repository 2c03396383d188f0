"""What the record holds: mentions, actors, statements, events, positions, negotiations.

Frozen pydantic v2 models. Every claim carries the span of its words, a calibrated score in [0, 1] and the stage
that made it. Other values are named by id within the record (`s3`, `e1`, `a2`). `Record.model_dump_json()` is the
interchange form; `onrecord schema` prints its JSON Schema.

Terms: PLOVER (actor, recipient, event type, mode, context), PARC and PolNeAR (source, cue, content), TimeML (timex,
value).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from onrecord.story import Frozen, Span, Story

Score = Annotated[float, Field(ge=0.0, le=1.0)]


class Claim(Frozen):
    """Base of everything that a stage holds to be so: id within the record, the words, a score and the stage's name."""

    id: str
    span: Span
    score: Score = 1.0
    stage: str = ""


class MentionKind(StrEnum):
    """How a mention names its actor."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    BODY = "body"
    GROUP = "group"
    UNKNOWN = "unknown"


class Tenure(StrEnum):
    """Whether the office is held on the story's date."""

    HOLDER = "holder"
    FORMER = "former"
    DESIGNATED = "designated"
    ACTING = "acting"


class Mention(Claim):
    """Words that name an actor: full span, head, and the actor's id."""

    head: Span
    kind: MentionKind
    actor: str | None = None


class Actor(Frozen):
    """Somebody or something that speaks or acts, resolved for the story's date.

    Attributes:
        country: ISO 3166-1 alpha-3 of the state served on the date; empty for international bodies.
        sector: PLOVER primary sector.
        code: CAMEO/PLOVER actor code (`RUS`, `RUSMIL`, `IGONATO`); the name where there is no plain code.
        office: office held on the story's date, in words.
        wikidata: `Q` identifier.
        resolved_by: how the actor was found ("office on date", "name", "demonym", "coreference" ...), or why it was
            not.
        candidates: names of others that fitted, best first.
    """

    id: str
    name: str
    kind: ActorKind = ActorKind.UNKNOWN
    country: str = ""
    sector: str = ""
    code: str = ""
    office: str = ""
    tenure: Tenure | None = None
    wikidata: str = ""
    resolved_by: str = ""
    candidates: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    score: Score = 1.0
    stage: str = "actors"


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Timex(Claim):
    """A time expression, normalised.

    `first` and `last` are the days it can mean, `anchor` the day it was resolved against.
    """

    type: TimexType
    value: str
    mod: str = ""
    first: date | None = None
    last: date | None = None
    anchor: date | None = None


class Place(Claim):
    """A place where something happens. Latitude and longitude in degrees, WGS 84; country as ISO 3166-1 alpha-3."""

    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None


class Reference(Frozen):
    """A role filled by words of the story: the span, and the id of the actor that they mean where known."""

    span: Span
    actor: str | None = None


class StatementKind(StrEnum):
    """How the content is given: in quotation marks, without, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What a speaker does by the statement."""

    ASSERT = "assert"
    DEMAND = "demand"
    OFFER = "offer"
    PROMISE = "promise"
    THREATEN = "threaten"
    ACCUSE = "accuse"
    REJECT = "reject"
    DENY = "deny"
    AGREE = "agree"
    HOPE = "hope"
    ASSESS = "assess"
    ASK = "ask"
    DECLINE = "decline"


class Statement(Claim):
    """An attribution relation: who said what, by which cue.

    Attributes:
        sources: the quoted sources; empty when a passive leaves them out.
        content: one or several spans, in order (a quotation split by its cue is one statement).
        relay: who passed it on, nearest to the reader last.
        said: the day of the source's own words, where the text fixes it.
        parent: id of the statement whose content holds this one.
    """

    sources: tuple[Reference, ...] = ()
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    kind: StatementKind = StatementKind.INDIRECT
    act: Act = Act.ASSERT
    addressees: tuple[Reference, ...] = ()
    occasion: Span | None = None
    said: date | None = None
    timex: str | None = None
    relay: tuple[Reference, ...] = ()
    condition: Span | None = None
    negated: bool = False
    parent: str | None = None
    why: tuple[str, ...] = ()


class Status(StrEnum):
    """Whether an event took place."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    DEMANDED = "demanded"


class Event(Claim):
    """A PLOVER event. `span` is the clause that reports it, `trigger` the words that give the type.

    Attributes:
        type: PLOVER event type, one of sixteen.
        mode: PLOVER mode of that type, or empty.
        contexts: PLOVER contexts.
        quad: quad class 1 to 4 (verbal cooperation, material cooperation, verbal conflict, material conflict).
        intensity: conflict-cooperation score, -10 to 10, of type and mode (PLOVER manual).
        cameo: the nearest CAMEO code.
        day: when, as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; empty when the story does not say.
        reported_by: id of the statement that reports it; None when the story says so in its own voice.
    """

    type: str
    mode: str = ""
    contexts: tuple[str, ...] = ()
    quad: int = 0
    intensity: float = 0.0
    cameo: str = ""
    trigger: Span
    actors: tuple[Reference, ...] = ()
    recipients: tuple[Reference, ...] = ()
    place: str | None = None
    day: str = ""
    timex: str | None = None
    status: Status = Status.HAPPENED
    reported_by: str | None = None
    why: tuple[str, ...] = ()


class Stance(StrEnum):
    """What a party holds out or holds against."""

    DEMAND = "demand"
    OFFER = "offer"
    COMMITMENT = "commitment"
    REFUSAL = "refusal"
    PRECONDITION = "precondition"
    CONCESSION = "concession"


class State(StrEnum):
    """What became of a position."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Evidence(Frozen):
    """Why a position is in a state: the statement or event that says so, and its words."""

    claim: str
    span: Span
    state: State | None = None


class Position(Claim):
    """What a party wants, offers, promises or refuses. `span` is the content. `state` is None for a refusal."""

    holder: str
    addressees: tuple[str, ...] = ()
    stance: Stance
    content: tuple[Span, ...]
    condition: Span | None = None
    state: State | None = State.OPEN
    negated: bool = False
    evidence: tuple[Evidence, ...] = ()


class Outcome(StrEnum):
    """How a round ended."""

    SUCCESSFUL = "successful"
    UNSUCCESSFUL = "unsuccessful"
    PARTIAL = "partial"
    ADJOURNED = "adjourned"
    UNKNOWN = "unknown"


class Round(Claim):
    """A meeting on the issue that was held.

    `day` as in `Event`; `assessed_by` is the actor whose judgement the outcome is.
    """

    number: int | None = None
    day: str = ""
    place: str | None = None
    format: str = ""
    parties: tuple[str, ...] = ()
    outcome: Outcome = Outcome.UNKNOWN
    assessed_by: str | None = None
    event: str | None = None


class Outstanding(Frozen):
    """Something still awaited: the words, and the position or event it belongs to."""

    span: Span
    claim: str | None = None


class Negotiation(Claim):
    """Talks on one issue. `span` is the words that name the issue; actors by id."""

    issue: str
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    positions: tuple[str, ...] = ()
    outstanding: tuple[Outstanding, ...] = ()


class Failure(Frozen):
    """A stage that could not do its work on this story, and why. The record goes on without it."""

    stage: str
    reason: str


class Versions(Frozen):
    """What made the record."""

    package: str = ""
    model: str = ""
    ontology: str = ""


class Record(Frozen):
    """Everything that was read from one story."""

    story: Story
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    timexes: tuple[Timex, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    negotiations: tuple[Negotiation, ...] = ()
    failures: tuple[Failure, ...] = ()
    versions: Versions = Versions()
