"""What the encoder learns from: one form for all corpora.

An example holds a text, its paragraphs, and the supervision that its corpus gives. A layer that a corpus does not
annotate is absent, and its head learns nothing from that text. All offsets are characters of `text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Labelled(NamedTuple):
    """A span and its kind (empty where the layer has one kind)."""

    start: int
    end: int
    kind: str = ""


class AtSpan(NamedTuple):
    """A class label, read at the word that starts at `start`."""

    head: str
    start: int
    label: str


class Link(NamedTuple):
    """An asking span and its answer, by their first characters; `answer` is -1 when there is none."""

    name: str
    asks: int
    answer: int


@dataclass
class Example:
    """One text with what is known of it.

    Attributes:
        layers: layer -> spans. A layer that is present is complete, unless it is named in `partial`.
        partial: layers of which only the given spans are known; words outside them mostly teach nothing.
        clusters: coreference, as lists of mention starts.
        pair: label of the marked pair; then `text` holds the markers `<s> </s> <t> </t>`.
        weight: how much an example counts in the loss.
    """

    name: str
    corpus: str
    text: str
    paragraphs: list[tuple[int, int]]
    layers: dict[str, list[Labelled]] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    classes: list[AtSpan] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    clusters: list[list[int]] | None = None
    pair: str | None = None
    weight: float = 1.0


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the non-empty lines, stripped; a wire wrapped by hand is joined at blank lines."""
    separator = "\n\n" if "\n\n" in text else "\n"
    spans, at = [], 0
    for part in text.split(separator):
        left = len(part) - len(part.lstrip())
        stripped = part.strip()
        if stripped:
            spans.append((at + left, at + left + len(stripped)))
        at += len(part) + len(separator)
    return spans
