"""Finds stories, statements and events by words and by fields, best first.

The words are matched by the index alone, then joined with the table and narrowed by its fields; the marked words are
made for the page that is shown and no more. When no row holds all words, rows that hold any of them are given, and
say so (`partly`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal, or_, select, text

from onrecord.store import tables
from onrecord.store.query import Hit, Kind, Query, last_day, show_marks
from onrecord.store.rows import fold
from onrecord.store.words import mark_words, match_words, write_match

#: How many times the page the best matches are that are narrowed first.
_BEST: Final = 25

Conditions = list[ColumnElement[bool]]

_STORIES = tables.STORIES.c
_ROLES = tables.ROLES.c
_TABLES = {"story": tables.STORIES, "statement": tables.STATEMENTS, "event": tables.EVENTS}


def search(connection: Connection, query: Query) -> list[Hit]:
    """What fits a query, best first; by day, latest first, when it has no words."""
    dialect = connection.dialect.name
    kind = query.choose_kind()
    words = write_match(dialect, query.text)
    if query.text and not words:
        return []
    rows = _find_rows(connection, query, kind, words)
    partly = False
    if not rows and query.text and not query.offset:
        words = write_match(dialect, query.text, every=False)
        rows = _find_rows(connection, query, kind, words)
        partly = True
    return _read_hits(connection, kind, rows, words, partly=partly)


def select_keys(connection: Connection, query: Query) -> Select[Any]:
    """The query for the keys of what fits, best first, within the limit: to count what is found by its fields."""
    kind = query.choose_kind()
    return _select(connection, query, kind, write_match(connection.dialect.name, query.text))


def _find_rows(connection: Connection, query: Query, kind: Kind, words: str) -> Sequence[Row[Any]]:
    """Keys and ranks of one page. The best matches are narrowed first; all of them only when those do not suffice."""
    wanted = query.limit + query.offset
    if words:
        rows = connection.execute(_select(connection, query, kind, words, most=_BEST * wanted)).all()
        if len(rows) >= query.limit:
            return rows
    return connection.execute(_select(connection, query, kind, words)).all()


def _select(connection: Connection, query: Query, kind: Kind, words: str, most: int = 0) -> Select[Any]:
    table = _TABLES[kind]
    rank: ColumnElement[Any] = literal(0.0)
    source: Any = table
    if words:
        match = match_words(connection.dialect.name, kind, words)
        found = (match.order_by(text("rank"), text("key")).limit(most) if most else match).subquery("found")
        source = source.join(found, found.c.key == table.c.key)
        rank = found.c.rank
    if kind != "story":
        source = source.join(tables.STORIES, tables.STORIES.c.key == table.c.story)
    chosen = select(table.c.key, rank.label("rank")).select_from(source)
    for condition in _narrow(connection, query, kind):
        chosen = chosen.where(condition)
    order = (rank, table.c.day.desc(), table.c.key) if words else (table.c.day.desc(), table.c.key)
    return chosen.order_by(*order).limit(query.limit).offset(query.offset)


def _narrow(connection: Connection, query: Query, kind: Kind) -> Conditions:
    table = _TABLES[kind]
    conditions: Conditions = []
    if query.start:
        conditions.append(table.c.day >= query.start)
    if query.end:
        conditions.append(table.c.day <= last_day(query.end))
    if query.outlet:
        name = query.outlet.casefold()
        conditions.append(or_(func.lower(_STORIES.agency) == name, func.lower(_STORIES.outlet) == name))
    conditions.append(_STORIES.replaced_by == 0)
    if kind != "story":
        conditions.append(table.c.hidden == 0)
    conditions += _narrow_claims(connection, query, kind)
    return conditions


def _narrow_claims(connection: Connection, query: Query, kind: Kind) -> Conditions:
    statements = _of_statements(connection, query)
    events = _of_events(connection, query)
    if kind == "statement":
        return statements + _in_story(tables.EVENTS, tables.STATEMENTS.c.story, events)
    if kind == "event":
        return events + _in_story(tables.STATEMENTS, tables.EVENTS.c.story, statements)
    return _in_story(tables.STATEMENTS, _STORIES.key, statements) + _in_story(tables.EVENTS, _STORIES.key, events)


def _in_story(table: Any, story: ColumnElement[int], conditions: list[ColumnElement[bool]]) -> Conditions:
    """The condition that the story holds such a claim."""
    return [story.in_(select(table.c.story).where(and_(*conditions)))] if conditions else []


def _of_statements(connection: Connection, query: Query) -> Conditions:
    conditions: Conditions = []
    if query.act:
        conditions.append(tables.STATEMENTS.c.act == query.act)
    if query.speaker:
        speakers = find_actors(connection, query.speaker)
        claims = select(_ROLES.claim).where(
            _ROLES.kind == "statement", _ROLES.role == "source", _ROLES.actor.in_(speakers)
        )
        conditions.append(tables.STATEMENTS.c.key.in_(claims))
    return conditions


def _of_events(connection: Connection, query: Query) -> Conditions:
    conditions: Conditions = []
    if query.type:
        conditions.append(tables.EVENTS.c.type == query.type)
    if query.status:
        conditions.append(tables.EVENTS.c.status == query.status)
    if query.place:
        events = tables.EVENTS.c
        conditions.append(or_(func.lower(events.place) == query.place.casefold(), events.country == query.place))
    if query.actor:
        actors = find_actors(connection, query.actor)
        claims = select(_ROLES.claim).where(_ROLES.kind == "event", _ROLES.actor.in_(actors))
        conditions.append(tables.EVENTS.c.key.in_(claims))
    return conditions


def find_actors(connection: Connection, name: str) -> list[int]:
    """Keys of the actors whose name holds all these words, or whose code or country is this."""
    actors = tables.ACTORS.c
    words = re.findall(r"\w+", fold(name))
    if not words:
        return []
    named = and_(*((literal(" ") + actors.folded).contains(f" {word}", autoescape=True) for word in words))
    coded = or_(actors.code == name, actors.country == name) if name.isupper() else literal(value=False)
    return list(connection.scalars(select(actors.key).where(or_(named, coded)).limit(5_000)))


def _read_hits(connection: Connection, kind: Kind, rows: Sequence[Row[Any]], words: str, *, partly: bool) -> list[Hit]:
    """The hits of one page, in order, with their words marked."""
    keys = [row.key for row in rows]
    if not keys:
        return []
    marked = {}
    if words:
        query = mark_words(connection.dialect.name, kind, words, keys)
        marked = {row.key: show_marks(row.marked) for row in connection.execute(query)}
    ranks = {row.key: row.rank for row in rows}
    found = {row["key"]: row for row in connection.execute(_describe(kind, keys)).mappings()}
    reports = count_reports(connection, kind, [found[key]["cluster"] for key in keys])
    hits = []
    for key in keys:
        values = {name: value for name, value in found[key].items() if name in Hit.model_fields and value is not None}
        values["words"] = " ".join(found[key]["words"].split())[:1000]
        values["outlet"] = found[key]["agency"] or found[key]["outlet"]
        hits.append(
            Hit(
                kind=kind,
                **values,
                marked=" ".join(marked.get(key, "").split()),
                rank=round(float(ranks[key]), 4),
                reports=reports.get(found[key]["cluster"], 1),
                partly=partly,
            )
        )
    return hits


def _describe(kind: Kind, keys: Sequence[int]) -> Select[Any]:
    table = _TABLES[kind]
    shared = [_STORIES.id.label("story"), _STORIES.headline, _STORIES.agency, _STORIES.outlet]
    if kind == "story":
        words = func.substr(_STORIES.text, 1, 300).label("words")
        return select(_STORIES.key, _STORIES.day, _STORIES.cluster, words, *shared).where(_STORIES.key.in_(keys))
    own = ["key", "claim", "day", "start", "end", "words", "cluster"]
    own += ["act"] if kind == "statement" else ["type", "status"]
    columns = [table.c[name] for name in own] + shared
    source = table.join(tables.STORIES, _STORIES.key == table.c.story)
    if kind == "statement":
        source = source.outerjoin(tables.ACTORS, tables.ACTORS.c.key == table.c.speaker)
        columns.append(tables.ACTORS.c.name.label("speaker"))
    return select(*columns).select_from(source).where(table.c.key.in_(keys))


def count_reports(connection: Connection, kind: str, clusters: Sequence[int]) -> dict[int, int]:
    """How many stories carry each of these clusters."""
    table = tables.STORIES if kind == "story" else tables.CLAIMS[kind]
    story = table.c.key if kind == "story" else table.c.story
    query = (
        select(table.c.cluster, func.count(func.distinct(story)).label("reports"))
        .where(table.c.cluster.in_(clusters))
        .group_by(table.c.cluster)
    )
    return {row.cluster: row.reports for row in connection.execute(query)}
