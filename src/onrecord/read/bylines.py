"""Bylines: who wrote it, from lines such as `By Jane Doe and JOHN ROE`, `by Zhao Yiming, Sun Ke`, `(Reporting by Jane
Doe in Kyiv; Editing by ...)`.
"""

from __future__ import annotations

import re

from onrecord.read.agencies import name_agency, split_agencies

_BY = re.compile(
    r"[(\[]?\s*(?:by|BY|By|From|Von|Par|Por|Di|Af|Av|von|par|por)(?:-?line)?\s*:?\s+(?P<names>[^\W\d_].{2,160}?)\s*[)\]=<]*$",
    re.DOTALL,
)
_PARTICLE = r"(?:de|del|della|di|da|dos|das|do|du|van|von|der|den|ter|bin|ibn|al|el|la|le|y|of|bint|abu|ben|the)"
_NAME = re.compile(
    rf"(?:[A-ZÀ-ÖØ-ÞŠŽČĆĐŁŚŻŹĞİÖÜÇ][\w.'’`-]*|[a-z]['’][A-Z][\w-]+|al-\w+|el-\w+)(?:[ .]+(?:{_PARTICLE}[ -])*"
    rf"(?:[A-ZÀ-ÖØ-ÞŠŽČĆĐŁŚŻŹĞİÖÜÇ][\w.'’`-]*|(?:al|el|d|l|ad|as|an|ash)[-'’]\w+)){{0,4}}$"
)
_JOB = re.compile(
    r"(?:writers?|correspondents?|editors?|reporters?|bureau|staff|contributor|special|chief|analyst|columnist|news|press|agency|media|service|desk|team|"
    r"in [A-Z][\w. -]+|for .+|of .+|at .+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,?\s+(?:and|AND|with|WITH|&|und|et|y|og|och|e)\s+|,|;|/|\||\s[-–—]\s)\s*")
_PLACE = re.compile(r"\s+(?:in|IN|at|from|for|of|à|en|aus)\s+(?:the\s+)?[A-Z].*$")
_TITLE = re.compile(
    r"^(?:[A-Z][\w.]*\s+){0,4}(?:correspondent|reporter|writer|journalist|editor|diplomatic editor)s?\s+(?=[A-ZÀ-Þ])"
)
_SIGNED = re.compile(
    r"(?P<names>[^,|]{4,40}),\s+(?:[\w'’.]+ ){0,4}"
    r"(?:journalist|reporter|correspondent|writer|editor|bureau chief)\b.{0,40}$"
)
_HONOUR = re.compile(r"^(?:our|staff|special)\b.*$", re.IGNORECASE)


def find_byline(words: str) -> tuple[str, ...]:
    """The names of a line that is a byline; empty for another line."""
    words = words.lstrip("—–- ")
    match = _BY.match(words) or _SIGNED.match(words)
    if not match or words.rstrip().endswith(("?", "!")) or len(words) > 170:
        return ()
    return split_names(match["names"])


def split_names(words: str) -> tuple[str, ...]:
    """The persons in a list of names; job titles, agencies and places are left out. An agency stays when there is
    nobody else.
    """
    names: list[str] = []
    agencies: list[str] = []
    for part in _SPLIT.split(re.sub(r"\([^)]*\)|[=<*]+$", " ", words)):
        name = " ".join(_TITLE.sub("", _PLACE.sub("", part.strip())).split()).strip(" .*=<")
        if not name or _HONOUR.match(name):
            continue
        if name_agency(name):
            agencies.append(name)
        elif _JOB.fullmatch(name) or _is_job(name):
            continue
        elif _NAME.match(name) and name.lower() not in ("the", "our"):
            names.append(name)
        elif not names:
            return ()
    return tuple(names or agencies[:1])


def _is_job(name: str) -> bool:
    """True for "AP Diplomatic Writer", "Associated Press"."""
    return bool(
        re.search(
            r"\b(?:Writers?|WRITERS?|Correspondents?|Editors?|Reporters?|Bureau|Staff|Chief|Columnist|Analyst|Agency|Newspapers?|Contributor)$",
            name,
        )
    )


def is_job_line(words: str) -> bool:
    """True for the line after a byline: a job ("AP Diplomatic Writer"), an agency, or both."""
    line = words.strip(" =<*.()")
    return len(line) < 60 and (
        bool(split_agencies(line))
        or _is_job(line)
        or bool(re.match(r"(?:special to|for) (?:the )?[A-Z]", line, re.IGNORECASE))
    )


_LABELLED = re.compile(
    r"[-–—*\s]*(?:Reporters?|Authors?|Autor(?:in|en)?(?:/in)?|Text[eo]?|By-?line|Written by)\s?:\s?"
    r"(?P<names>[A-ZÀ-Þ].{3,100})$"
)


def find_credited(words: str) -> tuple[str, ...]:
    """The authors that a labelled line names: "Reporter: Dewi Lestari, Hendra Gunawan". "Reporting by" is a credit,
    no byline.
    """
    match = _LABELLED.match(words)
    return split_names(match["names"]) if match else ()


def find_signed(words: str) -> tuple[str, ...]:
    """The name of a line such as "Charley Maelaua in Honiara", which is a byline only behind a headline."""
    match = re.match(r"(?P<names>[^,]{4,40}?) in [A-Z][\w'’ .-]{2,30}$", words)
    return split_names(match["names"]) if match and 2 <= len(match["names"].split()) <= 4 else ()
