"""Two states or bodies: what they did to one another, month by month, the talks between them, and their positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from onrecord.store import tables
from onrecord.store.lookup import CHUNK
from onrecord.store.rows import fold
from onrecord.web.queries.rows import load_done, load_positions
from onrecord.web.queries.talks import describe_talks
from onrecord.web.rows import DoneRow, PositionRow, TalksRow

_EVENTS: Final = tables.EVENTS.c
_ROLES: Final = tables.ROLES.c
_ACTORS: Final = tables.ACTORS.c


@dataclass(frozen=True)
class Pair:
    """Keys of all actors on each side, and a name for each."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    names: tuple[str, str]

    @property
    def known(self) -> bool:
        """True when both sides are in the store."""
        return bool(self.a and self.b)


def find_pair(connection: Connection, one: str, other: str) -> Pair:
    """The two sides; each is a code (of a country, with all who act for it, or of a body) or a name."""
    sides = [_find_side(connection, words) for words in (one, other)]
    return Pair(sides[0][0], sides[1][0], (sides[0][1] or one, sides[1][1] or other))


def _find_side(connection: Connection, words: str) -> tuple[tuple[int, ...], str]:
    if not words:
        return (), ""
    code = words.upper()
    named = select(_ACTORS.country, _ACTORS.code, _ACTORS.name).where(_ACTORS.folded == fold(words)).limit(1)
    row = connection.execute(named).first()
    if row and row.country and row.code == row.country:
        code = row.country
    same = or_(_ACTORS.country == code, _ACTORS.code == code, _ACTORS.folded == fold(words))
    query = select(_ACTORS.key, _ACTORS.name, _ACTORS.kind, _ACTORS.code).where(same).order_by(_ACTORS.key).limit(5_000)
    rows = connection.execute(query).all()
    states = [row.name for row in rows if row.code == code and row.kind in ("state", "body")]
    return tuple(row.key for row in rows), next(iter(states), rows[0].name if rows else "")


def find_between(connection: Connection, pair: Pair) -> list[int]:
    """Keys of the events in which both sides have a part, each event once; of very many the latest read."""
    if not pair.known:
        return []
    first, second = aliased(tables.ROLES), aliased(tables.ROLES)
    shared = (
        select(first.c.claim)
        .join(second, and_(second.c.claim == first.c.claim, second.c.kind == "event"))
        .where(first.c.kind == "event", first.c.actor.in_(pair.a), second.c.actor.in_(pair.b))
    )
    query = select(_EVENTS.key).where(_EVENTS.key.in_(shared), _EVENTS.hidden == 0, _EVENTS.cluster == _EVENTS.key)
    return list(connection.scalars(query.order_by(_EVENTS.key.desc()).limit(CHUNK)))


def find_events(connection: Connection, between: Sequence[int], *, limit: int, offset: int) -> Sequence[DoneRow]:
    """What happened between the two, the latest first."""
    query = select(_EVENTS.key).where(_EVENTS.key.in_(between)).order_by(_EVENTS.day.desc(), _EVENTS.key.desc())
    return load_done(connection, list(connection.scalars(query.limit(limit).offset(offset))))


def count_months(connection: Connection, between: Sequence[int]) -> tuple[dict[str, float], dict[str, float]]:
    """Events of cooperation and of conflict between the two, by month."""
    month = func.substr(_EVENTS.day, 1, 7).label("month")
    query = (
        select(month, _EVENTS.quad, func.count().label("times"))
        .where(_EVENTS.key.in_(between))
        .group_by(month, _EVENTS.quad)
    )
    sides: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for row in connection.execute(query):
        side = sides[int(row.quad > 2)]
        side[row.month] = side.get(row.month, 0) + row.times
    return sides


def find_talks(connection: Connection, pair: Pair, *, limit: int = 15) -> list[TalksRow]:
    """Talks in which both take part."""
    if not pair.known:
        return []
    talks = tables.NEGOTIATIONS.c
    query = (
        select(
            talks.cluster,
            func.min(talks.day).label("first"),
            func.max(talks.day).label("last"),
            func.count(func.distinct(talks.story)).label("stories"),
        )
        .where(talks.key.in_(_in_talks(pair.a)), talks.key.in_(_in_talks(pair.b)), talks.hidden == 0)
        .group_by(talks.cluster)
        .order_by(func.max(talks.day).desc())
        .limit(limit)
    )
    return describe_talks(connection, connection.execute(query).all())


def _in_talks(keys: Sequence[int]) -> Select[Any]:
    return select(_ROLES.claim).where(_ROLES.kind == "negotiation", _ROLES.role == "party", _ROLES.actor.in_(keys))


def find_positions(connection: Connection, pair: Pair, *, limit: int = 30) -> list[PositionRow]:
    """What one of the two wants of, offers to or refuses the other."""
    if not pair.known:
        return []
    positions = tables.POSITIONS.c

    def _to(keys: Sequence[int]) -> Select[Any]:
        return select(_ROLES.claim).where(_ROLES.kind == "position", _ROLES.role == "addressee", _ROLES.actor.in_(keys))

    there = and_(positions.holder.in_(pair.a), positions.key.in_(_to(pair.b)))
    back = and_(positions.holder.in_(pair.b), positions.key.in_(_to(pair.a)))
    query = (
        select(positions.key)
        .where(or_(there, back), positions.hidden == 0, positions.cluster == positions.key)
        .order_by(positions.day.desc(), positions.key.desc())
        .limit(limit)
    )
    return load_positions(connection, list(connection.scalars(query)))
