"""Who wrote and who sent a story, from the furniture that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.read.agencies import bare_pattern, name_agency
from onrecord.read.bylines import find_byline, find_credited, find_signed, split_names
from onrecord.read.parts import Mark
from onrecord.read.signoff import is_agency_line
from onrecord.story import FurnitureType

_NAMING = (
    FurnitureType.BYLINE,
    FurnitureType.END,
    FurnitureType.COPYRIGHT,
    FurnitureType.SIGN_OFF,
    FurnitureType.CREDIT,
    FurnitureType.HEADER,
)
_REPORT_BY = re.compile(
    r"(?:report|story|article) (?:by|from) (?:the )?(?P<agency>[A-Z][\w .-]{1,40}?) (?:was|is|has)", re.IGNORECASE
)
_SENDER = re.compile(r"(?:\(c\)|©|copyright|\d{4}|the|by|,|\s)+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[,|/]\s*|^by\s+", re.IGNORECASE)


def find_sender(marks: Iterable[Mark]) -> str:
    """The agency that the first byline, end mark, copyright line or credit names; empty when none does."""
    return next((agency for mark in marks if mark.type in _NAMING and (agency := _agency_in(mark))), "")


def _agency_in(mark: Mark) -> str:
    words = mark.value
    if mark.type == FurnitureType.BYLINE:
        heads = (bare_pattern().match(part) for part in [*_SPLIT.split(words), *find_byline(words)])
        return next((name_agency(head.group()) for head in heads if head), "")
    report = _REPORT_BY.search(words)
    if report:
        return name_agency(report["agency"])
    if mark.type == FurnitureType.COPYRIGHT:
        return name_agency(_SENDER.sub(" ", words[:80]).split(".")[0])
    if mark.type == FurnitureType.HEADER:
        return name_agency(re.split(r"\s*[|·]\s*|\s+[-–]\s+", words)[0])
    if is_agency_line(words):
        return name_agency(re.sub(r"^[\s\-–—=*/(<\[#_]+|[\s\-–—=*/)>\]#_.]+$|/\w+$", "", words))
    return name_agency(words)


def find_writers(marks: Iterable[Mark], correspondent: str = "") -> tuple[str, ...]:
    """Names of the bylines; without any, the authors whom labelled lines name.

    Args:
        marks: the furniture of a story.
        correspondent: whom the dateline names.
    """
    marks = list(marks)
    lines = [mark.value for mark in marks if mark.type == FurnitureType.BYLINE]
    lines = [line.split("|")[0] for line in (*lines, correspondent) if line]
    names = [name for line in lines for name in (find_byline(line) or find_signed(line) or split_names(line))]
    names = [name for name in names if not name_agency(name)] or names
    if not names:
        names = [name for mark in marks if mark.type == FurnitureType.CREDIT for name in find_credited(mark.value)]
    return tuple(dict.fromkeys(names))
