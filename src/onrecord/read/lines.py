"""Lines -> paragraphs: hard-wrapped lines are joined, tables and lists stay line by line.

A line was broken by a wrapping machine when the first word of the next line would not have fitted on it. That test
needs no list of words and leaves headlines, bylines, verses and tables alone, because their lines end early. The
width is measured from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.read.breaks import begins_anew
from onrecord.read.draft import Block
from onrecord.read.traced import Traced, join_lines

_LINE = re.compile(r"[^\n]+")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+| +\t)\S|\.{5,}")
_BULLET = re.compile(r"(?:[-*+•·▪‣◦–—>]|\(?[0-9]{1,2}[.)]|\(?[a-zA-Z][.)]|_{1,2})\s+\S")
_HARD_END = re.compile(r"[.!?:][\"'”’)]*$")
_RULE = re.compile(r"[\s_*=~#.+—–-]{2,}$")

NARROW, WIDE = 40, 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it starts and ends without white space, its indent in columns, and whether a blank line stands
    before it.
    """

    start: int
    end: int
    indent: int
    apart: bool
    words: str


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank."""
    lines, after = [], -1
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if not words:
            continue
        start = match.start() + match.group().index(words[0])
        apart = text.count("\n", after, start) > 1 if after >= 0 else True
        indent = len(text[match.start() : start].expandtabs(4))
        lines.append(Line(start, start + len(words), indent, apart, words))
        after = start + len(words)
    return lines


def measure_width(lines: Sequence[Line]) -> int:
    """The width that the text was wrapped at, in characters; 0 when it was not wrapped."""
    held = sorted(a.end - a.start + a.indent for a, b in pairwise(lines) if not b.apart and not is_tabular(a.words))
    if len(held) < 2 or held[-1] < NARROW:
        return 0
    usual = held[: max(2, int(len(held) * 0.95 + 0.5))]
    width = usual[-1]
    full = sum(1 for length in usual if length >= width - 14)
    return width if width <= WIDE and full * 3 >= len(usual) else 0


def is_tabular(words: str) -> bool:
    """True for a line with columns: tabs or runs of spaces inside it, leaders of dots, cells between bars."""
    if "   " in words or "\t" in words or "....." in words:
        return bool(_COLUMNS.search(words))
    return len(words) < WIDE and (words.count(";") >= 4 or words.count("|") >= 3)


def join_wrapped(text: Traced) -> list[Block]:
    """The paragraphs of a text, each on one line, in order."""
    lines = split_lines(text.text)
    width = measure_width(lines)
    return [make_block(text, group) for group in group_lines(mark_breaks(lines) if width else lines, width)]


def mark_breaks(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those set apart that begin a new piece of furniture."""
    last = len(lines) - 1
    return [
        line
        if line.apart or not begins_anew(line.words, lines[at - 1].words, from_start=at, from_end=last - at)
        else replace(line, apart=True)
        for at, line in enumerate(lines)
    ]


def make_block(text: Traced, group: Sequence[Line]) -> Block:
    """The lines of one paragraph joined, runs of blanks made one."""
    if len(group) == 1:
        return Block(_single_spaced(text.cut(group[0].start, group[0].end)))
    return Block(join_lines(_single_spaced(text.cut(line.start, line.end)) for line in group))


def _single_spaced(line: Traced) -> Traced:
    if ("  " not in line.text and "\t" not in line.text) or is_tabular(line.text):
        return line
    return line.replace(_BLANKS, " ")


def group_lines(lines: Sequence[Line], width: int) -> Iterator[list[Line]]:
    """Lines that belong together; `width` 0 keeps each line apart."""
    group: list[Line] = []
    for line in lines:
        if group and not (width and _continues(group, line, width)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(group: Sequence[Line], line: Line, width: int) -> bool:
    last = group[-1]
    if (
        line.apart
        or last.words.endswith(("=", "<"))
        or is_tabular(last.words)
        or is_tabular(line.words)
        or _RULE.match(last.words)
        or _RULE.match(line.words)
    ):
        return False
    if line.indent > last.indent + 1 and not _hangs(group, line):
        return False
    if _BULLET.match(line.words) and (_BULLET.match(group[0].words) or _HARD_END.search(last.words)):
        return False
    return _is_full(last, line, width)


def _hangs(group: Sequence[Line], line: Line) -> bool:
    """True for the second line of an item whose text hangs under its first word."""
    return bool(_BULLET.match(group[0].words)) and line.indent <= group[0].indent + 5


def _is_full(last: Line, line: Line, width: int) -> bool:
    """True when the first word of `line` would not have fitted on `last`."""
    word = line.words.split(None, 1)[0]
    slack = 2 if _HARD_END.search(last.words) else 6
    return last.end - last.start + last.indent + 1 + len(word) > width - slack
