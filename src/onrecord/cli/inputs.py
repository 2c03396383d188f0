"""What the user named on the command line -> stories, or the error that stands in their place.

A folder gives its files, hidden ones left out, in the order of their names; a pattern that the shell has left alone
is expanded here; `-` is standard input. One bad file never ends the run.
"""

from __future__ import annotations

import glob
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded, ReadError
from onrecord.read import read
from onrecord.story import Story

STANDARD_INPUT: Final = "-"

Found = str | ReadError

_log = logging.getLogger(__name__)


def find_inputs(paths: Sequence[str]) -> Iterator[Found]:
    """The files behind the words of the command line; an error where there are none."""
    for path in paths:
        if path != STANDARD_INPUT and Path(path).is_dir():
            yield from _walk_folder(path)
        elif path != STANDARD_INPUT and not Path(path).exists() and glob.has_magic(path):
            yield from _expand_pattern(path)
        else:
            yield path


def _walk_folder(path: str) -> Iterator[Found]:
    files = sorted(
        file
        for file in Path(path).rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not files:
        yield EmptyInput("the folder holds no files", where=path, hint="give a folder with stories in it")
    yield from map(str, files)


def _expand_pattern(pattern: str) -> Iterator[Found]:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        yield EmptyInput("no file matches the pattern", where=pattern, hint="** goes into folders")
    yield from (path for path in found if Path(path).is_file())


def read_inputs(
    inputs: Iterable[Found], limits: Limits, received: datetime | None = None
) -> Iterator[tuple[str, Story | ReadError]]:
    """Each story with the name of its file; an error in the place of what could not be read."""
    for found in inputs:
        if isinstance(found, ReadError):
            yield found.where, found
            continue
        name = "<stdin>" if found == STANDARD_INPUT else found
        try:
            source = load_standard_input(limits) if found == STANDARD_INPUT else found
            for story in read(source, limits=limits, received=received):
                yield name, story
        except ReadError as error:
            yield name, _place(error, name)
        except Exception as error:
            _log.exception("the reader failed on %s", name)
            reason = f"the reader failed: {type(error).__name__}: {error}"
            yield name, BrokenInput(reason, where=name, hint="this is a fault of onrecord; please report it")


def _place(error: ReadError, name: str) -> ReadError:
    placed = error.at(name)
    return placed if isinstance(placed, ReadError) else error


def load_standard_input(limits: Limits) -> bytes:
    """Everything on standard input, up to `limits.file_bytes`."""
    try:
        raw = sys.stdin.buffer.read(limits.file_bytes + 1)
    except OSError as error:
        raise BrokenInput(f"cannot be read: {error.strerror or error}", hint="pipe a story in") from error
    if len(raw) > limits.file_bytes:
        raise LimitExceeded(
            f"more than the {limits.file_bytes:,} bytes allowed came in", hint="raise ONRECORD_LIMITS_FILE_BYTES"
        )
    return raw
