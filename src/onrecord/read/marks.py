"""Lines that are furniture by what they say: page controls, version marks, notes, embargoes, credits, copyright, end
marks.

The patterns are data (`data/furniture.yaml`). What is furniture only by its place, such as headline, slug and
initials, is found in `head` and `tail`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from onrecord.story import FurnitureType

LONGEST = 640
_CLOSING = "closing"


@cache
def _load_lists() -> dict[str, list[str]]:
    import yaml

    text = (files("onrecord") / "data" / "furniture.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return lists


@cache
def load_patterns() -> tuple[tuple[FurnitureType, re.Pattern[str]], ...]:
    """The types in the order in which they are tried, each with one pattern for a whole line."""
    lists = _load_lists()
    return tuple((FurnitureType(name), compile_lines(patterns)) for name, patterns in lists.items() if name != _CLOSING)


def compile_lines(patterns: list[str]) -> re.Pattern[str]:
    """One pattern that matches a line when any of `patterns` matches all of it."""
    return re.compile(rf"\s*(?:{'|'.join(patterns)})\s*$", re.IGNORECASE | re.DOTALL)


def find_type(words: str) -> FurnitureType | None:
    """The type of a line that is furniture wherever it stands, or None."""
    if len(words) > LONGEST:
        return None
    words = words.rstrip(" =<")
    return next((type_ for type_, pattern in load_patterns() if pattern.match(words)), None)


@cache
def _closing_pattern() -> re.Pattern[str]:
    return compile_lines(_load_lists()[_CLOSING])


def is_closing(words: str) -> bool:
    """True for a line behind which a page has nothing but links: "Related topics", "Read next", a full credit."""
    return len(words) <= LONGEST and _closing_pattern().match(words) is not None
