"""The end of a wire: desk initials, end marks and the agency's name in brackets, on lines of their own or behind the last sentence.

(end) as.hm        hh/ph/ts/hd        dpa wsz jln npr        HS/TA/ISB        Enditem        (ANSA). YK4-GF        PTI SBG RHL
"""

from __future__ import annotations

import re

from onrecord.read.agencies import bare_pattern, split_agencies
from onrecord.read.parts import Mark
from onrecord.story import FurnitureType as Type

_LOWER = r"[a-z]{1,4}(?:-[a-z]{2,5})?(?:\s?[/.+-]\s?[a-z0-9]{1,5}(?:-[a-z]{1,5})?){1,6}"
_UPPER = r"[A-Z][A-Z0-9]{0,4}(?:(?:\s?[/-]{1,2}\s?|\s\+\s)(?:\([A-Z]{2,4}\)|[A-Z][A-Z0-9]{0,4})){1,6}\.?|[A-Z]{2,4} \([A-Z]{2,4}\) // [A-Z]{2,4}\.?"
_MIXED = r"[A-Za-z]{1,5}(?:[/][A-Za-z]{1,5}){1,6}/?"
_CODE = r"\d{3,4}\*\*\d{3,4}|/[^\W\d_]{2,3}/"
_WORDS = r"[a-z]{2,4}\d?(?: [a-z]{1,4}\d?){0,4}"
_LINE = re.compile(rf"/?(?:{_LOWER}|{_UPPER}|{_MIXED}|{_CODE}|{_WORDS})/?$")
_AFTER_AGENCY = re.compile(r"[ /:-]+(?P<initials>[A-Za-z]{1,5}\d?(?:[ /.+-]{1,3}[A-Za-z]{1,5}\d?){0,5})$")
_END_WORDS = frozenset(["end", "ends", "fin", "fine", "fim", "ende", "slut", "slutt", "loppu", "more", "mf", "the", "no", "yes"])
_COMMON = frozenset(
    ["he", "she", "it", "we", "they", "is", "are", "was", "were", "be", "been", "said", "says", "who", "what", "when", "not", "and", "but", "for", "the", "to", "of", "in", "on", "at", "by", "as", "or", "if", "so", "do", "go", "up", "all", "any", "can", "had", "has", "have", "his", "her", "its", "our", "out", "one", "two", "new", "now", "see", "too", "use", "way", "you", "yes", "own", "off", "may", "men", "man", "war", "day", "aid", "law", "oil", "tax", "via", "per", "vs", "etc"]
)
_TAIL = re.compile(
    rf"(?:(?<=[.!?\"”'’)\]»])|(?<=\w))\s+(?P<end>\((?:end|ends|more|fin|fine|fim)\)\.?|Enditem\.?|ENDITEM\.?|ENDS?\.?|End\.?|-30-|-0-|-END-|#{{2,}}|-{{1,2}}ends?-{{0,2}}|/{{2}}|\[end\])"
    rf"(?:\s+(?P<initials>{_LOWER}|{_UPPER}|{_MIXED}|[a-z]{{2,3}}))?\s*$"
)
_TAIL_INITIALS = re.compile(rf"(?<=[.!?\"”'’)\]»])\s+(?P<initials>{_LOWER}|[A-Z]{{2,3}}(?:/[A-Z]{{2,3}}){{1,4}})\s*$")
_TAIL_AGENCY = re.compile(
    r"(?<=[.!?\"”'’)\]»\w])\s*(?P<end>[(\[](?P<names>[^()\[\]]{2,40})[)\]]\.?)\s*(?P<rest>\S.{0,30})?$"
)
_RULED = re.compile(
    r"\s*[-–—=*/(<\[#_]*\s*(?P<names>[^()=\n]{2,40}?)\s*[/-]?\s*(?:end|ends|fim|fin)?[-–—=*/)>\]#_.]*\s*$",
    re.IGNORECASE,
)


def find_initials(line: str) -> str:
    """The desk's initials of a line that holds nothing else, empty otherwise; the agency's name before them is left out."""
    line = line.strip()
    agency = bare_pattern().match(line)
    after = _AFTER_AGENCY.match(line, agency.end()) if agency else None
    if after and after["initials"].lower() not in _END_WORDS:
        return after["initials"]
    if len(line) > 40 or not _LINE.match(line) or line.lower() in _END_WORDS or split_agencies(line):
        return ""
    words = line.split()
    if len(words) > 1 and any(word in _COMMON for word in words):
        return ""
    return line.strip("/") if not line.startswith("/") else line


def is_agency_line(line: str) -> bool:
    """True for the agency's name as an end mark: `(ANI)`, `-- SPA`, `==Kyodo`, `Lusa/fim`."""
    match = _RULED.match(line)
    return bool(match) and len(line) < 50 and bool(split_agencies(match["names"]))


def cut_tail(words: str) -> tuple[int, tuple[Mark, ...]] | None:
    """Where the body of a last paragraph ends, and the end mark and initials behind it; None when nothing stands behind it."""
    return _cut_end(words) or _cut_agency(words) or _cut_initials(words)


def _cut_end(words: str) -> tuple[int, tuple[Mark, ...]] | None:
    match = _TAIL.search(words)
    if not match:
        return None
    marks = [_mark(Type.END, match, "end")]
    if match["initials"]:
        marks.append(_mark(Type.SIGN_OFF, match, "initials"))
    at = match.start("end")
    earlier = _cut_agency(words[:at].rstrip())
    return (earlier[0], (*earlier[1], *marks)) if earlier else (at, tuple(marks))


def _cut_agency(words: str) -> tuple[int, tuple[Mark, ...]] | None:
    match = _TAIL_AGENCY.search(words)
    if not match or not split_agencies(match["names"]):
        return None
    marks = [_mark(Type.END, match, "end")]
    if match["rest"]:
        initials = find_initials(match["rest"])
        if not initials:
            return None
        marks.append(_mark(Type.SIGN_OFF, match, "rest")._replace(value=initials))
    return match.start("end"), tuple(marks)


def _cut_initials(words: str) -> tuple[int, tuple[Mark, ...]] | None:
    match = _TAIL_INITIALS.search(words)
    if (
        not match
        or match["initials"].split("/")[0] in _COMMON
        or ("." in match["initials"]
        and "/" not in match["initials"])
    ):
        return None
    return match.start("initials"), (_mark(Type.SIGN_OFF, match, "initials"),)


def _mark(type_: Type, match: re.Match[str], group: str) -> Mark:
    return Mark(type_, match.start(group), match.end(group), match[group].strip())
