"""JSON Lines: whole records, one a line, the interchange form; its JSON Schema is written beside it.

A record is written whole when anything in it is wanted: its claims name each other by id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from onrecord.export.entries import Entry
from onrecord.export.files import write_text
from onrecord.export.wish import Wish, is_wanted
from onrecord.record import Record

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def write_json_lines(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the records that are wanted; gives their number.

    Raises:
        ExportError: the file cannot be written.
    """
    lines = 0
    with write_text(path) as stream:
        for entry in entries:
            if is_wanted(entry, wish):
                stream.write(entry.record.model_dump_json() + "\n")
                lines += 1
    return lines


def write_schema(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the JSON Schema of a line of the `jsonl` form; needs no records.

    Raises:
        ExportError: the file cannot be written.
    """
    del entries, wish
    with write_text(path) as stream:
        stream.write(json.dumps(make_schema(), indent=2, ensure_ascii=False) + "\n")
    return 1


def make_schema() -> dict[str, Any]:
    """The JSON Schema of `Record.model_dump_json()`."""
    return {"$schema": DIALECT, **Record.model_json_schema(mode="serialization")}
