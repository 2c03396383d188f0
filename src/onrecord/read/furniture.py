"""Draft -> Story: tell the furniture from the text, the same way for all formats.

The steps run from outside in: head, dateline, tail, and what stands between paragraphs. Each marks parts and hands
them on; nothing is dropped, so every character of the draft stands in `Story.text`, either in a paragraph or as
furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.errors import EmptyInput
from onrecord.read.agencies import name_agency
from onrecord.read.bylines import find_byline
from onrecord.read.dateline import FoundDateline, find_dateline
from onrecord.read.draft import Draft
from onrecord.read.head import mark_head
from onrecord.read.language import find_language
from onrecord.read.marks import find_type
from onrecord.read.parts import Mark, Part, make_parts
from onrecord.read.places import split_places
from onrecord.read.publish import find_published
from onrecord.read.senders import find_sender, find_writers
from onrecord.read.slugs import clean_slug
from onrecord.read.tail import mark_tail
from onrecord.read.traced import join_lines
from onrecord.story import Dateline, Furniture, FurnitureType, Span, Story, hash_text

_BETWEEN = (
    FurnitureType.CAPTION,
    FurnitureType.CONTROL,
    FurnitureType.MORE,
    FurnitureType.END,
    FurnitureType.VERSION,
    FurnitureType.COPYRIGHT,
)
_CAPTION = re.compile(
    r"^(?:\[|image|picture|photo|media|item|file|handout|representational)|[A-Z]/[A-Z]", re.IGNORECASE
)
_DATED = (
    FurnitureType.HEADER,
    FurnitureType.END,
    FurnitureType.CONTROL,
    FurnitureType.CREDIT,
    FurnitureType.BYLINE,
    FurnitureType.EMBARGO,
)
_VERSION = re.compile(
    r"\(?\b(?:UPDATE ?\d+|WRAPUP ?\d+|\d+(?:st|nd|rd|th) (?:LD|Ld|Lead|Add|Update)(?:-?Writethru)?|URGENT"
    r"|CORRECTED(?:-[A-Z ]+)?|CORRECTION|REFILE|RPT|REPEAT)\b\)?"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """The dateline of a story with the part that it stands in."""

    at: int
    found: FoundDateline
    start: int


def settle_draft(draft: Draft, *, received: datetime | None = None) -> Story:
    """The story of a draft.

    Raises:
        EmptyInput: the draft holds furniture only.
    """
    parts = make_parts(draft.blocks)
    parts = mark_head(parts) if draft.plain else _mark_opening(parts)
    parts, head = _mark_dateline(parts)
    agency = _find_agency(draft, head, [])
    parts = mark_tail(parts, next((at for at, part in enumerate(parts) if part.words), len(parts)), agency)
    parts = [_mark_between(part) for part in parts]
    if not any(part.words or part.value_of(FurnitureType.HEADLINE) for part in parts):
        raise EmptyInput("there is no story in it, only furniture", hint="give a file that holds a story")
    return _build_story(draft, parts, head, draft.received or received)


def _mark_opening(parts: list[Part]) -> list[Part]:
    """Where the format names the headline: notes, bylines and version marks that stand before the first paragraph all
    the same.
    """
    for at, part in enumerate(parts[:8]):
        if not part.free:
            continue
        type_ = FurnitureType.BYLINE if find_byline(part.words) else find_type(part.words)
        if not type_ or (type_ in (FurnitureType.CREDIT, FurnitureType.HEADER) and _is_sentence(part.words)):
            break
        parts[at] = part.marked(type_)
    return parts


def _is_sentence(words: str) -> bool:
    return len(words) > 80 or (len(words) > 40 and words.endswith("."))


def _mark_dateline(parts: list[Part]) -> tuple[list[Part], _Head | None]:
    """Cut the dateline off the first paragraph; one that the format gives by itself fills what that leaves open."""
    given = _read_given(parts)
    free = [at for at, part in enumerate(parts) if part.free]
    for place, at in enumerate(free[:3]):
        found = find_dateline(parts[at].words, alone=place == 0)
        if found and found.end < len(parts[at].words):
            words = parts[at].words[: found.end].strip()
            start = parts[at].start
            parts[at] = parts[at].without_start(found.end, Mark(FurnitureType.DATELINE, 0, len(words), words))
            return parts, _Head(at, _fill_dateline(found, given), start)
    return parts, given


def _read_given(parts: list[Part]) -> _Head | None:
    """The dateline that stands in a part of its own."""
    at = next((at for at, part in enumerate(parts) if part.value_of(FurnitureType.DATELINE)), None)
    if at is None:
        return None
    words = parts[at].value_of(FurnitureType.DATELINE)
    found = find_dateline(words.rstrip(" -–—") + " - ", alone=True)
    return _Head(at, replace(found or FoundDateline(0, tuple(split_places(words))), end=len(words)), 0)


def _fill_dateline(found: FoundDateline, given: _Head | None) -> FoundDateline:
    if given is None:
        return found
    other = given.found
    return replace(
        found,
        places=found.places or other.places,
        agencies=found.agencies or other.agencies,
        date=found.date or other.date,
    )


def _mark_between(part: Part) -> Part:
    """Page controls, captions, "(more)" and take marks between paragraphs."""
    words = part.words
    if not part.free or len(words) > 240 or (len(words) > 80 and not _CAPTION.search(words)):
        return part
    type_ = find_type(words)
    return part.marked(type_) if type_ in _BETWEEN and (len(words) <= 80 or type_ is FurnitureType.CAPTION) else part


def _build_story(draft: Draft, parts: list[Part], head: _Head | None, received: datetime | None) -> Story:
    whole = join_lines((part.text for part in parts), "\n\n")
    starts = _find_starts(parts)
    marks = [
        Mark(mark.type, mark.start + at, mark.end + at, mark.value)
        for part, at in zip(parts, starts, strict=True)
        for mark in part.marks
    ]
    marks.sort(key=lambda mark: mark.start)
    paragraphs = tuple(
        Span(part.start + at, part.end + at) for part, at in zip(parts, starts, strict=True) if part.words
    )
    body = "\n".join(whole.text[start:end] for start, end in paragraphs)
    lines = [mark.value for mark in marks if mark.type in _DATED]
    slug = draft.fields.get("slug", "") or _value(marks, FurnitureType.SLUG)
    headline = _value(marks, FurnitureType.HEADLINE) or draft.fields.get("headline", "")
    return Story(
        id=hash_text(whole.text),
        text=whole.text,
        raw=draft.raw,
        runs=whole.runs,
        format=draft.format,
        charset=draft.charset,
        language=find_language(draft.fields.get("language", ""), body),
        headline=headline,
        slug=clean_slug(slug),
        bylines=draft.bylines or find_writers(marks, head.found.names if head else ""),
        agency=_find_agency(draft, head, marks),
        dateline=_make_dateline(draft, head, starts),
        published=find_published(draft.published, head.found.date if head else None, lines, received),
        paragraphs=paragraphs,
        sign_off=_value(marks, FurnitureType.SIGN_OFF, last=True) or draft.fields.get("sign_off", ""),
        editors_notes=tuple(mark.value for mark in marks if mark.type == FurnitureType.EDITORS_NOTE),
        versions=_find_versions(draft, marks, headline, slug),
        furniture=tuple(Furniture(type=mark.type, span=Span(mark.start, mark.end), value=mark.value) for mark in marks),
        keywords=draft.keywords,
        url=draft.fields.get("url", ""),
        outlet=draft.fields.get("outlet", ""),
        guid=draft.fields.get("guid", ""),
        received=received,
    )


def _find_starts(parts: list[Part]) -> list[int]:
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part.text) + 2
    return starts


def _value(marks: list[Mark], type_: FurnitureType, *, last: bool = False) -> str:
    found = [mark.value for mark in marks if mark.type == type_]
    return found[-1 if last else 0] if found else ""


def _find_agency(draft: Draft, head: _Head | None, marks: list[Mark]) -> str:
    """The agency of the dateline, of the metadata, or of a byline, end mark or copyright line, in this order."""
    if head and head.found.agencies:
        return head.found.agencies[0]
    given = draft.fields.get("agency", "")
    if given:
        return name_agency(given) or given
    return find_sender(marks)


def _make_dateline(draft: Draft, head: _Head | None, starts: list[int]) -> Dateline | None:
    places = tuple(place.strip() for place in draft.fields.get("dateline_place", "").split(";") if place.strip())
    if head:
        at = starts[head.at] + head.start
        return Dateline(
            span=Span(at, at + head.found.end), places=head.found.places or places, agencies=head.found.agencies
        )
    return Dateline(span=Span(0, 0), places=places) if places else None


def _find_versions(draft: Draft, marks: list[Mark], headline: str, slug: str) -> tuple[str, ...]:
    found = [mark.value for mark in marks if mark.type == FurnitureType.VERSION]
    found += [match.group().strip("()") for words in (headline, slug) for match in _VERSION.finditer(words)]
    return tuple(dict.fromkeys([*draft.versions, *found]))
