"""Place names of datelines: towns without their states and countries.

The word lists are data: `data/datelines.yaml`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from onrecord.read.agencies import name_agency

_PARTS = re.compile(r"\s*[;/&]\s*|\s+and\s+|\s*,\s*and\s+|\s*-\s*(?=[A-Z]{4})|\s+\+\s+")


@cache
def _lists() -> dict[str, frozenset[str]]:
    import yaml

    text = (files("onrecord") / "data" / "datelines.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {name: frozenset(map(fold_place, words)) for name, words in lists.items()}


def fold_place(name: str) -> str:
    """A place name without case and without the point of an abbreviation."""
    return " ".join(name.casefold().replace("’", "'").strip(" .,").split())


def is_listed(words: str, kind: str) -> bool:
    """True when `words` stands in a list of the data file: `regions`, `cities`, `rivers`, `small`, `no_place`."""
    return fold_place(words) in _lists()[kind]


def is_city(places: str) -> bool:
    """True when the first town is one that datelines often use."""
    return is_listed(places.split(",")[0].split("/")[0], "cities")


@cache
def sentence_pattern() -> re.Pattern[str]:
    """A word in capitals that shows a headline, not a place."""
    words = "|".join(re.escape(word.upper()) for word in _lists()["sentence"])
    return re.compile(rf"\b(?:{words})\b")


def is_place(words: str) -> bool:
    """False for the words that open a line like a place and are none: "UPDATE", "ANALYSIS", headlines in capitals."""
    first, *rest = re.split(r"[\s,/:]+", words, maxsplit=1)
    if (first.lower() == "the" and not is_city(words)) or (rest and name_agency(words)):
        return False
    return not is_listed(first, "no_place") and not sentence_pattern().search(words)


def is_small(word: str) -> bool:
    """True for the small words inside place names: `de`, `upon`, `d'`, `al`."""
    return is_listed(word, "small") or word[:2] in ("d'", "l'", "d’", "l’", "al", "el")


def split_places(words: str) -> list[str]:
    """The towns of a dateline, without states and countries: `NEWPORT NEWS, Va.` -> Newport News."""
    places: list[str] = []
    for part in _split_towns(words):
        names = [name for name in map(_strip_name, part.split(",")) if name]
        if not names or (places and _is_region_only(names[0])):
            continue
        kept = [name for name in names[1:] if is_listed(name, "cities") and not is_listed(name, "regions")]
        places += [_title_name(name) for name in (names[0], *kept)]
    return places


def _strip_name(name: str) -> str:
    bare = name.strip(" .")
    return bare if len(bare) > 2 or not bare else name.strip()


def _is_region_only(name: str) -> bool:
    return is_listed(name, "regions") and not is_listed(name, "cities")


def _split_towns(words: str) -> list[str]:
    """The parts between slashes and "and"; a river stays with its town, a country's own "and" is no join."""
    if is_listed(words, "regions") or is_listed(words, "cities"):
        return [words]
    towns: list[str] = []
    for part in _PARTS.split(words):
        if towns and is_listed(part.split(",")[0], "rivers"):
            towns[-1] += "/" + part
        elif part.strip():
            towns.append(part)
    return towns


def _title_name(name: str) -> str:
    """`RIO DE JANEIRO` -> Rio de Janeiro; mixed case and abbreviations stay."""
    if not name.isupper() or (len(name.replace(".", "")) <= 3 and "." in name):
        return name
    words = re.split(r"([\s\-/']+)", name.lower())
    return "".join(
        word if at and is_listed(word, "small") else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )
