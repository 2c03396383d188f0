"""Pictures: that they are drawn, say what they show, and can be read without colours or a picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html
from typer.testing import CliRunner

from onrecord.cli.export import register as register_export
from onrecord.cli.plot import register as register_plot
from onrecord.errors import SettingsError, StoreError
from onrecord.ledger.keep import keep_records
from onrecord.ledger.talk import Change, PositionLine, Report, RoundLine, Talks, Turn
from onrecord.plot.drawing import QUAD_MARKERS, QUADS, Drawing, cite, pick_ticks, save, wear_look
from onrecord.plot.dyad import draw_dyad, split_sides
from onrecord.plot.network import draw_network
from onrecord.plot.sides import Asked
from onrecord.plot.talks import _draw as draw_state
from onrecord.plot.timeline import draw_timeline
from onrecord.store import Store, View
from tests.export.conftest import make_record


@pytest.fixture
def view(tmp_path: Path) -> Iterator[View]:
    """A store with one record."""
    with Store.open(tmp_path / "plot.db") as store:
        with store.writer() as writer:
            keep_records(writer, [make_record()])
        with store.view() as opened:
            yield opened


def make_talks() -> Talks:
    """Talks with two rounds near each other, and a position of every state."""
    told = Report(story="0" * 64, day="2023-11-04", outlet="QNA", words="a $5 toll_x^2")
    turns = {"open": "hardened", "accepted": "accepted", "rejected": "rejected", "": "stated"}
    positions = tuple(
        PositionLine(
            id=f"p{number}",
            holder="Zenda",
            stance="demand" if state else "refusal",
            words="a $5 toll_x^2 on the bridge for every cart that crosses it after dark",
            state=state,
            history=(
                Turn(day="2023-11-04", change=Change.STATED, report=told),
                Turn(day="2024-01-04", change=Change(change), report=told),
            ),
        )
        for number, (state, change) in enumerate(turns.items())
    )
    rounds = (
        RoundLine(number=1, day="2023-11-04", outcome="partial"),
        RoundLine(number=2, day="2023-11-06", place="Strelsau"),
    )
    return Talks(id="t1", issue="the bridge", parties=("Zenda",), rounds=rounds, positions=positions, stories=(told,))


def test_a_timeline_shows_each_event_that_took_place(view: View) -> None:
    drawing = draw_timeline(view, Asked("YEM"))
    assert [row[1] for row in drawing.rows] == ["CONSULT"]
    assert "Sources: QNA (1); 1 story, 2021-05-04" in drawing.caption


def test_a_dyad_has_a_panel_for_each_direction_that_has_events(view: View, tmp_path: Path) -> None:
    save(draw_dyad(view, Asked("ROU", "YEM")), tmp_path / "dyad.svg")
    words = " ".join(map(str, etree.parse(tmp_path / "dyad.svg").getroot().itertext()))
    assert "ROU to YEM" in words
    assert "YEM to ROU" not in words
    assert "verbal cooperation" in words


def test_directions_are_told_apart() -> None:
    from onrecord.ledger.timeline import TimelineEvent

    forth = TimelineEvent(id="e1", day="2021", type="AID", actors=("A",), recipients=("B",))
    back = TimelineEvent(id="e2", day="2021", type="AID", actors=("B",), recipients=("A",))
    both = TimelineEvent(id="e3", day="2021", type="CONSULT", actors=("A", "B"))
    assert split_sides([forth, back, both], frozenset("A"), frozenset("B")) == ([forth], [back], [both])


def test_a_network_joins_outlet_and_speaker(view: View) -> None:
    drawing = draw_network(view)
    assert [list(row) for row in drawing.rows] == [["QNA", "", 'Ana "Nan" Vell', "1"]]


def test_a_network_of_nobody_says_so(view: View) -> None:
    with pytest.raises(StoreError, match="nobody is quoted"):
        draw_network(view, speaker="Nobody")


@pytest.mark.parametrize("suffix", [".svg", ".png", ".html"])
def test_talks_are_drawn_in_every_suffix(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"talks{suffix}"
    with wear_look():
        drawing = draw_state(make_talks())
    save(drawing, path)
    starts = {".svg": b"<?xml", ".png": b"\x89PNG", ".html": b"<!doctype html>"}
    assert path.read_bytes().startswith(starts[suffix])


def test_a_page_holds_picture_and_table_and_asks_for_nothing_else(tmp_path: Path) -> None:
    with wear_look():
        drawing = draw_state(make_talks())
    save(drawing, tmp_path / "talks.html")
    page = html.parse(tmp_path / "talks.html")
    assert page.find(".//svg").get("aria-label") == "Talks on the bridge (Zenda)"
    assert len(page.findall(".//tbody/tr")) == len(drawing.rows) == 10
    assert not page.findall(".//script")
    assert not page.findall(".//link")
    assert not page.findall(".//img")


def test_words_of_a_story_cannot_write_into_the_page(tmp_path: Path) -> None:
    with wear_look():
        drawing = draw_state(make_talks())
    hostile = Drawing(drawing.figure, "<script>alert(1)</script>", "&<b>", ["<i>"], [["</table><script>"]])
    save(hostile, tmp_path / "hostile.html")
    assert not html.parse(tmp_path / "hostile.html").findall(".//script")


def test_the_same_picture_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        with wear_look():
            save(draw_state(make_talks()), tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_quad_classes_differ_in_colour_and_shape() -> None:
    assert len(set(QUADS.values())) == len(set(QUAD_MARKERS.values())) == 4


@pytest.mark.parametrize("days", [0, 1, 9, 30, 200, 900, 20_000, 700_000])
def test_an_axis_has_few_ticks_within_its_days(days: int) -> None:
    first, last = date(1, 1, 3), date.fromordinal(date(1, 1, 3).toordinal() + days)
    ticks = pick_ticks(first, last)
    assert len(ticks) <= 10
    assert all(first <= tick <= last for tick in ticks)


def test_sources_are_counted_most_first() -> None:
    assert (
        cite(["B", "A", "B"], ["2021-05-04", ""])
        == "Sources: B (2), A (1); 3 stories, 2021-05-04 to 2021-05-04. Read by onrecord."
    )


def test_another_suffix_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with wear_look():
        drawing = draw_state(make_talks())
    with pytest.raises(SettingsError, match="suffix"):
        save(drawing, tmp_path / "talks.gif")


def test_the_commands_read_a_file_of_records(tmp_path: Path) -> None:
    import typer

    app = typer.Typer()
    register_export(app)
    register_plot(app)
    (tmp_path / "all.jsonl").write_text(make_record().model_dump_json())
    given = ["--records", str(tmp_path / "all.jsonl")]
    drawn = CliRunner().invoke(app, ["plot", "network", "--out", str(tmp_path / "net.svg"), *given])
    written = CliRunner().invoke(app, ["export", "gdelt", "--out", str(tmp_path / "e.CSV"), "--actor", "YEM", *given])
    assert (drawn.exit_code, written.exit_code) == (0, 0)
    assert (tmp_path / "net.svg").exists()
    assert (tmp_path / "e.CSV").read_text().count("\n") == 1
