"""Codes of countries in other systems, and their names: FIPS 10-4 (GDELT), Correlates of War (POLECAT)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

#: Countries whose CAMEO code is not that of ISO 3166-1 alpha-3.
_CAMEO: Final = {"ROU": "ROM", "TLS": "TMP"}


def find_fips(country: str) -> str:
    """FIPS 10-4 code of an ISO 3166-1 alpha-3 code; empty where there is none."""
    return str(_load("country_codes.yaml").get(country, ("", 0))[0])


def find_war_number(country: str) -> str:
    """Number in the Correlates of War state system; empty where there is none."""
    number = _load("country_codes.yaml").get(country, ("", 0))[1]
    return str(number) if number else ""


def find_cameo_country(country: str) -> str:
    """CAMEO code of a country."""
    return _CAMEO.get(country, country)


def name_country(country: str) -> str:
    """Common English name of a country; its code where we have none."""
    states = _load("actors/states.yaml")
    return str(states[country][0]) if country in states else country


@cache
def _load(name: str) -> dict[str, Any]:
    text = (resources.files("onrecord") / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return loaded
