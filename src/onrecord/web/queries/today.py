"""What is new since a visit. Stories get their keys in the order in which they come in: a key is the line between old
and new, and the index finds what lies behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select

from onrecord.store import Query, tables
from onrecord.store.query import Hit
from onrecord.store.search import search
from onrecord.web.queries.rows import load_names, load_open, load_positions, load_rounds, load_said
from onrecord.web.rows import Name, OpenRow, PositionRow, RoundRow, SaidRow

_STORIES: Final = tables.STORIES.c
_POSITIONS: Final = tables.POSITIONS.c
_SAID: Final = tables.STATEMENTS.c
#: Most rows of each section.
MOST: Final = 12
#: A first or a late visit looks back over so many stories at most for what changed.
DEEP: Final = 2_000
_CLOSED: Final = ("answered", "accepted", "rejected", "withdrawn")


def find_newest(connection: Connection) -> int:
    """The key of the story that came in last; 0 when there is none."""
    return int(connection.scalar(select(func.max(_STORIES.key))) or 0)


def find_version(connection: Connection) -> tuple[int, int, int]:
    """What changes when a story comes in or a correction is made or taken back."""
    made = tables.CORRECTIONS.c
    counts = connection.execute(select(func.count(), func.count(func.nullif(made.undone_at, "")))).one()
    return find_newest(connection), int(counts[0]), int(counts[1])


def find_start(connection: Connection, day: str) -> int:
    """The key of the last story that came in before a day."""
    query = select(_STORIES.key).where(_STORIES.added < day).order_by(_STORIES.key.desc()).limit(1)
    return int(connection.scalar(query) or 0)


def find_added(connection: Connection, key: int) -> str:
    """When a story came in."""
    return str(connection.scalar(select(_STORIES.added).where(_STORIES.key == key)) or "")


def count_new(connection: Connection, since: int) -> int:
    """How many stories came in after this one."""
    return int(connection.scalar(select(func.count()).select_from(tables.STORIES).where(_STORIES.key > since)) or 0)


def find_latest(connection: Connection) -> list[Hit]:
    """The latest stories by their own day."""
    return search(connection, Query(kind="story", limit=8))


def _keys(connection: Connection, table: Any, since: int, *conditions: Any) -> list[int]:
    query = (
        select(table.c.key)
        .where(table.c.story > since, table.c.hidden == 0, *conditions)
        .order_by(table.c.day.desc(), table.c.key.desc())
        .limit(MOST)
    )
    return list(connection.scalars(query))


def find_rounds(connection: Connection, since: int) -> list[RoundRow]:
    """New rounds of talks."""
    return load_rounds(connection, _keys(connection, tables.ROUNDS, since))


def find_positions(connection: Connection, since: int) -> list[PositionRow]:
    """Positions that were stated or reported open."""
    open_ones = _POSITIONS.state.not_in(_CLOSED)
    return load_positions(connection, _keys(connection, tables.POSITIONS, since, open_ones))


def find_closed(connection: Connection, since: int) -> list[PositionRow]:
    """Positions that were answered, accepted, rejected or withdrawn."""
    return load_positions(connection, _keys(connection, tables.POSITIONS, since, _POSITIONS.state.in_(_CLOSED)))


def find_open(connection: Connection, since: int) -> list[OpenRow]:
    """Items that became outstanding."""
    return load_open(connection, _keys(connection, tables.OUTSTANDING, since))


def find_said(connection: Connection, since: int, actors: Sequence[int]) -> list[SaidRow]:
    """New statements of the actors that are followed."""
    return load_said(connection, _keys(connection, tables.STATEMENTS, since, _SAID.speaker.in_(actors)))


def find_names(connection: Connection, actors: Sequence[int]) -> list[Name]:
    """Actors by key, in order of name."""
    return sorted(load_names(connection, actors).values(), key=lambda one: one.name)


def find_issues(connection: Connection, rounds: Sequence[RoundRow]) -> dict[int, str]:
    """The id of the talks that rounds belong to, by key of the round."""
    talks = tables.NEGOTIATIONS.c
    query = (
        select(tables.ROUNDS.c.key, talks.cluster)
        .join(tables.NEGOTIATIONS, talks.key == tables.ROUNDS.c.negotiation)
        .where(tables.ROUNDS.c.key.in_([row.key for row in rounds]))
    )
    return {row.key: f"t{row.cluster}" for row in connection.execute(query)}
