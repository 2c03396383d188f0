"""A user's own actors: YAML or CSV files in a folder, whose rows win over the base and survive upgrades.

A row names an actor and may give an office: `name` (needed), `kind`, `country`, `sector`, `code`, `wikidata`,
`gender`, `aliases` (a list, or words with `;` between), `office`, `start`, `end` (YYYY-MM-DD). Several rows of one
name are several offices of one actor. Every error names file and line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, SequenceNode

from onrecord.actors.base import OPEN, Base, Entity, Extra, Tenure, number_day
from onrecord.actors.names import fold
from onrecord.actors.offices import judge_sector, name_office
from onrecord.config import Settings
from onrecord.errors import DataError

FIELDS: Final = ("name", "kind", "country", "sector", "code", "wikidata", "gender", "aliases", "office", "start", "end")
KINDS: Final = ("person", "state", "body", "group")
#: PLOVER sectors as we use them (docs/annotation.md).
SECTORS: Final = frozenset(
    [
        "GOV",
        "MIL",
        "SPY",
        "COP",
        "JUD",
        "LEG",
        "PTY",
        "ELI",
        "REB",
        "UAF",
        "PRM",
        "IGO",
        "IMG",
        "NGO",
        "PRE",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "LAB",
        "MED",
        "REF",
        "REL",
        "SOC",
        "OPP",
        "JRN",
        "UNK",
    ]
)
_HINT: Final = "fields: " + ", ".join(FIELDS)


def find_folder(settings: Settings) -> Path:
    """The folder of the user's actors."""
    return Path(settings.actors).expanduser() if settings.actors else Path.home() / ".config" / "onrecord" / "actors"


def open_base(settings: Settings) -> Base:
    """The base with the user's rows over it.

    Raises:
        DataError: a file of the user is wrong; file and line are named.
    """
    return Base(extra=read_folder(find_folder(settings)))


def read_folder(folder: Path) -> Extra:
    """All rows of a folder, file by file in order of name; a folder that is not there holds none."""
    files = (
        sorted(path for path in folder.glob("*") if path.suffix in (".yaml", ".yml", ".csv")) if folder.is_dir() else []
    )
    return join_rows(row for path in files for row in read_file(path))


def read_file(path: Path) -> list[dict[str, str]]:
    """The checked rows of one file.

    Raises:
        DataError: the file or a row is wrong; the place is `FILE:LINE`.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path), hint="save it as UTF-8 text") from error
    rows = _read_csv(text, path) if path.suffix == ".csv" else _read_yaml(text, path)
    return [check_row(row, f"{path}:{line}") for line, row in rows]


def _read_csv(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    unknown = [name for name in reader.fieldnames or () if name not in FIELDS]
    if unknown:
        raise DataError(f"unknown column {unknown[0]!r}", where=f"{path}:1", hint=_HINT)
    for row in reader:
        if None in row:
            raise DataError(
                "more cells than columns", where=f"{path}:{reader.line_num}", hint="quote cells with commas"
            )
        yield reader.line_num, {key: value or "" for key, value in row.items()}


def _read_yaml(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise DataError(f"not YAML: {getattr(error, 'problem', error)}", where=where, hint="a list of rows") from error
    if root is None:
        return
    if not isinstance(root, SequenceNode):
        raise DataError("not a list of rows", where=f"{path}:1", hint="start each row with '- name: ...'")
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, MappingNode):
            raise DataError("a row is no mapping", where=f"{path}:{line}", hint=_HINT)
        yield line, {str(key.value): _join_value(value) for key, value in node.value}


def _join_value(node: Any) -> str:
    if isinstance(node, SequenceNode):
        return "; ".join(str(item.value) for item in node.value)
    return "" if node.tag.endswith(":null") else str(node.value)


def check_row(row: Mapping[str, str], where: str) -> dict[str, str]:
    """A row with trimmed values.

    Raises:
        DataError: a field is unknown, missing or has a value that is not allowed.
    """
    clean = {key: value.strip() for key, value in row.items() if value.strip()}
    unknown = [key for key in row if key not in FIELDS]
    if unknown:
        raise DataError(f"unknown field {unknown[0]!r}", where=where, hint=_HINT)
    if not fold(clean.get("name", "")):
        raise DataError("a row needs a name", where=where, hint=_HINT)
    allowed = {"kind": KINDS, "sector": sorted(SECTORS), "gender": ("m", "f")}
    for field, values in allowed.items():
        if clean.get(field, values[0]) not in values:
            raise DataError(f"{field} {clean[field]!r}", where=where, hint="one of " + ", ".join(values))
    if not re.fullmatch(r"[A-Z]{3}|", clean.get("country", "")):
        raise DataError(f"country {clean['country']!r}", where=where, hint="ISO 3166-1 alpha-3, such as KWT")
    if not re.fullmatch(r"Q\d+|", clean.get("wikidata", "")):
        raise DataError(f"wikidata {clean['wikidata']!r}", where=where, hint="an id such as Q42")
    start, end = (_check_day(clean, field, where) for field in ("start", "end"))
    if start and end and end < start:
        raise DataError(f"end {end} is before start {start}", where=where, hint="swap the two")
    return clean


def _check_day(row: Mapping[str, str], field: str, where: str) -> date | None:
    try:
        return date.fromisoformat(row[field]) if field in row else None
    except ValueError as error:
        raise DataError(f"{field} {row[field]!r}", where=where, hint="a day as YYYY-MM-DD") from error


def join_rows(rows: Iterator[dict[str, str]]) -> Extra:
    """Entities and offices; ids are negative so that they never meet those of the base."""
    entities: dict[str, tuple[Entity, tuple[str, ...]]] = {}
    tenures: list[Tenure] = []
    for row in rows:
        key = fold(row["name"])
        entity, names = entities.get(key) or (_make_entity(row, -len(entities) - 1), ())
        others = [name.strip() for name in row.get("aliases", "").split(";") if name.strip()]
        entities[key] = (entity, tuple(dict.fromkeys((*names, row["name"], *others))))
        if "office" in row:
            tenures.append(_make_tenure(row, entity))
    return Extra(tuple(entities.values()), tuple(tenures))


def _make_entity(row: Mapping[str, str], at: int) -> Entity:
    country, kind = row.get("country", ""), row.get("kind", "person")
    sector = row.get("sector") or (judge_sector(row["office"]) if "office" in row else "GOV" if kind == "state" else "")
    code = row.get("code") or (country + ("" if sector in ("GOV", "IGO") else sector) if country else row["name"])
    return Entity(at, row["name"], kind, country, sector, code, row.get("wikidata", ""), row.get("gender", ""), "user")


def _make_tenure(row: Mapping[str, str], entity: Entity) -> Tenure:
    start = number_day(date.fromisoformat(row["start"])) if "start" in row else 0
    end = number_day(date.fromisoformat(row["end"])) if "end" in row else OPEN
    sector = row.get("sector") or judge_sector(row["office"])
    country = row.get("country") or entity.country
    return Tenure(
        entity.id, country, None, name_office(row["office"]), row["office"], sector, start or 0, end or OPEN, "user"
    )


def add_row(folder: Path, row: Mapping[str, str], file: str = "own.csv") -> Path:
    """Append a checked row to a CSV file of the folder; the file.

    Raises:
        DataError: the row is wrong, or the file cannot be written.
    """
    clean = check_row(row, "the new row")
    path = folder / file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, FIELDS)
            if fresh:
                writer.writeheader()
            writer.writerow(clean)
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", where=str(path), hint="set ONRECORD_ACTORS") from error
    return path
