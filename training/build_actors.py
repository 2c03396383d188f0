"""Builds src/onrecord/data/actors/actors.sqlite, the base of actors, from the facts at hand.

    python -m training.build_actors

The result is one read-only SQLite file: `entity`, `alias` (names of states, bodies, groups), `place` (cities and
provinces of states), `person` (whole names), `sound` (parts of persons' names), `tenure` (who held which office
when), `period` (sector of a group in a time) and `origin` (how many facts are from where). Running it twice gives the
same rows.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from onrecord.actors.names import fold, sound, split_name
from training.actor_facts import (
    OPEN,
    OWN,
    SNAPSHOT,
    Entity,
    Tenure,
    read_bodies,
    read_cameo,
    read_factbook,
    read_own,
    read_states,
    read_wikidata,
    title_words,
)  # fmt: skip

TARGET = OWN / "actors.sqlite"
SCHEMA = """
create table entity (id integer primary key, name text, kind text, country text, sector text, code text,
                     wikidata text, gender text, origin text);
create table alias (words text, key text, entity integer, form text);
create table place (key text primary key, country text) without rowid;
create table person (key text, entity integer, primary key (key, entity)) without rowid;
create table sound (key text, entity integer, primary key (key, entity)) without rowid;
create table title (id integer primary key, title text, office text, sector text);
create table tenure (entity integer, country text, body integer, title integer, start integer, end integer,
                     origin text);
create view term as select entity, country, body, office, title.title as title, sector, start, end, origin
    from tenure join title on title.id = tenure.title;
create table period (entity integer, sector text, start integer, end integer);
create table meta (key text primary key, value text);
create index tenure_entity on tenure (entity);
create index title_office on title (office);
create index tenure_title on tenure (country, title);
create index tenure_body on tenure (body) where body is not null;
create index person_entity on person (entity);
"""
#: Offices with one holder at a time: an open row ends where the next one starts.
SINGLE = re.compile(
    r"^(?:president|head of government|monarch|supreme leader|vice president|"
    r"minister:(?:foreign|defence|interior|finance)|chief of staff)$"
)
_CAMEO_SECTORS = {
    "GOV",
    "MIL",
    "REB",
    "OPP",
    "COP",
    "JUD",
    "LEG",
    "SPY",
    "BUS",
    "MED",
    "NGO",
    "EDU",
    "REL",
    "PTY",
    "CRM",
    "LAB",
    "ELI",
    "UAF",
    "SEP",
    "INS",
    "PAR",
    "HRI",
}
_PLOVER = {"SEP": "REB", "INS": "REB", "PAR": "PRM", "HRI": "NGO"}


#: A body of CAMEO's lists has one of these in its name; what has none is a person or noise.
_BODY = re.compile(
    r"\b(?:arm(?:y|ed)|fronts?|movement|part(?:y|isans)|brigades?|groups?|unions?|organi[sz]ation|forces?|council|"
    r"liberation|guards?|corps|"
    r"police|command|agency|bank|compan(?:y|ies)|church|association|committee|league|federation|militias?|"
    r"resistance|jihad|islamic|"
    r"peoples?|national|united|revolution\w*|democratic|congress|cells?|commandos?|battalion|mujahid\w*|alliance|units?|network|"
    r"institute|university|service|command|workers|fighters|soldiers|martyrs|brotherhood|action|popular|anarchist)\b",
    re.I,
)  # fmt: skip


class People:
    """Persons by their Wikidata id or by name and country, and all their offices."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.tenures: list[list[Tenure]] = []
        self.by_id: dict[str, int] = {}
        self.by_name: dict[tuple[str, str], int] = {}

    def add(self, tenure: Tenure, *, near: bool = False) -> None:
        """Add one tenure to its person.

        Args:
            near: a name that is not there yet may be another spelling of one who held this office then.
        """
        at = self.by_id.get(tenure.wikidata) if tenure.wikidata else self._find(tenure)
        if at is None:
            at = len(self.entities)
            self.entities.append(
                Entity(tenure.person, "person", "", "", "", tenure.wikidata, tenure.gender, tenure.origin)
            )
            self.tenures.append([])
        entity = self.entities[at]
        entity.gender = entity.gender or tenure.gender
        if tenure.origin == "own":
            entity.name = tenure.person
        if tenure.wikidata:
            self.by_id[tenure.wikidata] = at
        for name in (tenure.person, *tenure.aliases):
            entity.aliases.setdefault(name, "name")
            self.by_name.setdefault((fold(name), tenure.country), at)
            self.by_name.setdefault((fold(name), ""), at)
        self.tenures[at].append(tenure)

    def _find(self, tenure: Tenure) -> int | None:
        for name in (tenure.person, *tenure.aliases):
            at = self.by_name.get((fold(name), tenure.country))
            if at is None and tenure.origin == "own":
                at = self.by_name.get((fold(name), ""))
            if at is not None:
                return at
        return None


