"""The base of actors: states, bodies, groups, persons, and who held which office when.

One read-only SQLite file in the package, opened on first use; the names of states, bodies and groups are held in
memory, persons are looked up and cached. A user's own rows (`overlay.py`) lie over it and win. Days are numbers,
`20220114`, so that they compare as they are stored.

Source: docs/origins.md.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from onrecord.actors.names import fold, match_names, sound, split_name
from onrecord.errors import DataError

#: An office that was open when its source was written.
OPEN: Final = 99991231
#: Names at least this alike in every token are one name (0 to 1).
ALIKE: Final = 0.85


class Entity(NamedTuple):
    """One row of the base. `gender` is `m`, `f` or empty; `origin` says where the row is from."""

    id: int
    name: str
    kind: str
    country: str
    sector: str
    code: str
    wikidata: str
    gender: str
    origin: str


class Alias(NamedTuple):
    """A name of an entity: `name`, `seat` (a capital that stands for its government), `people` or `peoples`."""

    entity: int
    form: str
    acronym: bool
    capital: bool


class Tenure(NamedTuple):
    """Somebody in an office of a country or body; days as numbers, `end` is `OPEN` where none is known."""

    entity: int
    country: str
    body: int | None
    office: str
    title: str
    sector: str
    start: int
    end: int
    origin: str

    def holds(self, day: int | None) -> bool:
        """True when the office was held on that day; without a day always."""
        return day is None or self.start <= day <= self.end


@dataclass(frozen=True)
class Extra:
    """Rows of a user: entities with their names, and offices (`entity` is the place in `entities`)."""

    entities: tuple[tuple[Entity, tuple[str, ...]], ...] = ()
    tenures: tuple[Tenure, ...] = ()


def number_day(day: date | None) -> int | None:
    """A date as a number: 14 January 2022 is 20220114."""
    return None if day is None else day.year * 10000 + day.month * 100 + day.day


class Base:
    """Look-ups in the base. Pickles by its file and the user's rows."""

    def __init__(self, path: Path | None = None, extra: Extra | None = None) -> None:
        """Open the base.

        Raises:
            DataError: the file is missing or no base of actors.
        """
        self.path = path or Path(str(resources.files("onrecord") / "data" / "actors" / "actors.sqlite"))
        self.extra = extra or Extra()
        if not self.path.is_file():
            raise DataError("no base of actors here", where=str(self.path), hint="reinstall onrecord")
        self._rows = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.aliases: dict[str, list[Alias]] = {}
        try:
            for words, key, entity, form in self._rows.execute("select words, key, entity, form from alias"):
                self.aliases.setdefault(key, []).append(make_alias(words, entity, form))
            self.places: dict[str, str] = dict(self._rows.execute("select key, country from place"))
            self._periods = self._read_periods()
        except sqlite3.Error as error:
            raise DataError(f"no base of actors: {error}", where=str(self.path), hint="reinstall onrecord") from error
        self._own: dict[int, Entity] = {}
        self._people: dict[str, list[int]] = defaultdict(list)
        self._own_sounds: dict[str, set[int]] = defaultdict(set)
        self._add_extra()
        self.longest = max((key.count(" ") + 1 for key in self.aliases), default=1)
        self.starts = frozenset(key.split(" ", 1)[0] for key in (*self.aliases, *self.places))
        self.states = {row.country: row for row in self._find_kind("state") if row.sector == "GOV"}
        self._cache()

    def __reduce__(self) -> tuple[object, ...]:
        return Base, (self.path, self.extra)

    def _cache(self) -> None:
        self.find_entity = lru_cache(maxsize=8192)(self._find_entity)
        self.find_people = lru_cache(maxsize=8192)(self._find_people)
        self.find_alike = lru_cache(maxsize=4096)(self._find_alike)
        self.find_tenures = lru_cache(maxsize=8192)(self._find_tenures)
        self.find_holders = lru_cache(maxsize=4096)(self._find_holders)
        self.find_officers = lru_cache(maxsize=512)(self._find_officers)

    def _read_periods(self) -> dict[int, list[tuple[str, int, int]]]:
        periods: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for entity, sector, start, end in self._rows.execute("select * from period"):
            periods[entity].append((sector, start, end))
        return dict(periods)

    def _add_extra(self) -> None:
        for entity, names in self.extra.entities:
            self._own[entity.id] = entity
            for name in names:
                if entity.kind == "person":
                    self._people[fold(name)].append(entity.id)
                    for token in split_name(name):
                        self._own_sounds[sound(token)].add(entity.id)
                else:
                    self.aliases[fold(name)] = [make_alias(name, entity.id, "name")]

    def _find_kind(self, kind: str) -> list[Entity]:
        return [Entity(*row) for row in self._rows.execute("select * from entity where kind = ?", (kind,))]

    def _find_entity(self, at: int) -> Entity:
        """The row with this id.

        Raises:
            KeyError: there is none.
        """
        if at in self._own:
            return self._own[at]
        row = self._rows.execute("select * from entity where id = ?", (at,)).fetchone()
        if row is None:
            raise KeyError(at)
        return Entity(*row)

    def _find_people(self, key: str) -> tuple[int, ...]:
        """Persons with exactly this folded name."""
        if key in self._people:
            return tuple(self._people[key])
        return tuple(row[0] for row in self._rows.execute("select entity from person where key = ?", (key,)))

    def _find_alike(self, tokens: tuple[str, ...]) -> tuple[tuple[int, float], ...]:
        """Persons with all these name tokens, spelt alike, in any order; best first, with the likeness."""
        keys = sorted({sound(token) for token in tokens if len(token) > 1})
        if not keys:
            return ()
        marks = ",".join("?" * len(keys))
        sql = f"select entity from sound where key in ({marks}) group by entity having count(*) = ?"  # noqa: S608
        found = [row[0] for row in self._rows.execute(sql, (*keys, len(keys)))]
        found += [at for at in set.intersection(*(self._own_sounds.get(key, set()) for key in keys)) if at not in found]
        fits = [(at, self._fit(tokens, at)) for at in found]
        return tuple(sorted(((at, fit) for at, fit in fits if fit >= ALIKE), key=lambda pair: (-pair[1], pair[0])))

    def _fit(self, tokens: Sequence[str], at: int) -> float:
        names = self.find_names(at)
        return max((match_names(list(tokens), split_name(name)) for name in names), default=0.0)

    def find_names(self, at: int) -> tuple[str, ...]:
        """All folded names of a person."""
        if at in self._own:
            return tuple(key for key, ids in self._people.items() if at in ids)
        return _names_of(self._rows, at)

    def _find_tenures(self, at: int) -> tuple[Tenure, ...]:
        """The offices of a person, oldest first."""
        mine = tuple(row for row in self.extra.tenures if row.entity == at)
        rows = self._rows.execute("select * from term where entity = ? order by start, end", (at,))
        return (*(Tenure(*row) for row in rows), *mine)

    def _find_holders(self, country: str, office: str, day: int | None, body: int | None = None) -> tuple[Tenure, ...]:
        """Who held an office of a country or body on a day, the newest first; all of them without a day."""
        where, values = ("body = ?", (body, office)) if body else ("country = ?", (country, office))
        sql = f"select * from term where {where} and office = ?"  # noqa: S608
        rows = [Tenure(*row) for row in self._rows.execute(sql, values)]
        rows += [row for row in self.extra.tenures if row.office == office and (row.country == country and not body)]
        held = [row for row in rows if row.holds(day)]
        return tuple(sorted(held, key=lambda row: (row.entity in self._own, row.start), reverse=True))

    def _find_officers(self, day: int | None) -> tuple[Tenure, ...]:
        """All officers of international bodies on a day."""
        rows = (
            Tenure(*row) for row in self._rows.execute("select * from term where body is not null order by start desc")
        )
        return tuple(row for row in rows if row.holds(day))

    def find_sector(self, entity: Entity, day: int | None) -> str:
        """The sector of a body or group on a day: a group that took power is its government since then."""
        for sector, start, end in self._periods.get(entity.id, ()):
            if day is not None and start <= day <= end:
                return sector
        return entity.sector


