"""How well the ledger joins stories: `python -m benchmarks.ledger PATH [--workers N]`.

PATH is a folder of story sets, or one set. A set is a folder of stories with `expected.json` (form: docs/ledger.md).
Prints one JSON object: B-cubed precision, recall and F1 of events and statements over the expected reports, accuracy of
position states, and of rounds and outstanding items; the same by set.

Source: B-cubed, Bagga and Baldwin 1998, "Algorithms for scoring coreference chains".
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from onrecord.config import Settings, read_environment
from onrecord.errors import DataError
from onrecord.ledger.content import compare, contain, weigh
from onrecord.ledger.talk import Talks
from onrecord.ledger.talks import list_talks, read_talks
from onrecord.scale.ingest import Ingest
from onrecord.scale.workers import Make, Workers, make_pipeline
from onrecord.store import Store, View, tables

EXPECTED = "expected.json"
#: A predicted claim is an expected report when it holds at least this share of its words.
HALF = 0.5

Cluster = list[tuple[str, str]]


def main() -> None:
    """Score all sets and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--workers", type=int, default=0)
    arguments = parser.parse_args()
    json.dump(score_sets(arguments.path, read_environment(), workers=arguments.workers), sys.stdout, indent=1)
    print()


def score_sets(path: Path, settings: Settings, *, workers: int = 0, make: Make = make_pipeline) -> dict[str, Any]:
    """The scores of one set or of all sets in a folder, and over them all.

    Raises:
        DataError: there is no set, or one is not of the form.
    """
    folders = [path] if (path / EXPECTED).exists() else sorted(one.parent for one in path.glob(f"*/{EXPECTED}"))
    if not folders:
        raise DataError("there is no set of stories here", where=str(path), hint=f"a set holds {EXPECTED}")
    started = time.monotonic()
    pool = Workers(settings, workers, make=make)
    try:
        counts = {folder.name: score_set(folder, settings, pool) for folder in folders}
    finally:
        pool.close()
    return {
        "sets": len(folders),
        **summarise(counts.values()),
        "by_set": {name: summarise([count]) for name, count in counts.items()},
        "seconds": round(time.monotonic() - started, 1),
    }


def score_set(folder: Path, settings: Settings, pool: Workers) -> dict[str, list[float]]:
    """Numerators and denominators of one set, by measure."""
    expected = read_expected(folder / EXPECTED)
    with tempfile.TemporaryDirectory() as place, Store.open(Path(place) / "ledger.db") as store:
        files = sorted(one for one in folder.iterdir() if one.is_file() and one.suffix != ".json")
        order = expected.get("order")
        named = [folder / name for name in order] if order else files
        Ingest(store, settings, pool).ingest_files([str(one) for one in named])
        with store.view() as view:
            return {
                **score_clusters(view, "event", expected.get("events", [])),
                **score_clusters(view, "statement", expected.get("statements", [])),
                **score_talks(view, expected.get("talks", [])),
            }


