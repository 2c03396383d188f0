"""Claims of the store as the ledger compares them: words, day, and who is in them as tokens.

A token is what two stories have in common when they name the same party: the country or body that somebody speaks or
acts for (`RUS`, `IGONATO`), or the last word of a name (`~lavrov`) when that is all there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from onrecord.ledger.content import Content, list_stems, weigh
from onrecord.store import tables
from onrecord.store.lookup import CHUNK


@dataclass
class Claim:
    """One row of a table of claims, with the tokens of those in it by role."""

    kind: str
    key: int
    story: int
    words: str
    day: str
    dated: bool
    cluster: int
    fields: Mapping[str, Any]
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: set[str] = field(default_factory=set)

    @cached_property
    def content(self) -> Content:
        """The weighed words; those of an event without its trigger and the names of those in it, which all events of
        the same sides share.
        """
        words = weigh(self.words)
        if self.kind != "event":
            return words
        known = {*list_stems(str(self.fields["trigger"])), *self.names}
        return {name: weight for name, weight in words.items() if name not in known}

    def forget_content(self) -> None:
        """Weigh the words again when they are next asked for: it has become known who is in the claim."""
        self.__dict__.pop("content", None)

    @cached_property
    def context(self) -> Content:
        """The weighed words of what is wanted in talks."""
        return weigh(str(self.fields.get("context", "")))

    def who(self, *roles: str) -> set[str]:
        """The tokens of all in these roles."""
        return {token for role in roles for token in self.roles.get(role, ())}

    def overlaps(self, other: Claim) -> bool:
        """True when both stand on the same characters of one story."""
        one, two = self.fields, other.fields
        return self.story == other.story and bool(one["start"] < two["end"] and two["start"] < one["end"])

    def is_new(self) -> bool:
        """True while the claim is in no cluster but its own."""
        return self.cluster == self.key


def load_claims(
    connection: Connection, kind: str, *, stories: Sequence[int] = (), keys: Sequence[int] = ()
) -> list[Claim]:
    """The claims of one kind, of these stories or with these keys, in order of key."""
    table = tables.CLAIMS[kind]
    column, wanted = (table.c.story, list(stories)) if stories else (table.c.key, list(keys))
    claims: dict[int, Claim] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        for row in connection.execute(select(table).where(column.in_(part)).order_by(table.c.key)).mappings():
            claims[row["key"]] = read_claim(kind, dict(row))
    add_roles(connection, kind, claims)
    return list(claims.values())


def read_claim(kind: str, row: Mapping[str, Any]) -> Claim:
    """A row as a claim, without its roles."""
    return Claim(
        kind=kind,
        key=row["key"],
        story=row["story"],
        words=row["words"],
        day=row["day"],
        dated=bool(row["dated"]),
        cluster=row["cluster"],
        fields=dict(row),
    )


def add_roles(connection: Connection, kind: str, claims: Mapping[int, Claim]) -> None:
    """Fill in who is in each claim."""
    for claim in claims.values():
        claim.forget_content()
    keys = list(claims)
    for start in range(0, len(keys), CHUNK):
        bound = {"kind_of_claim": kind, "keys": keys[start : start + CHUNK]}
        for row in connection.execute(_make_roles_query(), bound).mappings():
            claim = claims[row["claim"]]
            claim.roles[row["role"]] |= name_tokens(dict(row))
            claim.names.update(list_stems(row["name"]))


@cache
def _make_roles_query() -> Select[Any]:
    roles, actors = tables.ROLES.c, tables.ACTORS.c
    return (
        select(roles.claim, roles.role, actors.name, actors.folded, actors.code, actors.country, actors.kind)
        .join(tables.ACTORS, actors.key == roles.actor)
        .where(roles.kind == bindparam("kind_of_claim"), roles.claim.in_(bindparam("keys", expanding=True)))
    )


def name_tokens(actor: Mapping[str, Any]) -> set[str]:
    """The tokens of an actor: whom it speaks for, and its own name where it is a person or nothing else is known."""
    tokens = set()
    stands_for = actor["country"] or (actor["code"] if actor["code"].isupper() else "")
    if stands_for:
        tokens.add(stands_for)
    words = actor["folded"].split()
    if words and (actor["kind"] == "person" or not stands_for):
        tokens.add(f"~{words[-1]}")
    return tokens


def spread(day: str) -> tuple[date, date] | None:
    """First and last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` can mean; None where it is none of them."""
    parts = [int(part) for part in day.split("-")] if day.replace("-", "").isdigit() else []
    try:
        if len(parts) == 3:
            return date(*parts), date(*parts)
        if len(parts) == 2:
            following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
            return date(parts[0], parts[1], 1), following - timedelta(days=1)
        return (date(parts[0], 1, 1), date(parts[0], 12, 31)) if parts else None
    except ValueError:
        return None


def days_apart(first: str, second: str) -> int | None:
    """Days between the two at the least; None where one of them is unknown."""
    one, other = spread(first), spread(second)
    if one is None or other is None:
        return None
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def widen(day: str, days: int) -> tuple[str, str]:
    """First and last day text that lie within so many days of `day`; everything where the day is unknown."""
    span = spread(day)
    if span is None:
        return "", "9999"
    first, last = span[0] - timedelta(days=days), span[1] + timedelta(days=days)
    # A whole month or year sorts before its first day: begin at the year so that it is found too.
    return (first.isoformat()[:4] if days > 31 else first.isoformat()[:7]), last.isoformat()


def group(claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    """Claims by the cluster they are in."""
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.cluster].append(claim)
    return found
