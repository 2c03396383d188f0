"""Writes files whole or not at all: under another name first, then in the place of the old one."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from onrecord.errors import ExportError
from onrecord.export.entries import clean

_QUOTES: Final = str.maketrans({'"': "'"})


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """A name to write to, which takes the place of `path` once all is written; after an error nothing is changed.

    Raises:
        ExportError: the folder is not there, or cannot be written to.
    """
    if path.is_dir():
        raise ExportError("this is a folder", where=str(path), hint="give the name of a file with --out")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise ExportError(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            hint="see that the folder exists, may be written to, and has room",
        ) from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def write_text(path: Path) -> Iterator[IO[str]]:
    """An open file in UTF-8 with plain line ends.

    Raises:
        ExportError: it cannot be written.
    """
    with replace_file(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


def write_tabs(stream: IO[str], columns: Sequence[str], rows: Iterable[Sequence[str]], *, header: bool) -> int:
    """Tab-separated lines without any quoting; gives their number.

    White space in a cell becomes one space and a double quote a single one, so that a reader finds the same cells
    whether it minds quotes or not.
    """
    lines = 0
    if header:
        stream.write("\t".join(columns) + "\n")
    for row in rows:
        stream.write("\t".join(clean(cell).translate(_QUOTES) for cell in row) + "\n")
        lines += 1
    return lines


def make_writer(stream: IO[str], columns: Sequence[str]) -> csv.DictWriter[str]:
    """A writer of comma-separated lines (RFC 4180), with the header written."""
    writer = csv.DictWriter(stream, fieldnames=list(columns), lineterminator="\n")
    writer.writeheader()
    return writer
