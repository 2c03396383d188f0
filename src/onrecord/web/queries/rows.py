"""Keys of claims -> rows of a page, in the same order, with names of actors and the story's headline."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from onrecord.store import tables
from onrecord.store.search import count_reports
from onrecord.web.rows import DoneRow, Name, OpenRow, Place, PositionRow, RoundRow, SaidRow, Turn, Version

_STORIES: Final = tables.STORIES.c
_ACTORS: Final = tables.ACTORS.c
_ROLES: Final = tables.ROLES.c
_NOBODY: Final = Name(0, "")

Roles = Mapping[tuple[int, str], tuple[Name, ...]]


def load_rows(connection: Connection, kind: str, keys: Sequence[int]) -> list[RowMapping]:
    """The rows of these claims with their stories' headline, outlet and id, in the order of the keys."""
    table = tables.CLAIMS[kind]
    query = (
        select(table, _STORIES.id.label("story_id"), _STORIES.headline, _STORIES.agency, _STORIES.outlet)
        .join(tables.STORIES, _STORIES.key == table.c.story)
        .where(table.c.key.in_(keys))
    )
    found = {row["key"]: row for row in connection.execute(query).mappings()}
    return [found[key] for key in keys if key in found]


def load_names(connection: Connection, keys: Sequence[int]) -> dict[int, Name]:
    """Actors by key."""
    query = select(_ACTORS.key, _ACTORS.name, _ACTORS.code, _ACTORS.kind).where(_ACTORS.key.in_(set(keys)))
    return {row.key: Name(row.key, row.name, row.code, row.kind) for row in connection.execute(query)}


def load_roles(connection: Connection, kind: str, keys: Sequence[int]) -> Roles:
    """Who fills the roles of these claims, by claim and role."""
    query = (
        select(_ROLES.claim, _ROLES.role, _ACTORS.key, _ACTORS.name, _ACTORS.code, _ACTORS.kind)
        .join(tables.ACTORS, _ACTORS.key == _ROLES.actor)
        .where(_ROLES.kind == kind, _ROLES.claim.in_(keys))
        .order_by(_ROLES.claim, _ROLES.role, _ROLES.place)
    )
    found: dict[tuple[int, str], list[Name]] = defaultdict(list)
    for row in connection.execute(query):
        name = Name(row.key, row.name, row.code, row.kind)
        if name not in found[row.claim, row.role]:
            found[row.claim, row.role].append(name)
    return defaultdict(tuple, {place: tuple(names) for place, names in found.items()})


def make_place(row: RowMapping) -> Place:
    """Where the words of a claim stand."""
    return Place(
        story=row["story_id"],
        claim=row["claim"],
        headline=row["headline"],
        outlet=row["agency"] or row["outlet"],
        day=row["day"],
        words=row["words"],
    )


def load_said(connection: Connection, keys: Sequence[int]) -> list[SaidRow]:
    """Statements."""
    rows = load_rows(connection, "statement", keys)
    roles = load_roles(connection, "statement", keys)
    names = load_names(connection, [row["speaker"] for row in rows])
    reports = count_reports(connection, "statement", [row["cluster"] for row in rows])
    return [
        SaidRow(
            key=row["key"],
            place=make_place(row),
            act=row["act"],
            speaker=names.get(row["speaker"], _NOBODY),
            addressees=roles[row["key"], "addressee"],
            relay=roles[row["key"], "relay"],
            reports=reports.get(row["cluster"], 1),
            score=row["score"],
        )
        for row in rows
    ]


def load_done(connection: Connection, keys: Sequence[int]) -> list[DoneRow]:
    """Events."""
    rows = load_rows(connection, "event", keys)
    roles = load_roles(connection, "event", keys)
    reports = count_reports(connection, "event", [row["cluster"] for row in rows])
    return [
        DoneRow(
            key=row["key"],
            place=make_place(row),
            type=row["type"],
            mode=row["mode"],
            status=row["status"],
            quad=row["quad"],
            intensity=row["intensity"],
            where=row["place"],
            actors=roles[row["key"], "actor"],
            recipients=roles[row["key"], "recipient"],
            reports=reports.get(row["cluster"], 1),
            score=row["score"],
        )
        for row in rows
    ]


