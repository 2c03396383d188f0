"""The talks that are listed, and all that is known of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from onrecord.ledger.talk import PositionLine, Talks
from onrecord.ledger.talks import find_issues, find_roles
from onrecord.store import tables
from onrecord.store.rows import fold
from onrecord.web.rows import PartyPositions, TalksRow

_TALKS: Final = tables.NEGOTIATIONS.c
_ROLES: Final = tables.ROLES.c


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


def find_keys(connection: Connection, cluster: int) -> dict[str, int]:
    """Keys by name of everybody who has a role in the reports of these talks."""
    members = select(_TALKS.key).where(_TALKS.cluster == cluster)
    stories = select(_TALKS.story).where(_TALKS.cluster == cluster)
    query = (
        select(tables.ACTORS.c.name, func.min(tables.ACTORS.c.key).label("key"))
        .join(tables.ROLES, _ROLES.actor == tables.ACTORS.c.key)
        .where(_ROLES.story.in_(stories) | ((_ROLES.kind == "negotiation") & _ROLES.claim.in_(members)))
        .group_by(tables.ACTORS.c.name)
    )
    return {row.name: int(row.key) for row in connection.execute(query)}


def find_headlines(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Headlines of stories by id."""
    stories = tables.STORIES.c
    query = select(stories.id, stories.headline).where(stories.id.in_(ids))
    return {row.id: row.headline for row in connection.execute(query)}


def group_positions(positions: Sequence[PositionLine]) -> list[PartyPositions]:
    """Positions by who holds them; the party with the most first."""
    by_party: dict[str, list[PositionLine]] = {}
    for line in positions:
        by_party.setdefault(line.holder, []).append(line)
    groups = [PartyPositions(party, tuple(lines)) for party, lines in by_party.items()]
    return sorted(groups, key=lambda group: -len(group.positions))


def list_marks(talks: Talks) -> list[tuple[str, str, str, str]]:
    """Rounds, and every turn of a position, as marks of the time axis: day, kind, label, link."""
    marks = [
        (line.day, f"round-{line.outcome}", f"{line.day} round: {', '.join(line.parties)}", f"#r{number}")
        for number, line in enumerate(talks.rounds, 1)
    ]
    for position in talks.positions:
        for turn in position.history:
            label = f"{turn.day} {position.holder}: {position.stance} {turn.change}"
            marks.append((turn.day, f"turn-{turn.change}", label, f"#{position.id}"))
    return marks
