"""Two versions of a text, word by word within paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from onrecord.web.rows import DiffPart

_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
Paragraph = tuple[DiffPart, ...]


def compare_stories(old: str, new: str) -> tuple[list[Paragraph], int, int]:
    """The paragraphs of both, in parts that stayed, went or came; and how many words went and came."""
    before, after = old.split("\n\n"), new.split("\n\n")
    made: list[Paragraph] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            made += [(DiffPart("same", paragraph),) for paragraph in before[a:b]]
            continue
        pairs = min(b - a, d - c)
        made += [_compare(before[a + n], after[c + n]) for n in range(pairs)]
        made += [(DiffPart("out", paragraph),) for paragraph in before[a + pairs : b]]
        made += [(DiffPart("in", paragraph),) for paragraph in after[c + pairs : d]]
    return made, _count(made, "out"), _count(made, "in")


def _compare(old: str, new: str) -> Paragraph:
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[DiffPart] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(DiffPart("same", "".join(before[a:b])))
            continue
        if b > a:
            parts.append(DiffPart("out", "".join(before[a:b])))
        if d > c:
            parts.append(DiffPart("in", "".join(after[c:d])))
    return tuple(parts)


def _count(paragraphs: Sequence[Paragraph], change: str) -> int:
    return sum(len(part.text.split()) for paragraph in paragraphs for part in paragraph if part.change == change)
