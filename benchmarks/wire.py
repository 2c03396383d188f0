"""How well wire files are read: headline, agency, dateline, date, bylines, slug, sign-off, first and last words of
the body.

    python -m benchmarks.wire DIR

DIR holds wire files, each with `NAME.expected.json`, where NAME is the file's whole name or its name without the last
suffix. That is a list of the stories in the file, each with any of the fields above; an empty list where the file
holds no text story; `{"error": ...}` where a clear error is right. Fields that the gold leaves out, or gives as null,
are not scored. Case and white space are ignored.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import ReadError
from onrecord.read import read
from onrecord.story import Published, Story

FIELDS = (
    "headline",
    "agency",
    "dateline_places",
    "date",
    "bylines",
    "slug",
    "signoff",
    "first_words",
    "last_words",
)
SUFFIX = ".expected.json"

Fields = Mapping[str, Any]


def find_pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each wire file of a folder with its gold."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(SUFFIX))
    for path in files:
        golds = [path.with_name(name + SUFFIX) for name in (path.name, path.stem)]
        gold = next((gold for gold in golds if gold.is_file()), None)
        if gold:
            yield path, gold


def read_fields(story: Story) -> dict[str, Any]:
    """The fields of a story as the gold names them."""
    return {
        "headline": story.headline,
        "agency": story.agency,
        "dateline_places": list(story.dateline.places) if story.dateline else [],
        "date": format_date(story.published),
        "bylines": list(story.bylines),
        "slug": story.slug,
        "signoff": story.sign_off,
        "body": story.body,
    }


def format_date(published: Published) -> str:
    """`2022-01-14`, or `01-14` while the year is open."""
    if published.day:
        return published.day.isoformat()
    return f"{published.month:02}-{published.month_day:02}" if published.month and published.month_day else ""


def fold(value: object) -> str:
    """Text without case and white space."""
    return "".join(str(value or "").casefold().split())


def score_field(name: str, gold: object, predicted: Fields) -> bool:
    """Whether one gold field is met."""
    if name == "first_words":
        return fold(predicted["body"]).startswith(fold(gold))
    if name == "last_words":
        return fold(predicted["body"]).endswith(fold(gold))
    value = predicted[name]
    if name == "date":
        return fold(value) == fold(gold) or (len(value) == 5 and fold(gold).endswith(value))
    if isinstance(value, list):
        gold = [gold] if isinstance(gold, str) else gold
        return isinstance(gold, list) and [fold(part) for part in gold] == [fold(part) for part in value]
    return fold(value) == fold(gold)


def match_stories(golds: Sequence[Fields], predicted: Sequence[Fields]) -> Iterator[tuple[Fields, Fields | None]]:
    """Gold stories with the story of the same place in the file; None where the reader found fewer."""
    for at, gold in enumerate(golds):
        yield gold, predicted[at] if at < len(predicted) else None


class Tally:
    """Right and scored fields, and what went wrong."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.scored: Counter[str] = Counter()
        self.errors: list[dict[str, Any]] = []
        self.files = self.stories = 0

    def count(self, name: str, *, right: bool) -> None:
        """Add one scored field."""
        self.scored[name] += 1
        self.right[name] += right

    def add_file(self, path: Path, gold: Any) -> None:
        """Read a file and score it against its gold."""
        self.files += 1
        try:
            predicted = [read_fields(story) for story in read(path)]
        except ReadError as error:
            self._add_failure(path, gold, error)
            return
        if isinstance(gold, dict):
            self._report(path, "error", gold.get("error"), [story["headline"] for story in predicted])
            self.count("error", right=False)
            return
        self._add_stories(path, gold, predicted)

    def _add_failure(self, path: Path, gold: Any, error: ReadError) -> None:
        if isinstance(gold, dict):
            self.count("error", right=True)
            return
        self._report(path, "error", None, error.line())
        self._add_stories(path, gold, [])

    def _add_stories(self, path: Path, golds: Sequence[Fields], predicted: Sequence[Fields]) -> None:
        self.stories += len(golds)
        self.count("count", right=len(golds) == len(predicted))
        if len(golds) != len(predicted):
            self._report(path, "count", len(golds), len(predicted))
        for gold, found in match_stories(golds, predicted):
            for name in FIELDS:
                if gold.get(name) is not None:
                    self._add_field(path, name, gold[name], found)

    def _add_field(self, path: Path, name: str, gold: object, found: Fields | None) -> None:
        right = found is not None and score_field(name, gold, found)
        self.count(name, right=right)
        if not right:
            self._report(path, name, gold, _shown(name, gold, found))

    def _report(self, path: Path, field: str, gold: object, predicted: object) -> None:
        self.errors.append({"file": path.name, "field": field, "gold": gold, "predicted": predicted})

    def summary(self) -> dict[str, Any]:
        """Counts, accuracy by field and over all, and every miss."""
        accuracy = {name: round(self.right[name] / self.scored[name], 4) for name in self.scored}
        total = sum(self.scored.values())
        accuracy["overall"] = round(sum(self.right.values()) / total, 4) if total else 0.0
        return {
            "files": self.files,
            "stories": self.stories,
            "accuracy": accuracy,
            "scored": dict(self.scored),
            "errors": self.errors,
        }


def _shown(name: str, gold: object, found: Fields | None) -> object:
    if found is None:
        return None
    if name not in ("first_words", "last_words"):
        return found[name]
    length = len(str(gold)) + 40
    return found["body"][:length] if name == "first_words" else found["body"][-length:]


def score_folder(folder: Path) -> dict[str, Any]:
    """The scores of all wire files of a folder that have gold."""
    tally = Tally()
    for path, gold in find_pairs(folder):
        tally.add_file(path, json.loads(gold.read_text("utf-8")))
    return tally.summary()


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the scores; exit code 2 when there is nothing to score."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wire", description=__doc__)
    parser.add_argument("folder", type=Path, help="wire files with NAME.expected.json")
    folder = parser.parse_args(None if arguments is None else list(arguments)).folder
    if not folder.is_dir():
        print(f"{folder}: no such folder", file=sys.stderr)
        return 2
    scores = score_folder(folder)
    print(json.dumps(scores, ensure_ascii=False, indent=2))
    return 0 if scores["files"] else 2


if __name__ == "__main__":
    sys.exit(main())
