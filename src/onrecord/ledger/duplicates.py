"""The same report told twice: exact copies, updates, and reprints that were shortened.

MinHash signatures of three-word shingles in bands (Broder 1997) find stories that share wording; a second signature of
the first sentences finds reprints that were cut from the end. What is found is checked by how much of the shorter story
stands in the longer one. A new version of a story takes the place of the one before, whichever came in first.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rensa import RMinHash
from sqlalchemy import Connection, func, insert, select, update

from onrecord.ledger.claim import days_apart
from onrecord.ledger.content import list_stems
from onrecord.store import tables

_STORIES: Final = tables.STORIES.c
_PERMUTATIONS: Final = 64
_ROWS: Final = 4
_SEED: Final = 1913
_SHINGLE: Final = 3
#: Content words of the lead that has a signature of its own.
_LEAD: Final = 40
#: The share of the shorter story that must stand in the longer one.
SAME: Final = 0.6
#: Days that an update may come after the first version.
_DAYS: Final = 3
_MOST: Final = 20
_DATELINE: Final = re.compile(r"^.{0,160}?(?:\([^)]*\)|\b[A-Z]{2,6})\s*(?:--?|—|–|:)\s*", re.DOTALL)
_LEAD_NUMBER: Final = re.compile(r"(\d+)(?:st|nd|rd|th)\b|(?:lead|update|version|take|v)[ .-]*(\d+)", re.IGNORECASE)
_CORRECTS: Final = re.compile(r"\b(?:correct|writethru|refile|recast|replac|supersed|amend|clarif)", re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """A story as this module compares it."""

    key: int
    text: str
    day: str
    agency: str
    slug: str
    guid: str
    marks: tuple[str, ...]
    cluster: int
    replaced_by: int

    def shingles(self) -> set[str]:
        """Runs of three content words."""
        return make_shingles(list_stems(self.text))

    def version(self) -> tuple[int, int]:
        """How late a version the marks say it is: number of the lead, then whether it corrects."""
        words = " ".join(self.marks)
        numbers = [int(first or second) for first, second in _LEAD_NUMBER.findall(words)]
        return max(numbers, default=0), int(bool(_CORRECTS.search(words)))


def make_shingles(stems: Sequence[str]) -> set[str]:
    """Runs of three stems; all of them as one run when there are fewer."""
    runs = {" ".join(stems[start : start + _SHINGLE]) for start in range(len(stems) - _SHINGLE + 1)}
    return runs or {" ".join(stems)}


def make_bands(text: str) -> list[int]:
    """The hashes of the bands of a text, signed 32 bit, those of its lead behind them."""
    stems = list_stems(_DATELINE.sub("", text, count=1))
    if len(stems) < _SHINGLE:
        return []
    bands = []
    for name, part in (("whole", stems), ("lead", stems[:_LEAD])):
        digest = _sign(make_shingles(part))
        for start in range(0, _PERMUTATIONS, _ROWS):
            band = f"{name} {start} {digest[start : start + _ROWS]}"
            bands.append(zlib.crc32(band.encode()) - 2**31)
    return bands


def _sign(shingles: set[str]) -> list[int]:
    signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    signature.update(sorted(shingles))
    return list(signature.digest())


def link_reports(connection: Connection, stories: Sequence[int]) -> None:
    """Find what these stories repeat, and which of them are new versions."""
    for report in load_reports(connection, stories):
        bands = make_bands(report.text)
        others = _find_near(connection, report, bands)
        if bands:
            rows = [{"hash": band, "story": report.key} for band in sorted(set(bands))]
            connection.execute(insert(tables.BANDS), rows)
        if others:
            clusters = {report.cluster, *(other.cluster for other in others)}
            same = update(tables.STORIES).where(_STORIES.cluster.in_(clusters))
            connection.execute(same.values(cluster=min(clusters)))
            _set_version(connection, report, others)


def load_reports(connection: Connection, stories: Sequence[int]) -> list[Report]:
    """Stories as reports, in order of key."""
    columns = ("key", "text", "day", "agency", "slug", "guid", "marks", "cluster", "replaced_by")
    query = select(*(_STORIES[name] for name in columns)).where(_STORIES.key.in_(stories)).order_by(_STORIES.key)
    return [_read_report(dict(row)) for row in connection.execute(query).mappings()]


def _read_report(row: dict[str, Any]) -> Report:
    return Report(**{**row, "marks": tuple(json.loads(row["marks"])) if row["marks"] else ()})


def _find_near(connection: Connection, report: Report, bands: Sequence[int]) -> list[Report]:
    """The stories that hold, or are held in, most of this one; best first."""
    table = tables.BANDS.c
    query = (
        select(table.story)
        .where(table.hash.in_(bands), table.story != report.key)
        .group_by(table.story)
        .order_by(func.count().desc(), table.story)
        .limit(_MOST)
    )
    keys = list(connection.scalars(query)) if bands else []
    own = report.shingles()
    scored = []
    for other in load_reports(connection, keys):
        shingles = other.shingles()
        scored.append((len(own & shingles) / min(len(own), len(shingles)), other))
    return [other for score, other in sorted(scored, key=lambda pair: -pair[0]) if score >= SAME]


def _set_version(connection: Connection, report: Report, others: Sequence[Report]) -> None:
    """Mark the earlier ones of the versions of one story as replaced by the latest."""
    versions = [report, *(other for other in others if is_version(report, other))]
    if len(versions) < 2:
        return
    latest = max(versions, key=lambda one: (one.version(), one.day, one.key))
    earlier = [one.key for one in versions if one.key != latest.key]
    connection.execute(update(tables.STORIES).where(_STORIES.key.in_(earlier)).values(replaced_by=latest.key))
    connection.execute(update(tables.STORIES).where(_STORIES.key == latest.key).values(replaced_by=0))


def is_version(first: Report, second: Report) -> bool:
    """True when one of the two is a later version of the other: same agency, near in time, and marked as such."""
    if first.agency.casefold() != second.agency.casefold():
        return False
    if first.guid and first.guid == second.guid:
        return True
    if (days_apart(first.day, second.day) or 0) > _DAYS:
        return False
    marked = first.version() != second.version()
    return marked or bool(first.slug and first.slug.casefold() == second.slug.casefold())
