"""How a store is reached: an SQLite file by path, or PostgreSQL by URL.

SQLite runs in WAL mode, so that readers never wait for a writer; a write takes its lock at `BEGIN IMMEDIATE`, so that
two ingests take turns instead of failing half way. On PostgreSQL an advisory lock does the same: the ledger has to see
every story before it links the next one.
"""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.errors import StoreError

#: Seconds that a writer waits for another one before it gives up.
WAIT: Final = 60.0
_LOCK: Final = 0x0DEC0DE
_SCHEMES: Final = ("postgresql", "postgres", "postgresql+psycopg")


def make_engine(place: str, *, wait: float = WAIT) -> Engine:
    """The engine of a store.

    Args:
        place: path of an SQLite file, `:memory:`, or a PostgreSQL URL.
        wait: seconds to wait for another writer.

    Raises:
        StoreError: the URL is of another kind, or the PostgreSQL driver is not installed.
    """
    if "://" in place:
        return _make_postgres(place)
    engine = create_engine(URL.create("sqlite", database=place), connect_args={"timeout": wait})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def is_file(place: str) -> bool:
    """True when the store is an SQLite file."""
    return "://" not in place and place != ":memory:"


def hide_password(place: str) -> str:
    """The place as it may be shown: without the password of a URL."""
    try:
        return make_url(place).render_as_string() if "://" in place else place
    except ArgumentError:
        return place.split("://", 1)[0] + "://..."


def lock_writers(connection: Connection) -> None:
    """Wait until no other writer is at work; the lock goes with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})


def _make_postgres(place: str) -> Engine:
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise StoreError("this is no URL of a database", where=place, hint="postgresql://user@host/name") from error
    if url.drivername not in _SCHEMES:
        raise StoreError(
            f"{url.drivername!r} is no store that we know",
            where=hide_password(place),
            hint="give the path of a file, or a URL that begins with postgresql://",
        )
    if find_spec("psycopg") is None:
        raise StoreError(
            "the PostgreSQL driver is not installed",
            where=hide_password(place),
            hint="pip install 'onrecord[postgres]'",
        )
    return create_engine(
        url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args={"connect_timeout": 10}
    )


def _set_pragmas(connection: sqlite3.Connection, _: Any) -> None:
    # SQLAlchemy begins transactions itself (see _begin): the driver must not.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "mmap_size = 1073741824",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("onrecord_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def check_folder(place: str) -> None:
    """Raise when the folder of an SQLite file is not there.

    Raises:
        StoreError: no such folder, or the path is a folder.
    """
    path = Path(place)
    if path.is_dir():
        raise StoreError("this is a folder, not a store", where=place, hint="give the path of a file")
    if not path.absolute().parent.is_dir():
        raise StoreError(
            "the folder of the store does not exist", where=place, hint=f"mkdir -p {path.absolute().parent}"
        )
