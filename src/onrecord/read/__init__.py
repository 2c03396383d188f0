"""Stage 1. Bytes -> Story: one module a format, chosen by content; furniture is told from text the same way for all
of them.

    for story in read("wires/kuna.txt"):
        print(story.headline)

The order is fixed: `detect` picks the format, the format module gives drafts, `furniture` makes stories of them.
Format modules import their parsers when they are first used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded, OnrecordError, ReadError
from onrecord.read.detect import find_reader
from onrecord.read.draft import Draft
from onrecord.read.furniture import settle_draft
from onrecord.story import Story

__all__ = ["read", "read_all", "read_drafts"]

_STANDARD = Limits()


def read(
    source: str | Path | bytes, *, limits: Limits = _STANDARD, received: datetime | None = None
) -> Iterator[Story]:
    """The stories of a file or of bytes, one after the other.

    Args:
        source: a path, or the bytes themselves.
        limits: what is accepted.
        received: when the file came in; completes dates without year.

    Raises:
        ReadError: the file is empty, unknown, broken, or larger than the limits; `where` names the file.
    """
    where = "" if isinstance(source, bytes) else str(source)
    try:
        for draft in read_drafts(source, limits=limits):
            yield settle_draft(draft, received=received)
    except OnrecordError as error:
        raise error.at(where) from error


def read_drafts(source: str | Path | bytes, *, limits: Limits = _STANDARD) -> Iterator[Draft]:
    """What the format module makes of a file, before furniture is told from text."""
    raw = source if isinstance(source, bytes) else load_bytes(Path(source), limits)
    if not raw.strip(b" \t\r\n\x00\x1a"):
        raise EmptyInput("the file is empty", hint="give a file that holds a story")
    yield from find_reader(raw).read(raw, limits)


def load_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file that is not larger than `limits.file_bytes`."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LimitExceeded(
                f"the file has {size:,} bytes, more than the {limits.file_bytes:,} allowed",
                hint="raise ONRECORD_LIMITS_FILE_BYTES",
            )
        return path.read_bytes()
    except OSError as error:
        raise BrokenInput(
            f"cannot be opened: {error.strerror or error}", hint="check the path and its permissions"
        ) from error


def read_all(paths: Iterable[str | Path], *, limits: Limits = _STANDARD) -> Iterator[tuple[str, Story | ReadError]]:
    """The stories of many files; a file that cannot be read gives its error in place of a story and never stops the
    run.
    """
    for path in paths:
        try:
            for story in read(path, limits=limits):
                yield str(path), story
        except ReadError as error:
            yield str(path), error


class _Callable(ModuleType):
    """Lets `onrecord.read(path)` work although `onrecord.read` is this package."""

    def __call__(
        self, source: str | Path | bytes, *, limits: Limits = _STANDARD, received: datetime | None = None
    ) -> Iterator[Story]:
        return read(source, limits=limits, received=received)


sys.modules[__name__].__class__ = _Callable
