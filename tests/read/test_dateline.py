"""Datelines in the manner of many agencies, and sentences that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.dateline import find_dateline

DATED = [
    ("MOSCOW, Jan 14 (KUNA) -- The", ["Moscow"], ["KUNA"], (None, 1, 14)),
    ("Berlin (dpa) - The", ["Berlin"], ["DPA"], None),
    ("BUENOS AIRES, Argentina (AP) _ The", ["Buenos Aires"], ["AP"], None),
    ("NEW YORK (AP) — The", ["New York"], ["AP"], None),
    ("STOCKHOLM, Aug 29, 2014 (AFP) - The", ["Stockholm"], ["AFP"], (2014, 8, 29)),
    ("ROME, 12 Mar. - (ANSA) - The", ["Rome"], ["ANSA"], (None, 3, 12)),
    ("(ANSA) - Rome, March 12 - The", ["Rome"], ["ANSA"], (None, 3, 12)),
    ("ROME, 12 JUN - ANSA - The", ["Rome"], ["ANSA"], (None, 6, 12)),
    ("Geneva, 4 June/TASS/. The", ["Geneva"], ["TASS"], (None, 6, 4)),
    ("MOSCOW, January 14. /TASS/. The", ["Moscow"], ["TASS"], (None, 1, 14)),
    ("MINSK, May 3. /Itar-Tass correspondent Oleg Frolov/. The", ["Minsk"], ["TASS"], (None, 5, 3)),
    ("YEREVAN, JANUARY 14, ARMENPRESS. The", ["Yerevan"], ["Armenpress"], (None, 1, 14)),
    ("MOSCOW. Jan 14 (Interfax) - The", ["Moscow"], ["Interfax"], (None, 1, 14)),
    ("New Delhi, Jan 14 (PTI) The", ["New Delhi"], ["PTI"], (None, 1, 14)),
    ("UNITED NATIONS, Jan 14 (APP): The", ["United Nations"], ["APP"], (None, 1, 14)),
    ("PARIS/BERLIN, Jan 5 (Reuters) - The", ["Paris", "Berlin"], ["Reuters"], (None, 1, 5)),
    ("WASHINGTON and LONDON (AP) — The", ["Washington", "London"], ["AP"], None),
    ("VILNIUS, Jan 5 (ELTA/Reuters) - The", ["Vilnius"], ["ELTA", "Reuters"], (None, 1, 5)),
    ("MOGADISHU Feb 3 Sapa-AFP - The", ["Mogadishu"], ["SAPA", "AFP"], (None, 2, 3)),
    ("APA-Bamako (Mali) - The", ["Bamako"], ["APA"], None),
    ("Madrid, 14 ene (EFE).- El", ["Madrid"], ["EFE"], (None, 1, 14)),
    ("MADRID, 14 (EUROPA PRESS) El", ["Madrid"], ["Europa Press"], None),
    ("BRUSSEL 26/10 (BELGA) = De", ["Brussel"], ["Belga"], (None, 10, 26)),
    ("(Belga) Le ministre", [], ["Belga"], None),
    ("Helsinki, 14.1. (STT) - Suomi", ["Helsinki"], ["STT"], (None, 1, 14)),
    ("København /ritzau/ Danmark", ["København"], ["Ritzau"], None),
    ("Oslo (NTB): The", ["Oslo"], ["NTB"], None),
    ("Frankfurt/Main (dpa) - The", ["Frankfurt/Main"], ["DPA"], None),
    ("BAGHDAD, Feb 4 (XYZ) -- The", ["Baghdad"], ["XYZ"], (None, 2, 4)),
    ("TASS, January 14. The", [], ["TASS"], (None, 1, 14)),
    ("(dpa) - The", [], ["DPA"], None),
    ("Geneva/New York, 14 January 2022 – The", ["Geneva", "New York"], [], (2022, 1, 14)),
    ("GENEVA (9 March 2016) – The", ["Geneva"], [], (2016, 3, 9)),
    ("LONDON--(BUSINESS WIRE)--Acme", ["London"], ["Business Wire"], None),
]
ALONE = [
    ("WASHINGTON — The", ["Washington"]),
    ("OTTAWA - The", ["Ottawa"]),
    ("THUNDER BAY, Ont. — The", ["Thunder Bay"]),
    ("ISLAMABAD: The", ["Islamabad"]),
    ("Rabat - The", ["Rabat"]),
]
NONE = [
    "Paris - the city - was",
    "Russia - the largest country - said",
    "President Joe Biden (D) - said",
    "The Associated Press (AP) said it",
    "Xinhua News Agency (Xinhua) reported",
    "The United Nations (UN) - a body",
    "U.S. - China talks go on",
    "UPDATE 2-Slovakia presses Kyiv",
    "SOUTH CAUCASUS DIGEST FOR NOVEMBER 20",
    '"We are ready," he said.',
    "In May 2020 the ministers met.",
    "",
]


@pytest.mark.parametrize(("text", "places", "agencies", "date"), DATED, ids=[row[0] for row in DATED])
def test_a_dateline_is_taken_apart(
    text: str, places: list[str], agencies: list[str], date: tuple[int | None, int, int] | None
) -> None:
    found = find_dateline(text, alone=False)
    assert found is not None
    assert list(found.places) == places
    assert list(found.agencies) == agencies
    assert (found.date and (found.date.year, found.date.month, found.date.day)) == date
    assert text[found.end :] in ("The", "El", "De", "Le ministre", "Suomi", "Danmark", "Acme")


@pytest.mark.parametrize(("text", "places"), ALONE, ids=[row[0] for row in ALONE])
def test_a_place_alone_before_a_dash_is_a_dateline_of_a_first_paragraph(text: str, places: list[str]) -> None:
    found = find_dateline(text, alone=True)
    assert found is not None
    assert list(found.places) == places
    assert find_dateline(text, alone=False) is None


@pytest.mark.parametrize("text", NONE)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_a_correspondent_named_in_the_dateline_is_kept() -> None:
    found = find_dateline("MINSK, May 3. /Itar-Tass correspondent Oleg Frolov/. The")
    assert found is not None
    assert found.names == "Oleg Frolov"


@given(st.text(max_size=200))
def test_any_text_is_judged_without_error(text: str) -> None:
    found = find_dateline(text)
    assert found is None or 0 < found.end <= len(text)
