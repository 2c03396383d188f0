"""A story while its furniture is being found: the blocks of its draft, each with what has been recognised in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from onrecord.read.draft import Block
from onrecord.read.traced import Traced
from onrecord.story import FurnitureType


class Mark(NamedTuple):
    """Furniture found in a part: `[start, end)` in the part's text, and its value without marks."""

    type: FurnitureType
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block; `[start, end)` of its text is body, the rest is furniture or blank."""

    text: Traced
    start: int
    end: int
    marks: tuple[Mark, ...] = ()

    @property
    def words(self) -> str:
        """The part that is still body."""
        return self.text.text[self.start : self.end]

    @property
    def free(self) -> bool:
        """True while nothing in it was found to be furniture."""
        return self.start < self.end and not self.marks

    def marked(self, type: FurnitureType, value: str = "") -> Part:
        """The part as furniture of this type, as a whole."""
        mark = Mark(type, self.start, self.end, (value or self.words).strip())
        return replace(self, start=self.end, marks=(*self.marks, mark))

    def without_start(self, length: int, *marks: Mark) -> Part:
        """The part with its first `length` characters of body taken out; `marks` count from the start of the body."""
        moved = tuple(mark._replace(start=mark.start + self.start, end=mark.end + self.start) for mark in marks)
        start = min(self.start + length, self.end)
        start += len(self.text.text[start : self.end]) - len(self.text.text[start : self.end].lstrip())
        return replace(self, start=start, marks=(*self.marks, *moved))

    def without_end(self, at: int, *marks: Mark) -> Part:
        """The part with its body cut off at `at`; `at` and `marks` count from the start of the body."""
        moved = tuple(mark._replace(start=mark.start + self.start, end=mark.end + self.start) for mark in marks)
        return replace(self, end=self.start + len(self.words[:at].rstrip()), marks=(*self.marks, *moved))

    def value_of(self, type: FurnitureType) -> str:
        """The value of the first mark of this type, empty without one."""
        return next((mark.value for mark in self.marks if mark.type == type), "")


def make_parts(blocks: Iterable[Block]) -> list[Part]:
    """One part for each block that holds more than white space; what the format calls furniture is marked."""
    parts = []
    for block in blocks:
        text = block.text.strip()
        if not text:
            continue
        part = Part(text, 0, len(text.text))
        parts.append(part.marked(block.type, text.text.rstrip("=< ")) if block.type else part)
    return parts
