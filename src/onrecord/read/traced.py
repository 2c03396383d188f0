"""Text that remembers which bytes it came from.

Every reader cuts, joins and cleans text; `Traced` carries the offset map through all of it, so that no reader does
arithmetic of its own. A map is a tuple of `Run`: stretches of the text and the bytes they came from. Runs of equal
length map character by byte; others map as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.story import Run

_PIECES = re.compile(r"([\x00-\x7f]+)|[^\x00-\x7f]")
_CHARACTERS = re.compile(r"(?!)()|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and the runs that lead back to its bytes, in order of `start`; gaps are characters put in by a reader."""

    text: str
    runs: tuple[Run, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> Traced:
        """The part `[start, end)` with its share of the map."""
        end = len(self.text) if end is None else min(end, len(self.text))
        first = max(0, bisect_right(self.runs, start, key=_start_of) - 1)
        last = bisect_left(self.runs, end, first, key=_start_of)
        if start == 0 and (last == first or self.runs[last - 1].end <= end):
            return Traced(self.text[:end], self.runs[:last])
        kept = [_clip(run, start, end) for run in self.runs[first:last] if run.end > start]
        return Traced(self.text[start:end], tuple(kept))

    def strip(self) -> Traced:
        """Without white space at both ends."""
        if self.text and not self.text[0].isspace() and not self.text[-1].isspace():
            return self
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, left + len(self.text.strip()))

    def split(self, pattern: re.Pattern[str]) -> list[Traced]:
        """The parts between matches of `pattern`, empty ones included."""
        parts, at = [], 0
        for match in pattern.finditer(self.text):
            parts.append(self.cut(at, match.start()))
            at = match.end()
        return [*parts, self.cut(at)]

    def replace(self, pattern: re.Pattern[str], make: str | Callable[[re.Match[str]], str]) -> Traced:
        """Each match of `pattern` replaced; the new characters map to the bytes of the whole match."""
        parts, at = [], 0
        for match in pattern.finditer(self.text):
            new = make if isinstance(make, str) else make(match)
            parts.append(self.cut(at, match.start()))
            parts.append(self.cut(match.start(), match.end()).renamed(new))
            at = match.end()
        return concat([*parts, self.cut(at)]) if parts else self

    def renamed(self, text: str) -> Traced:
        """Other characters for the same bytes."""
        if text == self.text:
            return self
        if not self.runs or not text:
            return Traced(text)
        raw = self.runs[0].raw_start, self.runs[-1].raw_end
        return Traced(text, (Run(0, len(text), min(raw), max(raw)),))


def _start_of(run: Run) -> int:
    return run.start


def _clip(run: Run, start: int, end: int) -> Run:
    low, high = max(run.start, start), min(run.end, end)
    if run.end - run.start != run.raw_end - run.raw_start:
        return Run(low - start, high - start, run.raw_start, run.raw_end)
    shift = run.raw_start - run.start
    return Run(low - start, high - start, low + shift, high + shift)


def concat(parts: Iterable[Traced | str]) -> Traced:
    """Join parts; plain strings are characters that have no bytes (a blank line between paragraphs)."""
    texts: list[str] = []
    runs: list[Run] = []
    at = 0
    for part in parts:
        text = part if isinstance(part, str) else part.text
        if isinstance(part, Traced):
            for run in part.runs:
                _append(runs, Run(run.start + at, run.end + at, run.raw_start, run.raw_end))
        texts.append(text)
        at += len(text)
    return Traced("".join(texts), tuple(runs))


def _append(runs: list[Run], run: Run) -> None:
    """Add a run, grown onto the last one where both are byte by character and touch."""
    if runs:
        last = runs[-1]
        exact = (
            last.end - last.start == last.raw_end - last.raw_start
            and run.end - run.start == run.raw_end - run.raw_start
        )
        if exact and last.end == run.start and last.raw_end == run.raw_start:
            runs[-1] = Run(last.start, run.end, last.raw_start, run.raw_end)
            return
    runs.append(run)


def trace_text(text: str, encode: Callable[[str], bytes] | None = None, *, offset: int = 0) -> Traced:
    """Decoded text with the map to the bytes it was decoded from.

    Args:
        text: the decoded characters, nothing dropped.
        encode: gives the bytes of some characters in the original character set; None when each character is one
            byte.
        offset: where the first byte stands.
    """
    if encode is None:
        return Traced(text, (Run(0, len(text), offset, offset + len(text)),) if text else ())
    return Traced(text, tuple(_measure(text, encode, offset)))


def _measure(text: str, encode: Callable[[str], bytes], offset: int) -> Iterator[Run]:
    """One run for each stretch of ASCII where that takes one byte a character, one for each other character."""
    pieces = _PIECES if len(encode("a")) == 1 else _CHARACTERS
    at, raw_at = 0, offset
    for match in pieces.finditer(text):
        end = match.end()
        size = end - at if match.group(1) else len(encode(match.group()))
        yield Run(at, end, raw_at, raw_at + size)
        at, raw_at = end, raw_at + size


def trace_whole(text: str, raw_start: int, raw_end: int) -> Traced:
    """Characters that come from `[raw_start, raw_end)` as a whole: decoded escapes, transfer encodings, entities."""
    return Traced(text, (Run(0, len(text), raw_start, raw_end),) if text and raw_end > raw_start else ())


def join_lines(parts: Iterable[Traced], glue: str = " ") -> Traced:
    """Join with `glue` between two parts; the glue has no bytes."""
    pieces: list[Traced | str] = []
    for part in parts:
        if pieces:
            pieces.append(glue)
        pieces.append(part)
    return concat(pieces)
