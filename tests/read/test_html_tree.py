"""HTML as found: places, implied ends, raw text, and time that grows with the length only."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import LimitExceeded
from onrecord.read.html_tree import read_fragment, read_html
from onrecord.read.markup import Page
from onrecord.read.traced import trace_text
from onrecord.read.tree import Node


def tree_of(text: str) -> Node:
    return read_html(Page(text.encode()), 200)


def outline(node: Node) -> str:
    inner = " ".join(outline(child) for child in node.nodes())
    return f"{node.tag}({inner})" if inner else node.tag


def test_a_paragraph_ends_the_one_before() -> None:
    assert outline(tree_of("<div><p>one<p>two</div><p>three")) == "(div(p p) p)"


def test_list_items_and_cells_end_each_other() -> None:
    assert outline(tree_of("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>")) == "(ul(li li(ul(li)) li))"
    assert outline(tree_of("<table><tr><td>a<td>b<tr><td>c</table>")) == "(table(tr(td td) tr(td)))"


def test_void_elements_hold_nothing() -> None:
    assert outline(tree_of("<p>a<br>b<img src=x>c</p>")) == "(p(br img))"


def test_script_and_style_are_no_text() -> None:
    root = tree_of('<p>a</p><script>if (a < b) document.write("<p>no</p>")</script><p>b</p>')
    assert outline(root) == "(p script p)"
    assert [node.words() for node in root.nodes() if node.tag == "p"] == ["a", "b"]


def test_comments_are_passed_over_even_when_they_hold_tags() -> None:
    assert tree_of("a<!-- <p>no</p> -->b<!-->c").words() == "abc"


def test_an_end_without_a_start_is_passed_over() -> None:
    assert tree_of("<div>a</b></span>b</div>c").words() == "abc"


def test_an_inline_end_does_not_close_a_block() -> None:
    assert outline(tree_of("<span><div>a</span>b</div>c</span>")) == "(span(div))"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("R&amp;D", "R&D"),
        ("a&nbsp;b", "a b"),
        ("caf&eacute", "café"),
        ("&#8220;x&#x201D;", "“x”"),
        ("a & b", "a & b"),
        ("&nosuch;", "&nosuch;"),
    ],
)
def test_entities_are_read_as_browsers_do(text: str, words: str) -> None:
    assert tree_of(text).words() == words


def test_attributes_may_have_any_quotes() -> None:
    node = next(tree_of("<a href=x TITLE='it&#39;s' data-a=\"1>2\" hidden>").nodes())
    assert node.attributes == {"href": "x", "title": "it's", "data-a": "1>2", "hidden": ""}


def test_every_word_leads_to_its_bytes() -> None:
    raw = "<p>Ärger &amp; <b>Müll</b></p>".encode()
    traced = read_html(Page(raw), 200).traced()
    assert traced.text == "Ärger & Müll"
    assert [raw[run.raw_start : run.raw_end].decode() for run in traced.runs] == ["Ä", "rger", "&amp;", "M", "ü", "ll"]


def test_a_fragment_leads_through_its_value() -> None:
    outer = trace_text("xx<p>one <i>two</i></p>", offset=10)
    traced = read_fragment(outer.cut(2)).traced()
    assert [(run.raw_start, run.raw_end) for run in traced.runs] == [(15, 18), (22, 25)]


def test_elements_below_the_greatest_depth_are_kept() -> None:
    assert read_html(Page(b"<div>" * 1000 + b"x"), 50).words() == "x"


HOSTILE = [
    '<a "',
    "<a<a<",
    "<!--",
    "<a '",
    "<",
    "<p>",
    "<div>",
    "&amp",
    "</p>",
    "<script>",
    "<td><tr>",
    "<b><p></b>",
    "<![CDATA[",
    '<a "b" ',
    "<li>",
    "</div>",
    "<x y=",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_only(piece: str) -> None:
    begin = time.process_time()
    with suppress(LimitExceeded):
        read_html(Page(piece.encode() * 60_000), 200)
    assert time.process_time() - begin < 5.0


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b",
                ">",
                "</div>",
                "<div a='",
                '"',
                "x y",
                "&amp;",
                "<!--",
                "-->",
                "<td>",
                "<script>",
                "</script>",
                "é",
            ]
        ),
        max_size=40,
    )
)
def test_all_text_outside_tags_keeps_its_order(pieces: list[str]) -> None:
    raw = "".join(pieces).encode()
    traced = read_html(Page(raw), 200).traced()
    places = [run.raw_start for run in traced.runs]
    assert places == sorted(places)
    assert all(run.raw_end <= len(raw) for run in traced.runs)
