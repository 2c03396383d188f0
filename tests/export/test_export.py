"""What is chosen, counted and cleaned before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BrokenInput, EmptyInput, ExportError, SettingsError
from onrecord.export import export
from onrecord.export.dates import find_fraction, pin_day
from onrecord.export.entries import Entry, clean, read_file
from onrecord.export.files import write_tabs, write_text
from onrecord.export.kept import read_view
from onrecord.export.wish import Wish, is_wanted, pick_events, pick_statements
from onrecord.ledger.corrections import Action
from onrecord.ledger.keep import correct, keep_records
from onrecord.record import Act
from onrecord.store import Store
from onrecord.store.tables import EVENTS, STATEMENTS
from tests.export.conftest import make_record


def test_an_event_of_two_agencies_is_one_row_with_both_counted(kept: list[Entry], tmp_path: Path) -> None:
    assert [one.tally("event", "e1").first for one in kept] == [True, False]
    export("gdelt", kept, tmp_path / "once.CSV")
    (line,) = (tmp_path / "once.CSV").read_text().splitlines()
    assert line.split("\t")[31:34] == ["2", "2", "2"]


def test_every_report_is_a_row_when_asked_for(kept: list[Entry], tmp_path: Path) -> None:
    assert export("gdelt", kept, tmp_path / "each.CSV", Wish(every_report=True)) == 2


def test_corrections_are_in_the_export(tmp_path: Path) -> None:
    with Store.open(tmp_path / "corrected.db") as store:
        with store.writer() as writer:
            keep_records(writer, [make_record()])
            said = writer.connection.scalars(STATEMENTS.select().with_only_columns(STATEMENTS.c.key)).one()
            done = writer.connection.scalars(EVENTS.select().with_only_columns(EVENTS.c.key)).all()
            correct(writer, Action.RELABEL, "statement", [said], author="ed", field="act", value="threaten")
            correct(writer, Action.RELABEL, "event", [done[0]], author="ed", field="type", value="REJECT")
        with store.writer() as writer:
            last = writer.connection.scalars(EVENTS.select().with_only_columns(EVENTS.c.key)).all()[-1]
            correct(writer, Action.RETRACT, "event", [last], author="ed")
        with store.view() as view:
            (entry,) = read_view(view)
    assert [claim.act for claim in entry.record.statements] == [Act.THREATEN]
    assert [(claim.type, claim.quad) for claim in entry.record.events] == [("REJECT", 3)]


@pytest.mark.parametrize(
    ("wish", "events"),
    [
        (Wish(), 2),
        (Wish(actor="vell"), 2),
        (Wish(actor="YEMMIL"), 1),
        (Wish(actor="Nobody"), 0),
        (Wish(type="CONSULT"), 1),
        (Wish(end="2021-05-03"), 1),
        (Wish(start="2021-05-04"), 1),
        (Wish(start="2021", end="2021-05"), 2),
    ],
)
def test_filters_narrow_events(entry: Entry, wish: Wish, events: int) -> None:
    assert len(list(pick_events(entry, wish))) == events


def test_an_act_narrows_statements_and_decides_on_the_record(entry: Entry) -> None:
    assert len(list(pick_statements(entry, Wish(act="demand")))) == 1
    assert is_wanted(entry, Wish(act="demand"))
    assert not is_wanted(entry, Wish(act="offer"))


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=4))
def test_tabbed_files_have_one_line_a_row_and_no_extra_columns(rows: list[list[str]]) -> None:
    import io

    stream = io.StringIO()
    write_tabs(stream, ("a", "b", "c"), rows, header=True)
    lines = stream.getvalue().split("\n")[:-1]
    assert len(lines) == len(rows) + 1
    assert all(line.count("\t") == 2 and len(line.splitlines()) <= 1 for line in lines)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(words: str) -> None:
    assert clean(clean(words)) == clean(words)


def test_days_of_months_and_years_are_their_first() -> None:
    assert [str(pin_day(day)) for day in ("2021", "2021-05", "2021-05-03", "", "2021-02-30")] == [
        "2021-01-01",
        "2021-05-01",
        "2021-05-03",
        "None",
        "None",
    ]


def test_the_fraction_of_a_year_stays_within_it() -> None:
    last = pin_day("2021-12-31")
    assert last is not None
    assert 2021.9 < find_fraction(last) < 2022


def test_a_broken_line_names_file_and_number(entry: Entry, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(entry.record.model_dump_json() + '\n{"story": 1}\n')
    with pytest.raises(BrokenInput, match=r"bad\.jsonl:2: no record"):
        list(read_file(path))


def test_an_empty_file_says_how_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text("\n")
    with pytest.raises(EmptyInput, match="onrecord read --jsonl"):
        list(read_file(path))


def test_a_failed_export_leaves_the_old_file(entry: Entry, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError), write_text(path) as stream:
        stream.write("half" * 10_000 + "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_that_cannot_be_made_says_why(entry: Entry, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="folder"):
        export("gdelt", [entry], tmp_path)
    with pytest.raises(ExportError, match="cannot be written"):
        export("gdelt", [entry], tmp_path / "missing" / "events.CSV")
    with pytest.raises(SettingsError, match="no form"):
        export("excel", [entry], tmp_path / "x")
