"""Places by name: GeoNames ids, coordinates and countries, from one SQLite file in the package.

The file is built by `training/build_places.py` from GeoNames (CC BY 4.0) and opened read-only, so that loading costs
nothing. Which of several places of one name is meant is decided by `Gazetteer.choose`.
"""

from __future__ import annotations

import math
import sqlite3
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from onrecord.errors import DataError

_PLAIN: Final = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "’": "'", "ʼ": "'", "-": " ", ".": ""})


class Spot(NamedTuple):
    """One place of the gazetteer; `kind` is country, state, capital or town, `region` a state of the USA."""

    id: int
    name: str
    country: str
    region: str
    latitude: float | None
    longitude: float | None
    people: int
    kind: str


def fold_name(name: str) -> str:
    """A name without case, accents, hyphens and a leading article: `São-Tomé` -> sao tome."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN))
    folded = " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
    return folded.removeprefix("the ")


class Gazetteer:
    """Look-ups by name. Pickles by its file."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the gazetteer.

        Raises:
            DataError: the file is missing, empty or no gazetteer.
        """
        self.path = path or Path(str(resources.files("onrecord") / "data" / "places" / "places.sqlite"))
        if not self.path.is_file():
            raise DataError("no gazetteer here", where=str(self.path), hint="reinstall onrecord")
        self._rows = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            empty = self._rows.execute("select 1 from name limit 1").fetchone() is None
        except sqlite3.Error as error:
            raise DataError(f"no gazetteer: {error}", where=str(self.path), hint="reinstall onrecord") from error
        if empty:
            raise DataError("the gazetteer is empty", where=str(self.path), hint="run python -m training.build_places")
        self.find = lru_cache(maxsize=8192)(self._find)

    def __reduce__(self) -> tuple[object, ...]:
        return Gazetteer, (self.path,)

    def _find(self, name: str) -> tuple[Spot, ...]:
        """All places of this name, those that bear it as their main name first, then by people."""
        sql = "select place.* from name join place using (id) where key = ? order by main desc, people desc"
        return tuple(Spot(*row) for row in self._rows.execute(sql, (fold_name(name),)))

    def choose(self, name: str, countries: Collection[str] = (), within: str = "") -> Spot | None:
        """The place that is meant.

        Args:
            name: as printed, without its country.
            countries: alpha-3 codes of the countries that the story names.
            within: a country or state printed behind the name ("Paris, Texas").
        """
        spots = self.find(name)
        if not spots:
            return None
        holders = self.find(within) if within else ()
        return max(spots, key=lambda spot: _weigh(spot, countries, holders, spots[0]))


def _weigh(spot: Spot, countries: Collection[str], holders: Collection[Spot], first: Spot) -> float:
    weight = math.log10(spot.people + 10) + (spot.name == first.name)
    weight += {"country": 4.0, "capital": 2.0}.get(spot.kind, 0.0)
    weight += 3.0 * (spot.country in countries)
    within = any(_holds(holder, spot) for holder in holders)
    return weight + 8.0 * within


def _holds(holder: Spot, spot: Spot) -> bool:
    if holder.id == spot.id or holder.country != spot.country:
        return False
    return holder.kind == "country" or (holder.kind == "state" and holder.region == spot.region)
