"""Dates as wires print them, and time stamps of metadata."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from onrecord.read.dates import match_date, nearest_day, read_stamp, search_date


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("Jan 14", None, 1, 14),
        ("Jan. 5, 2022", 2022, 1, 5),
        ("14 January 2022", 2022, 1, 14),
        ("14th January, 2022", 2022, 1, 14),
        ("September 26th 2002", 2002, 9, 26),
        ("Monday, March 3", None, 3, 3),
        ("4 juin 2010", 2010, 6, 4),
        ("den 5. mai 2020", 2020, 5, 5),
        ("12 Mar.", None, 3, 12),
        ("9 mar", None, 3, 9),
        ("20 de enero de 2021", 2021, 1, 20),
        ("14.1.2015", 2015, 1, 14),
        ("05/01/2022", 2022, 1, 5),
        ("01/25/2022", 2022, 1, 25),
        ("2022-01-14", 2022, 1, 14),
        ("24/01/99", 1999, 1, 24),
        ("9 maaliskuuta 2016", 2016, 3, 9),
    ],
)
def test_a_printed_date_is_read(text: str, year: int | None, month: int, day: int) -> None:
    found = match_date(text)
    assert found is not None
    assert (found.year, found.month, found.day) == (year, month, day)


@pytest.mark.parametrize("text", ["May said no", "the 14 states", "March on Rome", "99/99/2020", "13.13.2013", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert match_date(text) is None


def test_a_date_inside_a_line_is_found() -> None:
    found = search_date("This report was first published Oct. 19, 2024.")
    assert found is not None
    assert found.as_date() == date(2024, 10, 19)


def test_a_score_is_no_date() -> None:
    assert search_date("They won 3/4 of the seats") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20140829T135006Z", "2014-08-29T13:50:06+00:00"),
        ("20131020T192751+1100", "2013-10-20T19:27:51+11:00"),
        ("2014-07-17T00:24:11.000Z", "2014-07-17T00:24:11+00:00"),
        ("2019-03-25", "2019-03-25T00:00:00"),
        ("Thu, 19 Feb 2015 17:18:40 +1100", "2015-02-19T17:18:40+11:00"),
        ("9 March 2016", "2016-03-09T00:00:00"),
    ],
)
def test_a_time_stamp_is_read(text: str, expected: str) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert stamp.isoformat() == expected


@pytest.mark.parametrize("text", ["", "soon", "20141329", "2014-02-30", "next Friday"])
def test_no_time_stamp_is_none(text: str) -> None:
    assert read_stamp(text) is None


def test_the_year_is_that_of_the_last_such_day_before_receipt() -> None:
    received = datetime(2022, 1, 16, 9, 0)
    assert nearest_day(1, 14, received) == date(2022, 1, 14)
    assert nearest_day(12, 30, received) == date(2021, 12, 30)
    assert nearest_day(2, 29, received) == date(2020, 2, 29)
