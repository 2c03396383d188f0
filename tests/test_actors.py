"""Mentions resolved against the base on a day."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.actors.base import Base, find_offices, load_base, number_day
from onrecord.actors.names import fold, match_names, sound, split_name
from onrecord.actors.offices import name_office
from onrecord.actors.resolver import Context, Resolver
from onrecord.record import Actor, ActorKind, Tenure


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load_base())


def resolve(resolver: Resolver, words: str, day: str = "", home: str = "") -> Actor:
    return resolver.resolve(words, Context(number_day(date.fromisoformat(day)) if day else None, home))


def test_name_with_a_long_title_is_the_person_in_office(resolver: Resolver) -> None:
    words = "Deputy Prime Minister for European and Euro-Atlantic Integration of Ukraine, Ms Olga Stefanishyna"
    actor = resolve(resolver, words, "2022-01-10")
    assert (actor.name, actor.country, actor.sector) == ("Olha Stefanishyna", "UKR", "GOV")
    assert actor.tenure is Tenure.HOLDER


@pytest.mark.parametrize(
    ("day", "name"),
    [("2000-06-02", "Igor Ivanov"), ("2022-01-14", "Sergey Lavrov"), ("1997-03-01", "Yevgeny Primakov")],
)
def test_role_without_a_name_is_its_holder_on_the_day(resolver: Resolver, day: str, name: str) -> None:
    assert resolve(resolver, "the Russian foreign minister", day).name == name


def test_role_stays_a_role_where_many_hold_it(resolver: Resolver) -> None:
    actor = resolve(resolver, "a Kremlin spokesman", "2022-01-14")
    assert (actor.name, actor.country, actor.sector, actor.code) == ("Kremlin spokesman", "RUS", "GOV", "RUS")


def test_role_without_a_day_names_nobody(resolver: Resolver) -> None:
    assert resolve(resolver, "the French president").wikidata == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Saudi jets", "SAUMIL"),
        ("Turkish police", "TURCOP"),
        ("the Malian junta", "MLI"),
        ("Norwegian lawmakers", "NORLEG"),
        ("protesters in Caracas", "VENCVL"),
        ("Iraqi rebels", "IRQREB"),
        ("Somali pirates", "SOMCRM"),
        ("the Ministry of Health of Brazil", "BRA"),
        ("Foggy Bottom", "USA"),
        ("UN peacekeepers", "IGOUNO"),
        ("a NATO spokesman", "IGONATO"),
        ("the Mossad", "ISRSPY"),
        ("Hamas delegate Raed Abu Shanab", "PSEREB"),
    ],
)
def test_words_give_country_and_sector(resolver: Resolver, words: str, code: str) -> None:
    assert resolve(resolver, words, "2015-05-05").code == code


def test_sector_of_a_group_follows_the_day(resolver: Resolver) -> None:
    assert resolve(resolver, "the Taliban", "2010-01-01").sector == "REB"
    assert resolve(resolver, "the Taliban", "2022-01-01").sector == "GOV"


def test_one_person_changes_office_and_employer(resolver: Resolver) -> None:
    assert resolve(resolver, "Jens Stoltenberg", "2010-05-05").code == "NOR"
    assert resolve(resolver, "Mr Stoltenberg", "2022-01-10").code == "IGONATO"


def test_former_holder_is_elite_and_marked(resolver: Resolver) -> None:
    actor = resolve(resolver, "former French president Nicolas Sarkozy", "2014-07-01")
    assert (actor.sector, actor.tenure) == ("ELI", Tenure.FORMER)


def test_elected_holder_is_designated(resolver: Resolver) -> None:
    assert resolve(resolver, "President-elect Joe Biden", "2020-12-01").tenure is Tenure.DESIGNATED


def test_person_named_like_a_state_is_the_person(resolver: Resolver) -> None:
    assert resolve(resolver, "Israel's defence minister, Israel Katz", "2025-01-15").name == "Israel Katz"


def test_unknown_person_is_coded_from_the_words(resolver: Resolver) -> None:
    actor = resolve(resolver, "Burkinabe government spokesman Issa Kabore", "2013-08-04")
    assert (actor.name, actor.kind, actor.code) == ("Issa Kabore", ActorKind.PERSON, "BFA")
    assert "no such name" in actor.resolved_by


def test_unnamed_body_belongs_to_the_state_of_the_story(resolver: Resolver) -> None:
    assert resolve(resolver, "the police", home="PER").code == "PERCOP"


def test_unresolved_words_say_why(resolver: Resolver) -> None:
    assert resolve(resolver, "the wind").resolved_by.startswith("unresolved")


@pytest.mark.parametrize("spelling", ["Volodymyr Zelenskiy", "Vladimir Zelensky", "Volodymyr Zelenskyy", "Zelensky"])
def test_transliterations_are_one_person(resolver: Resolver, spelling: str) -> None:
    assert resolve(resolver, f"Ukrainian President {spelling}", "2022-03-01").name == "Volodymyr Zelensky"


def test_family_name_first_is_found(resolver: Resolver) -> None:
    assert resolve(resolver, "Abe Shinzo", "2014-01-01").country == "JPN"


@given(st.text(max_size=60))
def test_any_words_resolve_to_an_actor(words: str) -> None:
    actor = Resolver(load_base()).resolve(words, Context(20200101))
    assert actor.sector == "IGO" or len(actor.country) in (0, 3)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text).removeprefix("the ")


def test_names_sound_alike_across_scripts() -> None:
    assert sound("olga") == sound("olha")
    assert sound("gaddafi") == sound("qaddafi")
    assert match_names(["lavrow"], split_name("Sergey Lavrov")) > 0
    assert match_names(["kim"], ["kem"]) == 0


@pytest.mark.parametrize(
    "title",
    ["Minister of Foreign Affairs", "foreign minister", "Foreign Secretary", "Minister for Foreign Affairs and Trade"],
)
def test_titles_of_one_office_share_a_key(title: str) -> None:
    assert name_office(title) == "minister:foreign"


def test_spokesman_of_a_minister_is_not_the_minister() -> None:
    assert name_office("spokesman for the Ministry of Foreign Affairs") != "minister:foreign"


def test_offices_of_a_name_have_dates() -> None:
    offices = [office for office in find_offices("Jens Stoltenberg") if office.title == "Secretary General of NATO"]
    assert offices[0].start == date(2014, 10, 1)
    assert offices[0].end == date(2024, 10, 1)


def test_base_pickles_by_its_file() -> None:
    base = load_base()
    assert pickle.loads(pickle.dumps(base)).path == base.path


def test_missing_base_is_one_clear_error(tmp_path: object) -> None:
    from pathlib import Path

    from onrecord.errors import DataError

    with pytest.raises(DataError, match="no base of actors"):
        Base(Path(str(tmp_path)) / "none.sqlite")
