"""Lines that begin something new although the line before them is full: bylines, notes, datelines, credits,
sign-offs.

Asked only near the head and the foot of a wrapped text, where furniture stands.
"""

from __future__ import annotations

import re

from onrecord.read.bylines import find_byline
from onrecord.read.dateline import find_dateline
from onrecord.read.initials import find_initials
from onrecord.read.marks import find_type
from onrecord.read.signoff import is_agency_line

_ENDED = re.compile(r"[.!?…:\"'”’»)\]=<]$")
HEAD_LINES, FOOT_LINES = 14, 12


def begins_anew(words: str, before: str, *, from_start: int, from_end: int) -> bool:
    """True when a line cannot go on the one before it.

    Args:
        words: the line.
        before: the line before it.
        from_start: lines before it in the text.
        from_end: lines behind it.
    """
    if from_start < HEAD_LINES and (_is_dated(words) or find_byline(words)):
        return True
    if from_start < HEAD_LINES or from_end < FOOT_LINES:
        if find_type(words):
            return not words[:1].islower() or words.lower().startswith(("by ", "reporting", "edit"))
        return (
            from_end < 3 and _ENDED.search(before) is not None and bool(find_initials(words) or is_agency_line(words))
        )
    return False


def _is_dated(words: str) -> bool:
    found = find_dateline(words, alone=False)
    return bool(found and found.agencies)
