"""Where stories come from: files, folders and feeds, as one stream.

The stream holds stories with their origin, failures, and the marks that a file or a feed was read to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from onrecord.config import Limits
from onrecord.errors import ReadError
from onrecord.read import read
from onrecord.story import Story

#: Names that never hold a story: stores and what editors and systems leave behind.
_SKIPPED: Final = (".db", ".db-wal", ".db-shm", ".tmp", ".part", "~", ".lock", ".pyc")


class Arrival(NamedTuple):
    """A story and the file or feed that it came from."""

    origin: str
    story: Story


class Loss(NamedTuple):
    """Something that could not be read, and why."""

    origin: str
    stage: str
    reason: str
    story_id: str = ""


class Mark(NamedTuple):
    """An origin was read as far as it goes: its size, its time of change in nanoseconds, how many stories it held, and
    whether its end was reached.
    """

    origin: str
    size: int
    changed: int
    stories: int
    whole: bool = True


class FeedState(NamedTuple):
    """What is known of a feed: the marks of its last answer, when it was asked, when it is due, and its failures in a
    row. Times in ISO 8601, UTC.
    """

    url: str
    etag: str = ""
    modified: str = ""
    checked: str = ""
    due: str = ""
    error: str = ""
    misses: int = 0


Item = Arrival | Loss | Mark | FeedState


def find_files(sources: Iterable[str]) -> Iterator[Path]:
    """The files that are named, and those under the folders that are named, in order of name.

    Hidden files, stores and leftovers of editors are passed over inside folders.
    """
    for source in sources:
        path = Path(source)
        if path.is_dir():
            yield from (found for found in sorted(path.rglob("*")) if found.is_file() and not _is_skipped(found, path))
        else:
            yield path


def read_files(files: Iterable[Path], known: Mapping[str, tuple[int, int]], *, limits: Limits) -> Iterator[Item]:
    """The stream of files; one that was read before and has not changed is passed over.

    Args:
        files: paths, in order.
        known: size and time of change of the files that were read before, by path.
        limits: what a reader accepts.
    """
    for path in files:
        origin = str(path)
        try:
            state = path.stat()
        except OSError as error:
            yield Loss(origin, "read", error.strerror or str(error))
            continue
        if known.get(origin) != (state.st_size, state.st_mtime_ns):
            yield from read_stories(origin, path, (state.st_size, state.st_mtime_ns), limits=limits)


def read_stories(
    origin: str,
    source: Path | bytes,
    state: tuple[int, int],
    *,
    limits: Limits,
    received: datetime | None = None,
) -> Iterator[Item]:
    """The stream of one file or document: its stories, a failure if it breaks off, and its end mark."""
    count = 0
    whole = False
    try:
        for story in read(source, limits=limits, received=received):
            count += 1
            yield Arrival(origin, story)
        whole = True
    except ReadError as error:
        yield Loss(origin, "read", f"{error.what} ({error.hint})" if error.hint else error.what)
    except Exception as error:
        yield Loss(origin, "read", f"{type(error).__name__}: {error}")
    yield Mark(origin, *state, count, whole)


def _is_skipped(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return hidden or path.name.endswith(_SKIPPED)
