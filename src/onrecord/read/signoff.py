"""What stands behind the last sentence of a wire: end marks, the agency's name, initials, credits.

(end) as.hm        Enditem        (ANSA). YK4-GF        PTI SBG RHL        ==Kyodo        (Reporting by A; Editing by
B)
"""

from __future__ import annotations

import re

from onrecord.read.agencies import bare_pattern, split_agencies
from onrecord.read.initials import find_initials as find_initials
from onrecord.read.marks import find_type
from onrecord.read.parts import Mark
from onrecord.story import FurnitureType as Type

Cut = tuple[int, tuple[Mark, ...]]

_AFTER = r"(?:(?<=[.!?:\"”'’)\]»…])|(?<=[\w%]))"
_SENTENCE = r"(?<=[.!?\"”'’)\]»…])"
_END = re.compile(
    _AFTER + r"\s+(?P<end>\((?i:end|ends|more|fin|fine|fim|schluss|ende)(?:/[^()]{2,30})?\)\.?|\[end\]|"
    r"Enditem\.?|ENDITEM\.?|ENDS?\.?|End(?:s)?\.?|-30-|-0-|-END-|"
    r"#{2,}|[■▪◆∎]|-{1,2}\s?(?:ends?|END|Ends)\s?-{0,2}|/{2})(?:\s+(?P<rest>\S.{0,30}))?$"
)
_BRACKET = re.compile(_AFTER + r"\s*(?P<end>[(\[](?P<names>[^()\[\]]{2,40})[)\]]\.?)\s*(?P<rest>\S.{0,30})?$")
_CREDIT = re.compile(
    _SENTENCE + r"\s+(?P<end>[(\[][^()\[\]]{6,400}(?:\([^()]*\)[^()\[\]]*)*[)\]]\.?|[—–-]{1,2}\s?[Bb]y\s.{4,90})$"
)
_BARE = re.compile(_SENTENCE + r"\s+(?P<end>(?:[-–—=*/]{1,2}\s?)?(?P<rest>[A-Za-z](?:[\w ]|[./+-](?!\s)){1,40}))$")
_INITIALS = re.compile(_SENTENCE + r"\s+(?P<rest>\S{2,24})$")
_RULED = re.compile(
    r"\s*[-–—=*/(<\[#_]*\s*(?P<names>[^()=\n]{2,40}?)\s*[/-]?\s*(?:end|ends|fim|fin)?[-–—=*/)>\]#_.]*\s*$",
    re.IGNORECASE,
)


def is_agency_line(line: str) -> bool:
    """True for the agency's name as an end mark: `(ANI)`, `-- SPA`, `==Kyodo`, `Lusa/fim`."""
    match = _RULED.match(line) if len(line) < 50 else None
    return bool(match) and bool(split_agencies(match["names"] if match else ""))


def cut_tail(words: str, agency: str = "") -> Cut | None:
    """Where the body of a last paragraph ends, and the furniture behind it; None when nothing stands behind it.

    Args:
        words: the paragraph.
        agency: short name of the story's agency.
    """
    for cut in (_cut_end, _cut_bracket, _cut_credit, _cut_bare, _cut_initials):
        found = cut(words, agency)
        if found:
            return _cut_more(words, found, agency)
    return None


def _cut_more(words: str, found: Cut, agency: str) -> Cut:
    """Several pieces may stand behind one another: "(ANSA). (more)"."""
    at, marks = found
    earlier = cut_tail(words[:at].rstrip(), agency)
    return (earlier[0], (*earlier[1], *marks)) if earlier else found


def _cut_end(words: str, agency: str) -> Cut | None:
    match = _END.search(words, max(0, len(words) - 60))
    if not match:
        return None
    return _with_rest(match, Type.MORE if "more" in match["end"] else Type.END, agency)


def _cut_bracket(words: str, agency: str) -> Cut | None:
    match = _BRACKET.search(words, max(0, len(words) - 90))
    if not match or not split_agencies(match["names"].strip(" /-")):
        return None
    return _with_rest(match, Type.END, agency)


def _with_rest(match: re.Match[str], type_: Type, agency: str) -> Cut | None:
    """An end mark and the initials behind it; None when something else stands there."""
    marks = [_mark(type_, match, "end")]
    if match["rest"]:
        initials = find_initials(match["rest"], agency)
        if not initials:
            return None
        marks.append(_mark(Type.SIGN_OFF, match, "rest")._replace(value=initials))
    return match.start("end"), tuple(marks)


def _cut_credit(words: str, agency: str) -> Cut | None:
    match = _CREDIT.search(words)
    type_ = (Type.BYLINE if match["end"][0] in "—–-" else find_type(match["end"])) if match else None
    return (match.start("end"), (_mark(type_, match, "end"),)) if match and type_ else None


def _cut_bare(words: str, agency: str) -> Cut | None:
    """The agency's name without brackets, alone or before initials."""
    match = _BARE.search(words, max(0, len(words) - 60))
    named = bare_pattern().match(match["rest"]) if match else None
    if not match or not named:
        return None
    if named.end() == len(match["rest"]):
        return match.start("end"), (_mark(Type.END, match, "end"),)
    initials = find_initials(match["rest"], agency)
    return (match.start("end"), (_mark(Type.SIGN_OFF, match, "end")._replace(value=initials),)) if initials else None


def _cut_initials(words: str, agency: str) -> Cut | None:
    match = _INITIALS.search(words, max(0, len(words) - 40))
    initials = find_initials(match["rest"], agency) if match else ""
    if not match or not initials or not ("/" in initials or re.fullmatch(r"[a-z]{2,3}[.-][a-z]{2,3}", initials)):
        return None
    return match.start("rest"), (_mark(Type.SIGN_OFF, match, "rest")._replace(value=initials),)


def _mark(type_: Type, match: re.Match[str], group: str) -> Mark:
    return Mark(type_, match.start(group), match.end(group), match[group].strip())
