"""Bylines: who wrote it, from lines such as `By Jane Doe and JOHN ROE`, `by Zhao Yiming, Sun Ke`, `(Reporting by Jane Doe in Kyiv; Editing by ...)`."""

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
_SPLIT = re.compile(r"\s*(?:,?\s+(?:and|AND|&|und|et|y|og|och|e)\s+|,|;|/|\||\s[-–—]\s)\s*")
_PLACE = re.compile(r"\s+(?:in|IN|at|from|for|of|à|en|aus)\s+(?:the\s+)?[A-Z].*$")
_HONOUR = re.compile(r"^(?:our|staff|special)\b.*$", re.IGNORECASE)


def find_byline(words: str) -> tuple[str, ...]:
    """The names of a line that is a byline; empty for another line."""
    match = _BY.match(words)
    if not match or words.rstrip().endswith(("?", "!")) or len(words) > 170:
        return ()
    return split_names(match["names"])


def split_names(words: str) -> tuple[str, ...]:
    """The persons in a list of names; job titles, agencies and places are left out. An agency stays when there is nobody else."""
    names: list[str] = []
    agencies: list[str] = []
    for part in _SPLIT.split(re.sub(r"\([^)]*\)|[=<*]+$", " ", words)):
        name = " ".join(_PLACE.sub("", part.strip()).split()).strip(" .*=<")
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


_REPORTING = re.compile(
    r"(?<!additional )(?<!further )\b(?:report(?:ing|ed)(?: and (?:writing|editing))?|written|story|text|writing) by:?\s+(?P<names>.+?)(?:[;.)\]]|\s+(?:edit|additional|writing|graphic)|$)",
    re.IGNORECASE,
)


def find_credited(words: str) -> tuple[str, ...]:
    """The reporters whom a credit names: `(Reporting by A in X and B; Editing by C)` -> A, B."""
    match = _REPORTING.search(words)
    if not match:
        return ()
    parts = re.split(r",?\s+and\s+|,\s*", match["names"])
    names = [_PLACE.sub("", part).strip(" .") for part in parts]
    return tuple(name for name in names if _NAME.match(name) and " " in name and not name_agency(name))
