"""Exit codes: stable, and the same for every command. docs/exit-codes.md says when each comes."""

from __future__ import annotations

from enum import IntEnum

from onrecord.errors import DataError, ExportError, ModelError, OnrecordError, ReadError, SettingsError, StoreError


class Exit(IntEnum):
    """What the exit status of a command means."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING_READ = 3
    MODEL = 4
    STORE = 5
    EXPORT = 6
    INTERRUPTED = 130
    BROKEN_PIPE = 141


_CODES: tuple[tuple[type[OnrecordError], Exit], ...] = (
    (SettingsError, Exit.USAGE),
    (ReadError, Exit.NOTHING_READ),
    (ModelError, Exit.MODEL),
    (DataError, Exit.MODEL),
    (StoreError, Exit.STORE),
    (ExportError, Exit.EXPORT),
)


def find_exit(error: OnrecordError) -> Exit:
    """The exit code of an error that ends a command."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.SOME_FAILED)
