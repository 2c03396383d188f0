"""CSV: one file a list, in a folder; RFC 4180 with a header, UTF-8, no line ends within cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from onrecord.errors import ExportError
from onrecord.export.entries import Entry
from onrecord.export.files import make_writer, write_text
from onrecord.export.table import LISTS
from onrecord.export.wish import Wish


def write_csv(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write `statements.csv`, `events.csv`, `positions.csv` and `rounds.csv` to a folder; gives the number of rows.

    Raises:
        ExportError: the folder or a file cannot be written.
    """
    make_folder(path)
    rows = 0
    with ExitStack() as stack:
        writers: dict[str, csv.DictWriter[str]] = {}
        for name, (kind, _) in LISTS.items():
            stream = stack.enter_context(write_text(path / f"{name}.csv"))
            writers[name] = make_writer(stream, list(kind.model_fields))
        for entry in entries:
            for name, (_, list_rows) in LISTS.items():
                for row in list_rows(entry, wish):
                    writers[name].writerow(row.model_dump())
                    rows += 1
    return rows


def make_folder(path: Path) -> None:
    """Make a folder, unless it is there.

    Raises:
        ExportError: it cannot be made, or a file has its name.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"no folder can be made here: {error.strerror}",
            where=str(path),
            hint="this form writes several files: give the name of a folder with --out",
        ) from error