def gather_people(countries: dict[str, str]) -> People:
    """All persons; Wikidata first (it has ids), then our own lists, which correct it, then the Factbook."""
    people = People()
    own = list(read_own())
    for tenure in read_wikidata():
        people.add(tenure)
    for tenure in own:
        people.add(tenure)
    for at, tenures in enumerate(people.tenures):
        people.tenures[at] = _prefer_own(tenures)
    held: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenures in people.tenures:
        for tenure in tenures:
            held[tenure.country, tenure.office].append(tenure)
    for tenure in read_factbook(countries):
        same = held[tenure.country, tenure.office]
        if any(_same_holder(tenure, other) for other in same):
            continue
        held[tenure.country, tenure.office].append(tenure)
        people.add(tenure)
    _close_open(people, own)
    return people


def _prefer_own(tenures: list[Tenure]) -> list[Tenure]:
    """Our own dates replace others of the same person and office that they overlap."""
    mine = [tenure for tenure in tenures if tenure.origin == "own"]
    kept = [
        tenure
        for tenure in tenures
        if tenure.origin == "own"
        or not any(
            tenure.country == other.country and tenure.office == other.office
            and tenure.start <= other.end and other.start <= tenure.end
            for other in mine
        )
    ]  # fmt: skip
    return _merge_spells(kept)


def _merge_spells(tenures: list[Tenure]) -> list[Tenure]:
    """Rows of one office that touch or overlap become one."""
    merged: list[Tenure] = []
    for tenure in sorted(tenures, key=lambda row: (row.country, row.office, row.start, row.end)):
        last = merged[-1] if merged else None
        if last and (last.country, last.office) == (tenure.country, tenure.office) and tenure.start <= last.end:
            last.end = max(last.end, tenure.end)
        else:
            merged.append(tenure)
    return merged


def _same_holder(one: Tenure, other: Tenure) -> bool:
    """The same surname in the same office at the same time."""
    shared = {sound(t) for t in split_name(one.person)} & {sound(t) for t in split_name(other.person)}
    return bool(shared) and one.start <= other.end and other.start - 20000 <= one.end


def _close_open(people: People, own: Iterable[Tenure]) -> None:
    """End an open row of a single office where its successor starts, and stale ones at the snapshot."""
    starts: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = [tenure for tenures in people.tenures for tenure in tenures]
    for tenure in rows:
        starts[tenure.country, tenure.office].append(tenure.start)
    for tenure in rows:
        if tenure.end < OPEN and tenure.origin != "factbook":
            continue
        later = [start for start in starts[tenure.country, tenure.office] if start > tenure.start]
        if later and SINGLE.match(tenure.office) and tenure.country:
            tenure.end = min(later)
        elif tenure.origin == "wikidata" and tenure.start < 20180101:
            tenure.end = min(tenure.end, SNAPSHOT)


def read_other_bodies(known: set[str], countries: dict[str, str]) -> tuple[list[Entity], dict[str, str]]:
    """Bodies, groups and places of CAMEO's dictionaries that we do not name ourselves."""
    entities: list[Entity] = []
    places: dict[str, str] = {}
    for file in ("Phoenix.Countries.actors.txt", "Phoenix.MilNonState.actors.txt", "Phoenix.International.actors.txt"):
        for names, codes in read_cameo(file):
            words = [title_words(name) for name in names]
            if file.startswith("Phoenix.C") and len(codes) == 1 and re.fullmatch(r"\[[A-Z]{3}\]", codes[0]):
                country = codes[0][1:4]
                if country in countries.values():
                    places |= {fold(word): country for word in words if len(fold(word)) > 3}
                continue
            entity = _read_group(file, words, codes, known, countries)
            if entity:
                entities.append(entity)
                known |= {fold(word) for word in entity.aliases}
    return entities, places


