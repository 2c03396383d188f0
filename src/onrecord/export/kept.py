"""Records of the store as they stand: corrected, without what was retracted or replaced, with their clusters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select

from onrecord.export.entries import Entry, Tally
from onrecord.ontology import load_ontology
from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Event,
    Negotiation,
    Outcome,
    Position,
    Record,
    Stance,
    State,
    Statement,
    Status,
)
from onrecord.store import View, tables
from onrecord.store.rows import identify_actor

#: Stories that are fetched at a time.
BATCH: Final = 200
_KINDS: Final = ("statement", "event", "position", "round")
_STORIES: Final = tables.STORIES.c

Row = Mapping[str, Any]
Rows = Mapping[tuple[str, str], Row]


class Count(NamedTuple):
    """What a cluster holds: the key of the report that stands for it, and how many there are."""

    first: int
    mentions: int
    stories: int
    outlets: int


def read_view(view: View) -> Iterator[Entry]:
    """The records of a store, in the order in which they came in, without stories that a later version replaced."""
    counts = {kind: _count_clusters(view, kind) for kind in _KINDS}
    present = select(_STORIES.key).where(_STORIES.replaced_by == 0).order_by(_STORIES.key)
    keys = list(view.connection.scalars(present))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        rows = _read_rows(view, batch)
        people = _read_people(view, rows)
        for key in batch:
            own = rows.get(key, {})
            record = _correct(view.read_record(key), own, people)
            yield Entry(record, {name: _tally(counts[name[0]], name[0], row) for name, row in own.items()})


def _count_clusters(view: View, kind: str) -> dict[int, Count]:
    """The clusters of one kind of claims that hold more than one report."""
    table = tables.CLAIMS[kind]
    outlet = func.coalesce(func.nullif(_STORIES.agency, ""), _STORIES.outlet)
    query = (
        select(
            table.c.cluster,
            func.min(table.c.key),
            func.count(),
            func.count(func.distinct(table.c.story)),
            func.count(func.distinct(outlet)),
        )
        .join(tables.STORIES, _STORIES.key == table.c.story)
        .where(table.c.hidden == 0, _STORIES.replaced_by == 0)
        .group_by(table.c.cluster)
        .having((func.count() > 1) | (func.min(table.c.key) != table.c.cluster))
    )
    return {row[0]: Count(*row[1:]) for row in view.connection.execute(query)}


def _tally(counts: Mapping[int, Count], kind: str, row: Row) -> Tally:
    count = counts.get(row["cluster"], Count(row["key"], 1, 1, 1))
    name = f"{kind[0]}{row['cluster']}"
    return Tally(name, row["key"] == count.first, count.mentions, count.stories, max(1, count.outlets))


def _read_rows(view: View, stories: list[int]) -> dict[int, dict[tuple[str, str], Row]]:
    """The rows of the claims of these stories, by story, then by kind and id."""
    found: dict[int, dict[tuple[str, str], Row]] = {}
    for kind in _KINDS:
        table = tables.CLAIMS[kind]
        for row in view.connection.execute(select(table).where(table.c.story.in_(stories))).mappings():
            found.setdefault(row["story"], {})[kind, row["claim"]] = dict(row)
    return found


def _read_people(view: View, rows: Mapping[int, Rows]) -> dict[int, Row]:
    """The actors that the rows name as speaker or holder, by key."""
    named = {row.get("speaker") or row.get("holder") for own in rows.values() for row in own.values()} - {None, 0}
    query = select(tables.ACTORS).where(tables.ACTORS.c.key.in_(named))
    return {row["key"]: dict(row) for row in view.connection.execute(query).mappings()}


def _correct(record: Record, rows: Rows, people: Mapping[int, Row]) -> Record:
    """The record with the values that the analysts gave it, without what they retracted."""
    actors = {actor.id: actor for actor in record.actors}
    statements = [_correct_statement(claim, rows, people, actors) for claim in record.statements]
    events = [_correct_event(claim, rows) for claim in record.events]
    positions = [_correct_position(claim, rows, people, actors) for claim in record.positions]
    changed = {
        "statements": tuple(claim for claim in statements if claim),
        "events": tuple(claim for claim in events if claim),
        "positions": tuple(claim for claim in positions if claim),
        "negotiations": tuple(_correct_talks(claim, rows) for claim in record.negotiations),
    }
    return record.model_copy(update={**changed, "actors": tuple(actors.values())})


def _correct_statement(
    claim: Statement, rows: Rows, people: Mapping[int, Row], actors: dict[str, Actor]
) -> Statement | None:
    row = rows.get(("statement", claim.id), {})
    if row.get("hidden"):
        return None
    speaker = people.get(row.get("speaker", 0))
    sources = claim.sources
    if speaker and sources and sources[0].actor:
        sources = (sources[0].model_copy(update={"actor": _settle(sources[0].actor, speaker, actors)}), *sources[1:])
    return claim.model_copy(update={"act": Act(row.get("act", claim.act)), "sources": sources})


def _correct_event(claim: Event, rows: Rows) -> Event | None:
    row = rows.get(("event", claim.id), {})
    if row.get("hidden"):
        return None
    kind, mode = row.get("type", claim.type), row.get("mode", claim.mode)
    changed: dict[str, object] = {"type": kind, "mode": mode, "status": Status(row.get("status", claim.status))}
    if row.get("dated"):
        changed["day"] = row["day"]
    if (kind, mode) != (claim.type, claim.mode):
        ontology = load_ontology()
        mode = mode if mode in ontology.types[kind].modes else ""
        changed["mode"], changed["quad"] = mode, ontology.types[kind].quad
        changed["intensity"] = ontology.score(kind, mode)
        changed["cameo"] = ontology.find_cameo(kind, mode, claim.contexts)
    return claim.model_copy(update=changed)


def _correct_position(
    claim: Position, rows: Rows, people: Mapping[int, Row], actors: dict[str, Actor]
) -> Position | None:
    row = rows.get(("position", claim.id), {})
    if row.get("hidden"):
        return None
    holder = people.get(row.get("holder", 0))
    changed: dict[str, object] = {"holder": _settle(claim.holder, holder, actors) if holder else claim.holder}
    if row:
        changed |= {"stance": Stance(row["stance"]), "state": State(row["state"]) if row["state"] else None}
    return claim.model_copy(update=changed)


def _correct_talks(claim: Negotiation, rows: Rows) -> Negotiation:
    rounds = []
    for held in claim.rounds:
        row = rows.get(("round", f"{claim.id}.{held.id}"), {})
        if not row.get("hidden"):
            day = row["day"] if row.get("dated") else held.day
            rounds.append(held.model_copy(update={"outcome": Outcome(row.get("outcome", held.outcome)), "day": day}))
    return claim.model_copy(update={"rounds": tuple(rounds)})


def _settle(actor: str, row: Row, actors: dict[str, Actor]) -> str:
    """The id of the actor that a row names: the record's own where it is the same, else that of a new one."""
    known = actors.get(actor)
    if known is None or identify_actor(known) == row["identity"]:
        return actor
    name = f"k{row['key']}"
    fields = {field: row[field] for field in ("name", "country", "sector", "code", "wikidata")}
    actors.setdefault(name, Actor(id=name, kind=ActorKind(row["kind"]), resolved_by="correction", **fields))
    return name
