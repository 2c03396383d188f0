"""Slugs and keyword lines: words joined by hyphens or slashes that name a story to the desks."""

from __future__ import annotations

import re

from onrecord.read.agencies import name_agency

_SLUG = re.compile(
    r"(?:(?:BC|AM|PM|b[cs]|[A-Z]{1,3})-)?-?[^\W_][\w&'.]*(?:(?:--?|/)[\w&'.]+)+/?"
    r"(?:[ ,]{1,3}(?:[\w&'.-]+|\([^()]{2,30}\))){0,5}(?:,\s?\d{1,4})?\s*[<=/]*$"
)
_TITLED = re.compile(r"(?:[A-Z]\w* ){0,2}[A-Z]\w*(?:-[A-Z]\w*){2,}$")
_VERSIONS = re.compile(
    r"\s*,\s*(?:\d+(?:st|nd|rd|th)|lead|ld|update|urgent|correct|writethru|adv|sub|take|refile|recast|advance|rev)"
    r"[\w -]*$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:[,\s]+\d{1,4}(?:\s?w(?:or)?ds?)?|\s*\([^()]{2,40}\))?\s*[<=]*$")
_SENTENCE = re.compile(r"[.!?][\"”'’)]*$")


def is_slug(words: str) -> bool:
    """True for `BC-LT--Argentina-Cancer, 466`, `CHIPS-CURBS/ (UPDATE 2)`, `DR Congo-Health-Aid`."""
    if len(words) > 70:
        return False
    if _TITLED.match(words):
        return True
    if not _SLUG.match(words) or _SENTENCE.search(words):
        return False
    first, *rest = words.split()
    joints = len(re.findall(r"[-/]", first.rstrip("/")))
    plain = re.sub(r"[^A-Za-z]", "", first)
    return (
        not rest
        or "--" in first
        or first.endswith("/")
        or (plain.isupper() and len(rest) <= 4 and not any(word.islower() for word in rest))
        or (joints >= 2 and len(rest) <= 2)
        or bool(re.search(r",\s?\d{1,4}\s*[<=]*$", words))
    )


def is_keyword(words: str) -> bool:
    """True for a short line in capitals, as some desks give their keyword: "TONGA AID"."""
    return words.isupper() and len(words.split()) <= 3 and not name_agency(words) and words[0].isalpha()


def clean_slug(words: str) -> str:
    """A slug as sent, without word count, version and remarks in brackets."""
    slug = _COUNT.sub("", words).strip()
    return _VERSIONS.sub("", slug) or slug
