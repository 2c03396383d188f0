"""GUM (Zeldes 2017; annotations CC BY 4.0): names and coreference from the WebAnno files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, Labelled

_KINDS = {"person": "person", "organization": "organization", "place": "place"}
_ITEM = re.compile(r"(?P<kind>\w+)(?:\[(?P<number>\d+)\])?")
_LINK = re.compile(r"(?P<token>\d+-\d+)(?:\[(?P<target>\d+)_(?P<own>\d+)\])?")


def read_examples(folder: Path) -> Iterator[Example]:
    """One example a document of a GUM folder (`coref/`)."""
    for path in sorted((folder / "coref").glob("*.tsv")):
        yield _read_document(path)


class _Document:
    """Text, mentions and coreference links while a file is read."""

    def __init__(self) -> None:
        self.text = ""
        self.paragraphs: list[tuple[int, int]] = []
        self.tokens: list[tuple[str, int, int, str]] = []
        self.mentions: dict[str, list[int]] = defaultdict(list)
        self.kinds: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []

    def add_sentence(self, rows: list[list[str]]) -> None:
        start = len(self.text)
        for row in rows:
            glue = "" if not self.text or self.text.endswith("\n") else _glue(self.text[-1], row[2])
            at = len(self.text) + len(glue)
            self.text += glue + row[2]
            self._add_token(row, at)
        self.paragraphs.append((start, len(self.text)))
        self.text += "\n"

    def _add_token(self, row: list[str], at: int) -> None:
        number = len(self.tokens)
        keys = []
        for match in _ITEM.finditer(row[3]) if row[3] != "_" else []:
            key = match["number"] or f"t{row[0]}"
            self.mentions[key].append(number)
            self.kinds[key] = match["kind"]
            keys.append(key)
        self.tokens.append((row[2], at, at + len(row[2]), row[0]))
        if len(row) > 9 and row[9] != "_":
            for match in _LINK.finditer(row[9]):
                own = match["own"] if match["own"] and match["own"] != "0" else f"t{row[0]}"
                target = match["target"] if match["target"] and match["target"] != "0" else f"t{match['token']}"
                self.links.append((own, target))


def _glue(last: str, word: str) -> str:
    return "" if word in {".", ",", "'s", "’s", "n't", ";", ":", "?", "!", ")", "”"} or last in "(“" else " "


def _read_document(path: Path) -> Example:
    document, rows = _Document(), []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if re.match(r"\d+-\d+\t", line):
            rows.append(parts)
        elif not line.strip() and rows:
            document.add_sentence(rows)
            rows = []
    if rows:
        document.add_sentence(rows)
    return Example(
        path.stem,
        "gum",
        document.text,
        document.paragraphs,
        {"name": _find_names(document)},
        clusters=_find_clusters(document),
    )


def _find_names(document: _Document) -> list[Labelled]:
    """Capitalised runs inside mentions of people, organisations and places; the smallest mention decides the kind."""
    found: dict[tuple[int, int], tuple[int, str]] = {}
    for key, numbers in document.mentions.items():
        run = [
            n
            for n in numbers
            if document.tokens[n][0][:1].isupper()
            and not (n == numbers[0] and document.tokens[n][0] in {"The", "A", "This"})
        ]
        kind = _KINDS.get(document.kinds[key])
        if not run or kind is None or run[-1] - run[0] + 1 != len(run) or run[-1] - run[0] + 4 < len(numbers):
            continue
        if len(run) == 1 and _opens_sentence(document, run[0]) and document.tokens[run[0]][0].lower() in _COMMON:
            continue
        place = document.tokens[run[0]][1], document.tokens[run[-1]][2]
        if place not in found or len(numbers) < found[place][0]:
            found[place] = len(numbers), kind
    kept: list[Labelled] = []
    for (start, end), (_, kind) in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not kept or start >= kept[-1].end:
            kept.append(Labelled(start, end, kind))
    return kept


_COMMON = frozenset(
    (
        *("i", "he", "she", "it", "they", "we", "you", "his", "her", "its", "their", "our", "my", "your"),
        *("this", "that", "these", "those", "who", "there", "one", "some", "many"),
    )
)


def _opens_sentence(document: _Document, number: int) -> bool:
    return number == 0 or document.text[document.tokens[number][1] - 1] == "\n"


def _find_clusters(document: _Document) -> list[list[int]]:
    parent = {key: key for key in document.mentions}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for own, target in document.links:
        if own in parent and target in parent:
            parent[root(own)] = root(target)
    clusters: dict[str, set[int]] = defaultdict(set)
    for key, numbers in document.mentions.items():
        if document.kinds[key] in _KINDS:
            clusters[root(key)].add(document.tokens[numbers[0]][1])
    return [sorted(cluster) for cluster in clusters.values()]
