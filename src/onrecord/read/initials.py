"""The desk's initials under a wire: `as.hm`, `hh/ph/ts/hd`, `dpa wsz jln npr`, `HS/TA/ISB`, `TSM (JH) // ZO.`,
`/Sapa/pm/1815`, `YK4-GF`.

A line is taken apart at its marks; agency names, end words and clock times at both ends are laid aside; what is left
must be a few very short groups of letters. Which shapes are accepted depends on the marks between them, because a
bare short word may be text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from onrecord.read.agencies import name_agency

LONGEST = 44
_TOKEN = re.compile(r"[^\W\d_]+\d?|\d+(?:\*\*\d+)?")
_MARKS = re.compile(r"[\s/.+\\()*&|_=-]*$")
_LAST = re.compile(r"[^\W\d_]{1,8}\d?$|\d\d$|\d{3,5}\*\*\d{3,5}$")
_SHORT = re.compile(r"[^\W\d_]{1,5}\d?$|\d\d?$|\d{3,5}\*\*\d{3,5}$")
_SLASHED = re.compile(r"/[^\W\d_]{2,4}/$")
_LOOSE = re.compile(r"\w\.? \w")
_POINTED = re.compile(r"(?:[A-Z]\.){2,3}")


@cache
def _words(kind: str) -> frozenset[str]:
    import yaml

    text = (files("onrecord") / "data" / "signoff.yaml").read_text("utf-8")
    return frozenset(yaml.load(text, Loader=yaml.CSafeLoader)[kind])


def find_initials(line: str, agency: str = "") -> str:
    """The initials of a line that holds nothing else, empty otherwise.

    Args:
        line: a line from the end of a story.
        agency: short name of the story's agency, which may stand among the initials.
    """
    line = line.strip()
    if not 1 < len(line) <= LONGEST:
        return ""
    tokens = list(_TOKEN.finditer(line))
    if not tokens or not _only_marks(line, tokens):
        return ""
    kept = _lay_aside(tokens, agency)
    if not kept or not all(_SHORT.match(token.group()) for token in kept[:-1]) or not _LAST.match(kept[-1].group()):
        return ""
    value = line[kept[0].start() : kept[-1].end()]
    value += (
        "."
        if (re.search(r"\b[A-Z]\.", value) and line[kept[-1].end() :].startswith("."))
        or _POINTED.fullmatch(line[kept[0].start() :])
        else ""
    )
    named = len(kept) < len(tokens)
    return (
        value
        if _is_shape(value, [token.group() for token in kept], named=named, slashed=_SLASHED.match(line) is not None)
        else ""
    )


def _only_marks(line: str, tokens: list[re.Match[str]]) -> bool:
    ends = [0, *(token.end() for token in tokens)]
    starts = [*(token.start() for token in tokens), len(line)]
    return all(_MARKS.match(line[end:start]) for end, start in zip(ends, starts, strict=True))


def _lay_aside(tokens: list[re.Match[str]], agency: str) -> list[re.Match[str]]:
    """The tokens without agency, end word or clock time at either end."""
    kept = list(tokens)
    lower = any(token.group().islower() for token in tokens)
    while kept and _is_aside(kept[-1].group(), agency, lower=lower) and not _is_spoken(kept):
        kept.pop()
    while kept and _is_aside(kept[0].group(), agency, lower=lower):
        kept.pop(0)
    return kept


def _is_spoken(tokens: list[re.Match[str]]) -> bool:
    """True for an agency's name behind a word: "told AFP" is the end of a sentence."""
    last = tokens[-1]
    return len(tokens) > 1 and last.string[tokens[-2].end() : last.start()] == " " and bool(name_agency(last.group()))


def _is_aside(token: str, agency: str, *, lower: bool) -> bool:
    """True for an end word, a clock time, and an agency that is the story's own or is written unlike the initials."""
    if token.lower() in _words("end") or (token.isdigit() and len(token) >= 2):
        return True
    named = name_agency(token)
    if not named or (token.islower() and token not in ("dpa", "afp", "efe", "ritzau", "ansa")):
        return False
    return named == agency or len(token) > 3 or lower or (len(token) == 3 and not agency)


def _is_shape(value: str, words: list[str], *, named: bool, slashed: bool) -> bool:
    """Whether short groups of letters with these marks between them are initials."""
    if len(words) > 8:
        return False
    if "**" in value or _POINTED.fullmatch(value):
        return True
    if not _SHORT.match(words[-1]) and value.count("/") < 2:
        return False
    if "/" in value or "+" in value:
        return (
            not _LOOSE.search(value)
            and (not value[0].isdigit() or value[-1].islower())
            and value.lower() not in ("and/or", "n/a", "he/she", "km/h")
        )
    if any(word.lower() in _words("common") for word in words) and (
        "." not in value or " " in value or len(words) == 1
    ):
        return False
    if " " in value:
        return len(words) <= 6 and (named or (_same_case(words) and all(1 < len(word) < 4 for word in words)))
    if len(words) == 1 and slashed:
        return True
    if len(words) == 1:
        return 1 < len(value) <= 4 and (value.islower() or (named and value.isupper()))
    return _same_case(words) and words[-1] not in _words("common") and all(len(word) <= 4 for word in words)


def _same_case(words: list[str]) -> bool:
    letters = [word for word in words if not word.isdigit()]
    return all(word.islower() for word in letters) or all(word.isupper() for word in letters)
