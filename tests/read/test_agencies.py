"""Names of agencies in all their forms."""

from __future__ import annotations

import re

import pytest

from onrecord.read.agencies import bare_pattern, load_agencies, name_agency, split_agencies


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("dpa", "DPA"),
        ("The Associated Press", "AP"),
        ("REUTERS", "Reuters"),
        ("Agence France-Presse", "AFP"),
        ("anadolu agency", "AA"),
        ("Itar-Tass", "TASS"),
        ("Kyodo News", "Kyodo"),
        ("somebody", ""),
    ],
)
def test_a_form_leads_to_the_short_name(form: str, name: str) -> None:
    assert name_agency(form) == name


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Reuters/AP", ("Reuters", "AP")),
        ("AFP, Reuters and dpa", ("AFP", "Reuters", "DPA")),
        ("Sapa-AFP", ("SAPA", "AFP")),
        ("Interfax-Ukraine", ("Interfax-Ukraine",)),
        ("awp/sda", ("Keystone-SDA",)),
        ("NATO", ()),
        ("AP and the rest", ()),
    ],
)
def test_several_agencies_in_brackets_are_told_apart(words: str, names: tuple[str, ...]) -> None:
    assert split_agencies(words) == names


def test_an_unknown_acronym_counts_only_where_it_may_be_an_agency() -> None:
    assert split_agencies("XYZ") == ()
    assert split_agencies("XYZ", strict=False) == ("XYZ",)
    assert split_agencies("NATO", strict=False) == ()


def test_an_agency_without_brackets_stands_as_written_or_in_capitals() -> None:
    assert bare_pattern().match("Sapa-AFP said")
    assert bare_pattern().match("XINHUA")
    assert not bare_pattern().match("reuters")


def test_no_form_belongs_to_two_agencies() -> None:
    forms = [
        form.casefold()
        for name, others in load_agencies().items()
        for form in {name.casefold(), *map(str.casefold, others)}
    ]
    assert len(forms) == len(set(forms))


def test_the_list_holds_the_great_agencies_and_sixty_more() -> None:
    assert len(load_agencies()) >= 60
    assert all(name_agency(name) == name for name in ("AP", "AFP", "Reuters", "DPA", "EFE", "ANSA", "PA", "AAP", "STT"))
    assert not [name for name in load_agencies() if not re.search(r"[A-Z]", name) and name not in ("epd",)]
