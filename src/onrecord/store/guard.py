"""Errors of a database as StoreErrors: what happened, to which store, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from onrecord.errors import StoreError

#: Words of the drivers' messages, what they mean, and the next step. The first that fits is taken.
_CAUSES: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (
        ("database is locked", "database table is locked"),
        "another process has held the store for too long",
        "wait until the other ingest is done, or stop it; nothing of this batch was written",
    ),
    (
        ("disk is full", "no space left", "disk full", "could not extend file"),
        "the disk is full",
        "free some space and run the same command again; what was written before is kept",
    ),
    (
        ("disk i/o error",),
        "the disk refused to write",
        "look for a full disk, a file size limit or a damaged volume, then run the same command again",
    ),
    (("readonly", "read-only"), "the store cannot be written", "check the permissions of the file and its folder"),
    (
        ("file is not a database", "malformed"),
        "this is no store, or it is damaged",
        "give another path with --store, or restore a copy",
    ),
    (("unable to open database",), "the file cannot be opened", "check that the folder exists and can be written"),
    (
        ("authentication failed", "no password supplied", 'role "', "does not exist"),
        "the server does not let us in",
        "check user, password and database in the URL",
    ),
    (
        (
            "connection refused",
            "could not connect",
            "connection failed",
            "could not translate host",
            "failed to resolve",
            "timeout expired",
            "no such file or directory",
        ),
        "the database server does not answer",
        "check that it runs, and host and port in the URL",
    ),
    (
        (
            "server closed the connection",
            "terminating connection",
            "connection is lost",
            "connection not open",
            "connection is closed",
            "consuming input failed",
            "ssl connection has been closed",
        ),
        "the connection to the database was lost",
        "run the same command again; the batch that was cut off was rolled back",
    ),
)


@contextmanager
def guard(place: str) -> Iterator[None]:
    """Turn what the database raises into a StoreError that names the store.

    Raises:
        StoreError: the database refused.
    """
    try:
        yield
    except DBAPIError as error:
        raise explain(error, place) from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database library refused: {error}", where=place) from error


def explain(error: DBAPIError, place: str) -> StoreError:
    """The StoreError for what a driver raised."""
    reason = str(error.orig or error).strip()
    folded = reason.casefold()
    for signs, what, hint in _CAUSES:
        if any(sign in folded for sign in signs):
            return StoreError(what, where=place, hint=hint)
    if isinstance(error, OperationalError) and error.connection_invalidated:
        return StoreError("the connection to the database was lost", where=place, hint="run the same command again")
    return StoreError(f"the database refused: {reason.splitlines()[0] if reason else error}", where=place)
