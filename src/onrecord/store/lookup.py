"""Finds stories by id, for readers and writers alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store import tables

#: Most values in one `IN (...)`; SQLite allows 32,766 variables in a statement.
CHUNK: Final = 10_000

_STORIES: Final = tables.STORIES.c


def find_known(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Keys of the stories that are in the store, by id."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), CHUNK):
        query = select(_STORIES.id, _STORIES.key).where(_STORIES.id.in_(ids[start : start + CHUNK]))
        found.update((row.id, row.key) for row in connection.execute(query))
    return found


def find_story(connection: Connection, name: str) -> int:
    """The key of the story whose id is `name`, or begins with it.

    Raises:
        StoreError: there is none, or more than one.
    """
    begins = _STORIES.id.startswith(name, autoescape=True)
    rows = connection.execute(select(_STORIES.key, _STORIES.id).where(begins).limit(2)).all() if name else []
    if len(rows) == 1 or (rows and rows[0].id == name):
        return int(rows[0].key)
    if rows:
        raise StoreError(f"{name!r} begins the id of several stories", hint="give more characters of the id")
    raise StoreError(f"no story has the id {name!r}", hint="onrecord search shows the ids")
