"""What two sides did to each other, day by day, each event once; and one actor through the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.errors import StoreError
from onrecord.store import tables
from onrecord.store.query import last_day
from onrecord.store.search import find_actors
from onrecord.story import Frozen

_EVENTS = tables.EVENTS.c
_ROLES = tables.ROLES.c


class TimelineEvent(Frozen):
    """One event, however many stories carry it. `intensity` as in the record, -10 to 10."""

    id: str
    day: str
    type: str
    mode: str = ""
    status: str = ""
    quad: int = 0
    intensity: float = 0.0
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    words: str = ""
    story: str = ""
    reports: int = 1


class Office(Frozen):
    """An office as stories of these days give it."""

    office: str
    tenure: str = ""
    country: str = ""
    first: str = ""
    last: str = ""
    stories: int = 0


class ActorPage(Frozen):
    """An actor: name, codes, the offices that stories give, and how often it speaks, acts and is acted on."""

    name: str
    other_names: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""
    code: str = ""
    wikidata: str = ""
    on: str = ""
    offices: tuple[Office, ...] = ()
    roles: dict[str, int] = Field(default_factory=dict)


def read_timeline(
    connection: Connection, first: str, second: str = "", *, start: str = "", end: str = "", limit: int = 200
) -> list[TimelineEvent]:
    """The events between two sides (in either direction), or of one, oldest first.

    Raises:
        StoreError: a side is not in the store.
    """
    query = (
        select(
            _EVENTS.cluster,
            func.min(_EVENTS.key).label("key"),
            func.count(func.distinct(_EVENTS.story)).label("reports"),
            func.max(_EVENTS.day).label("day"),
        )
        .join(tables.STORIES, tables.STORIES.c.key == _EVENTS.story)
        .where(_EVENTS.hidden == 0, tables.STORIES.c.replaced_by == 0)
        .where(*(_involves(connection, name) for name in (first, second) if name))
        .group_by(_EVENTS.cluster)
        .order_by(func.max(_EVENTS.day), _EVENTS.cluster)
        .limit(limit)
    )
    if start:
        query = query.where(_EVENTS.day >= start)
    if end:
        query = query.where(_EVENTS.day <= last_day(end))
    rows = connection.execute(query).all()
    return _describe(connection, {row.key: row.reports for row in rows})


def _involves(connection: Connection, name: str) -> ColumnElement[bool]:
    """The condition that an event has this side in it."""
    actors = find_actors(connection, name)
    if not actors:
        raise StoreError(f"{name!r} is not in the store", hint="give a code such as RUS, or words of a name")
    roles = select(_ROLES.claim).where(
        _ROLES.kind == "event", _ROLES.role.in_(("actor", "recipient")), _ROLES.actor.in_(actors)
    )
    return _EVENTS.key.in_(roles)


def _describe(connection: Connection, reports: dict[int, int]) -> list[TimelineEvent]:
    keys = list(reports)
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    query = (
        select(_ROLES.claim, _ROLES.role, tables.ACTORS.c.name)
        .join(tables.ACTORS, tables.ACTORS.c.key == _ROLES.actor)
        .where(_ROLES.kind == "event", _ROLES.claim.in_(keys))
        .order_by(_ROLES.claim, _ROLES.place)
    )
    for row in connection.execute(query):
        names[row.claim, row.role].append(row.name)
    events = tables.EVENTS.join(tables.STORIES, tables.STORIES.c.key == _EVENTS.story)
    found = (
        select(tables.EVENTS, tables.STORIES.c.id.label("story_id")).select_from(events).where(_EVENTS.key.in_(keys))
    )
    rows = connection.execute(found.order_by(_EVENTS.day, _EVENTS.key)).mappings()
    return [
        TimelineEvent(
            id=f"e{row['cluster']}",
            story=row["story_id"],
            actors=tuple(names[row["key"], "actor"]),
            recipients=tuple(names[row["key"], "recipient"]),
            reports=reports[row["key"]],
            **{name: row[name] for name in ("day", "type", "mode", "status", "quad", "intensity", "words")},
        )
        for row in rows
    ]


def read_actor(connection: Connection, name: str, *, on: str = "") -> ActorPage:
    """An actor by name or code, with the offices that stories gave it, on a day or at all.

    Raises:
        StoreError: nobody of that name is in the store.
    """
    keys = find_actors(connection, name)
    actors = tables.ACTORS.c
    counts = (
        select(_ROLES.actor, func.count().label("times"))
        .where(_ROLES.actor.in_(keys))
        .group_by(_ROLES.actor)
        .subquery("counts")
    )
    query = (
        select(tables.ACTORS)
        .outerjoin(counts, counts.c.actor == actors.key)
        .where(actors.key.in_(keys))
        .order_by((actors.kind == "unknown"), func.coalesce(counts.c.times, 0).desc(), actors.key)
        .limit(50)
    )
    rows = connection.execute(query).mappings().all()
    if not rows:
        raise StoreError(f"{name!r} is not in the store", hint="give words of a name, or a code such as RUS")
    best = rows[0]
    return ActorPage(
        name=best["name"],
        other_names=tuple(row["name"] for row in rows[1:10]),
        on=on,
        offices=_read_offices(connection, best["key"], on),
        roles=_count_roles(connection, [best["key"]]),
        **{field: best[field] for field in ("kind", "country", "code", "wikidata")},
    )


def _read_offices(connection: Connection, actor: int, on: str) -> tuple[Office, ...]:
    """The offices with the days between which stories give them; on a day: those of the stories nearest before it."""
    seen = tables.APPEARANCES.c
    query = (
        select(
            seen.office,
            seen.tenure,
            seen.country,
            func.min(seen.day).label("first"),
            func.max(seen.day).label("last"),
            func.count().label("stories"),
        )
        .where(seen.actor == actor, seen.office != "")
        .group_by(seen.office, seen.tenure, seen.country)
        .order_by(func.max(seen.day).desc())
    )
    if on:
        query = query.where(seen.day <= last_day(on))
    offices = [Office(**dict(row)) for row in connection.execute(query).mappings()]
    return tuple(offices[:1] if on else offices)


def _count_roles(connection: Connection, actors: Sequence[int]) -> dict[str, int]:
    query = (
        select(_ROLES.kind, _ROLES.role, func.count().label("times"))
        .where(_ROLES.actor.in_(actors))
        .group_by(_ROLES.kind, _ROLES.role)
    )
    return {f"{row.kind} {row.role}": row.times for row in connection.execute(query)}
