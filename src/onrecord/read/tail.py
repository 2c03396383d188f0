"""The tail of a story, read from its last line upwards: end marks, initials, credits, contacts, copyright; then what
stands behind the last sentence. Before that the blocks that close a story are cut off as a whole: a notebook for
editors, notes behind an end mark, the agency's own people behind a rule, links and topics of a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.read.agencies import bare_pattern
from onrecord.read.bylines import find_byline
from onrecord.read.dates import search_date
from onrecord.read.head import is_dateline_only
from onrecord.read.initials import find_initials
from onrecord.read.marks import find_type, is_closing
from onrecord.read.parts import Part
from onrecord.read.signoff import cut_tail, is_agency_line
from onrecord.story import FurnitureType as Type

_NOTEBOOK = re.compile(r"#{1,2}\s*\S.{0,60}$|#?\s*(?:dpa[- ])?(?:notebook|notizblock)$", re.IGNORECASE)
_PEOPLE = re.compile(r"\s?/\s?(?:[A-Z][\w'’.-]+[ /.]*){2,6}$")
_RULE = re.compile(r"_{2,}$|-{3,}$|\*\s?\*\s?\*$|={3,}$")
_END = re.compile(r"[(\[*#-]*\s*(?:ENDS?|Ends|end|Enditem|ENDITEM|30)\s*[)\]*#-]*$|#{3,}$")
_CLOSING = re.compile(
    r"\b(?:Associated Press|AP|Reuters|AFP|writers?|reporters?|correspondents?|contributed|contributors?)\b|"
    r"https?:|www\.|@|\b(?:editor|editing|bureau|follow)\b",
    re.IGNORECASE,
)
_NEVER_TEXT = (Type.END, Type.MORE, Type.CONTROL, Type.COPYRIGHT, Type.EMBARGO, Type.EDITORS_NOTE)
_SENTENCE = re.compile(r"[.!?][\"”'’)]*$")


def mark_tail(parts: list[Part], first: int, agency: str = "") -> list[Part]:
    """The parts with everything behind the last paragraph marked; parts before `first` are left alone."""
    before = parts
    parts = _mark_behind(list(parts), first, _NOTEBOOK.match, Type.EDITORS_NOTE)
    parts = _mark_behind(parts, first, _END.match, Type.EDITORS_NOTE)
    parts = _mark_people(parts, first)
    parts = _mark_links(parts, first)
    for at in range(len(parts) - 1, first - 1, -1):
        if not parts[at].words:
            continue
        parts[at] = _mark_last(parts[at], agency)
        if parts[at].words:
            return parts
    return _give_back(parts, before)


def _mark_behind(parts: list[Part], first: int, begins: Callable[[str], object], type_: Type) -> list[Part]:
    """From a heading such as "# dpa NOTEBOOK" or from an end mark on, all is for editors, but for the closing line."""
    begin = next((at for at in range(first + 1, len(parts)) if parts[at].free and begins(parts[at].words)), None)
    if begin is None:
        return parts
    for at in range(begin, len(parts)):
        if parts[at].free and not find_initials(parts[at].words):
            parts[at] = parts[at].marked(find_type(parts[at].words) or type_)
    return parts


def _mark_people(parts: list[Part], first: int) -> list[Part]:
    """Short paragraphs behind a last rule that speak of the agency's own people."""
    rules = [at for at in range(first + 1, len(parts)) if parts[at].free and _RULE.match(parts[at].words)]
    if not rules or len(parts) - rules[-1] > 6:
        return parts
    behind = range(rules[-1] + 1, len(parts))
    if all(not parts[at].free or _belongs_behind(parts[at].words) for at in behind):
        for at in behind:
            if parts[at].free and not find_initials(parts[at].words):
                parts[at] = parts[at].marked(find_type(parts[at].words) or Type.CREDIT)
    return parts


def _belongs_behind(words: str) -> bool:
    return bool(
        find_initials(words)
        or find_type(words)
        or is_agency_line(words)
        or (len(words) < 400 and _CLOSING.search(words))
    )


def _mark_links(parts: list[Part], first: int) -> list[Part]:
    """From a heading of a page ("Related topics", "Read next") or a full credit on, when nothing behind it is text."""
    for begin in range(first + 1, len(parts)):
        words = parts[begin].words
        if parts[begin].free and is_closing(words) and all(map(_is_link, parts[begin + 1 :])):
            for at in range(begin, len(parts)):
                if parts[at].free and not find_initials(parts[at].words):
                    parts[at] = parts[at].marked(find_type(parts[at].words) or Type.CONTROL)
            return parts
    return parts


def _is_link(part: Part) -> bool:
    return (
        not part.free or len(part.words) < 120 or not _SENTENCE.search(part.words) or find_type(part.words) is not None
    )


def _give_back(parts: list[Part], before: list[Part]) -> list[Part]:
    """A story keeps a body: where all of it was taken for a tail, its first line was none."""
    at = next((at for at, part in enumerate(before) if part.free), None)
    if at is not None and parts[at].marks[-1].type not in _NEVER_TEXT:
        parts[at] = before[at]
    return parts


def _mark_last(part: Part, agency: str) -> Part:
    """Mark a part as a whole, or what stands behind its last sentence."""
    return _mark_line(part, agency) if part.free else _cut_part(part, agency)


def _mark_line(part: Part, agency: str) -> Part:
    words = part.words
    initials = find_initials(words, agency)
    if initials:
        return part.marked(Type.SIGN_OFF, initials)
    if is_agency_line(words):
        return part.marked(Type.END)
    type_ = find_type(words) or _find_closing(words)
    if type_:
        return part.marked(type_)
    return _cut_part(part, agency)


def _cut_part(part: Part, agency: str) -> Part:
    cut = cut_tail(part.words, agency)
    return part.without_end(cut[0], *cut[1]) if cut else part


def _find_closing(words: str) -> Type | None:
    """The type of a place with a date, or a byline, under the text."""
    if is_dateline_only(words) and search_date(words):
        return Type.HEADER
    sender = bare_pattern().match(words)
    if sender and len(words) < 70 and _PEOPLE.match(words, sender.end()):
        return Type.CREDIT
    return Type.BYLINE if len(words) < 90 and words[0] in "—–-Bb(" and find_byline(words.lstrip("—–- ")) else None
