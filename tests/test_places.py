"""Places: which names are places, and which place of that name."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.gazetteer import Gazetteer, fold_name
from onrecord.places import find_places, place_events
from onrecord.record import Event
from onrecord.segment import segment_story
from onrecord.story import Dateline, Span, Story


def make_story(text: str, *dateline: str) -> Story:
    places = Dateline(span=Span(0, 0), places=dateline) if dateline else None
    spans = (Span(0, len(text)),)
    return Story(id="x", text=text, raw=b"", runs=(), format="text", paragraphs=spans, dateline=places)


def find(text: str, *dateline: str) -> list[tuple[str, str]]:
    return [(place.name, place.country) for place in find_places(make_story(text, *dateline))]


def test_capital_that_hosts_is_a_place() -> None:
    (place,) = find_places(make_story("The envoys met in Geneva."))
    assert (place.name, place.country, place.geonames) == ("Geneva", "CHE", 2660646)
    assert place.latitude == pytest.approx(46.2, abs=0.1)
    assert place.longitude == pytest.approx(6.1, abs=0.1)


def test_capital_that_acts_is_no_place() -> None:
    assert find("Moscow rejected the offer, and Washington regretted it.") == []


def test_country_named_behind_decides() -> None:
    assert find("A court in Paris, Texas, freed him.")[0] == ("Paris", "USA")


def test_country_of_the_story_decides() -> None:
    assert find("Lebanon sent troops. Clashes went on in Tripoli.", "Beirut") == [("Tripoli", "LBN")]
    assert find("Libya sent troops. Clashes went on in Tripoli.") == [("Tripoli", "LBY")]


def test_second_place_of_a_row_is_found() -> None:
    assert find("Rounds were held in Cairo and Tunis.") == [("Cairo", "EGY"), ("Tunis", "TUN")]


def test_sea_with_the_name_of_a_country_is_not_the_country() -> None:
    assert find("The ships collided in the South China Sea.") == []


def test_month_is_no_place() -> None:
    assert find("The talks failed in March.") == []


def test_other_spelling_leads_to_the_same_place() -> None:
    assert find("They met in Kiev.") == find("They met in Kyiv.") == [("Kyiv", "UKR")]


def test_event_takes_the_place_of_its_clause() -> None:
    text = "The envoys held talks in Geneva on Monday."
    story = make_story(text)
    event = Event(id="e1", span=Span(0, len(text)), type="CONSULT", trigger=Span(11, 21))
    (placed,) = place_events(segment_story(story), (event,), find_places(story))
    assert placed.place == "p1"


def test_names_are_folded() -> None:
    assert fold_name("São-Tomé") == "sao tome"
    assert fold_name("The Hague") == "hague"


def test_missing_gazetteer_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no gazetteer here"):
        Gazetteer(tmp_path / "none.sqlite")


def test_empty_gazetteer_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.write_bytes(b"")
    with pytest.raises(DataError, match="gazetteer"):
        Gazetteer(path)


def test_gazetteer_pickles_by_its_file() -> None:
    known = Gazetteer()
    assert pickle.loads(pickle.dumps(known)).find("Oslo") == known.find("Oslo")
