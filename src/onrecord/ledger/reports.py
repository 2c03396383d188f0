"""All reports of one statement or event, and of one story: what they agree on, and what differs between them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, func, select

from onrecord.errors import StoreError
from onrecord.ledger.claim import Claim, load_claims
from onrecord.ledger.content import find_numbers
from onrecord.ledger.desk import load_names, load_reports
from onrecord.ledger.talk import Report
from onrecord.store import tables
from onrecord.story import Frozen

_SENTENCE: Final = re.compile(r"(?<=[.!?”\"])\s+|\n+")
_COMPARED: Final = ("act", "type", "mode", "status", "place", "day", "stance", "state")


class Telling(Frozen):
    """One report of a cluster: where it stands, who is in it, and its fields."""

    report: Report
    who: dict[str, tuple[str, ...]]
    fields: dict[str, str]
    replaced: bool = False


class Cluster(Frozen):
    """The same statement or event in all its reports. `differences` holds what is told in more than one way."""

    kind: str
    id: str
    tellings: tuple[Telling, ...]
    differences: dict[str, tuple[str, ...]]


class VersionChange(Frozen):
    """What a new version of a story took out and put in, sentence by sentence."""

    earlier: Report
    later: Report
    removed: tuple[str, ...]
    added: tuple[str, ...]


def read_cluster(connection: Connection, kind: str, key: int) -> Cluster:
    """All reports of what the claim with this key tells.

    Raises:
        StoreError: there is no such claim.
    """
    table = tables.CLAIMS[kind]
    cluster = connection.scalar(select(table.c.cluster).where(table.c.key == key))
    if cluster is None:
        raise StoreError(f"there is no {kind} {key}", hint="onrecord search shows the keys")
    keys = list(connection.scalars(select(table.c.key).where(table.c.cluster == cluster)))
    claims = load_claims(connection, kind, keys=keys)
    names = load_names(connection, claims)
    stories = sorted({claim.story for claim in claims})
    reports = load_reports(connection, stories)
    replaced = _find_replaced(connection, stories)
    tellings = tuple(
        Telling(
            report=reports[claim.story].model_copy(
                update={"words": claim.words, "start": claim.fields["start"], "end": claim.fields["end"]}
            ),
            who=names.get((kind, claim.key), {}),
            fields={name: str(claim.fields[name]) for name in _COMPARED if claim.fields.get(name)},
            replaced=claim.story in replaced,
        )
        for claim in sorted(claims, key=lambda claim: (reports[claim.story].day, claim.key))
    )
    return Cluster(kind=kind, id=f"{kind[0]}{cluster}", tellings=tellings, differences=find_differences(claims, names))


def find_differences(
    claims: Sequence[Claim], names: dict[tuple[str, int], dict[str, tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    """What the claims of a cluster tell in more than one way: fields, people, numbers."""
    seen: dict[str, list[str]] = {}
    for claim in claims:
        for name in _COMPARED:
            if name != "day" or claim.dated:
                _note(seen, name, claim.fields.get(name))
        for role, people in names.get((claim.kind, claim.key), {}).items():
            _note(seen, role, ", ".join(people))
        _note(seen, "numbers", ", ".join(sorted(find_numbers(claim.words))))
    return {name: tuple(values) for name, values in seen.items() if len(values) > 1}


def _note(seen: dict[str, list[str]], name: str, value: Any) -> None:
    values = seen.setdefault(name, [])
    if value and str(value) not in values:
        values.append(str(value))


def read_versions(connection: Connection, story: int) -> tuple[VersionChange, ...]:
    """How the versions of a story differ, from the first to the latest; empty when it has one."""
    columns = tables.STORIES.c
    latest = connection.scalar(select(columns.replaced_by).where(columns.key == story)) or story
    query = select(columns.key, columns.text).where((columns.replaced_by == latest) | (columns.key == latest))
    texts = {row.key: row.text for row in connection.execute(query)}
    order = [*sorted(texts.keys() - {latest}), latest]
    reports = load_reports(connection, order)
    return tuple(
        VersionChange(earlier=reports[one], later=reports[other], removed=removed, added=added)
        for one, other in pairwise(order)
        for removed, added in [compare_texts(texts[one], texts[other])]
    )


def compare_texts(earlier: str, later: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that were taken out, and those that were put in."""
    lines = difflib.ndiff(_split(earlier), _split(later))
    changed = [line for line in lines if line[:2] in ("- ", "+ ")]
    return (
        tuple(line[2:] for line in changed if line[0] == "-"),
        tuple(line[2:] for line in changed if line[0] == "+"),
    )


def _split(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip()]


def _find_replaced(connection: Connection, stories: Iterable[int]) -> set[int]:
    columns = tables.STORIES.c
    query = select(columns.key).where(columns.key.in_(list(stories)), columns.replaced_by != 0)
    return set(connection.scalars(query))


def count_clusters(connection: Connection) -> dict[str, int]:
    """How many distinct things the claims tell of, and how many stories were replaced by later versions."""
    counts = {
        f"distinct {table.name}": connection.scalar(select(func.count(func.distinct(table.c.cluster))))
        for table in (tables.STATEMENTS, tables.EVENTS, tables.POSITIONS, tables.NEGOTIATIONS)
    }
    replaced = select(func.count()).select_from(tables.STORIES).where(tables.STORIES.c.replaced_by != 0)
    return {name: number or 0 for name, number in counts.items()} | {
        "replaced stories": connection.scalar(replaced) or 0
    }
