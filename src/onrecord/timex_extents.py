"""Stage 7, last part. How far an expression reaches: modifiers before it and a few words after it.

TimeML includes "early", "the end of", "about" and "more than" in the extent, and the article; it leaves prepositions
out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from onrecord.record import TimexType
from onrecord.timex_patterns import compile_types
from onrecord.timex_scene import Scene
from onrecord.timex_tokens import Tokens
from onrecord.timex_values import Meaning


@dataclass(frozen=True)
class Reach:
    """Tokens `[first, last)` and what they mean together."""

    first: int
    last: int
    meaning: Meaning


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    """Modifiers that may stand straight before a date; the second group before durations."""
    parts = (
        "(?:THE)?(?:EDGE|REST|PORTION|<h:HALFW>) OF (?:THE|ITS)?$",
        "(?:THE )?(?<=THE)(?:EARLY|LATE|MID) HYPH?$",
        "(?:EARLY|LATE|EARLIER|LATERW|MID) HYPH?(?:IN |ON )?$",
    )
    return tuple(compile_types(part.replace("(?<=THE)", "")) for part in parts)


@cache
def _about() -> re.Pattern[str]:
    return compile_types("(?:THE)?(?:APPROX|NEARLY|OVER|MORE THAN|LESS THAN|AT LEAST|AT MOST|UP TO|SOME|ONLY)+$")


def widen_hit(tokens: Tokens, reach: Reach, taken: int, scene: Scene) -> Reach:
    """The reach with its modifiers; never into the tokens before `taken`."""
    if reach.meaning.type in (TimexType.DATE, TimexType.TIME):
        return _widen_date(tokens, reach, taken)
    return reach


def _widen_date(tokens: Tokens, reach: Reach, taken: int) -> Reach:
    for _ in range(2):
        wider = _widen_once(tokens, reach, taken)
        if wider == reach:
            break
        reach = wider
    return reach


def _widen_once(tokens: Tokens, reach: Reach, taken: int) -> Reach:
    low = max(taken, reach.first - 5)
    for pattern in _before():
        match = pattern.search(tokens.types, low, reach.first)
        if match and match.end() == reach.first and match.start() < reach.first and _fits(tokens, reach):
            return replace(reach, first=match.start(), meaning=_modify(tokens, reach.meaning, range(match.start(), match.end())))
    return reach


def _fits(tokens: Tokens, reach: Reach) -> bool:
    return not reach.meaning.value.endswith("_REF")


def _modify(tokens: Tokens, meaning: Meaning, places: range) -> Meaning:
    mods = [str(tokens.values[at]) for at in places if tokens.values[at] in ("START", "MID", "END")]
    return replace(meaning, mod=mods[0]) if mods else meaning