def read_expected(path: Path) -> dict[str, Any]:
    """What the ledger should hold.

    Raises:
        DataError: not JSON, or not an object.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path)) from error
    if not isinstance(value, dict):
        raise DataError("is no object", where=str(path), hint="see docs/ledger.md")
    return value


def score_clusters(view: View, kind: str, expected: Sequence[Cluster]) -> dict[str, list[float]]:
    """B-cubed sums over the expected reports. A report that no claim was found for stands alone."""
    found = load_predicted(view, kind)
    gold = {number: place for place, number in _number(expected)}
    predicted: dict[int, object] = {}
    taken: set[int] = set()
    for number, (story, words) in enumerate(report for cluster in expected for report in cluster):
        claim = match_claim(found.get(Path(story).name, []), words, taken)
        predicted[number] = ("cluster", claim[1]) if claim else ("alone", number)
        taken |= {claim[0]} if claim else set()
    precision, recall = bcubed(gold, predicted)
    missed = sum(value == ("alone", number) for number, value in predicted.items())
    total = float(len(gold))
    return {
        f"{kind}s.precision": [precision, total],
        f"{kind}s.recall": [recall, total],
        f"{kind}s.found": [total - missed, total],
    }


def _number(expected: Sequence[Cluster]) -> Iterable[tuple[int, int]]:
    places = [place for place, cluster in enumerate(expected) for _ in cluster]
    return ((place, number) for number, place in enumerate(places))


def load_predicted(view: View, kind: str) -> dict[str, list[tuple[int, int, str]]]:
    """Key, cluster and words of every claim, by the name of the file of its story."""
    table = tables.CLAIMS[kind]
    query = select(table.c.key, table.c.cluster, table.c.words, tables.STORIES.c.origin).join(
        tables.STORIES, tables.STORIES.c.key == table.c.story
    )
    found: dict[str, list[tuple[int, int, str]]] = {}
    for row in view.connection.execute(query):
        found.setdefault(Path(row.origin).name, []).append((row.key, row.cluster, row.words))
    return found


def match_claim(claims: Sequence[tuple[int, int, str]], words: str, taken: set[int]) -> tuple[int, int] | None:
    """The claim that holds most of the expected words, at least half; each is taken once."""
    wanted = words.casefold().split()
    best: tuple[int, int] | None = None
    most = HALF
    for key, cluster, text in claims:
        held = set(text.casefold().split())
        share = sum(word in held for word in wanted) / max(1, len(wanted))
        if key not in taken and share >= most:
            best, most = (key, cluster), share
    return best


def bcubed(gold: Mapping[int, object], predicted: Mapping[int, object]) -> tuple[float, float]:
    """Sums of B-cubed precision and recall over the items of `gold`."""
    precision = recall = 0.0
    for item in gold:
        same_gold = {one for one in gold if gold[one] == gold[item]}
        same_predicted = {one for one in gold if predicted[one] == predicted[item]}
        both = len(same_gold & same_predicted)
        precision += both / len(same_predicted)
        recall += both / len(same_gold)
    return precision, recall


def score_talks(view: View, expected: Sequence[dict[str, Any]]) -> dict[str, list[float]]:
    """Right position states, rounds and items of each expected negotiation, each compared with the talks that hold
    most of it.
    """
    found = [read_talks(view.connection, line.id) for line in list_talks(view.connection, limit=1000)]
    sums: dict[str, list[float]] = {name: [0.0, 0.0] for name in ("talks", "states", "rounds", "outstanding")}
    for gold in expected:
        talks = max(found, key=lambda one: fit_talks(one, gold), default=None)
        fits = talks is not None and fit_talks(talks, gold) > 0
        _add(sums["talks"], fits)
        for position in gold.get("positions", []):
            _add(sums["states"], bool(fits and talks and find_state(talks, position) == position.get("state", "open")))
        for held in gold.get("rounds", []):
            _add(sums["rounds"], bool(fits and talks and has_round(talks, held)))
        for item in gold.get("outstanding", []):
            _add(sums["outstanding"], bool(fits and talks and has_item(talks, item)))
    return sums


def _add(sum_of: list[float], right: bool) -> None:
    sum_of[0] += right
    sum_of[1] += 1


def fit_talks(talks: Talks, gold: Mapping[str, Any]) -> float:
    """How much talks look like an expected negotiation: the words of issue and positions, and the days of rounds."""
    words = weigh(" ".join([gold.get("issue", ""), *(one["words"] for one in gold.get("positions", []))]))
    held = weigh(" ".join([talks.issue, *talks.other_names, *(line.words for line in talks.positions)]))
    days = {one.get("date", "") for one in gold.get("rounds", [])} & {line.day for line in talks.rounds}
    return contain(words, held) + len(days) + 0.01 * len(talks.stories) * bool(compare(words, held))


def find_state(talks: Talks, gold: Mapping[str, Any]) -> str | None:
    """The state of the position whose words are most like the expected ones; None where there is none."""
    wanted = weigh(gold["words"])
    scored = [(contain(wanted, weigh(line.words)), line) for line in talks.positions if line.stance != "refusal"]
    score, line = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return line.state if line is not None and score >= HALF else None


def has_round(talks: Talks, gold: Mapping[str, Any]) -> bool:
    """True when a round of this date (and number and outcome, where given) is there once."""
    fitting = [line for line in talks.rounds if gold.get("date", line.day) == line.day]
    if gold.get("number"):
        fitting = [line for line in fitting if line.number in (None, gold["number"])]
    if gold.get("outcome"):
        fitting = [line for line in fitting if line.outcome == gold["outcome"]]
    return len(fitting) == 1


def has_item(talks: Talks, words: str) -> bool:
    """True when this is still open."""
    return any(contain(weigh(words), weigh(line.words)) >= HALF for line in talks.outstanding)


def summarise(counts: Iterable[Mapping[str, Sequence[float]]]) -> dict[str, Any]:
    """Sums as ratios."""
    total: dict[str, list[float]] = {}
    for count in counts:
        for name, (right, of) in count.items():
            held = total.setdefault(name, [0.0, 0.0])
            held[0] += right
            held[1] += of
    ratios = {name: round(right / of, 4) if of else None for name, (right, of) in total.items()}
    result: dict[str, Any] = {}
    for kind in ("events", "statements"):
        precision, recall = ratios[f"{kind}.precision"], ratios[f"{kind}.recall"]
        result[kind] = {
            "n": int(total[f"{kind}.precision"][1]),
            "found": ratios[f"{kind}.found"],
            "bcubed_precision": precision,
            "bcubed_recall": recall,
            "bcubed_f1": _f1(precision, recall),
        }
    for name, label in (
        ("talks", "talks"),
        ("states", "position_states"),
        ("rounds", "rounds"),
        ("outstanding", "outstanding"),
    ):
        result[label] = {"n": int(total[name][1]), "accuracy": ratios[name]}
    return result


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


if __name__ == "__main__":
    main()
