"""How the store bears up: `python -m benchmarks.scale N [--store PLACE]`.

Fills a store with N synthetic records (no model) and prints one JSON object: stories a second at every tenth part (the
curve of what the ledger costs), latency of searches, talks, timelines and actors, and the size of the file per story.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.ledger.keep import keep_records
from onrecord.ledger.talks import list_talks, read_talks
from onrecord.ledger.timeline import read_actor, read_timeline
from onrecord.record import Record
from onrecord.scale.synthetic import code_state, generate_records
from onrecord.store import Query, Store, View

BATCH = 64
TRIES = 15
QUERIES = {
    "words": Query(text="written guarantees"),
    "common_word": Query(text="talks"),
    "phrase": Query(text='"access for aid convoys"'),
    "speaker_act_day": Query(text="open inspections", speaker="Maas", act="demand", start="2015-01"),
    "event_type": Query(text="sanctions", type="SANCTION", start="2015-01"),
    "both": Query(text="guarantees", speaker="Brod", type="CONSULT"),
    "no_words": Query(act="demand", outlet="HPA"),
}


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--store", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.store or str(Path(folder) / "scale.db")
        with Store.open(place) as store:
            curve = fill(store, arguments.count)
            with store.view() as view:
                latency = measure(view)
                counts = view.count()
        size = sum(path.stat().st_size for path in Path(place).parent.glob(Path(place).name + "*"))
    result = {
        "stories": counts["stories"],
        "rows": counts,
        "stories_per_cpu_second": [round(rate, 1) for rate in curve],
        "latency_ms": latency,
        "kib_per_story": round(size / 1024 / max(1, counts["stories"]), 1),
    }
    json.dump(result, sys.stdout, indent=1)
    print()


def fill(store: Store, count: int) -> list[float]:
    """Write the records; gives the rate of each tenth, without the making of the records."""
    records = generate_records(count)
    rates = []
    for _ in range(10):
        spent, written = 0.0, 0
        for batch in take(records, max(1, count // 10)):
            # Time of the processor: the rate must not hang on what else the machine does.
            started = time.process_time()
            with store.writer() as writer:
                keep_records(writer, batch)
            spent += time.process_time() - started
            written += len(batch)
        rates.append(written / spent if spent else 0.0)
    return rates


def take(records: Iterator[Record], count: int) -> Iterator[list[Record]]:
    """So many records in batches."""
    part = islice(records, count)
    while batch := list(islice(part, BATCH)):
        yield batch


def measure(view: View) -> dict[str, dict[str, float]]:
    """Median and slowest milliseconds of each kind of question."""
    lines = list_talks(view.connection, limit=200)
    largest = max(lines, key=lambda line: line.stories, default=None)
    code = code_state("Upland")
    questions: dict[str, Callable[[], Any]] = {
        f"search {name}": partial(view.search, query) for name, query in QUERIES.items()
    }
    questions["talks list"] = lambda: list_talks(view.connection)
    if largest:
        questions[f"talks of {largest.stories} stories"] = lambda: read_talks(view.connection, largest.id)
    questions["timeline of a pair"] = lambda: read_timeline(view.connection, code, code_state("Lowland"))
    questions["actor"] = lambda: read_actor(view.connection, code)
    return {name: clock(question) for name, question in questions.items()}


def clock(question: Callable[[], Any]) -> dict[str, float]:
    """Median and slowest of several tries; `cpu` is the processor's time, which other work does not lengthen."""
    times, spent = [], []
    for _ in range(TRIES):
        started, used = time.perf_counter(), time.process_time()
        question()
        times.append(1000 * (time.perf_counter() - started))
        spent.append(1000 * (time.process_time() - used))
    return {
        "median": round(statistics.median(times), 1),
        "slowest": round(max(times), 1),
        "cpu": round(statistics.median(spent), 1),
    }


if __name__ == "__main__":
    main()
