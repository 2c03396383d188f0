"""Rows of flat values: what every list of a record is as a table, for CSV, Parquet and the quotation table.

Several values in one cell are parted by `; `. Offsets are those of the story's canonical text, in code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from onrecord.export.entries import Entry, clean
from onrecord.export.wish import Wish, pick_events, pick_positions, pick_rounds, pick_statements
from onrecord.record import Actor, Event, Negotiation, Position, Round, Statement
from onrecord.story import Frozen, Span


class Row(Frozen):
    """What every row begins with: the story, the claim in it, the cluster of its reports, and how many they are."""

    story: str
    claim: str
    cluster: str
    reports: int
    outlet: str
    published: str
    headline: str
    url: str
    start: int
    end: int
    words: str
    score: float


class StatementRow(Row):
    """One statement."""

    said: str
    speaker: str
    speaker_code: str
    speaker_country: str
    speaker_wikidata: str
    act: str
    kind: str
    negated: bool
    cue: str
    addressees: str
    occasion: str
    relay: str
    condition: str
    parent: str


class EventRow(Row):
    """One event."""

    day: str
    type: str
    mode: str
    contexts: str
    quad: int
    intensity: float
    cameo: str
    status: str
    actors: str
    actor_codes: str
    recipients: str
    recipient_codes: str
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    geonames: int | None
    trigger: str
    reported_by: str


class PositionRow(Row):
    """One position."""

    talks: str
    holder: str
    holder_code: str
    addressees: str
    stance: str
    state: str
    condition: str
    negated: bool
    evidence: str


class RoundRow(Row):
    """One round of talks."""

    talks: str
    issue: str
    day: str
    number: int | None
    place: str
    format: str
    parties: str
    party_codes: str
    outcome: str
    assessed_by: str


def list_statements(entry: Entry, wish: Wish) -> Iterator[StatementRow]:
    """The statements that are wanted, as rows."""
    return (_row_statement(entry, claim) for claim in pick_statements(entry, wish))


def list_events(entry: Entry, wish: Wish) -> Iterator[EventRow]:
    """The events that are wanted, as rows."""
    return (_row_event(entry, claim) for claim in pick_events(entry, wish))


def list_positions(entry: Entry, wish: Wish) -> Iterator[PositionRow]:
    """The positions that are wanted, as rows."""
    talks = {name: one.id for one in entry.record.negotiations for name in one.positions}
    return (_row_position(entry, claim, talks.get(claim.id, "")) for claim in pick_positions(entry, wish))


def list_rounds(entry: Entry, wish: Wish) -> Iterator[RoundRow]:
    """The rounds that are wanted, as rows."""
    return (_row_round(entry, talks, claim) for talks, claim in pick_rounds(entry, wish))


#: The lists of a record: name, the type of its rows, and what makes them.
LISTS: Final[Mapping[str, tuple[type[Row], Callable[[Entry, Wish], Iterator[Row]]]]] = {
    "statements": (StatementRow, list_statements),
    "events": (EventRow, list_events),
    "positions": (PositionRow, list_positions),
    "rounds": (RoundRow, list_rounds),
}


def join(values: Iterable[str]) -> str:
    """Several values in one cell: without empty ones and repetitions."""
    return "; ".join(dict.fromkeys(value.replace(";", ",") for value in values if value))


def _start(entry: Entry, kind: str, claim: str, spans: tuple[Span, ...], score: float) -> dict[str, object]:
    tally = entry.tally(kind, claim)
    story = entry.record.story
    return {
        "story": story.id,
        "claim": claim,
        "cluster": tally.cluster,
        "reports": tally.stories,
        "outlet": clean(entry.outlet),
        "published": entry.day,
        "headline": clean(story.headline),
        "url": clean(story.url),
        "start": min(span.start for span in spans),
        "end": max(span.end for span in spans),
        "words": entry.words(*spans),
        "score": round(score, 4),
    }


def _name(actors: Iterable[Actor]) -> str:
    return join(clean(actor.name) for actor in actors)


def _code(actors: Iterable[Actor]) -> str:
    return join(clean(actor.code) for actor in actors)


def _row_statement(entry: Entry, claim: Statement) -> StatementRow:
    speakers = [entry.find_actor(one) for one in claim.sources]
    return StatementRow.model_validate(
        {
            **_start(entry, "statement", claim.id, claim.content or (claim.span,), claim.score),
            "said": claim.said.isoformat() if claim.said else "",
            "speaker": _name(speakers),
            "speaker_code": _code(speakers),
            "speaker_country": join(actor.country for actor in speakers),
            "speaker_wikidata": join(actor.wikidata for actor in speakers),
            "act": claim.act.value,
            "kind": claim.kind.value,
            "negated": claim.negated,
            "cue": entry.words(claim.cue) if claim.cue else "",
            "addressees": _name(entry.find_actor(one) for one in claim.addressees),
            "occasion": entry.words(claim.occasion) if claim.occasion else "",
            "relay": _name(entry.find_actor(one) for one in claim.relay),
            "condition": entry.words(claim.condition) if claim.condition else "",
            "parent": claim.parent or "",
        }
    )


def _row_event(entry: Entry, claim: Event) -> EventRow:
    actors = [entry.find_actor(one) for one in claim.actors]
    recipients = [entry.find_actor(one) for one in claim.recipients]
    place = entry.find_place(claim)
    return EventRow.model_validate(
        {
            **_start(entry, "event", claim.id, (claim.span,), claim.score),
            **claim.model_dump(include={"day", "type", "mode", "quad", "intensity", "cameo"}),
            "contexts": join(claim.contexts),
            "status": claim.status.value,
            "actors": _name(actors),
            "actor_codes": _code(actors),
            "recipients": _name(recipients),
            "recipient_codes": _code(recipients),
            "place": clean(place.name) if place else "",
            "country": place.country if place else "",
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "geonames": place.geonames if place else None,
            "trigger": entry.words(claim.trigger),
            "reported_by": claim.reported_by or "",
        }
    )


def _row_position(entry: Entry, claim: Position, talks: str) -> PositionRow:
    holder = entry.find_party(claim.holder)
    return PositionRow.model_validate(
        {
            **_start(entry, "position", claim.id, claim.content, claim.score),
            "talks": talks,
            "holder": clean(holder.name),
            "holder_code": clean(holder.code),
            "addressees": _name(entry.find_party(one) for one in claim.addressees),
            "stance": claim.stance.value,
            "state": claim.state.value if claim.state else "",
            "condition": entry.words(claim.condition) if claim.condition else "",
            "negated": claim.negated,
            "evidence": join(entry.words(one.span) for one in claim.evidence),
        }
    )


def _row_round(entry: Entry, talks: Negotiation, claim: Round) -> RoundRow:
    parties = [entry.find_party(one) for one in claim.parties]
    place = entry.find_place(claim)
    return RoundRow.model_validate(
        {
            **_start(entry, "round", f"{talks.id}.{claim.id}", (claim.span,), claim.score),
            "talks": talks.id,
            "issue": clean(talks.issue),
            "day": claim.day,
            "number": claim.number,
            "place": clean(place.name) if place else "",
            "format": clean(claim.format),
            "parties": _name(parties),
            "party_codes": _code(parties),
            "outcome": claim.outcome.value,
            "assessed_by": clean(entry.find_party(claim.assessed_by).name) if claim.assessed_by else "",
        }
    )