def _read_group(
    file: str, words: list[str], codes: list[str], known: set[str], countries: dict[str, str]
) -> Entity | None:
    """A body with one undated code; dated ones are persons, whom we have from Wikidata."""
    if len(codes) != 1 or not re.fullmatch(r"\[[A-Z]{6,9}\]", codes[0]) or fold(words[0]) in known:
        return None
    code = codes[0][1:-1]
    country, sector = code[:3], _PLOVER.get(code[3:6], code[3:6])
    if country not in countries.values() or code[3:6] not in _CAMEO_SECTORS or sector in ("ELI", "GOV", "LEG", "JUD"):
        return None
    aliases = {re.sub(r" ?\(.*?\)", "", word).strip(): "name" for word in words}
    aliases = {
        word: form
        for word, form in aliases.items()
        if len(fold(word)) > 4 and " " in fold(word) and fold(word) not in known
    }
    aliases = {word: form for word, form in aliases.items() if _BODY.search(word)}
    if not aliases:
        return None
    kind = "group" if sector in ("REB", "PRM", "CRM") else "body"
    return Entity(
        next(iter(aliases)),
        kind,
        country,
        sector,
        country + ("" if sector == "GOV" else sector),
        origin="cameo",
        aliases=aliases,
    )


def build(target: Path = TARGET) -> dict[str, int]:
    """Write the base; the counts of rows by table."""
    target.unlink(missing_ok=True)
    base = sqlite3.connect(target)
    base.executescript(SCHEMA)
    states, bodies = list(read_states()), list(read_bodies())
    countries = {
        fold(word): state.country for state in states for word, form in state.aliases.items() if form == "name"
    }
    countries |= {
        "burma": "MMR",
        "korea south": "KOR",
        "korea north": "PRK",
        "turkey turkiye": "TUR",
        "congo democratic republic of the": "COD",
        "congo republic of the": "COG",
        "bahamas the": "BHS",
        "gambia the": "GMB",
        "micronesia federated states of": "FSM",
        "holy see vatican city": "VAT",
    }
    known = {fold(word) for entity in (*states, *bodies) for word in entity.aliases}
    others, places = read_other_bodies(set(known), countries)
    ids = write_entities(base, [*states, *bodies, *others])
    people = gather_people(countries)
    write_people(base, people, ids)
    rows = [(key, country) for key, country in sorted(places.items()) if key not in known]
    base.executemany("insert into place values (?, ?)", rows)
    for file in sorted(OWN.glob("*.yaml")):
        base.execute("insert into meta values (?, ?)", (file.name, hashlib.sha256(file.read_bytes()).hexdigest()))
    base.commit()
    base.execute("vacuum")
    return {  # table names are ours
        table: base.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608
        for table in ("entity", "alias", "place", "person", "sound", "tenure")
    }


def write_entities(base: sqlite3.Connection, entities: Iterable[Entity]) -> dict[str, int]:
    """States, bodies and groups; their ids by name."""
    ids: dict[str, int] = {}
    for at, entity in enumerate(entities, 1):
        ids.setdefault(entity.name, at)
        _insert(base, at, entity)
        base.executemany(
            "insert into alias values (?, ?, ?, ?)", [(w, fold(w), at, form) for w, form in entity.aliases.items()]
        )
        base.executemany("insert into period values (?, ?, ?, ?)", [(at, *period) for period in entity.periods])
    return ids


def _insert(base: sqlite3.Connection, at: int, entity: Entity) -> None:
    values = (
        at,
        entity.name,
        entity.kind,
        entity.country,
        entity.sector,
        entity.code,
        entity.wikidata,
        entity.gender,
        entity.origin,
    )
    base.execute("insert into entity values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def write_people(base: sqlite3.Connection, people: People, ids: dict[str, int]) -> None:
    """Persons, their names, the sounds of the names, and their offices."""
    first = max(ids.values()) + 1000
    titles: dict[tuple[str, str, str], int] = {}
    for at, (entity, tenures) in enumerate(zip(people.entities, people.tenures, strict=True), first):
        _insert(base, at, entity)
        keys = {key for name in entity.aliases if (key := fold(name))}
        base.executemany("insert or ignore into person values (?, ?)", [(key, at) for key in sorted(keys)])
        sounds = {sound(token) for key in keys for token in split_name(key)}
        base.executemany("insert or ignore into sound values (?, ?)", [(key, at) for key in sorted(sounds)])
        for row in tenures:
            kind = (row.title, row.office, row.sector)
            if kind not in titles:
                titles[kind] = len(titles) + 1
                base.execute("insert into title values (?, ?, ?, ?)", (titles[kind], *kind))
            body = ids.get(row.body) if row.body else None
            values = (at, row.country, body, titles[kind], row.start, row.end, row.origin)
            base.execute("insert into tenure values (?, ?, ?, ?, ?, ?, ?)", values)


if __name__ == "__main__":
    print(build())
