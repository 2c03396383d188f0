"""Lines that are furniture by what they say: page controls, version marks, notes, embargoes, credits, copyright, end
marks.

The patterns are data (`data/furniture.yaml`). What is furniture only by its place, such as headline, slug and
initials, is found in `head` and `tail`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.story import FurnitureType

LONGEST = 640
_CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lines of one type; `has` are words that such a line must hold, in small letters, empty for any line."""

    type: FurnitureType
    has: str
    line: re.Pattern[str]


@cache
def _load_lists() -> dict[str, list[str | dict[str, str]]]:
    import yaml

    text = (files("onrecord") / "data" / "furniture.yaml").read_text("utf-8")
    lists: dict[str, list[str | dict[str, str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return lists


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """The patterns in the order in which they are tried: by type, those for any line as one."""
    patterns = []
    for name, entries in _load_lists().items():
        if name == _CLOSING:
            continue
        type_ = FurnitureType(name)
        patterns.append(Pattern(type_, "", compile_lines([entry for entry in entries if isinstance(entry, str)])))
        guarded = [entry for entry in entries if isinstance(entry, dict)]
        patterns += [Pattern(type_, entry["has"], compile_lines([entry["line"]])) for entry in guarded]
    return tuple(patterns)


def compile_lines(patterns: list[str]) -> re.Pattern[str]:
    """One pattern that matches a line when any of `patterns` matches all of it."""
    return re.compile(rf"\s*(?:{'|'.join(patterns)})\s*$", re.IGNORECASE | re.DOTALL)


def find_type(words: str) -> FurnitureType | None:
    """The type of a line that is furniture wherever it stands, or None."""
    if len(words) > LONGEST:
        return None
    words = words.rstrip(" =<")
    small = words.lower()
    for pattern in load_patterns():
        if (not pattern.has or pattern.has in small) and pattern.line.match(words):
            return pattern.type
    return None


@cache
def _closing_pattern() -> re.Pattern[str]:
    return compile_lines([entry for entry in _load_lists()[_CLOSING] if isinstance(entry, str)])


def is_closing(words: str) -> bool:
    """True for a line behind which a page has nothing but links: "Related topics", "Read next", a full credit."""
    return len(words) <= LONGEST and _closing_pattern().match(words) is not None
