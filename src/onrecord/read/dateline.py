"""The dateline at the start of a story: places, date and agencies, in the order and with the marks that each agency
has.

    MOSCOW, Jan 14 (KUNA) --          Berlin (dpa) -              ROME, 12 Mar. - (ANSA) -
    (ANSA) - Rome, March 12 -         Geneva, 4 June/TASS/.       YEREVAN, JANUARY 14, ARMENPRESS.
    PARIS/BERLIN, Jan 5 (Reuters) -   Oslo (NTB):                 New Delhi, Jan 14 (PTI)

A dateline is a short row of places, dates, agencies and closing marks, so it is read piece by piece from the left;
what was read is then judged as a whole, because the same pieces stand at the start of ordinary sentences ("Paris -
the city - ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.read.agencies import bare_pattern, split_agencies
from onrecord.read.dates import PrintedDate, match_date
from onrecord.read.places import is_city, is_listed, is_place, is_small, split_places

_BRACKETS = re.compile(
    r"\(([^()\n]{2,70})\)|\[([^\[\]\n]{2,70})\]|/{1,2}([^/\n.]{2,40})/{1,2}|\{([^{}\n]{2,40})\}|<([^<>\n]{2,40})>"
)
_MARK = re.compile(r"\s*(?:\.\s?-+|--+|—|–|−|―|-|_{1,2}|:|\||=)(?=\s|$|[\"“'‘(]|[A-ZÀ-Þ0-9])\s*")
_DASH = re.compile(r"\s(?:--?|—|–)\s")
_GLUE = re.compile(r"[\s,;.]+")
_WORD = re.compile(r"[^\W\d_](?:[\w'’`´]|-(?=\w)|\.(?=[A-Za-z]\b))*\.?|\d{1,2}(?=[, ])")
_JOIN = re.compile(r"\s+|\s*,\s*|\s*[;/&]\s*|\s+and\s+|-")
_STOPPED = re.compile(r"(?P<city>[A-ZÀ-Þ][A-ZÀ-Þ ]{2,20})\.\s+(?=[A-ZÀ-Þ\"“–—-])")
_LONGEST = 180


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline in a text: where it ends (its closing mark and blanks included) and what it says."""

    end: int
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    date: PrintedDate | None = None
    names: str = ""


@dataclass(slots=True)
class _Row:
    """What has been read so far."""

    at: int = 0
    places: str = ""
    agencies: tuple[str, ...] = ()
    known: bool = False
    bracketed: bool = False
    date: PrintedDate | None = None
    mark: str = ""
    names: str = ""
    order: list[str] = field(default_factory=list)


def find_dateline(text: str, *, alone: bool = True) -> FoundDateline | None:
    """The dateline that `text` begins with, or None.

    Args:
        text: a paragraph, without white space at its start.
        alone: accept a place without date and agency before a dash ("PARIS - "); wrong for text that is no first
            paragraph.
    """
    row = _read_row(text[:_LONGEST])
    if not _is_dateline(row, text, alone=alone):
        return _find_stopped(text) if alone else None
    end = row.at + len(text[row.at :]) - len(text[row.at :].lstrip())
    return FoundDateline(end, tuple(split_places(row.places)), row.agencies, row.date, row.names)


def _find_stopped(text: str) -> FoundDateline | None:
    """A city in capitals before a full stop, as Scandinavian agencies have it: "STOCKHOLM. Sverige ..."."""
    match = _STOPPED.match(text)
    if not match or not is_city(match["city"]):
        return None
    return FoundDateline(match.end(), tuple(split_places(match["city"])))


def _read_row(text: str) -> _Row:
    row = _Row()
    while row.at < len(text):
        at = row.at
        if not _read_piece(row, text):
            break
        glue = _GLUE.match(text, row.at)
        if row.mark and (row.mark == "." or not _goes_on(row, text)):
            break
        if glue and not row.mark and not _MARK.match(text, row.at):
            row.at = glue.end() if glue.end() < len(text) else row.at
            if "." in glue.group() and row.agencies and row.order[-1] != "places":
                row.mark = "."
                break
        if row.at == at:
            break
    return row


def _goes_on(row: _Row, text: str) -> bool:
    """True when a mark is followed by more of the dateline: "ROME, 12 Mar. - (ANSA) -", "(ANSA) - Rome, March 12 -"."""
    rest = _GLUE.match(text, row.at)
    at = rest.end() if rest else row.at
    bracket = _BRACKETS.match(text, at)
    if bracket and not row.agencies and split_agencies(next(filter(None, bracket.groups()))):
        row.at, row.mark = at, ""
        return True
    bare = bare_pattern().match(text, at) if not row.agencies else None
    if bare and _MARK.match(text, bare.end()):
        row.at, row.mark = at, ""
        return True
    if not row.date and not row.mark.strip().endswith(":") and match_date(text, at) and (row.agencies or row.places):
        row.at, row.mark = at, ""
        return True
    if row.order[:1] == ["agency"] and not row.places:
        return _place_follows(row, text, at)
    return False


def _place_follows(row: _Row, text: str, at: int) -> bool:
    ahead = _Row(at=at)
    if not _read_places(ahead, text):
        return False
    glue = _GLUE.match(text, ahead.at)
    if not (
        match_date(text, glue.end() if glue else ahead.at) or (_MARK.match(text, ahead.at) and is_city(ahead.places))
    ):
        return False
    row.at, row.mark = at, ""
    return True


def _read_piece(row: _Row, text: str) -> bool:
    """Read the next agency, mark, date or place; False when there is none."""
    return (
        _read_brackets(row, text)
        or _read_mark(row, text)
        or _read_date(row, text)
        or _read_bare(row, text)
        or _read_places(row, text)
    )


