"""Counts beside a search: by which fields the results can be narrowed, and how many each value has.

Counted over the best `MOST` results only, so that a facet never takes longer than the search; the page says when that
was a part of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.store import Query, tables
from onrecord.store.search import select_keys
from onrecord.web.rows import Facet

#: Most results that are counted, and most values that are shown.
MOST: Final = 2_000
SHOWN: Final = 8

_STORIES: Final = tables.STORIES.c
_OUTLET: Final[ColumnElement[str]] = func.coalesce(func.nullif(_STORIES.agency, ""), _STORIES.outlet)


def count_facets(connection: Connection, query: Query) -> tuple[dict[str, list[Facet]], int]:
    """The facets of a search by name of field, and how many results were counted."""
    chosen = select_keys(connection, query.model_copy(update={"limit": MOST, "offset": 0}))
    found = [row.key for row in connection.execute(chosen)]
    kind = query.choose_kind()
    facets = {
        name: _count_values(connection, found, kind, column, getattr(query, name))
        for name, column in _columns(kind).items()
    }
    if kind == "statement":
        facets["speaker"] = _count_speakers(connection, found, query.speaker)
    return facets, len(found)


def _columns(kind: str) -> dict[str, ColumnElement[str]]:
    table = tables.STORIES if kind == "story" else tables.CLAIMS[kind]
    year = func.substr(table.c.day, 1, 4)
    if kind == "statement":
        return {"act": tables.STATEMENTS.c.act, "outlet": _OUTLET, "start": year}
    if kind == "event":
        events = tables.EVENTS.c
        return {"type": events.type, "status": events.status, "place": events.place, "outlet": _OUTLET, "start": year}
    return {"outlet": _OUTLET, "start": year}


def _count_values(
    connection: Connection, found: Sequence[int], kind: str, column: ColumnElement[str], chosen: str
) -> list[Facet]:
    source: Any = tables.STORIES if kind == "story" else tables.CLAIMS[kind]
    key = source.c.key
    if kind != "story":
        source = source.join(tables.STORIES, _STORIES.key == source.c.story)
    value = column.label("value")
    query = (
        select(value, func.count().label("times"))
        .select_from(source)
        .where(key.in_(found), value != "")
        .group_by(value)
        .order_by(func.count().desc(), value)
        .limit(SHOWN)
    )
    return [Facet(row.value, row.times, row.value == chosen) for row in connection.execute(query)]


def _count_speakers(connection: Connection, found: Sequence[int], chosen: str) -> list[Facet]:
    said = tables.STATEMENTS.c
    query = (
        select(tables.ACTORS.c.name, func.count().label("times"))
        .join(tables.STATEMENTS, tables.ACTORS.c.key == said.speaker)
        .where(said.key.in_(found))
        .group_by(tables.ACTORS.c.name)
        .order_by(func.count().desc(), tables.ACTORS.c.name)
        .limit(SHOWN)
    )
    return [Facet(row.name, row.times, row.name == chosen) for row in connection.execute(query)]
