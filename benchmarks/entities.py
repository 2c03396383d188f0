"""Names of people, organisations, places and others: exact F1 by class and over all.

    python -m benchmarks.entities /path/to/file.bio

Two columns, word and BIO tag, an empty line between sentences. The classes of the file are mapped on ours by their
names (PER, PERSON; ORG; LOC, GPE, FAC; MISC, NORP and the rest); classes that we do not read (DATE, MONEY ...) are
scored as they are, as misses.
"""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

from benchmarks.cofenet import join_tokens, lay_spans
from benchmarks.scoring import Tally, print_result
from onrecord.encode import Encoder

CLASSES = {
    "person": ("PER", "PERSON", "PERS"),
    "organization": ("ORG", "ORGANIZATION", "ORGANISATION"),
    "place": ("LOC", "LOCATION", "GPE", "PLACE", "FAC", "FACILITY"),
    "misc": ("MISC", "NORP", "MISCELLANEOUS"),
}

Sentence = tuple[list[str], list[str]]


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Words and tags of each sentence."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        fields = line.split()
        if len(fields) >= 2 and fields[0] != "-DOCSTART-":
            words.append(fields[0])
            tags.append(fields[-1])
        elif words and not fields:
            yield words, tags
            words, tags = [], []


def read_tags(tags: Sequence[str]) -> set[tuple[str, int, int]]:
    """Spans `(class, first, last)`."""
    spans: list[tuple[str, int, int]] = []
    before = "O"
    for number, tag in enumerate(tags):
        position, _, name = tag.partition("-")
        if position == "I" and before.partition("-")[2] == name and before != "O":
            spans[-1] = (name, spans[-1][1], number + 1)
        elif tag != "O":
            spans.append((name, number, number + 1))
        before = tag
    return set(spans)


def name_classes(found: set[str]) -> dict[str, str]:
    """Our kind -> the file's class; where a kind has several classes in the file the first of them is predicted."""
    return {kind: next((name for name in names if name in found), names[0]) for kind, names in CLASSES.items()}


def main() -> None:
    """Score the model in the package on one file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    sentences = list(read_sentences(arguments.path))
    gold = [read_tags(tags) for _, tags in sentences]
    names = name_classes({name for spans in gold for name, _, _ in spans})
    encoder = Encoder()
    tallies: dict[str, Tally] = {}
    total = Tally()
    for (words, _), spans in zip(sentences, gold, strict=True):
        text, places = join_tokens(words)
        layer = encoder.encode_text(text, [(0, len(text))]).find_layer("name")
        laid = {(kind, *lay) for kind in names for _, *lay in lay_spans([f for f in layer if f.kind == kind], places)}
        found: set[tuple[Hashable, ...]] = {(names[str(kind)], first, last) for kind, first, last in laid}
        total.add(set(spans), set(found))
        for name in {span[0] for span in spans} | {str(span[0]) for span in found}:
            own: set[Hashable] = {span for span in spans if span[0] == name}
            tallies.setdefault(name, Tally()).add(own, {span for span in found if span[0] == name})
    by_class = {name: round(tally.f1, 4) for name, tally in sorted(tallies.items())}
    print_result({"n": len(sentences), "exact_f1": {**by_class, "all": round(total.f1, 4)}})


if __name__ == "__main__":
    main()