def _read_brackets(row: _Row, text: str) -> bool:
    match = _BRACKETS.match(text, row.at)
    if not match:
        return False
    words = next(filter(None, match.groups()))
    reporter = _REPORTER.match(words)
    known = split_agencies(reporter["agency"] if reporter else words)
    is_region = row.places and is_listed(words, "regions")
    agencies = known or (split_agencies(words, strict=False) if row.places and not is_region else ())
    if agencies and not row.agencies:
        row.names = reporter["names"] if reporter else ""
        row.agencies, row.known, row.bracketed = agencies, bool(known), True
        row.order.append("agency")
    elif is_region or (row.places and is_listed(words, "rivers")):
        pass
    elif not row.date and row.places and match_date(words):
        row.date = match_date(words)
        row.order.append("date")
    else:
        return False
    row.at = match.end()
    return True


def _read_mark(row: _Row, text: str) -> bool:
    match = _MARK.match(text, row.at)
    if not match or not row.order:
        return False
    if match.group() == "-" and not row.bracketed:
        return False
    row.mark, row.at = match.group(), match.end()
    return True


def _read_date(row: _Row, text: str) -> bool:
    found = match_date(text, row.at) if not row.date else None
    if not found:
        return _read_day(row, text)
    row.date, row.at = found, found.end
    row.order.append("date")
    if row.order == ["agency", "date"] and not row.bracketed and text[found.end - 1] == ".":
        row.mark = "."
    return True


_HYPHENED = re.compile(r"-(?:[A-Z][a-z]{2,}|[A-Z]{4,})(?=[\s,/(])")
_REPORTER = re.compile(
    r"(?:from\s+)?(?:the\s+)?(?P<agency>[A-Z][\w-]+)(?:['’]s)?\s+(?:special\s+)?correspondents?,?\s+(?P<names>[A-Z].+)$",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}\s*(?=\([A-Z])")


def _read_day(row: _Row, text: str) -> bool:
    """A day without its month, as Europa Press prints it: "MADRID, 14 (EUROPA PRESS)"."""
    match = _DAY.match(text, row.at)
    if not match or not row.places:
        return False
    row.at = match.end()
    return True


def _read_bare(row: _Row, text: str) -> bool:
    if row.agencies:
        return False
    match = bare_pattern().match(text, row.at)
    if not match:
        return False
    hyphen = not row.order and bool(_HYPHENED.match(text, match.end()))
    if not (hyphen or _bare_fits(row, text, match.end())):
        return False
    row.agencies, row.known = split_agencies(match.group()), True
    row.at = match.end() + hyphen
    row.order.append("agency")
    return True


def _bare_fits(row: _Row, text: str, end: int) -> bool:
    """An agency without brackets needs its place: before a mark, behind a date, or first with a date behind it."""
    after = text[end : end + 1]
    if row.order:
        return bool(_MARK.match(text, end) or (row.date and (after in (".", ":") or row.places)))
    mark = _MARK.match(text, end)
    if mark and mark.group()[0].isspace() and text[:end].isupper():
        return True
    return after == "," and match_date(text, end + 2) is not None


def _read_places(row: _Row, text: str) -> bool:
    if row.places or (
        row.order == ["agency"] and row.bracketed and not row.mark and not _place_follows(row, text, row.at)
    ):
        return False
    at, end = row.at, row.at
    while word := _WORD.match(text, at):
        if not _is_place_word(word.group(), first=at == row.at) or _piece_begins(row, text, at, first=at == row.at):
            break
        end = word.end()
        join = _JOIN.match(text, end)
        if not join:
            break
        at = join.end()
    if end == row.at:
        return False
    row.places, row.at = text[row.at : end], end
    row.order.append("places")
    return True


def _is_place_word(word: str, *, first: bool) -> bool:
    if word.isdigit():
        return False
    return word[0].isupper() or word[0] in "'‘" or (not first and is_small(word))


def _piece_begins(row: _Row, text: str, at: int, *, first: bool) -> bool:
    """True when a date or an agency begins here; a place may not be called May or begin with an agency's name."""
    if match_date(text, at):
        return True
    match = None if first else bare_pattern().match(text, at)
    return match is not None and bool(_MARK.match(text, match.end()) or text[match.end() : match.end() + 1] in ".:")


def _is_dateline(row: _Row, text: str, *, alone: bool) -> bool:
    words = len(row.places.split())
    if not row.order or words > 9 or (row.places and not is_place(row.places)):
        return False
    if row.agencies:
        return _agency_fits(row, text) and (row.bracketed or "|" not in text[: row.at])
    if not row.mark or "|" in text[: row.at] or not row.places or text[row.at :].lstrip()[:1].islower():
        return False
    if row.date:
        return words <= 5
    return alone and _stands_alone(row, text)


def _agency_fits(row: _Row, text: str) -> bool:
    """An agency needs a closing mark, or a date or place in brackets' company; an unknown one needs both."""
    if row.known and (row.mark or row.date):
        return bool(row.places or row.bracketed or row.date or (row.mark and row.order == ["agency"]))
    if row.known:
        return row.bracketed and not text[row.at :].lstrip()[:1].islower()
    return bool(row.mark and row.places)


def _stands_alone(row: _Row, text: str) -> bool:
    """True for a place without date and agency: a city that datelines use, or any in capitals before a dash."""
    mark = row.mark.strip()
    if is_city(row.places):
        return mark != "-" or row.mark[:1].isspace()
    town, *regions = row.places.split(",")
    letters = [character for character in town if character.isalpha()]
    if len(letters) < 4 or not town.isupper() or mark in (":", "|") or len(town.split()) > 4:
        return False
    return any(is_listed(region, "regions") for region in regions) or not _DASH.search(text, row.at, row.at + 60)
