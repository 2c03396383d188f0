"""A page's tree -> passages: stretches of text that stand together, with the element they stand in. Light, because
most of them are menus.

Only the passages that turn out to be the story are mapped to bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise

from onrecord.read.traced import Traced, join_lines
from onrecord.read.tree import Node, Text, collapse
from onrecord.read.xhtml import BLOCKS, BREAKS, CELLS, DROPPED, ROWS, find_kind, is_layout
from onrecord.story import FurnitureType

_DROPPED = DROPPED | {
    "nav",
    "dialog",
    "menu",
    "label",
    "fieldset",
    "legend",
    "optgroup",
    "option",
    "datalist",
    "progress",
}
_NEAR = 40
_TOKENS = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HINTED = ("class", "id", "role", "data-component", "data-module", "data-testid", "data-type", "data-qa")


@dataclass(slots=True)
class Passage:
    """Text that stands together. `node` is the innermost block element; `kind` what its name or class says."""

    node: Node
    texts: list[Text]
    words: str
    kind: FurnitureType | None
    linked: int
    place: int
    flagged: bool = False
    cells: tuple[list[Text], ...] = ()
    chain: tuple[Node, ...] = field(default=(), repr=False)

    @property
    def link_share(self) -> float:
        """Which part of the characters are links."""
        return self.linked / max(1, len(self.words))

    def traced(self) -> Traced:
        """The words with their bytes; the cells of a row stand apart."""
        if self.cells:
            return join_lines([cell for texts in self.cells if (cell := collapse(texts))], "\t")
        return collapse(self.texts)


def find_passages(root: Node) -> list[Passage]:
    """All passages of a page, in document order."""
    finder = _Finder()
    finder.visit(root, root, None, linked=False)
    finder.flush(root, None)
    return finder.found


class _Finder:
    def __init__(self) -> None:
        self.found: list[Passage] = []
        self.texts: list[Text] = []
        self.linked = 0

    def visit(self, node: Node, block: Node, kind: FurnitureType | None, *, linked: bool) -> None:
        for child in node.children:
            if isinstance(child, Text):
                if not self.texts and child.data.isspace():
                    continue
                self.texts.append(child)
                self.linked += len(child.data) if linked else 0
                continue
            tag = child.tag
            if tag in BREAKS:
                self.flush(block, kind)
            elif tag in _DROPPED:
                continue
            elif tag in BLOCKS:
                self.flush(block, kind)
                if tag in ROWS and not is_layout(child):
                    self._take_row(child, kind)
                    continue
                inner = find_kind(child, tag, kind) if kind is not FurnitureType.HEADER else None
                self.visit(child, child, None if inner is FurnitureType.HEADER else inner, linked=linked)
                self.flush(child, inner)
            else:
                self.visit(child, block, kind, linked=linked or tag == "a")

    def _take_row(self, row: Node, kind: FurnitureType | None) -> None:
        cells = tuple(list(cell.texts()) for cell in row.nodes() if cell.tag in CELLS)
        words = " ".join(filter(None, (" ".join("".join(text.data for text in cell).split()) for cell in cells)))
        linked = sum(len(text.data) for node in row.walk() if node.tag == "a" for text in node.texts())
        if words:
            self.found.append(Passage(row, [], words, kind, min(linked, len(words)), len(self.found), cells=cells))

    def flush(self, block: Node, kind: FurnitureType | None) -> None:
        """Close what stands open as a passage of this element."""
        if not self.texts:
            return
        words = " ".join("".join([text.data for text in self.texts]).split())
        if words:
            self.found.append(Passage(block, self.texts, words, kind, min(self.linked, len(words)), len(self.found)))
        self.texts, self.linked = [], 0


def ancestors(node: Node | None) -> Iterator[Node]:
    """The element and all that it stands in."""
    while node is not None:
        yield node
        node = node.parent


def flag_boilerplate(passages: list[Passage]) -> None:
    """Mark what stands in an element that calls itself a menu, a share bar, a list of links, an advertisement.

    An element that holds more than a third of the page's text is none of these, whatever its class says.
    """
    mass: dict[int, int] = {}
    for passage in passages:
        passage.chain = tuple(islice(ancestors(passage.node), _NEAR))
        for node in passage.chain:
            mass[id(node)] = mass.get(id(node), 0) + len(passage.words)
    total = max(1, sum(len(passage.words) for passage in passages if passage.link_share < 0.5))
    bad: dict[int, bool] = {}
    for passage in passages:
        for node in passage.chain:
            known = bad.get(id(node))
            if known is None:
                known = bad[id(node)] = mass[id(node)] * 3 < total and is_boilerplate(node)
            if known:
                passage.flagged = True
                break


def is_boilerplate(node: Node) -> bool:
    """True when the element's name, class or role says that it is no text of the story."""
    if node.tag in ("aside", "footer", "form", "figure", "figcaption", "address", "details"):
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or "display:none" in attributes.get("style", "").replace(" ", "")
    ):
        return True
    return any(_says_bad(attributes[name]) for name in _HINTED if name in attributes)


@lru_cache(8192)
def _says_bad(value: str) -> bool:
    words, starts, pairs = _boilerplate()
    tokens = [token for token in _TOKENS.split(_CAMEL.sub("-", value).lower()) if token]
    if any(token in words or starts.match(token) for token in tokens):
        return True
    return any(f"{one} {two}" in pairs for one, two in pairwise(tokens))


@cache
def _boilerplate() -> tuple[frozenset[str], re.Pattern[str], frozenset[str]]:
    """Words, beginnings of words and pairs of words that boilerplate is named by."""
    import yaml

    text = (files("onrecord") / "data" / "boilerplate.yaml").read_text("utf-8")
    data: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return frozenset(data["words"]), re.compile("|".join(data["starts"])), frozenset(data["pairs"])
