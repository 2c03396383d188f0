"""Talks: a negotiation as all its stories tell it.

What is kept is which reports belong together; the state is folded from them when it is asked for, so that it never
depends on the order in which the stories came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.errors import StoreError
from onrecord.ledger.awaited import fold_outstanding
from onrecord.ledger.desk import load_desk
from onrecord.ledger.history import fold_positions
from onrecord.ledger.rounds import fold_rounds
from onrecord.ledger.talk import Talks
from onrecord.store import tables
from onrecord.store.rows import fold
from onrecord.store.search import find_actors
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


def list_talks(connection: Connection, *, parties: Sequence[str] = (), limit: int = 50) -> list[TalksLine]:
    """The talks in the store, those that were last reported on first; only those with all these parties."""
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
    for party in parties:
        query = query.where(_TALKS.cluster.in_(_with_party(connection, party)))
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


def _with_party(connection: Connection, party: str) -> Select[tuple[int]]:
    """The talks in which somebody of this name or code is a party."""
    roles = tables.ROLES.c
    return (
        select(_TALKS.cluster)
        .join(tables.ROLES, (roles.claim == _TALKS.key) & (roles.kind == "negotiation"))
        .where(roles.role == "party", roles.actor.in_(find_actors(connection, party)))
    )


def read_talks(connection: Connection, name: str) -> Talks:
    """The state of the talks with this id (`t12`).

    Raises:
        StoreError: there are none.
    """
    number = name.removeprefix("t")
    desk = load_desk(connection, int(number)) if number.isdigit() else None
    if desk is None or not desk.talks:
        raise StoreError(f"no talks have the id {name!r}", hint="onrecord talks lists them")
    cluster = int(number)
    issues = find_issues(connection, [cluster])
    roles = find_roles(connection, [cluster])
    positions = fold_positions(desk)
    rounds = fold_rounds(desk)
    awaited = fold_outstanding(desk, positions, rounds)
    days = [report.day for report in desk.stories.values()]
    return Talks(
        id=f"t{cluster}",
        issue=issues[cluster],
        other_names=tuple({fold(name): name for name in (str(talk.fields["issue"]) for talk in desk.talks)}.values()),
        parties=roles[cluster, "party"],
        mediators=roles[cluster, "mediator"],
        hosts=roles[cluster, "host"],
        first=min(days),
        last=max(days),
        rounds=rounds,
        positions=positions,
        outstanding=tuple(line for line in awaited if not line.settled),
        settled=tuple(line for line in awaited if line.settled),
        stories=tuple(sorted(desk.stories.values(), key=lambda report: (report.day, report.story))),
    )


def find_issues(connection: Connection, clusters: Sequence[int]) -> dict[int, str]:
    """The issue of each of these talks, in the words that most stories use."""
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = select(_TALKS.cluster, _TALKS.issue).where(_TALKS.cluster.in_(clusters), _TALKS.hidden == 0)
    for row in connection.execute(query.order_by(_TALKS.day, _TALKS.key)):
        names[row.cluster][fold(row.issue)].append(row.issue)
    return {cluster: max(issues.values(), key=len)[0] for cluster, issues in names.items()}


def find_roles(connection: Connection, clusters: Sequence[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """Names of those who have a role in each of these talks, by talks and role: one name a side, those that most
    stories name first. Words that name no side ("the two countries") are left out where two sides are known.
    """
    roles, actors = tables.ROLES.c, tables.ACTORS.c
    query = (
        select(
            _TALKS.cluster, roles.role, actors.name, actors.kind, actors.country, actors.code, func.count().label("n")
        )
        .join(tables.ROLES, (roles.claim == _TALKS.key) & (roles.kind == "negotiation"))
        .join(tables.ACTORS, actors.key == roles.actor)
        .where(_TALKS.cluster.in_(clusters), _TALKS.hidden == 0)
        .group_by(_TALKS.cluster, roles.role, actors.name, actors.kind, actors.country, actors.code)
        .order_by(func.count().desc(), actors.name)
    )
    found: dict[tuple[int, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.cluster, row.role].append(row)
    return defaultdict(tuple, {place: _name_sides(rows) for place, rows in found.items()})


def _name_sides(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    sides: dict[str, Row[Any]] = {}
    for row in rows:
        side = row.country or (row.code if row.code.isupper() else f"~{row.name}")
        if side not in sides or (row.kind == "state" and sides[side].kind != "state"):
            sides[side] = row
    known = [side for side in sides if not side.startswith("~")]
    return tuple(sides[side].name for side in (known if len(known) > 1 else sides))
