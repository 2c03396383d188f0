"""Agreement of two annotators: the stories of `second/` held against the same stories in `stories/`.

    python -m training.corpus.agreement

prints one JSON object. Spans are scored by pairwise F1, pooled over the stories, because what neither annotator marked
cannot be counted and a kappa over spans would need that number (Hripcsak and Rothschild 2005). Labels are scored by
Cohen's kappa over the items that both marked. Two spans overlap by half when the characters that they share are at
least half of their mean length, which is the same measure from either side. Spans that one annotator uses twice in a
story (a source with three cues) count once. Statements are the same when their cues or contents overlap by half, events
when their triggers do, positions when their contents do; each item has one partner at most, the closest first.

Who picks another trigger often picks another type too, so that kappa over equal triggers flatters: the labels named
`_by_quote` also pair the events left over whose quotes overlap by half.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from training.corpus.form import (
    SECOND,
    STORIES,
    Annotated,
    EventForm,
    Mark,
    Offsets,
    StatementForm,
    find_words,
    load_story,
)

HALF = 0.5

Item = TypeVar("Item")
Parts = tuple[Offsets, ...]  # the pieces of one span, in text order; content may be split by its cue
Labels = tuple[Hashable, Hashable]  # what the first and the second annotator wrote


@dataclass
class SpanCount:
    """Spans of one category over all stories: how many each annotator marked, how many they share."""

    first: int = 0
    second: int = 0
    exact: int = 0
    half: int = 0

    def add(self, first: Sequence[Parts], second: Sequence[Parts]) -> None:
        """Count the spans of one story."""
        self.first += len(first)
        self.second += len(second)
        pairs = pair_items(first, second, measure_overlap)
        self.half += len(pairs)
        self.exact += sum((Counter(first) & Counter(second)).values())

    def score(self) -> dict[str, float | int | None]:
        """Pairwise F1, which is the same whichever annotation is taken as gold."""
        total = self.first + self.second
        exact, half = (round(2 * hits / total, 3) if total else None for hits in (self.exact, self.half))
        return {"first": self.first, "second": self.second, "exact_f1": exact, "half_f1": half}


@dataclass
class Tally:
    """Everything counted so far."""

    stories: int = 0
    spans: dict[str, SpanCount] = field(default_factory=dict)
    labels: dict[str, list[Labels]] = field(default_factory=dict)

    def add_spans(self, name: str, first: Iterable[Parts], second: Iterable[Parts]) -> None:
        """Count spans of one category in one story."""
        self.spans.setdefault(name, SpanCount()).add(list(first), list(second))

    def add_label(self, name: str, first: Hashable, second: Hashable) -> None:
        """Keep one pair of labels; a label that one of the two left out is not compared."""
        if first is not None and second is not None:
            self.labels.setdefault(name, []).append((first, second))


def measure_overlap(first: Parts, second: Parts) -> float:
    """Shared characters over the mean length of the two spans: 1.0 for equal spans, 0.0 for separate ones."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in first for b in second)
    length = sum(end - start for start, end in (*first, *second))
    return 2 * shared / length if length else 0.0


def pair_items(
    first: Sequence[Item], second: Sequence[Item], measure: Callable[[Item, Item], float]
) -> list[tuple[Item, Item]]:
    """Pairs of items that measure at least a half, the closest first, each item in one pair at most."""
    ranked = sorted(
        ((-measure(one, other), i, j) for i, one in enumerate(first) for j, other in enumerate(second)),
    )
    taken: set[tuple[str, int]] = set()
    pairs = []
    for negative, i, j in ranked:
        if -negative < HALF or ("first", i) in taken or ("second", j) in taken:
            continue
        taken |= {("first", i), ("second", j)}
        pairs.append((first[i], second[j]))
    return pairs


def compute_kappa(pairs: Sequence[Labels]) -> dict[str, float | int | None]:
    """Cohen's kappa with the observed agreement; null where chance alone would agree everywhere.

    >>> compute_kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    {'n': 4, 'agreement': 0.75, 'kappa': 0.5}
    """
    total = len(pairs)
    if not total:
        return {"n": 0, "agreement": None, "kappa": None}
    observed = sum(one == other for one, other in pairs) / total
    first, second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    chance = sum(count * second[label] for label, count in first.items()) / total**2
    kappa = round((observed - chance) / (1 - chance), 3) if chance < 1 else None
    return {"n": total, "agreement": round(observed, 3), "kappa": kappa}


class _Side:
    """One annotation of one story, with offsets in the raw text: the two may cut the body differently."""

    def __init__(self, story: Annotated) -> None:
        self.story = story
        self.shift = story.raw.index(story.text)
        self.names = {actor.id: actor.code or actor.name for actor in story.actors}

    def parts(self, marks: Iterable[Mark | None]) -> Parts:
        places = {(mark.start + self.shift, mark.end + self.shift) for mark in marks if mark}
        return tuple(sorted(places))

    def distinct(self, spans: Iterable[Iterable[Mark | None]]) -> list[Parts]:
        return sorted({parts for marks in spans if (parts := self.parts(marks))})

    def roles(self, role: str) -> list[Parts]:
        return self.distinct((mark,) for event in self.story.events for mark in getattr(event, role))

    def timexes(self) -> list[tuple[Parts, str]]:
        return [(self.parts([mark]), value) for mark, value in self.story.timexes]

    def contents(self, position: dict[str, Any]) -> list[Parts]:
        """Every place where the content of a position stands; positions carry words, not places."""
        words = str(position.get("content") or "").replace("[", "").replace("]", "")
        return [((start + self.shift, end + self.shift),) for start, end in find_words(self.story.text, words)]

    def holders(self, position: dict[str, Any]) -> set[str]:
        holder = position.get("holder")
        return {self.names.get(str(item), str(item)) for item in (holder if isinstance(holder, list) else [holder])}


