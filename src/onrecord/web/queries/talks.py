"""The talks that are listed, and all that is known of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from onrecord.ledger.talks import find_issues, find_roles
from onrecord.store import tables
from onrecord.store.rows import fold
from onrecord.web.contexts import Name, OpenRow, PartyPositions, RoundRow, TalksRow, Version
from onrecord.web.queries.rows import load_names, load_open, load_positions, load_rounds, load_versions

_TALKS: Final = tables.NEGOTIATIONS.c
_ROUNDS: Final = tables.ROUNDS.c
_OPEN: Final = tables.OUTSTANDING.c
_ROLES: Final = tables.ROLES.c
#: Most positions, rounds and items of one negotiation that its page shows.
MOST: Final = 200


def list_talks(connection: Connection, words: str = "", *, limit: int = 30, offset: int = 0) -> list[TalksRow]:
    """Talks whose issue holds the words, or in which such a party takes part; last reported on first."""
    last = func.max(_TALKS.day).label("last")
    query = (
        select(
            _TALKS.cluster,
            func.min(_TALKS.day).label("first"),
            last,
            func.count(func.distinct(_TALKS.story)).label("stories"),
        )
        .where(_TALKS.hidden == 0)
        .group_by(_TALKS.cluster)
        .order_by(last.desc(), _TALKS.cluster)
    )
    if words:
        query = query.where(_TALKS.cluster.in_(_match_talks(words)))
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    return describe_talks(connection, rows)


def _match_talks(words: str) -> Select[Any]:
    like = f"%{fold(words)}%"
    by_issue = select(_TALKS.cluster).where(func.lower(_TALKS.issue).like(like))
    by_party = (
        select(_TALKS.cluster)
        .join(tables.ROLES, (_ROLES.claim == _TALKS.key) & (_ROLES.kind == "negotiation"))
        .join(tables.ACTORS, tables.ACTORS.c.key == _ROLES.actor)
        .where(tables.ACTORS.c.folded.like(like) | (tables.ACTORS.c.code == words.strip().upper()))
    )
    return select(by_issue.union(by_party).subquery())


def describe_talks(connection: Connection, rows: Sequence[Any]) -> list[TalksRow]:
    """Talks in a line each; `rows` have cluster, first, last and stories."""
    clusters = [row.cluster for row in rows]
    issues = find_issues(connection, clusters)
    roles = find_roles(connection, clusters)
    rounds = _count_within(connection, tables.ROUNDS, clusters)
    still = _count_within(connection, tables.OUTSTANDING, clusters)
    return [
        TalksRow(
            id=f"t{row.cluster}",
            issue=issues.get(row.cluster, ""),
            parties=roles[row.cluster, "party"],
            first=row.first,
            last=row.last,
            stories=row.stories,
            rounds=rounds.get(row.cluster, 0),
            open=still.get(row.cluster, 0),
        )
        for row in rows
    ]


def _count_within(connection: Connection, table: Any, clusters: Sequence[int]) -> dict[int, int]:
    query = (
        select(_TALKS.cluster, func.count(func.distinct(table.c.cluster)).label("times"))
        .join(table, table.c.negotiation == _TALKS.key)
        .where(_TALKS.cluster.in_(clusters), table.c.hidden == 0, _TALKS.hidden == 0)
        .group_by(_TALKS.cluster)
    )
    return {row.cluster: row.times for row in connection.execute(query)}


def name_issue(connection: Connection, cluster: int) -> str:
    """The issue of these talks, in the words that most stories use."""
    return find_issues(connection, [cluster]).get(cluster, "")


def find_members(connection: Connection, cluster: int) -> list[tuple[int, int]]:
    """Key and story of every report of these talks."""
    query = select(_TALKS.key, _TALKS.story).where(_TALKS.cluster == cluster, _TALKS.hidden == 0)
    return [(row.key, row.story) for row in connection.execute(query.order_by(_TALKS.day))]


def find_parties(connection: Connection, members: Sequence[int], role: str) -> list[Name]:
    """Who has this role in the talks, those whom most stories name first."""
    query = (
        select(_ROLES.actor, func.count().label("times"))
        .where(_ROLES.kind == "negotiation", _ROLES.claim.in_(members), _ROLES.role == role)
        .group_by(_ROLES.actor)
        .order_by(func.count().desc(), _ROLES.actor)
    )
    keys = [row.actor for row in connection.execute(query)]
    names = load_names(connection, keys)
    return [names[key] for key in keys if key in names]


def find_rounds(connection: Connection, members: Sequence[int]) -> list[RoundRow]:
    """Rounds of the talks, each once, by day."""
    query = (
        select(_ROUNDS.key)
        .where(_ROUNDS.negotiation.in_(members), _ROUNDS.hidden == 0)
        .order_by(_ROUNDS.day, _ROUNDS.key)
        .limit(MOST)
    )
    rows = load_rounds(connection, list(connection.scalars(query)))
    return _merge_rounds(rows)


def _merge_rounds(rows: Sequence[RoundRow]) -> list[RoundRow]:
    """A round that several stories tell of, once: the same day and a party in common; the fullest telling stands."""
    merged: dict[tuple[object, ...], list[RoundRow]] = {}
    for row in rows:
        same = (row.day, frozenset(name.code or name.name for name in row.parties)) if row.day else (row.key,)
        merged.setdefault(same, []).append(row)
    kept = []
    for group in merged.values():
        best = max(group, key=lambda row: (row.outcome != "unknown", bool(row.where), bool(row.number)))
        stories = {row.place.story for row in group}
        kept.append(RoundRow(**{**best.__dict__, "reports": len(stories)}))
    return kept


def find_positions(connection: Connection, stories: Sequence[int]) -> list[PartyPositions]:
    """What each party wants, offers and refuses in the stories that tell of the talks; each position once."""
    positions = tables.POSITIONS.c
    query = (
        select(func.min(positions.key))
        .where(positions.story.in_(stories), positions.hidden == 0)
        .group_by(positions.cluster)
        .order_by(func.min(positions.day), func.min(positions.key))
        .limit(MOST)
    )
    by_party: dict[str, PartyPositions] = {}
    for row in load_positions(connection, list(connection.scalars(query))):
        party = by_party.setdefault(row.holder.code or row.holder.name, PartyPositions(row.holder, ()))
        by_party[row.holder.code or row.holder.name] = PartyPositions(party.party, (*party.positions, row))
    return sorted(by_party.values(), key=lambda one: -len(one.positions))


def find_open(connection: Connection, members: Sequence[int]) -> list[OpenRow]:
    """What is still awaited, each item once, the latest first."""
    query = (
        select(func.max(_OPEN.key))
        .where(_OPEN.negotiation.in_(members), _OPEN.hidden == 0)
        .group_by(_OPEN.cluster)
        .order_by(func.max(_OPEN.day).desc())
        .limit(MOST)
    )
    return load_open(connection, list(connection.scalars(query)))


def find_stories(connection: Connection, stories: Sequence[int]) -> list[Version]:
    """The stories that tell of the talks."""
    return load_versions(connection, stories)
