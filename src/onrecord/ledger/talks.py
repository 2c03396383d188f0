"""Talks: a negotiation as all its stories tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from onrecord.store import tables
from onrecord.story import Frozen

_TALKS = tables.NEGOTIATIONS.c


class TalksLine(Frozen):
    """Talks in one line: the list of `onrecord talks`."""

    id: str
    issue: str
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    stories: int = 0


def list_talks(connection: Connection, *, limit: int = 50) -> list[TalksLine]:
    """The talks in the store, those that were last reported on first."""
    query = (
        select(
            _TALKS.cluster,
            func.min(_TALKS.day).label("first"),
            func.max(_TALKS.day).label("last"),
            func.count(func.distinct(_TALKS.story)).label("stories"),
        )
        .where(_TALKS.hidden == 0)
        .group_by(_TALKS.cluster)
        .order_by(func.max(_TALKS.day).desc(), _TALKS.cluster)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    keys = [row.cluster for row in rows]
    issues = find_issues(connection, keys)
    roles = find_roles(connection, keys)
    return [
        TalksLine(
            id=f"t{row.cluster}",
            issue=issues[row.cluster],
            parties=roles[row.cluster, "party"],
            mediators=roles[row.cluster, "mediator"],
            first=row.first,
            last=row.last,
            stories=row.stories,
        )
        for row in rows
    ]


def find_issues(connection: Connection, clusters: Sequence[int]) -> dict[int, str]:
    """The issue of each of these talks, in the words that most stories use."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    query = select(_TALKS.cluster, _TALKS.issue).where(_TALKS.cluster.in_(clusters), _TALKS.hidden == 0)
    for row in connection.execute(query):
        counts[row.cluster][row.issue] += 1
    return {cluster: max(issues, key=lambda issue: issues[issue]) for cluster, issues in counts.items()}


def find_roles(connection: Connection, clusters: Sequence[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """Names of those who have a role in each of these talks, by talks and role."""
    roles = tables.ROLES.c
    query = (
        select(_TALKS.cluster, roles.role, tables.ACTORS.c.name, func.count().label("times"))
        .join(tables.ROLES, (roles.claim == _TALKS.key) & (roles.kind == "negotiation"))
        .join(tables.ACTORS, tables.ACTORS.c.key == roles.actor)
        .where(_TALKS.cluster.in_(clusters), _TALKS.hidden == 0)
        .group_by(_TALKS.cluster, roles.role, tables.ACTORS.c.name)
        .order_by(func.count().desc(), tables.ACTORS.c.name)
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.cluster, row.role].append(row.name)
    return defaultdict(tuple, {place: tuple(names) for place, names in found.items()})
