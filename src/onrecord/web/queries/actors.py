"""One actor over time: offices, what was said, about whom, quoted by whom; and who there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from onrecord.store import tables
from onrecord.store.rows import fold
from onrecord.web.queries.rows import load_done, load_names, load_positions, load_said
from onrecord.web.rows import DoneRow, Facet, Name, OfficeRow, PositionRow, SaidRow

_ACTORS: Final = tables.ACTORS.c
_SEEN: Final = tables.APPEARANCES.c
_SAID: Final = tables.STATEMENTS.c
_ROLES: Final = tables.ROLES.c
_POSITIONS: Final = tables.POSITIONS.c


def list_actors(connection: Connection, words: str = "", *, limit: int = 50, offset: int = 0) -> list[Name]:
    """Actors whose name holds the words, or who have this code; those in most stories first.

    The index of appearances is counted alone, and names and offices are looked up for the page that is shown.
    """
    times = func.count().label("times")
    query = select(_SEEN.actor, times).group_by(_SEEN.actor).order_by(times.desc(), _SEEN.actor)
    if words:
        like = f"%{fold(words)}%"
        fitting = select(_ACTORS.key).where(_ACTORS.folded.like(like) | (_ACTORS.code == words.strip().upper()))
        query = query.where(_SEEN.actor.in_(fitting))
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    names = load_names(connection, [row.actor for row in rows])
    offices = _find_latest(connection, list(names))
    return [
        replace(names[row.actor], count=row.times, office=offices.get(row.actor, ""))
        for row in rows
        if row.actor in names
    ]


def _find_latest(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """The office that the latest stories give each of these actors."""
    query = select(_SEEN.actor, _SEEN.office).where(_SEEN.actor.in_(keys), _SEEN.office != "").order_by(_SEEN.day)
    return {row.actor: row.office for row in connection.execute(query)}


def find_actor(connection: Connection, key: int) -> Any:
    """The row of an actor; None when there is none."""
    return connection.execute(select(tables.ACTORS).where(_ACTORS.key == key)).mappings().first()


def find_offices(connection: Connection, key: int) -> list[OfficeRow]:
    """Offices that stories give, with the first and last day on which they do."""
    query = (
        select(_SEEN.office, _SEEN.tenure, func.min(_SEEN.day).label("first"), func.max(_SEEN.day).label("last"))
        .where(_SEEN.actor == key, _SEEN.office != "")
        .group_by(_SEEN.office, _SEEN.tenure)
        .order_by(func.min(_SEEN.day))
    )
    return [OfficeRow(row.office, row.first, row.last, row.tenure) for row in connection.execute(query)]


def _own(key: int) -> Select[Any]:
    return select(_SAID.key).where(_SAID.speaker == key, _SAID.hidden == 0, _SAID.cluster == _SAID.key)


def count_acts(connection: Connection, key: int, chosen: str = "") -> list[Facet]:
    """How often each act was made."""
    query = (
        select(_SAID.act, func.count().label("times"))
        .where(_SAID.speaker == key, _SAID.hidden == 0, _SAID.cluster == _SAID.key)
        .group_by(_SAID.act)
        .order_by(func.count().desc(), _SAID.act)
    )
    return [Facet(row.act, row.times, row.act == chosen) for row in connection.execute(query)]


def count_months(connection: Connection, key: int) -> dict[str, float]:
    """Statements by month."""
    month = func.substr(_SAID.day, 1, 7).label("month")
    query = (
        select(month, func.count().label("times"))
        .where(_SAID.speaker == key, _SAID.hidden == 0, _SAID.cluster == _SAID.key)
        .group_by(month)
    )
    return {row.month: float(row.times) for row in connection.execute(query)}


def find_said(connection: Connection, key: int, act: str, *, limit: int, offset: int) -> list[SaidRow]:
    """What this actor said, the latest first."""
    query = _own(key).order_by(_SAID.day.desc(), _SAID.key.desc()).limit(limit).offset(offset)
    if act:
        query = query.where(_SAID.act == act)
    return load_said(connection, list(connection.scalars(query)))


def find_about(connection: Connection, key: int, *, limit: int = 12) -> list[Name]:
    """Whom this actor speaks to or about: those addressed, and those in the events that the statements report."""
    said = select(_SAID.key).where(_SAID.speaker == key, _SAID.hidden == 0)
    addressed = select(_ROLES.actor).where(
        _ROLES.kind == "statement", _ROLES.role == "addressee", _ROLES.claim.in_(said)
    )
    events = tables.EVENTS.c
    told = (
        select(events.key)
        .join(tables.STATEMENTS, (_SAID.story == events.story) & (_SAID.claim == events.reported_by))
        .where(_SAID.speaker == key)
    )
    acting = select(_ROLES.actor).where(_ROLES.kind == "event", _ROLES.claim.in_(told), _ROLES.actor != key)
    both = addressed.union_all(acting).subquery()
    query = select(both.c.actor, func.count().label("times")).group_by(both.c.actor)
    rows = connection.execute(query.order_by(func.count().desc(), both.c.actor).limit(limit)).all()
    names = load_names(connection, [row.actor for row in rows])
    return [replace(names[row.actor], count=row.times) for row in rows if row.actor in names]


def find_issues(connection: Connection, key: int, *, limit: int = 12) -> list[tuple[str, str]]:
    """Talks that the stories with this actor's words tell of: id and issue."""
    talks = tables.NEGOTIATIONS.c
    stories = select(_SAID.story).where(_SAID.speaker == key, _SAID.hidden == 0)
    query = (
        select(talks.cluster, func.max(talks.issue).label("issue"))
        .where(talks.story.in_(stories), talks.hidden == 0)
        .group_by(talks.cluster)
        .order_by(func.count().desc())
        .limit(limit)
    )
    return [(f"t{row.cluster}", row.issue) for row in connection.execute(query)]


def count_outlets(connection: Connection, key: int, *, limit: int = 10) -> list[Facet]:
    """Who carried this actor's words."""
    stories = tables.STORIES.c
    outlet = func.coalesce(func.nullif(stories.agency, ""), stories.outlet).label("name")
    query = (
        select(outlet, func.count().label("times"))
        .join(tables.STATEMENTS, _SAID.story == stories.key)
        .where(_SAID.speaker == key, _SAID.hidden == 0, outlet != "")
        .group_by(outlet)
        .order_by(func.count().desc(), outlet)
        .limit(limit)
    )
    return [Facet(row.name, row.times) for row in connection.execute(query)]


def find_done(connection: Connection, key: int, *, limit: int = 15) -> list[DoneRow]:
    """Events in which this actor takes part, the latest first."""
    events = tables.EVENTS.c
    query = (
        select(events.key)
        .join(tables.ROLES, (_ROLES.claim == events.key) & (_ROLES.kind == "event"))
        .where(_ROLES.actor == key, events.hidden == 0, events.cluster == events.key)
        .group_by(events.key, events.day)
        .order_by(events.day.desc(), events.key.desc())
        .limit(limit)
    )
    return load_done(connection, list(connection.scalars(query)))


def find_held(connection: Connection, key: int, *, limit: int = 30) -> list[PositionRow]:
    """Positions of this actor."""
    query = (
        select(_POSITIONS.key)
        .where(_POSITIONS.holder == key, _POSITIONS.hidden == 0, _POSITIONS.cluster == _POSITIONS.key)
        .order_by(_POSITIONS.day.desc(), _POSITIONS.key.desc())
        .limit(limit)
    )
    return load_positions(connection, list(connection.scalars(query)))
