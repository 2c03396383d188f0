"""Codes of countries in other systems."""

from __future__ import annotations

import pytest

from onrecord.export.countries import find_cameo_country, find_fips, find_war_number, name_country


@pytest.mark.parametrize(
    ("country", "fips", "number"),
    [
        ("RUS", "RS", "365"),
        ("DEU", "GM", "255"),
        ("VNM", "VM", "816"),
        ("NOR", "NO", "385"),
        ("PSE", "WE", ""),
        ("", "", ""),
    ],
)
def test_countries_have_the_codes_of_gdelt_and_polecat(country: str, fips: str, number: str) -> None:
    assert (find_fips(country), find_war_number(country)) == (fips, number)


def test_a_country_without_an_entry_keeps_its_code() -> None:
    assert name_country("ZZZ") == "ZZZ"
    assert find_cameo_country("ROU") == "ROM"
    assert find_cameo_country("FRA") == "FRA"