_STATEMENT_SPANS: dict[str, Callable[[StatementForm], Iterable[Mark | None]]] = {
    "sources": lambda statement: statement.sources,
    "cues": lambda statement: (statement.cue,),
    "contents": lambda statement: statement.content,
}


def _compare_statements(tally: Tally, first: _Side, second: _Side) -> None:
    def measure(one: StatementForm, other: StatementForm) -> float:
        cues = measure_overlap(first.parts([one.cue]), second.parts([other.cue]))
        contents = measure_overlap(first.parts(one.content), second.parts(other.content))
        return cues + contents if max(cues, contents) >= HALF else 0.0

    for name, spans in _STATEMENT_SPANS.items():
        tally.add_spans(name, *(side.distinct(map(spans, side.story.statements)) for side in (first, second)))
    for one, other in pair_items(first.story.statements, second.story.statements, measure):
        tally.add_label("act", one.labels.get("act"), other.labels.get("act"))
        tally.add_label("statement_kind", one.labels.get("kind"), other.labels.get("kind"))


def _compare_events(tally: Tally, first: _Side, second: _Side) -> None:
    def measure(one: EventForm, other: EventForm) -> float:
        triggers = measure_overlap(first.parts([one.trigger]), second.parts([other.trigger]))
        quotes = measure_overlap(first.parts([one.quote]), second.parts([other.quote]))
        return triggers + quotes if triggers >= HALF else 0.0  # the quote decides where a trigger is used twice

    def measure_loosely(one: EventForm, other: EventForm) -> float:
        quotes = measure_overlap(first.parts([one.quote]), second.parts([other.quote]))
        return 1 + measure(one, other) if measure(one, other) else quotes

    sides = (first, second)
    tally.add_spans("triggers", *(side.distinct((event.trigger,) for event in side.story.events) for side in sides))
    for role in ("actors", "recipients"):
        tally.add_spans(f"event_{role}", *(side.roles(role) for side in sides))
    for suffix, how in (("", measure), ("_by_quote", measure_loosely)):
        for one, other in pair_items(first.story.events, second.story.events, how):
            tally.add_label(f"event_type{suffix}", one.labels.get("type"), other.labels.get("type"))
            tally.add_label(f"event_status{suffix}", one.labels.get("status"), other.labels.get("status"))


def _compare_positions(tally: Tally, first: _Side, second: _Side) -> None:
    def find_closest(one: dict[str, Any], other: dict[str, Any]) -> tuple[float, Parts, Parts]:
        places = [(measure_overlap(a, b), a, b) for a in first.contents(one) for b in second.contents(other)]
        return max(places, default=(0.0, (), ()))

    def measure(one: dict[str, Any], other: dict[str, Any]) -> float:
        overlap = find_closest(one, other)[0]
        # A demand and its refusal share their words; the holder tells them apart, the stance must not.
        return overlap + bool(first.holders(one) & second.holders(other)) if overlap >= HALF else 0.0

    count = tally.spans.setdefault("position_contents", SpanCount())
    count.first += len(first.story.positions)
    count.second += len(second.story.positions)
    for one, other in pair_items(first.story.positions, second.story.positions, measure):
        count.half += 1
        count.exact += find_closest(one, other)[0] == 1.0
        tally.add_label("stance", one.get("stance"), other.get("stance"))
        tally.add_label("state", one.get("state"), other.get("state"))


def _compare_timexes(tally: Tally, first: _Side, second: _Side) -> None:
    tally.add_spans("timexes", *([span for span, _ in side.timexes()] for side in (first, second)))
    pairs = pair_items(first.timexes(), second.timexes(), lambda one, other: measure_overlap(one[0], other[0]))
    for one, other in pairs:
        tally.add_label("timex_value", one[1], other[1])


def count_agreement() -> Tally:
    """Compare every story that was annotated twice."""
    tally = Tally()
    for path in sorted(SECOND.glob("*.yaml")):
        first, second = (_Side(load_story(folder / path.name)) for folder in (STORIES, SECOND))
        tally.stories += 1
        for compare in (_compare_statements, _compare_events, _compare_positions, _compare_timexes):
            compare(tally, first, second)
    return tally


def summarize(tally: Tally) -> dict[str, Any]:
    """The figures of the model card: F1 by span category, kappa by label, share of equal timex values."""
    values = compute_kappa(tally.labels.get("timex_value", []))
    return {
        "stories": tally.stories,
        "spans": {name: count.score() for name, count in tally.spans.items()},
        "labels": {name: compute_kappa(pairs) for name, pairs in tally.labels.items() if name != "timex_value"},
        "timex_values": {"n": values["n"], "equal": values["agreement"]},
    }


def main() -> None:
    """Print the agreement as one JSON object."""
    print(json.dumps(summarize(count_agreement()), indent=1))


if __name__ == "__main__":
    main()