#: Acronyms that are words in lower case; longer ones are also written "Nato", "Renamo".
_WORDS: Final = frozenset(["care", "fact", "mend", "raw", "wam", "petra", "march"])


def make_alias(words: str, entity: int, form: str) -> Alias:
    """A name with what its spelling asks of the text: capitals where it has them."""
    letters = [char for char in words if char.isalpha()]
    acronym = (
        sum(char.isupper() for char in letters) == len(letters)
        and " " not in words
        and (len(letters) < 4 or words.lower() in _WORDS)
    )
    return Alias(entity, form, acronym, any(char.isupper() for char in words))


_NAMES = "select key from person where entity = ?"


def _names_of(rows: sqlite3.Connection, at: int) -> tuple[str, ...]:
    return tuple(row[0] for row in rows.execute(_NAMES, (at,)))


@cache
def load_base() -> Base:
    """The base in the package, opened once a process."""
    return Base()


def rank_holders(tenures: Iterable[Tenure]) -> list[Tenure]:
    """One row a person, in the order given."""
    seen: set[int] = set()
    return [row for row in tenures if row.entity not in seen and not seen.add(row.entity)]  # type: ignore[func-returns-value]


class Office(NamedTuple):
    """One office that somebody held, for those who look from a name to dates. `end` is None where none is known."""

    person: str
    country: str
    title: str
    start: date | None
    end: date | None


@lru_cache(maxsize=4096)
def find_offices(name: str) -> tuple[Office, ...]:
    """The offices of all persons that a name can mean, whole or by surname, oldest first.

    Example:
        >>> [office.start.year for office in find_offices("Jens Stoltenberg") if office.title.endswith("NATO")]
        [2014]
    """
    base = load_base()
    tokens = split_name(name)
    ids = base.find_people(fold(name)) or base.find_people(" ".join(tokens))
    ids = ids or tuple(at for at, _ in base.find_alike(tuple(tokens)))
    rows = sorted((row for at in ids for row in base.find_tenures(at)), key=lambda row: (row.start, row.end))
    return tuple(
        Office(base.find_entity(row.entity).name, row.country, row.title, _read_day(row.start), _read_day(row.end))
        for row in rows
    )


def _read_day(number: int) -> date | None:
    """The date that a number stands for; None where there is none."""
    if number in (0, OPEN):
        return None
    year, rest = divmod(number, 10000)
    month, day = divmod(rest, 100)
    for last in (day, 30, 29, 28):
        try:
            return date(year, month or 1, min(day or 1, last))
        except ValueError:
            continue
    return None
