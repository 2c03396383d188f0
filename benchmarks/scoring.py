"""Counting that all benchmarks share: precision, recall, F1, macro F1."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass
class Tally:
    """Right, found and gold items of one kind."""

    right: float = 0
    found: float = 0
    gold: float = 0

    def add(self, gold: set[Hashable], found: set[Hashable]) -> None:
        """Count items that are in both sets, and in each."""
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def precision(self) -> float:
        """Share of found items that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items that were found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def show(self) -> dict[str, float]:
        """The three, rounded to four places."""
        return {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4)}


def macro_f1(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Mean F1 over all labels that occur in gold or prediction; `pairs` are (gold, found)."""
    tallies: dict[Hashable, Tally] = {}
    for gold, found in pairs:
        tallies.setdefault(gold, Tally()).gold += 1
        tallies.setdefault(found, Tally()).found += 1
        tallies[gold].right += gold == found
    return sum(tally.f1 for tally in tallies.values()) / len(tallies) if tallies else 0.0


def print_result(result: Mapping[str, object]) -> None:
    """One JSON object on standard output."""
    print(json.dumps(result, ensure_ascii=False))
