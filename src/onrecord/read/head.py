"""The head of a plain story: what stands before its first paragraph, told apart by form and place.

Nothing but order is sure: page menus and file numbers, slug, version marks, headline, subheadline, notes, byline,
dateline. The body begins at the dateline; without one, at the first line that reads like a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.read.agencies import name_agency
from onrecord.read.bylines import find_byline, find_signed, is_job_line, split_names
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import search_date
from onrecord.read.marks import find_type
from onrecord.read.parts import Part
from onrecord.read.places import is_city
from onrecord.read.slugs import clean_slug, is_keyword, is_slug
from onrecord.story import FurnitureType as Type

HEAD_PARTS = 40
_PARAGRAPH, _TITLE = 110, 100
_SENTENCE = re.compile(r"[.!?][\"”'’)]*$")
_STAMP = re.compile(r"\b\d{1,2}[:.]\d\d\b|\||\b(?:updated?|published|posted|modified|created|last)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"[\W\d_]+$|[A-Z]{0,3}\d{2,}[\w-]*$")


def mark_head(parts: list[Part]) -> list[Part]:
    """The parts with everything before the first paragraph marked as what it is."""
    first = find_body(parts)
    head = [_mark_plain(part) if part.free else part for part in parts[:first]]
    head = _mark_jobs(head)
    free = [at for at, part in enumerate(head) if part.free]
    named = any(part.value_of(Type.HEADLINE) for part in head)
    opening = " ".join(part.words for part in parts[first : first + 3])[:1200]
    title = -1 if named else choose_headline([head[at].words for at in free], opening)
    for place, at in enumerate(free):
        behind = place > title if title >= 0 else named
        type_ = Type.HEADLINE if place == title else _type_by_place(head[at].words, behind=behind)
        head[at] = head[at].marked(type_, _value(head[at].words))
    return [*head, *parts[first:]]


def find_body(parts: Sequence[Part]) -> int:
    """Index of the first paragraph of the body."""
    for alone in (False, True):
        at = find_dated(parts, alone=alone)
        if at is not None:
            return at
    for at, part in enumerate(parts[:HEAD_PARTS]):
        if part.free and _reads_like_text(part.words) and _mark_plain(part).free and (at or _opens_body(parts)):
            return at
    return _find_title_end(parts)


def _opens_body(parts: Sequence[Part]) -> bool:
    """True when the first line is a sentence with its full stop, as no headline is."""
    words = parts[0].words
    long = _WORD.findall(words)[1:]
    titled = sum(word[0].isupper() for word in long) * 2 > len(long)
    if titled or not words.endswith((".", '."', ".”", ".'")) or len(words) < 60:
        return False
    return len(words) > _TITLE or len(parts) < 2 or share_words(words, parts[1].words) < 0.35


def _find_title_end(parts: Sequence[Part]) -> int:
    """Where no line reads like text (alerts, tables): behind the first line that may be a headline, and its byline."""
    if len(parts) == 1:
        return 0 if _reads_like_text(parts[0].words) else 1
    found = False
    for at, part in enumerate(parts[:HEAD_PARTS]):
        plain = (
            _mark_plain(part).free
            and not is_slug(part.words)
            and not (len(part.words) < 40 and search_date(part.words))
        )
        if plain and found and not is_job_line(part.words):
            return at
        found = found or plain or bool(part.value_of(Type.HEADLINE))
    return len(parts[:HEAD_PARTS])


def find_dated(parts: Sequence[Part], *, alone: bool) -> int | None:
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
    type_ = find_type(part.words) or _stamp_type(part.words)
    if type_:
        return part.marked(type_)
    return part.marked(Type.DATELINE) if is_dateline_only(part.words) and not is_slug(part.words) else part


def _stamp_type(words: str) -> Type | None:
    if not is_stamp(words):
        return None
    names = split_names(words.split("|")[0]) if "|" in words else ()
    return Type.BYLINE if names and all(" " in name and not name_agency(name) for name in names) else Type.HEADER


def is_stamp(words: str) -> bool:
    """True for a line that dates a page: "March 9, 2016 4:12 PM", "Ada Loy | 09.03.2016 - Update: 10.03.2016"."""
    return len(words) < 110 and bool(_STAMP.search(words)) and search_date(words) is not None


def is_dateline_only(words: str) -> bool:
    """True for a dateline on a line of its own: "(ANSA) - QUITO, 6 APR -", "Baghdad - INA", "LUANDA January 20
    Sapa-AFP".
    """
    if len(words) > 70:
        return False
    if words.isupper() and is_city(words):
        return True
    found = find_dateline(words, alone=False) or find_dateline(words.rstrip(" -–—:") + " - ", alone=False)
    return bool(found and found.end >= len(words) and (found.date or all(map(name_agency, found.agencies))))


def _mark_jobs(head: list[Part]) -> list[Part]:
    """A job or agency right after a byline belongs to it."""
    for at in range(1, len(head)):
        if head[at].free and head[at - 1].value_of(Type.BYLINE) and is_job_line(head[at].words):
            head[at] = head[at].marked(Type.BYLINE, "")
    return head


def choose_headline(lines: Sequence[str], body: str = "") -> int:
    """Which of the unexplained lines is the headline, -1 when none can be.

    On a page the name of the site and its menus stand above it: the headline is the first line that shares words
    with the opening of the body. Where none does, it is the first line of four words.
    """
    good = [at for at, words in enumerate(lines) if _may_title(words)]
    titles = [at for at in good if len(lines[at].split()) >= 4 or len(lines[at]) >= 30]
    shares = {at: share_words(lines[at], body) for at in titles}
    enough = max(0.25, 0.6 * max(shares.values(), default=0.0))
    shared = [at for at in titles if shares[at] >= enough]
    chosen = [*shared, *titles] or sorted(good, key=lambda at: -len(lines[at]))
    return chosen[0] if chosen else -1


def _may_title(words: str) -> bool:
    return not (is_slug(words) or _NUMBER.match(words) or is_keyword(words) or name_agency(words))


def share_words(words: str, body: str) -> float:
    """The part of the longer words of a line that the body has as well, by their first five letters."""
    stems = {word[:5].lower() for word in _WORD.findall(words)}
    if not stems:
        return 0.0
    return len(stems & {word[:5].lower() for word in _WORD.findall(body)}) / len(stems)


def _type_by_place(words: str, *, behind: bool) -> Type:
    """The type of a line that says nothing of itself, before or behind the headline."""
    if is_slug(words) or (not behind and is_keyword(words)):
        return Type.SLUG
    if behind and find_signed(words):
        return Type.BYLINE
    if search_date(words) and len(words) < 60:
        return Type.HEADER
    return Type.SUBHEADLINE if behind and len(words.split()) >= 4 else Type.HEADER


def _value(words: str) -> str:
    return clean_slug(words) if is_slug(words) else words.strip().rstrip("<=").strip()
