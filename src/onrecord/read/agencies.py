"""Names of news agencies: the forms that are met -> the short name. The list is data: `data/agencies.yaml`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SEPARATORS = re.compile(r"\s*(?:/|,|;|&|\+| and | und | et | y | e |\s[-–]\s)\s*", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9.]{1,7}$|[A-Z]+[a-z]+[A-Z]\w*$")
_UNFIT = re.compile(
    r"(?:U\.?S\.?A?|UK|EU|UN|GMT|UTC|[AP]\.?M|CEO|MP|PM|NATO|GDP|Ltd|Inc|URGENT|FLASH|ALERT|LEAD|UPDATE|RECAST|PHOTO|PIX|VIDEO|TV|LIVE|NEW|Updated|UPDATED|Corrected|CORRECTED|[IVX]+)\.?$"
)


@cache
def load_agencies() -> dict[str, list[str]]:
    """The agencies by short name, with their other forms."""
    import yaml

    text = (files("onrecord") / "data" / "agencies.yaml").read_text("utf-8")
    agencies: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return agencies


@cache
def _forms() -> dict[str, str]:
    agencies = load_agencies()
    forms = {fold_name(form): name for name, others in agencies.items() for form in others}
    return forms | {fold_name(name): name for name in agencies}


def fold_name(name: str) -> str:
    """A name without case, outer white space and slashes."""
    return " ".join(name.strip(" /\t").casefold().split())


def name_agency(form: str) -> str:
    """The short name of an agency, empty when the form is not in the list."""
    return _forms().get(fold_name(form), "")


def split_agencies(words: str, *, strict: bool = True) -> tuple[str, ...]:
    """The agencies named in brackets: `Reuters/AP` -> Reuters, AP; empty unless all of the words are agencies.

    Args:
        words: what stands between the brackets.
        strict: accept only agencies of the list; otherwise also what looks like the name of one.
    """
    known = name_agency(words)
    if known:
        return (known,)
    parts = [part for part in _SEPARATORS.split(words.strip(" -/")) if part]
    if len(parts) == 1 and "-" in words and all(map(name_agency, words.split("-"))):
        parts = words.split("-")
    names = [name_agency(part) or ("" if strict else _guess_name(part)) for part in parts]
    if not names or not all(names) or len(names) > 5:
        return ()
    return tuple(dict.fromkeys(names))


def _guess_name(part: str) -> str:
    return part if _ACRONYM.match(part) and not _UNFIT.match(part) else ""


@cache
def bare_pattern() -> re.Pattern[str]:
    """An agency outside brackets: as written in the list, or in capitals."""
    agencies = load_agencies()
    forms = {form for name, others in agencies.items() for form in (name, name.upper(), *others)}
    names = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"(?:{names})(?:[-/](?:{names}))*(?![\w'])")
