"""Lists to take along: CSV for spreadsheets, JSON lines for programs.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it: the words come from stories
that anybody may have sent.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from starlette.responses import Response

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
Row = Mapping[str, Any]


def make_plain(value: Any) -> Any:
    """A value as JSON takes it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value


def flatten(row: Row, prefix: str = "") -> dict[str, Any]:
    """One level of fields: `place.story` for what is nested, lists as words with a semicolon between them."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat.update(flatten(value, f"{prefix}{name}."))
        elif isinstance(value, list | tuple):
            flat[prefix + name] = "; ".join(_name(one) for one in value)
        else:
            flat[prefix + name] = value
    return flat


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("words") or value.get("story") or json.dumps(value))
    return str(value)


def write_csv(rows: Sequence[Row]) -> str:
    """A table with a line of names."""
    flat = [flatten(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _guard(value) for name, value in row.items()} for row in flat)
    return out.getvalue()


def _guard(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def write_lines(rows: Iterable[Row]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def answer_table(rows: Sequence[Any], name: str, form: str) -> Response:
    """The download of a list as `csv` or `jsonl`."""
    plain = [make_plain(row) for row in rows]
    text, kind = (write_csv(plain), "text/csv") if form == "csv" else (write_lines(plain), "application/x-ndjson")
    headers = {"content-disposition": f'attachment; filename="onrecord-{name}.{form}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
