"""`onrecord schema`: the JSON Schema of the interchange form, which is also committed as docs/record.schema.json."""

from __future__ import annotations

import json
from typing import Any, Final

from onrecord.record import Record

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> dict[str, Any]:
    """The JSON Schema of `Record.model_dump_json()`."""
    return {"$schema": DIALECT, **Record.model_json_schema(mode="serialization")}


def write_schema() -> str:
    """The schema as text."""
    return json.dumps(make_schema(), indent=2, ensure_ascii=False) + "\n"
