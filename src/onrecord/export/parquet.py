"""Parquet: the tables of the CSV form with their types, one file a list, in a folder. Needs the extra `export`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from onrecord.errors import ExportError
from onrecord.export.csv_tables import make_folder
from onrecord.export.entries import Entry
from onrecord.export.files import replace_file
from onrecord.export.table import LISTS, Row
from onrecord.export.wish import Wish

#: Rows that are held before they are written as one row group.
GROUP: Final = 20_000


def write_parquet(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write `statements.parquet`, `events.parquet`, `positions.parquet` and `rounds.parquet`; gives the number of rows.

    Raises:
        ExportError: pyarrow is not installed, or the folder or a file cannot be written.
    """
    _load_arrow()
    make_folder(path)
    rows = 0
    with ExitStack() as stack:
        tables = {}
        for name, (kind, _) in LISTS.items():
            draft = stack.enter_context(replace_file(path / f"{name}.parquet"))
            tables[name] = stack.enter_context(_Table(draft, kind))
        for entry in entries:
            for name, (_, list_rows) in LISTS.items():
                for row in list_rows(entry, wish):
                    tables[name].add(row)
                    rows += 1
    return rows


def _load_arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow", hint="pip install 'onrecord[export]'") from error
    return pyarrow


class _Table:
    """A Parquet file that is written in groups of rows."""

    def __init__(self, path: Path, kind: type[Row]) -> None:
        self.arrow = _load_arrow()
        self.schema = self.arrow.schema([(name, self._type(one.annotation)) for name, one in kind.model_fields.items()])
        self.writer = self.arrow.parquet.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[dict[str, Any]] = []

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self.writer.close()

    def add(self, row: Row) -> None:
        """Take a row."""
        self.rows.append(row.model_dump())
        if len(self.rows) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        self.writer.write_table(self.arrow.Table.from_pylist(self.rows, schema=self.schema))
        self.rows = []

    def _type(self, annotation: object) -> Any:
        types: dict[object, Any] = {
            str: self.arrow.string(),
            bool: self.arrow.bool_(),
            int: self.arrow.int64(),
            float: self.arrow.float64(),
            int | None: self.arrow.int64(),
            float | None: self.arrow.float64(),
        }
        return types[annotation]
