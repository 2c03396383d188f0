"""The numbered steps that lead from an empty database to the present store.

A step is never changed once it is released: later changes are steps of their own. `meta.version` holds the number of
the last one that was done. A store of an older version says what to run; one of a newer version is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from sqlalchemy import Connection, Table, inspect, select

from onrecord.errors import StoreError
from onrecord.store import tables
from onrecord.store.words import create_index


class Step(NamedTuple):
    """One migration: its number, what it does in words, and the doing."""

    number: int
    title: str
    run: Callable[[Connection], None]


_FIRST: Final[tuple[Table, ...]] = (
    tables.STORIES,
    tables.RECORDS,
    *tables.CLAIMS.values(),
    tables.ACTORS,
    tables.APPEARANCES,
    tables.ROLES,
    tables.PLACES,
    tables.FAILURES,
    tables.FILES,
    tables.FEEDS,
)
_LEDGER: Final[tuple[Table, ...]] = (tables.BANDS, tables.TRACES, tables.CORRECTIONS, tables.ANCHORS)


def _create_records(connection: Connection) -> None:
    tables.METADATA.create_all(connection, tables=[tables.META, *_FIRST])
    create_index(connection)


def _create_ledger(connection: Connection) -> None:
    tables.METADATA.create_all(connection, tables=list(_LEDGER))


STEPS: Final[tuple[Step, ...]] = (
    Step(1, "stories, records and their claims, with the index of words", _create_records),
    Step(2, "the ledger's bands and traces, and the corrections", _create_ledger),
)
NEWEST: Final = STEPS[-1].number


def find_version(connection: Connection) -> int:
    """Number of the last step that was done; 0 for an empty database."""
    if not inspect(connection).has_table(tables.META.name):
        return 0
    value = connection.scalar(select(tables.META.c.value).where(tables.META.c.name == "version"))
    return int(value or 0)


def check_version(version: int, place: str) -> None:
    """Raise unless the store is of the present version.

    Raises:
        StoreError: it is older (with the command to run) or newer (with what to install).
    """
    if version > NEWEST:
        raise StoreError(
            f"the store is of version {version}, this onrecord knows versions up to {NEWEST}",
            where=place,
            hint="install the newer onrecord that made it; nothing was changed",
        )
    if version < NEWEST:
        raise StoreError(
            f"the store is of version {version}, this onrecord needs {NEWEST}",
            where=place,
            hint=f"make a copy, then run: onrecord store migrate --store {place}",
        )


def migrate(connection: Connection) -> list[Step]:
    """Do the steps that are missing, in order, and give them back. One transaction: all of them or none."""
    version = find_version(connection)
    done = []
    for step in STEPS:
        if step.number > version:
            step.run(connection)
            done.append(step)
    if done:
        connection.execute(tables.META.delete().where(tables.META.c.name == "version"))
        connection.execute(tables.META.insert().values(name="version", value=str(done[-1].number)))
    return done
