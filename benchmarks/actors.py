"""Who a mention means, without the model: mention, context and date straight into the resolver.

    python -m benchmarks.actors PATH [--errors]

PATH is a CSV with `mention,date,context,name,country,sector,wikidata`; an empty gold cell is not scored. Names are
compared with case, diacritics, hyphens and a leading "the" folded. `--errors` writes the misses to standard error.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from onrecord.actors.attach import count_states
from onrecord.actors.names import fold
from onrecord.actors.resolver import Context, Resolver, number_day
from onrecord.record import Actor

FIELDS = ("name", "country", "sector", "wikidata")


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a gold file; a missing column counts as empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in row.items() if key}


def resolve_row(resolver: Resolver, row: dict[str, str]) -> Actor:
    """The actor that one row's mention means."""
    day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    home = count_states(row.get("context", ""), resolver)
    return resolver.resolve(row["mention"], Context(number_day(day), home, row.get("context", "")))


def score_rows(rows: list[dict[str, str]], *, errors: bool = False) -> dict[str, float | int | None]:
    """Share of right cells by field, and of mentions that nothing was found for."""
    resolver, right, scored, unresolved = Resolver(), dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0), 0
    start = time.perf_counter()
    for row in rows:
        actor = resolve_row(resolver, row)
        unresolved += actor.resolved_by.startswith("unresolved")
        for field in FIELDS:
            if row.get(field):
                hit = fold(getattr(actor, field)) == fold(row[field])
                scored[field] += 1
                right[field] += hit
                if errors and not hit:
                    found = f"{field} {getattr(actor, field)!r}, gold {row[field]!r} ({actor.resolved_by})"
                    print(f"{row['mention']!r} {row.get('date')}: {found}", file=sys.stderr)
    result: dict[str, float | int | None] = {"n": len(rows)}
    result |= {
        f"{field}_accuracy": round(right[field] / scored[field], 4) if scored[field] else None for field in FIELDS
    }
    result |= {f"{field}_n": scored[field] for field in FIELDS}
    result["unresolved_share"] = round(unresolved / max(1, len(rows)), 4)
    result["seconds"] = round(time.perf_counter() - start, 3)
    return result


def main(arguments: list[str]) -> None:
    """Score a file and print one JSON object."""
    rows = list(read_rows(Path(arguments[0])))
    print(json.dumps(score_rows(rows, errors="--errors" in arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
