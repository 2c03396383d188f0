"""The one tree that XML and HTML readers share: elements, and text that knows its bytes.

Text is mapped only when a story keeps it. White space is collapsed on the way out, as every browser does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from onrecord.read.markup import Source
from onrecord.read.traced import Traced, concat
from onrecord.story import Run

_WORDS = re.compile(r"[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*")


class Text:
    """A piece of text. `end` is past `start` where the piece stands for another writing of itself (an entity); else
    it is literal.
    """

    __slots__ = ("data", "end", "source", "start")

    def __init__(self, source: Source, start: int, end: int, data: str) -> None:
        self.source, self.start, self.end, self.data = source, start, end, data

    def trace(self, start: int = 0, end: int | None = None) -> Traced:
        """The characters `[start, end)` of the piece with their bytes."""
        data = self.data[start:end]
        if self.end > self.start:
            low, high = self.source.place(self.start), self.source.place(self.end)
            return Traced(data, (Run(0, len(data), low, high),) if data and high > low else ())
        units = (
            start if start == 0 or self.data.isascii() or not self.source.in_bytes else len(self.data[:start].encode())
        )
        return self.source.trace(self.start + units, data)


class Node:
    """An element. `tag` is the name without its prefix; `start` and `end` are places in the units of `source`."""

    __slots__ = ("attributes", "children", "end", "parent", "prefix", "source", "start", "tag")

    def __init__(
        self,
        tag: str,
        prefix: str = "",
        attributes: dict[str, str] | None = None,
        parent: Node | None = None,
        source: Source | None = None,
    ) -> None:
        self.tag, self.prefix, self.attributes, self.parent, self.source = tag, prefix, attributes or {}, parent, source
        self.children: list[Child] = []
        self.start = self.end = 0

    def get(self, name: str, default: str = "") -> str:
        """An attribute, stripped."""
        return self.attributes.get(name, default).strip()

    def nodes(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def find_all(self, path: str) -> list[Node]:
        """The elements at a path of tags, such as `body/body.head/hedline`, in document order."""
        found = [self]
        for tag in path.split("/"):
            found = [child for node in found for child in node.children if isinstance(child, Node) and child.tag == tag]
        return found

    def find(self, *paths: str) -> Node | None:
        """The first element at the first path that leads to one."""
        for path in paths:
            found = self.find_all(path)
            if found:
                return found[0]
        return None

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def seek(self, *tags: str) -> Node | None:
        """The first element below with one of these tags, at any depth."""
        return next((node for node in self.walk() if node.tag in tags and node is not self), None)

    def texts(self) -> Iterator[Text]:
        """All pieces of text below, in order."""
        stack: list[Child] = [self]
        while stack:
            child = stack.pop()
            if isinstance(child, Text):
                yield child
            else:
                stack.extend(reversed(child.children))

    def words(self) -> str:
        """The text below, white space collapsed."""
        return " ".join("".join(text.data for text in self.texts()).split())

    def traced(self) -> Traced:
        """As `words`, with the bytes."""
        return collapse(self.texts())

    def literal(self) -> Traced:
        """The text below as it stands, white space kept."""
        return concat(text.trace() for text in self.texts())

    def trace_attribute(self, name: str) -> Traced:
        """An attribute's value with its bytes; they are those of the whole tag where the value stands there in
        another writing.
        """
        value = self.get(name)
        if not value or self.source is None:
            return Traced(value)
        at = self.source.find(value, self.start)
        if at >= 0:
            return self.source.trace(at, value)
        low = self.source.place(self.start)
        return Traced(value, (Run(0, len(value), low, low + 1),))


Child: TypeAlias = Node | Text


def collapse(texts: Iterable[Text]) -> Traced:
    """Pieces joined, each stretch of white space made one blank, none at the ends."""
    words: list[str] = []
    runs: list[Run] = []
    at, gap = 0, False
    for text in texts:
        data, end = text.data, 0
        for match in _WORDS.finditer(data):
            start = match.start()
            if words and (gap or start > end):
                words.append(" ")
                at += 1
            gap, end = False, match.end()
            words.append(match.group())
            _add_runs(runs, text, start, end, at)
            at += end - start
        gap = gap or end < len(data)
    return Traced("".join(words), tuple(runs))


def _add_runs(runs: list[Run], text: Text, start: int, end: int, at: int) -> None:
    """The map of one stretch, grown onto the last run where both are byte by character and touch."""
    shift = text.source.shift
    if shift is None or text.end > text.start or not text.data.isascii():
        runs.extend(
            Run(run.start + at, run.end + at, run.raw_start, run.raw_end) for run in text.trace(start, end).runs
        )
        return
    raw = text.start + start + shift
    if runs:
        last = runs[-1]
        if last.end == at and last.raw_end == raw and last.end - last.start == last.raw_end - last.raw_start:
            runs[-1] = Run(last.start, at + end - start, last.raw_start, raw + end - start)
            return
    runs.append(Run(at, at + end - start, raw, raw + end - start))
