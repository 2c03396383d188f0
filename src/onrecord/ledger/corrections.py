"""Corrections by analysts: a layer of its own over what the model read.

A correction is anchored on the story's id and the characters of the claim, never on the number of a claim: the id is
the hash of the text, so that the characters mean the same words after any re-reading. Each has author, time and reason,
can be undone, and is exported as training data. Labels and retractions are laid over the rows before they are linked,
merges and splits after.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select, update

from onrecord.errors import StoreError
from onrecord.ledger.link import merge_clusters
from onrecord.ontology import load_ontology
from onrecord.record import Act, Outcome, Stance, State, Status
from onrecord.store import tables
from onrecord.store.rows import fold
from onrecord.store.writer import now
from onrecord.story import Frozen

_CORRECTIONS: Final = tables.CORRECTIONS.c
_ANCHORS: Final = tables.ANCHORS.c
_STORIES: Final = tables.STORIES.c

#: What the ids of claims begin with.
LETTERS: Final = {"s": "statement", "e": "event", "p": "position", "t": "negotiation", "r": "round", "o": "outstanding"}

#: Fields that can be given another value, by kind, with the values allowed; none listed: any words.
FIELDS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "statement": {"act": frozenset(Act), "speaker": frozenset()},
    "event": {"type": frozenset(), "mode": frozenset(), "status": frozenset(Status), "day": frozenset()},
    "position": {"stance": frozenset(Stance), "state": frozenset(State), "holder": frozenset()},
    "negotiation": {"issue": frozenset()},
    "round": {"outcome": frozenset(Outcome), "day": frozenset(), "place": frozenset()},
    "outstanding": {},
}
_PEOPLE: Final = {"speaker": "source", "holder": "holder"}


class Action(StrEnum):
    """What a correction does."""

    MERGE = "merge"
    SPLIT = "split"
    RELABEL = "relabel"
    RETRACT = "retract"


class Anchor(Frozen):
    """The characters of a story that a correction is about."""

    story: str
    start: int
    end: int
    words: str


class Correction(Frozen):
    """One correction. `anchors` are the claims it is about; of a split, the first is taken away from the others."""

    key: int = 0
    action: Action
    kind: str
    anchors: tuple[Anchor, ...]
    field: str = ""
    value: str = ""
    was: str = ""
    author: str
    at: str = ""
    reason: str = ""
    undone_by: str = ""
    undone_at: str = ""


def parse_name(name: str) -> tuple[str, int]:
    """Kind and key of a claim by its id (`e12`).

    Raises:
        StoreError: it is no such id.
    """
    kind = LETTERS.get(name[:1], "")
    if not kind or not name[1:].isdigit():
        raise StoreError(f"{name!r} is no id of a claim", hint="ids are a letter and a number, such as s12, e5 or t3")
    return kind, int(name[1:])


def make_anchors(connection: Connection, kind: str, keys: Sequence[int]) -> tuple[Anchor, ...]:
    """Where these claims stand.

    Raises:
        StoreError: one of them is not in the store.
    """
    table = tables.CLAIMS[kind]
    query = (
        select(table.c.key, _STORIES.id, table.c.start, table.c.end, table.c.words)
        .join(tables.STORIES, _STORIES.key == table.c.story)
        .where(table.c.key.in_(keys))
    )
    found = {row.key: row for row in connection.execute(query)}
    missing = [key for key in keys if key not in found]
    if missing:
        raise StoreError(f"there is no {kind} {missing[0]}", hint="onrecord search shows the ids")
    return tuple(
        Anchor(story=row.id, start=row.start, end=row.end, words=row.words) for row in (found[key] for key in keys)
    )


def check_value(kind: str, field: str, value: str) -> None:
    """Raise unless a claim of this kind can have this value.

    Raises:
        StoreError: it cannot.
    """
    allowed = FIELDS[kind]
    if field not in allowed:
        raise StoreError(f"{field!r} of a {kind} cannot be corrected", hint="one of " + ", ".join(sorted(allowed)))
    choices = frozenset(load_ontology().types) if (kind, field) == ("event", "type") else allowed[field]
    if choices and value not in choices:
        raise StoreError(f"{value!r} is no {field} of a {kind}", hint="one of " + ", ".join(sorted(choices)))


def find_value(connection: Connection, kind: str, key: int, field: str) -> str:
    """The present value of a field; of people, their name."""
    value = connection.scalar(select(tables.CLAIMS[kind].c[field]).where(tables.CLAIMS[kind].c.key == key))
    if field in _PEOPLE:
        value = connection.scalar(select(tables.ACTORS.c.name).where(tables.ACTORS.c.key == value))
    return str(value or "")


def note_correction(connection: Connection, correction: Correction) -> Correction:
    """Write a correction down; gives it with its number and time."""
    key = (connection.scalar(select(func.max(_CORRECTIONS.key))) or 0) + 1
    correction = correction.model_copy(update={"key": key, "at": correction.at or now()})
    values = correction.model_dump(mode="json")
    values["anchors"] = json.dumps(values["anchors"], ensure_ascii=False)
    connection.execute(insert(tables.CORRECTIONS).values(**values))
    stories = sorted({anchor.story for anchor in correction.anchors})
    connection.execute(insert(tables.ANCHORS), [{"correction": key, "story_id": story} for story in stories])
    return correction


def mark_undone(connection: Connection, key: int, author: str) -> Correction:
    """Take a correction back; it stays written down.

    Raises:
        StoreError: there is none with this number, or it was undone before.
    """
    found = [one for one in list_corrections(connection) if one.key == key]
    if not found:
        raise StoreError(f"there is no correction {key}", hint="onrecord correct list shows them")
    if found[0].undone_at:
        raise StoreError(f"correction {key} was undone by {found[0].undone_by} at {found[0].undone_at}")
    connection.execute(
        update(tables.CORRECTIONS).where(_CORRECTIONS.key == key).values(undone_by=author, undone_at=now())
    )
    return found[0]


def list_corrections(connection: Connection) -> list[Correction]:
    """All corrections, in the order in which they were made."""
    rows = connection.execute(select(tables.CORRECTIONS).order_by(_CORRECTIONS.key)).mappings()
    return [_read(dict(row)) for row in rows]


def find_active(connection: Connection, stories: Sequence[int]) -> list[Correction]:
    """The corrections in force that are about these stories, in the order in which they were made."""
    if not connection.scalar(select(_ANCHORS.correction).limit(1)):
        return []
    ids = select(_STORIES.id).where(_STORIES.key.in_(stories))
    keys = select(_ANCHORS.correction).where(_ANCHORS.story_id.in_(ids))
    query = select(tables.CORRECTIONS).where(_CORRECTIONS.key.in_(keys), _CORRECTIONS.undone_at == "")
    rows = connection.execute(query.order_by(_CORRECTIONS.key)).mappings()
    return [_read(dict(row)) for row in rows]


def _read(row: dict[str, Any]) -> Correction:
    return Correction.model_validate({**row, "anchors": json.loads(row["anchors"])})


def apply_labels(connection: Connection, corrections: Iterable[Correction]) -> None:
    """Lay labels and retractions over the rows."""
    for correction in corrections:
        table = tables.CLAIMS[correction.kind]
        for key in find_claims(connection, correction):
            if correction.action is Action.RETRACT:
                connection.execute(update(table).where(table.c.key == key).values(hidden=1))
            elif correction.action is Action.RELABEL:
                _set_label(connection, table, key, correction)


def apply_links(connection: Connection, corrections: Iterable[Correction]) -> None:
    """Merge and split clusters as analysts did."""
    for correction in corrections:
        keys = find_claims(connection, correction)
        if correction.action is Action.MERGE and len(keys) > 1:
            kept = _find_cluster(connection, correction.kind, keys[0])
            for key in keys[1:]:
                kept = merge_clusters(
                    connection, correction.kind, kept, _find_cluster(connection, correction.kind, key)
                )
        elif correction.action is Action.SPLIT and keys:
            take_away(connection, correction.kind, keys[0])


def take_away(connection: Connection, kind: str, key: int) -> None:
    """Give a claim a cluster of its own; the others of its cluster stay together."""
    table = tables.CLAIMS[kind]
    cluster = _find_cluster(connection, kind, key)
    if cluster == key:
        rest = connection.scalar(select(func.min(table.c.key)).where(table.c.cluster == key, table.c.key != key))
        others = update(table).where(table.c.cluster == key, table.c.key != key)
        connection.execute(others.values(cluster=rest))
    connection.execute(update(table).where(table.c.key == key).values(cluster=key))


def find_others(connection: Connection, kind: str, key: int) -> list[int]:
    """The other claims of the cluster that a claim is in."""
    table = tables.CLAIMS[kind]
    same = table.c.cluster == _find_cluster(connection, kind, key)
    return list(connection.scalars(select(table.c.key).where(same, table.c.key != key).order_by(table.c.key)))


def find_claims(connection: Connection, correction: Correction) -> list[int]:
    """The claims that now stand where the correction was made: those that share most of the characters."""
    found = [_find_claim(connection, correction.kind, anchor) for anchor in correction.anchors]
    if correction.action is Action.SPLIT:
        return [key for key in found[:1] if key]
    return [key for key in found if key]


def _find_claim(connection: Connection, kind: str, anchor: Anchor) -> int:
    table = tables.CLAIMS[kind]
    query = (
        select(table.c.key, table.c.start, table.c.end)
        .join(tables.STORIES, _STORIES.key == table.c.story)
        .where(_STORIES.id == anchor.story, table.c.start < anchor.end, table.c.end > anchor.start)
    )
    best, most = 0, 0.5
    for row in connection.execute(query):
        shared = min(row.end, anchor.end) - max(row.start, anchor.start)
        share = shared / max(row.end - row.start, anchor.end - anchor.start)
        if share >= most:
            best, most = row.key, share
    return best


def _find_cluster(connection: Connection, kind: str, key: int) -> int:
    table = tables.CLAIMS[kind]
    return int(connection.scalar(select(table.c.cluster).where(table.c.key == key)) or key)


def _set_label(connection: Connection, table: Table, key: int, correction: Correction) -> None:
    value: str | int = correction.value
    if correction.field in _PEOPLE:
        value = _find_person(connection, correction.value)
        roles = tables.ROLES
        same = (roles.c.kind == correction.kind) & (roles.c.claim == key)
        role = roles.c.role == _PEOPLE[correction.field]
        connection.execute(update(roles).where(same, role, roles.c.place == 0).values(actor=value))
    changed: dict[str, Any] = {correction.field: value}
    if correction.field == "day":
        changed["dated"] = 1
    connection.execute(update(table).where(table.c.key == key).values(**changed))


def _find_person(connection: Connection, name: str) -> int:
    """The actor of this name; the one that speaks most where there are several; a new one where there is none."""
    actors = tables.ACTORS.c
    found = connection.scalar(
        select(actors.key).where(actors.folded == fold(name)).order_by(actors.kind == "unknown", actors.key).limit(1)
    )
    if found:
        return int(found)
    key = (connection.scalar(select(func.max(actors.key))) or 0) + 1
    row = {"key": key, "identity": f"{fold(name)}|", "name": name, "folded": fold(name), "kind": "unknown"}
    connection.execute(insert(tables.ACTORS).values(**row))
    return key


def export_corrections(connection: Connection) -> Iterator[dict[str, Any]]:
    """The corrections in force as training data: each with the whole text of its stories and the characters."""
    for correction in list_corrections(connection):
        if correction.undone_at:
            continue
        ids = {anchor.story for anchor in correction.anchors}
        texts = {
            row.id: row.text
            for row in connection.execute(select(_STORIES.id, _STORIES.text).where(_STORIES.id.in_(ids)))
        }
        yield {**correction.model_dump(mode="json", exclude={"undone_by", "undone_at"}), "texts": texts}
