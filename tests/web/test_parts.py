"""Templates hold to their contexts; marks cover the text; charts stay in their frame; tables and feeds read back."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from onrecord.record import Act, Record, Statement
from onrecord.store.query import Hit
from onrecord.story import Span
from onrecord.web.charts import WIDTH, draw_axis, draw_bars
from onrecord.web.contexts import PAGES
from onrecord.web.differences import compare_stories
from onrecord.web.feed import write_feed
from onrecord.web.forms import clean_words, read_span
from onrecord.web.marks import build_blocks, find_claim
from onrecord.web.render import make_address, make_environment, mark_words
from onrecord.web.tabular import flatten, write_csv
from onrecord.web.today import REST, read_visit
from tests.kit import tell


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_template_asks_only_for_what_its_page_has(page: type) -> None:
    environment = make_environment("en")
    assert environment.loader
    source = environment.loader.get_source(environment, page.template)[0]  # type: ignore[attr-defined]
    asked = {
        node.attr
        for node in environment.parse(source).find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "page"
    }
    fields = {field.name for field in dataclasses.fields(page)}
    assert asked == fields


TEXT = "One side said that the gates stay shut.\n\nThe other side waits."
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(*sorted(pair)))


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=2))
def test_pieces_are_the_text_however_marks_overlap(marked: list[Span], picked: list[Span]) -> None:
    statements = tuple(
        Statement(id=f"s{number}", span=span, content=(span,), act=Act.ASSERT) for number, span in enumerate(marked)
    )
    record = Record(story=tell(TEXT), statements=statements)
    blocks = build_blocks(record, picked=picked)
    assert "\n\n".join("".join(piece.text for piece in block.pieces) for block in blocks) == TEXT


def test_the_smallest_claim_is_the_one_that_a_piece_leads_to() -> None:
    wide = Statement(id="s1", span=Span(0, 39), content=(Span(0, 39),))
    narrow = Statement(id="s2", span=Span(19, 28), content=(Span(19, 28),))
    record = Record(story=tell(TEXT), statements=(wide, narrow))
    pieces = build_blocks(record)[0].pieces
    assert [piece.claim for piece in pieces] == ["s1", "s2", "s1"]
    assert find_claim(record, (Span(18, 28),)) == "s2"


days = st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2022", "2022-03", "", "soon", "2022-W05"])


@given(st.lists(days, max_size=30))
def test_marks_stay_on_the_axis(found: list[str]) -> None:
    chart = draw_axis([(day, "round", day, "#r") for day in found])
    if chart:
        assert all(0 <= point.x <= WIDTH and 0 < point.y < chart.height for point in chart.points)
        assert all(0 < tick.x < WIDTH for tick in chart.ticks)


def test_bars_stand_on_both_sides_of_the_line() -> None:
    chart = draw_bars({"2022-01": 4.0, "2022-FA": 9.0}, {"2022-03": 2.0})
    assert chart is not None
    assert [(bar.up, bar.down) for bar in chart.bars] == [(60.0, 0.0), (0.0, 0.0), (0.0, 30.0)]
    assert draw_bars({}) is None


def test_words_that_are_marked_are_escaped() -> None:
    assert mark_words("a <b> [[<i>]] c") == "a &lt;b&gt; <mark>&lt;i&gt;</mark> c"


@given(st.text())
def test_marking_never_lets_a_tag_through(words: str) -> None:
    made = str(mark_words(words)).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in made


def test_differences_give_both_versions_back() -> None:
    old, new = "Ten boats sail.\n\nAll wait.", "Two boats sail.\n\nAll wait.\n\nMore."
    parts = [part for paragraph in compare_stories(old, new)[0] for part in paragraph]
    assert [part.text for part in parts if part.change == "out"] == ["Ten"]
    assert [part.text for part in parts if part.change == "in"] == ["Two", "More."]


def test_a_nested_row_is_flattened() -> None:
    row = {"a": {"b": 1}, "c": [{"name": "x"}, {"name": "y"}], "d": "-1"}
    assert flatten(row) == {"a.b": 1, "c": "x; y", "d": "-1"}
    assert write_csv([row]).splitlines()[1] == "1,x; y,'-1"


def test_a_feed_takes_characters_that_xml_does_not() -> None:
    hit = Hit(kind="story", key=1, story="ab", headline="bell \x07 & <tag>", words="x", day="2022-01")
    assert b"bell  &amp; &lt;tag&gt;" in write_feed([hit], "t\x00", "http://localhost/", "http://localhost")


def test_a_visit_ends_after_a_rest() -> None:
    assert read_visit("", 9, 1000) == (0, "0.9.1000")
    assert read_visit("3.7.1000", 9, 1000 + REST) == (3, f"3.9.{1000 + REST}")
    assert read_visit("3.7.1000", 9, 1001 + REST) == (7, f"7.9.{1001 + REST}")
    assert read_visit("x.y.z", 9, 5) == (0, "0.9.5")


def test_characters_of_an_address_are_checked() -> None:
    assert read_span("3-9", 5) == (Span(3, 5),)
    assert read_span("9-3", 20) == read_span("a-b", 20) == read_span("", 20) == ()


def test_an_address_leaves_empty_fields_out() -> None:
    assert make_address("/search", q="a b&c", act="") == "/search?q=a+b%26c"
    assert clean_words(" a\x00\nb ") == "ab"
