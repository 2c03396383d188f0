"""The queue of unsure readings, oldest and least certain first, with what may be the same; and the decisions."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, func, select

from onrecord.labels import TYPES
from onrecord.ledger.corrections import FIELDS, Correction, find_others, find_value, list_corrections
from onrecord.store import tables
from onrecord.web.queries.rows import load_done, load_positions, load_rows, load_said, make_place
from onrecord.web.rows import CheckItem, Decision, DoneRow, Fact, PositionRow, SaidRow

#: Kinds that are checked, in the order in which they are offered.
KINDS: Final = ("position", "statement", "event")
#: How certain a reading must be not to be asked about.
SURE: Final = 0.6
#: How many characters of the text are shown on each side of the words.
_AROUND: Final = 280
#: Readings of the queue that are kept in memory.
DEEP: Final = 2_000

Row = SaidRow | DoneRow | PositionRow
Spot = tuple[str, str, int, int]


def find_decided(connection: Connection) -> set[Spot]:
    """Kind, story and characters of everything that was decided and not undone."""
    query = select(tables.CORRECTIONS.c.kind, tables.CORRECTIONS.c.anchors).where(tables.CORRECTIONS.c.undone_at == "")
    return {
        (row.kind, anchor["story"], anchor["start"], anchor["end"])
        for row in connection.execute(query)
        for anchor in json.loads(row.anchors)
    }


class Unsure(NamedTuple):
    """The head of the queue of one kind, and how long the whole queue is."""

    head: tuple[tuple[int, Spot], ...]
    total: int

    def leave_out(self, decided: Collection[Spot]) -> list[int]:
        """Keys of those that nobody has decided."""
        return [key for key, spot in self.head if spot not in decided]


def find_unsure(connection: Connection, kind: str) -> Unsure:
    """Unsure readings of a kind, least certain first, then oldest. Looks at every reading: to be kept in memory."""
    table = tables.CLAIMS[kind]
    unsure = (table.c.hidden == 0) & (table.c.score < SURE)
    query = (
        select(table.c.key, table.c.start, table.c.end, tables.STORIES.c.id)
        .join(tables.STORIES, tables.STORIES.c.key == table.c.story)
        .where(unsure)
        .order_by(table.c.score, table.c.day, table.c.key)
        .limit(DEEP)
    )
    head = tuple((row.key, (kind, row.id, row.start, row.end)) for row in connection.execute(query))
    count = connection.scalar(select(func.count()).select_from(table).where(unsure))
    return Unsure(head, int(count or 0))


def load_item(connection: Connection, kind: str, key: int) -> CheckItem | None:
    """A reading with its words in their place; None when there is none with this key."""
    row = next(iter(load_rows(connection, kind, [key])), None)
    if row is None:
        return None
    text = str(connection.scalar(select(tables.STORIES.c.text).where(tables.STORIES.c.key == row["story"])))
    start, end = row["start"], row["end"]
    return CheckItem(
        key=key,
        kind=kind,
        score=row["score"],
        place=make_place(row),
        before=_cut_words(text[max(0, start - _AROUND) : start], first=start <= _AROUND, last=True),
        words=text[start:end],
        after=_cut_words(text[end : end + _AROUND], first=True, last=end + _AROUND >= len(text)),
        fields=tuple(
            Fact(field, find_value(connection, kind, key, field)) for field in FIELDS[kind] if field != "mode"
        ),
        others=len(find_others(connection, kind, key)),
    )


def _cut_words(text: str, *, first: bool, last: bool) -> str:
    """The text without the part of a word at an end that was cut."""
    if not first:
        text = text.partition(" ")[2] or text
    return text if last else (text.rpartition(" ")[0] or text)


def list_choices(kind: str) -> dict[str, Sequence[str]]:
    """The values that the fields of a kind can have; none for those that take any words."""
    chosen: dict[str, Sequence[str]] = {field: tuple(sorted(values)) for field, values in FIELDS[kind].items()}
    return {**chosen, "type": TYPES} if kind == "event" else chosen


def find_likely(connection: Connection, kind: str, key: int, *, limit: int = 4) -> Sequence[Row]:
    """Others that may be the same: of the same one, of the same kind, of about the same day, in other stories."""
    table = tables.CLAIMS[kind]
    row = connection.execute(select(table).where(table.c.key == key)).mappings().first()
    if row is None:
        return []
    query = _narrow(kind, table, row).where(
        table.c.key != key, table.c.cluster != row["cluster"], table.c.story != row["story"], table.c.hidden == 0
    )
    found = list(connection.scalars(query.order_by(table.c.day.desc(), table.c.key.desc()).limit(limit)))
    loaders: dict[str, Any] = {"statement": load_said, "event": load_done, "position": load_positions}
    rows: Sequence[Row] = loaders[kind](connection, found)
    return rows


def _narrow(kind: str, table: Any, row: Any) -> Select[Any]:
    query = select(table.c.key)
    if kind == "statement":
        return query.where(table.c.speaker == row["speaker"], table.c.speaker != 0)
    if kind == "position":
        return query.where(table.c.holder == row["holder"], table.c.stance == row["stance"])
    roles = tables.ROLES.c
    own = select(roles.actor).where(roles.kind == "event", roles.claim == row["key"])
    shared = select(roles.claim).where(roles.kind == "event", roles.actor.in_(own))
    return query.where(table.c.type == row["type"], table.c.day == row["day"], table.c.key.in_(shared))


def list_decisions(connection: Connection, *, limit: int = 12) -> list[Decision]:
    """The latest corrections, the last one first."""
    return [_describe(one) for one in list_corrections(connection)[::-1][:limit]]


def _describe(one: Correction) -> Decision:
    anchor = one.anchors[0]
    return Decision(
        key=one.key,
        action="accept" if one.action == "relabel" and one.value == one.was else str(one.action),
        kind=one.kind,
        field=one.field,
        value=one.value,
        was=one.was,
        author=one.author,
        at=one.at[:16].replace("T", " "),
        reason=one.reason,
        undone=bool(one.undone_at),
        story=anchor.story,
        start=anchor.start,
        end=anchor.end,
        words=anchor.words,
    )
