"""A story with what surrounds it: earlier and later versions, copies in other outlets, its talks, its actors' keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from onrecord.record import Record
from onrecord.store import tables
from onrecord.store.rows import identify_actor
from onrecord.web.queries.rows import load_rows, load_versions, make_place
from onrecord.web.rows import Place, Version

_STORIES: Final = tables.STORIES.c
_TALKS: Final = tables.NEGOTIATIONS.c


def find_actor_keys(connection: Connection, record: Record) -> dict[str, int]:
    """Keys in the store of the record's actors, by the actor's id in the record."""
    identities = {actor.id: identify_actor(actor) for actor in record.actors}
    actors = tables.ACTORS.c
    query = select(actors.identity, actors.key).where(actors.identity.in_(set(identities.values())))
    keys = {row.identity: int(row.key) for row in connection.execute(query)}
    return {actor: keys[identity] for actor, identity in identities.items() if identity in keys}


def find_claim_keys(connection: Connection, story: int) -> dict[str, tuple[str, int]]:
    """Kind and key of the claims of a story, by their id in the record."""
    found: dict[str, tuple[str, int]] = {}
    for kind, table in tables.CLAIMS.items():
        query = select(table.c.claim, table.c.key).where(table.c.story == story, table.c.hidden == 0)
        found.update({row.claim: (kind, int(row.key)) for row in connection.execute(query)})
    return found


def find_reports(connection: Connection, kind: str, key: int, *, limit: int = 12) -> tuple[Place, ...]:
    """Where else the same claim is reported."""
    table = tables.CLAIMS[kind]
    cluster = select(table.c.cluster).where(table.c.key == key).scalar_subquery()
    query = select(table.c.key).where(table.c.cluster == cluster, table.c.key != key, table.c.hidden == 0)
    keys = list(connection.scalars(query.order_by(table.c.day).limit(limit)))
    return tuple(make_place(row) for row in load_rows(connection, kind, keys))


def find_versions(connection: Connection, story: int) -> tuple[list[Version], Version | None, Version | None]:
    """Copies of the story in other outlets, the version before it, and the one after it."""
    row = connection.execute(select(_STORIES.cluster, _STORIES.replaced_by).where(_STORIES.key == story)).one()
    before = connection.scalar(select(_STORIES.key).where(_STORIES.replaced_by == story).order_by(_STORIES.key.desc()))
    earlier = load_versions(connection, [before]) if before else []
    later = load_versions(connection, [row.replaced_by]) if row.replaced_by else []
    query = select(_STORIES.key).where(_STORIES.cluster == row.cluster, _STORIES.key != story).limit(20)
    others = [key for key in connection.scalars(query) if key not in (before, row.replaced_by)]
    return load_versions(connection, others), next(iter(earlier), None), next(iter(later), None)


def find_talks(connection: Connection, story: int) -> Sequence[tuple[str, str]]:
    """The talks that the story tells of: id and issue."""
    query = select(_TALKS.cluster, _TALKS.issue).where(_TALKS.story == story, _TALKS.hidden == 0)
    return [(f"t{row.cluster}", row.issue) for row in connection.execute(query)]
