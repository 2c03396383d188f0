"""How fast stories are read, and in how much memory; peers that are installed run on the same texts in the same run.

    python -m benchmarks.speed [/path/to/folder] [--repeat 1]

Without a folder the stories of `demo/` are read. Throughput is measured with one process a core, each with one
thread, as `onrecord ingest` runs; the times by stage and the latencies in one process. `reading` is the reader alone,
by format. The one peer is spaCy's small English pipeline with textacy's quotations.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onrecord
from benchmarks.scoring import print_result
from onrecord.config import Settings
from onrecord.errors import ReadError
from onrecord.pipeline import STAGES, Pipeline, Work
from onrecord.record import Record
from onrecord.story import Story

DEMO = Path(__file__).parent.parent / "demo"

_worker: dict[str, Pipeline] = {}


def read_folder(folder: Path) -> tuple[list[Story], dict[str, dict[str, float]]]:
    """All stories of a folder, and how fast each format was read."""
    stories: list[Story] = []
    seconds: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        began = time.perf_counter()
        try:
            own = list(onrecord.read(path))
        except ReadError:
            continue
        taken = time.perf_counter() - began
        for story in own:
            seconds[story.format] += taken / len(own)
            counts[story.format] += 1
        stories += own
    rates = {name: {"stories": counts[name], "per_second": round(counts[name] / seconds[name], 1)} for name in counts}
    return stories, rates


def time_stages(pipeline: Pipeline, stories: Sequence[Story]) -> tuple[dict[str, float], list[float]]:
    """Milliseconds a story by stage, and the latency of each story in milliseconds."""
    totals: dict[str, float] = defaultdict(float)
    latencies = []
    for story in stories:
        work = Work(Record(story=story))
        began = time.perf_counter()
        for name, stage in STAGES:
            before = time.perf_counter()
            work = stage(pipeline, work)
            totals[name] += time.perf_counter() - before
        latencies.append(1000 * (time.perf_counter() - began))
    return {name: round(1000 * total / len(stories), 3) for name, total in totals.items()}, latencies


def _start_worker() -> None:
    _worker["pipeline"] = Pipeline(Settings(threads=1))


def _process(story: Story) -> int:
    return len(_worker["pipeline"].process(story).statements)


def run_workers(stories: Sequence[Story], workers: int) -> float:
    """Seconds for all stories with one process a core; loading is not counted."""
    with multiprocessing.get_context("spawn").Pool(workers, _start_worker) as pool:
        pool.map(_process, stories[: workers * 2], chunksize=1)
        began = time.perf_counter()
        pool.map(_process, stories, chunksize=2)
        return time.perf_counter() - began


def run_peers(texts: Sequence[str], workers: int) -> dict[str, Any]:
    """spaCy's small English pipeline with textacy's quotations, where both are installed."""
    try:
        import spacy
        import textacy.extract

        nlp = spacy.load("en_core_web_sm")
    except (ImportError, OSError):
        return {}
    list(nlp.pipe(texts[:2]))
    began = time.perf_counter()
    found = sum(len(list(textacy.extract.direct_quotations(doc))) for doc in nlp.pipe(texts, n_process=workers))
    seconds = time.perf_counter() - began
    return {"spacy_textacy": {"stories_per_second": round(len(texts) / seconds, 2), "quotations": found}}


def main() -> None:
    """Measure the model in the package on one folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path, nargs="?", default=DEMO)
    parser.add_argument("--repeat", type=int, default=1, help="how many times the stories are read")
    arguments = parser.parse_args()
    stories, reading = read_folder(arguments.path)
    stories = stories * arguments.repeat
    cores = len(os.sched_getaffinity(0))
    pipeline = Pipeline(Settings(threads=1))
    time_stages(pipeline, stories[:2])
    stages, latencies = time_stages(pipeline, stories)
    seconds = run_workers(stories, cores)
    tokens = sum(len(story.body.split()) for story in stories)
    print_result(
        {
            "n": len(stories),
            "cores": cores,
            "stories_per_second": round(len(stories) / seconds, 2),
            "tokens_per_second": round(tokens / seconds, 1),
            "ms_by_stage": stages,
            "p50_ms": round(statistics.median(latencies), 2),
            "p95_ms": round(sorted(latencies)[int(0.95 * (len(latencies) - 1))], 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            "reading": reading,
            "peers": run_peers([story.body for story in stories], cores),
        }
    )


if __name__ == "__main__":
    main()
