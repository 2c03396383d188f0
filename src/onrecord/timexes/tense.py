"""Whether the clause round a date looks back or ahead.

There is no tagger at hand, so the tense is read off cue words (`data/timexes/tense.yaml`) and endings: a preposition
straight before the date, else the nearest verb before it in its clause, else the nearest verb behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from onrecord.timexes.patterns import Hit
from onrecord.timexes.scene import Scene
from onrecord.timexes.tokens import Tokens, load_lexicon, read_data

_REACH: Final = 40


@dataclass(frozen=True)
class Tense:
    """`past`, `future` or empty, and whether the cue is strong enough to overrule distance."""

    name: str = ""
    strong: bool = True


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_data("tense.yaml").items()}


def read_tense(hit: Hit, scene: Scene) -> Tense:
    """The tense that a date stands in."""
    first = _skip_modifiers(hit)
    word, cues = hit.tokens.word(first - 1).lower(), _cues()
    if word in cues["future_before_date"]:
        return Tense("future")
    if word in cues["past_before_date"]:
        return Tense("past")
    before, far, parted = _look_back(hit.tokens, first, scene.sentence)
    after, near = _look_on(hit.tokens, hit.last)
    if before.name and not (parted and after.name and near + 2 < far):
        return before
    return after if after.name else before


def _skip_modifiers(hit: Hit) -> int:
    """The token that "the end of" or "early" before the hit begins at."""
    first = hit.first
    while first and hit.tokens.word(first - 1).lower() in _MODIFIERS:
        first -= 1
    return first


_MODIFIERS: Final = frozenset(
    ["the", "of", "end", "start", "beginning", "middle", "mid", "early", "late", "-", "next", "last", "this"]
)


def _look_back(tokens: Tokens, first: int, low: int) -> tuple[Tense, int, bool]:
    """Nearest cue before, its distance, and whether a comma parts it from the date."""
    comma, parted = load_lexicon().codes["COMMA"], False
    for at in range(first - 1, max(low, first - _REACH) - 1, -1):
        parted = parted or tokens.types[at] == comma
        tense = tell_tense(tokens, at, first - at)
        if tense.name:
            return tense, first - at, parted
    return Tense(), _REACH, parted


def _look_on(tokens: Tokens, first: int) -> tuple[Tense, int]:
    dot = load_lexicon().codes["DOT"]
    for at in range(first, min(len(tokens.starts), first + _REACH)):
        if tokens.types[at] == dot:
            break
        tense = tell_tense(tokens, at, 0)
        if tense.name:
            return tense, at - first
    return Tense(), _REACH


def tell_tense(tokens: Tokens, at: int, distance: int) -> Tense:
    """The tense that one word tells; `distance` tokens before the date, 0 behind it."""
    word, cues = tokens.word(at).lower(), _cues()
    if word in cues["ahead"] and distance > 2:
        return Tense("future")
    if word in cues["future"]:
        return Tense("future")
    if word in cues["weak"]:
        return Tense("future", strong=False)
    if word in cues["past"] or (word.endswith("ed") and len(word) > 4 and word not in cues["neither"]):
        coming = tokens.word(at - 1).lower() in cues["future_before"]
        return Tense("future", strong=False) if coming else Tense("past")
    if word == "to" and distance and tokens.word(at + 1).islower() and tokens.word(at + 1) not in cues["not_verbs"]:
        return Tense("future", strong=False)
    return Tense()
