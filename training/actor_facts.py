"""Reads the facts about actors: our own lists, dated office-holders from Wikidata, the World Factbook, CAMEO.

Each reader yields the same two plain rows, an `Entity` and a `Tenure`, with where the fact is from. What the sources
are and how far they can be trusted stands in docs/origins.md.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from onrecord.actors.names import fold
from onrecord.actors.offices import judge_sector, name_office

OWN = Path(__file__).parents[1] / "src/onrecord/data/actors"

#: A day that never comes: an office that was open when the source was written.
OPEN = 99991231
#: Days of the last look at each source; what is open then may have ended since.
SNAPSHOT = 20220801


@dataclass
class Entity:
    """A person, state, body or group and the words that name it."""

    name: str
    kind: str
    country: str = ""
    sector: str = ""
    code: str = ""
    wikidata: str = ""
    gender: str = ""
    origin: str = "own"
    aliases: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    periods: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass
class Tenure:
    """Somebody in an office of a country or body. Days as numbers, `20040309`."""

    person: str
    wikidata: str
    gender: str
    country: str
    body: str
    title: str
    sector: str
    start: int
    end: int
    origin: str
    aliases: tuple[str, ...] = ()

    @property
    def office(self) -> str:
        key = name_office(self.title)
        plain = fold(self.title) == "secretary of state"
        return "secretary of state" if plain and self.country not in ("USA", "VAT") else key


def _load(name: str) -> Any:
    return yaml.load((OWN / name).read_text("utf-8"), Loader=yaml.CSafeLoader)


def number_day(value: date | str, *, last: bool = False) -> int:
    """`2004-03`, `2004` or a date -> 20040301, 20040101; the last day of it where asked."""
    parts = str(value).strip().split("-")
    if not parts[0].isdigit():
        return OPEN if last else 0
    month = parts[1] if len(parts) > 1 else ("12" if last else "01")
    day = parts[2][:2] if len(parts) > 2 else ("31" if last else "01")
    return int(f"{int(parts[0]):04d}{month}{day}")


def read_states() -> Iterator[Entity]:
    """States with names, adjectives, capitals and seats of power."""
    codes = {row["country_iso3"]: row["country_qid"] for row in _rows("office_holders.csv") if row["country_iso3"]}
    for code, (name, capital, people, others) in _load("states.yaml").items():
        entity = Entity(name, "state", code, "GOV", code, codes.get(code, ""))
        entity.aliases = dict.fromkeys([name, *others], "name")
        if capital:
            entity.aliases.setdefault(capital, "seat")
        for word in people:
            entity.aliases[word] = "people"
            if not word.endswith(("s", "sh", "ch", "ese", "men", ".")):
                entity.aliases[word + "s"] = "peoples"
        yield entity


def read_bodies() -> Iterator[Entity]:
    """International bodies, and bodies and groups of one country."""
    ids = _load("wikidata.yaml")
    for name, code, others in _load("bodies.yaml"):
        yield Entity(
            name, "body", "", "IGO", code or name, ids.get(name, ""), aliases=dict.fromkeys([name, *others], "name")
        )
    for sector, rows in _load("groups.yaml").items():
        kind = "group" if sector in ("REB", "IMG", "PRM", "CRM", "UAF") else "state" if sector == "PRE" else "body"
        for name, country, others, *periods in rows:
            plain = re.sub(r" \(.*\)$", "", name)
            code = country + ("" if sector == "GOV" else sector) if country else plain
            entity = Entity(plain, kind, country, sector, plain if sector == "PRE" else code, ids.get(plain, ""))
            entity.aliases = dict.fromkeys([plain, *others], "name")
            entity.periods = [(code, number_day(a), number_day(b)) for code, a, b in (periods[0] if periods else [])]
            yield entity


def read_own() -> Iterator[Tenure]:
    """Office-holders of our own lists."""
    for file in ("international.yaml", "national.yaml"):
        for place, offices in _load(file).items():
            for title, rows in offices.items():
                for row in rows:
                    yield _read_row(file, place, title, row)


def _read_row(file: str, place: str, title: str, row: list[Any]) -> Tenure:
    name, start, end, gender, *rest = row
    aliases = tuple(rest[0]) if rest else ()
    country, body = ("", place) if file.startswith("inter") else (place.removesuffix("_N"), "")
    sector = rest[1] if len(rest) > 1 else "IGO" if body else "GOV"
    stop = number_day(end, last=True) if end else OPEN
    return Tenure(name, "", gender, country, body, title, sector, number_day(start), stop, "own", aliases)


FACTS = Path("/work/shared/data/office_holders")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_wikidata() -> Iterator[Tenure]:
    """Dated office-holders from Wikidata, with the other spellings of each person."""
    aliases: dict[str, list[str]] = {}
    for row in _rows("aliases.csv"):
        aliases.setdefault(row["person_qid"], []).append(row["alias"])
    for row in _rows("office_holders.csv"):
        title = row["position"]
        body = "" if row["country_iso3"] else _find_body(title)
        if not row["country_iso3"] and not body:
            continue
        start, end = number_day(row["start"]), number_day(row["end"], last=True) if row["end"] else OPEN
        sector = "IGO" if body else judge_sector(title)
        others = tuple(aliases.get(row["person_qid"], ()))
        yield Tenure(
            row["person"], row["person_qid"], row["gender"][:1], row["country_iso3"], body, title, sector,
            start, end, "wikidata", others,
        )  # fmt: skip


def _find_body(title: str) -> str:
    """The body that an office without a country belongs to."""
    known = {
        "united nations": "United Nations", "international court of justice": "International Court of Justice",
        "world trade": "World Trade Organization",
        "parliamentary assembly": "Parliamentary Assembly of the Council of Europe",
        "high representative of the union": "European Commission",
    }  # fmt: skip
    return next((body for words, body in known.items() if words in fold(title)), "")


_SINCE = re.compile(
    r"(?P<title>[^();]*?)\s*(?P<name>(?:(?:[A-Z][\w'’.-]*|bin|al|el|de|da|van|von|ibn|y|of)\s+)*(?:[A-Z'’-]{3,}(?:[\w'’-]*))(?:\s+[A-Z][\w'’.-]*)*)\s*"
    r"\((?:acting\s*)?since (?P<day>\d{0,2}) ?(?P<month>[A-Z][a-z]+)? ?(?P<year>\d{4})"
)
_MONTHS = {
    name: at
    for at, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}


def read_factbook(countries: dict[str, str]) -> Iterator[Tenure]:
    """Heads of state and government since 2014; a holder lasts to the start of the next (the build closes the row).

    Args:
        countries: ISO 3166-1 code of a folded country name.
    """
    for row in _rows("factbook.csv"):
        code = countries.get(fold(row["country"]))
        if not code or row["field"] not in ("chief of state", "head of government"):
            continue
        found = _SINCE.match(html.unescape(row["text"]))
        if found and found["title"] and int(row["last_snapshot"][:4]) >= 2022:
            yield _read_since(found, row, code)


def _read_since(found: re.Match[str], row: dict[str, str], code: str) -> Tenure:
    month, day = _MONTHS.get(found["month"] or "", 1), int(found["day"] or 1)
    seen = number_day(row["last_snapshot"])
    end = OPEN if seen >= 20260101 else seen
    name = " ".join(_lower_name(word) for word in found["name"].split())
    title = re.sub(r"\s+", " ", found["title"]).strip(" ,")
    start = int(found["year"]) * 10000 + month * 100 + day
    return Tenure(name, "", "", code, "", title, "GOV", start, end, "factbook")


def _lower_name(word: str) -> str:
    return "-".join(part.capitalize() if part.isupper() and len(part) > 2 else part for part in word.split("-"))


CAMEO = Path("/work/shared/data/petrarch_dictionaries")
_CODE = re.compile(r"\[([A-Z~]{3,})([^\]]*)\]")


def read_cameo(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """Blocks of a CAMEO dictionary: names that mean one actor, and the codes (with their dates) as written."""
    names: list[str] = []
    codes: list[str] = []
    for line in (CAMEO / name).read_text("utf-8", errors="replace").splitlines():
        text = line.split("#")[0].rstrip()
        if not text.strip():
            continue
        found = [match.group() for match in _CODE.finditer(text)]
        words = _CODE.sub("", text).strip()
        if words and not text.startswith(("+", " ", "\t")):
            if names:
                yield names, codes
            names, codes = [words], found
        else:
            names, codes = names + ([words.lstrip("+")] if words else []), codes + found
    if names:
        yield names, codes


def title_words(words: str) -> str:
    """`AFGHAN_NATIONAL_ARMY_` -> `Afghan National Army`."""
    small = {"OF", "THE", "AND", "FOR", "IN", "DE", "LA", "DU", "BIN", "AL"}
    parts = words.replace("_", " ").split()
    return " ".join(
        w.lower() if w in small and at else w if len(w) < 4 and not at else w.title() for at, w in enumerate(parts)
    )