def load_positions(connection: Connection, keys: Sequence[int]) -> list[PositionRow]:
    """Positions, each with its history over all reports of it."""
    rows = load_rows(connection, "position", keys)
    roles = load_roles(connection, "position", keys)
    names = load_names(connection, [row["holder"] for row in rows])
    histories = _load_histories(connection, [row["cluster"] for row in rows])
    made = []
    for row in rows:
        history = histories.get(row["cluster"], ())
        made.append(
            PositionRow(
                key=row["key"],
                holder=names.get(row["holder"], _NOBODY),
                addressees=roles[row["key"], "addressee"],
                stance=row["stance"],
                state=history[-1].state if history else row["state"],
                place=make_place(row),
                condition=row["condition"],
                negated=bool(row["negated"]),
                history=history,
                score=row["score"],
                reports=len({turn.place.story for turn in history}) or 1,
            )
        )
    return made


def _load_histories(connection: Connection, clusters: Sequence[int]) -> dict[int, tuple[Turn, ...]]:
    """The states that positions went through, by cluster, in the order of the days of their stories."""
    positions = tables.POSITIONS.c
    query = (
        select(tables.POSITIONS, _STORIES.id.label("story_id"), _STORIES.headline, _STORIES.agency, _STORIES.outlet)
        .join(tables.STORIES, _STORIES.key == positions.story)
        .where(positions.cluster.in_(set(clusters)), positions.hidden == 0)
        .order_by(positions.day, positions.key)
    )
    found: dict[int, list[Turn]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["cluster"]].append(Turn(row["state"], _place_evidence(row)))
    return {cluster: tuple(turns) for cluster, turns in found.items()}


def _place_evidence(row: RowMapping) -> Place:
    """The words that a position's state rests on: its last evidence, else its own words."""
    place = make_place(row)
    evidence: list[dict[str, Any]] = json.loads(row["evidence"]) if row["evidence"] else []
    words = next((one["words"] for one in reversed(evidence) if one["state"] == row["state"]), place.words)
    return Place(place.story, place.claim, place.headline, place.outlet, place.day, words)


def load_rounds(connection: Connection, keys: Sequence[int]) -> list[RoundRow]:
    """Rounds of talks."""
    rows = load_rows(connection, "round", keys)
    roles = load_roles(connection, "round", keys)
    names = load_names(connection, [row["assessed_by"] for row in rows])
    return [
        RoundRow(
            key=row["key"],
            number=row["number"],
            day=row["day"] if row["dated"] else "",
            where=row["place"],
            format=row["format"],
            outcome=row["outcome"],
            parties=roles[row["key"], "party"],
            assessed_by=names.get(row["assessed_by"], _NOBODY).name,
            place=make_place(row),
        )
        for row in rows
    ]


def load_open(connection: Connection, keys: Sequence[int]) -> list[OpenRow]:
    """Items that are awaited."""
    rows = load_rows(connection, "outstanding", keys)
    talks = tables.NEGOTIATIONS.c
    query = select(talks.key, talks.cluster, talks.issue).where(talks.key.in_([row["negotiation"] for row in rows]))
    found = {row.key: (f"t{row.cluster}", row.issue) for row in connection.execute(query)}
    return [
        OpenRow(row["key"], make_place(row), row["about"], *found.get(row["negotiation"], ("", ""))) for row in rows
    ]


def load_versions(connection: Connection, keys: Sequence[int]) -> list[Version]:
    """Stories in a line each, by day."""
    columns = (_STORIES.id, _STORIES.headline, _STORIES.agency, _STORIES.outlet, _STORIES.day, _STORIES.marks)
    query = select(*columns).where(_STORIES.key.in_(keys)).order_by(_STORIES.day, _STORIES.key)
    return [
        Version(row.id, row.headline, row.agency or row.outlet, row.day, _join_marks(row.marks))
        for row in connection.execute(query)
    ]


def _join_marks(marks: str) -> str:
    return ", ".join(json.loads(marks)) if marks else ""
