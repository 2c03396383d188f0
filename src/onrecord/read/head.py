"""The head of a plain story: what stands before its first paragraph, told apart by form and place.

Nothing but order is sure: page menus and file numbers, slug, version marks, headline, subheadline, notes, byline,
dateline. The body begins at the dateline; without one, at the first line that reads like a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.read.agencies import name_agency
from onrecord.read.bylines import find_byline, find_signed, is_job_line
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import search_date
from onrecord.read.marks import find_type
from onrecord.read.parts import Part
from onrecord.story import FurnitureType as Type

HEAD_PARTS = 40
_PARAGRAPH = 110
_SENTENCE = re.compile(r"[.!?][\"”'’)]*$")
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
_NUMBER = re.compile(r"[\W\d_]+$|[A-Z]{0,3}\d{2,}[\w-]*$")


def mark_head(parts: list[Part]) -> list[Part]:
    """The parts with everything before the first paragraph marked as what it is."""
    first = find_body(parts)
    head = [_mark_plain(part) if part.free else part for part in parts[:first]]
    head = _mark_jobs(head)
    free = [at for at, part in enumerate(head) if part.free]
    named = any(part.value_of(Type.HEADLINE) for part in head)
    title = -1 if named else choose_headline([head[at].words for at in free])
    for place, at in enumerate(free):
        behind = place > title if title >= 0 else named
        type_ = Type.HEADLINE if place == title else _type_by_place(head[at].words, behind=behind)
        head[at] = head[at].marked(type_, _value(head[at].words))
    return [*head, *parts[first:]]


def find_body(parts: Sequence[Part]) -> int:
    """Index of the first paragraph of the body; never 0 when a headline can stand before it."""
    for alone in (False, True):
        at = _find_dated(parts, alone=alone)
        if at is not None:
            return at
    for at, part in enumerate(parts[:HEAD_PARTS]):
        if (
            part.free
            and at
            and _reads_like_text(part.words)
            and not find_type(part.words)
            and not find_byline(part.words)
        ):
            return at
    return _find_title_end(parts)


def _find_title_end(parts: Sequence[Part]) -> int:
    """Where no line reads like text (alerts, tables): behind the first line that may be a headline, and its byline."""
    if len(parts) == 1:
        return 0 if _reads_like_text(parts[0].words) else 1
    found = False
    for at, part in enumerate(parts[:HEAD_PARTS]):
        plain = part.free and not (find_type(part.words) or find_byline(part.words) or is_slug(part.words))
        if plain and found and not is_job_line(part.words):
            return at
        found = found or plain or bool(part.value_of(Type.HEADLINE))
    return len(parts[:HEAD_PARTS])


def _find_dated(parts: Sequence[Part], *, alone: bool) -> int | None:
    """Index of the paragraph that begins with a dateline; long paragraphs before it end the search."""
    long = 0
    for at, part in enumerate(parts[:HEAD_PARTS]):
        if not part.free:
            continue
        found = find_dateline(part.words, alone=alone)
        if found and (not alone or len(part.words) >= 80) and len(part.words) - found.end > 15:
            return at
        long += len(part.words) > _PARAGRAPH and not find_type(part.words)
        if long > 2 or (alone and long):
            return None
    return None


def _reads_like_text(words: str) -> bool:
    return len(words) >= _PARAGRAPH or (len(words) >= 50 and bool(_SENTENCE.search(words)))


def _mark_plain(part: Part) -> Part:
    """Mark what its own words give away: bylines, datelines without text, and the lines of `marks`."""
    if find_byline(part.words):
        return part.marked(Type.BYLINE)
    type_ = find_type(part.words)
    if type_:
        return part.marked(type_)
    return part.marked(Type.DATELINE) if is_dateline_only(part.words) and not is_slug(part.words) else part


def is_dateline_only(words: str) -> bool:
    """True for a dateline on a line of its own: "(ANSA) - QUITO, 6 APR -", "Baghdad - INA", "LUANDA January 20
    Sapa-AFP".
    """
    if len(words) > 70:
        return False
    found = find_dateline(words, alone=False) or find_dateline(words.rstrip(" -–—:") + " - ", alone=False)
    return bool(found and found.end >= len(words) and (found.date or all(map(name_agency, found.agencies))))


def _mark_jobs(head: list[Part]) -> list[Part]:
    """A job or agency right after a byline belongs to it."""
    for at in range(1, len(head)):
        if head[at].free and head[at - 1].value_of(Type.BYLINE) and is_job_line(head[at].words):
            head[at] = head[at].marked(Type.BYLINE, "")
    return head


def choose_headline(lines: Sequence[str]) -> int:
    """Which of the unexplained lines is the headline: the first with four words that is no slug, else the longest."""
    good = [at for at, words in enumerate(lines) if not (is_slug(words) or _NUMBER.match(words) or _is_keyword(words))]
    for at in good:
        if len(lines[at].split()) >= 4 or len(lines[at]) >= 30:
            return at
    return max(good, key=lambda at: len(lines[at]), default=-1)


def is_slug(words: str) -> bool:
    """True for a line of keywords joined by hyphens or slashes: `BC-LT--Argentina-Cancer, 466`, `CHIPS-CURBS/ (UPDATE
    2)`.
    """
    if _TITLED.match(words):
        return True
    if len(words) > 70 or not _SLUG.match(words) or _SENTENCE.search(words):
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


def clean_slug(words: str) -> str:
    """A slug as sent, without word count, version and remarks in brackets."""
    slug = _COUNT.sub("", words).strip()
    return _VERSIONS.sub("", slug) or slug


def _type_by_place(words: str, *, behind: bool) -> Type:
    """The type of a line that says nothing of itself, before or behind the headline."""
    if is_slug(words) or (not behind and _is_keyword(words)):
        return Type.SLUG
    if behind and find_signed(words):
        return Type.BYLINE
    if search_date(words) and len(words) < 60:
        return Type.HEADER
    return Type.SUBHEADLINE if behind and len(words.split()) >= 4 else Type.HEADER


def _is_keyword(words: str) -> bool:
    """True for a short line in capitals, as some desks give their keyword: "TONGA AID"."""
    return words.isupper() and len(words.split()) <= 3 and not name_agency(words) and words[0].isalpha()


def _value(words: str) -> str:
    return clean_slug(words) if is_slug(words) else words.strip().rstrip("<=").strip()
