"""JSON with places: every string leads to its bytes through all escapes; errors name line and column."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.config import Limits
from onrecord.errors import BrokenInput, LimitExceeded, OnrecordError
from onrecord.read.json_tree import Quoted, read_json
from onrecord.read.markup import Page

LIMITS = Limits()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def test_a_string_leads_to_its_bytes_through_escapes() -> None:
    raw = rb'{"a": "5 \u20ac \"net\"\n\ud83d\ude00 end"}'
    value = read_json(Page(raw), LIMITS)["a"]
    assert value == '5 € "net"\n😀 end'
    traced = value.traced()
    assert traced.text == value
    assert [raw[run.raw_start : run.raw_end] for run in traced.runs] == [
        b"5 ", rb"\u20ac", b" ", rb"\"", b"net", rb"\"", rb"\n", rb"\ud83d\ude00", b" end"
    ]  # fmt: skip


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert read_json(Page(rb'"\ud800x"'), LIMITS) == "\ufffdx"


def test_a_trailing_comma_is_forgiven() -> None:
    assert read_json(Page(b'{"a": [1, 2,],}'), LIMITS) == {"a": [1, 2]}


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b'{"a":\n "x', "line 2, column 2: a string is not closed"),
        (b"[1, 2", "line 1, column 6: it ends before"),
        (b'{"a" 1}', "a colon is missing"),
        (b"{a: 1}", "quotation marks"),
        (b"[1 2]", "a comma"),
        (b"[] []", "more text behind"),
        (b"", "it ends before"),
        (b"hello", "unexpected"),
    ],
)
def test_broken_json_names_the_place(raw: bytes, what: str) -> None:
    with pytest.raises(BrokenInput, match=what):
        read_json(Page(raw), LIMITS)


def test_nesting_is_limited_without_recursion() -> None:
    with pytest.raises(LimitExceeded, match="nested deeper"):
        read_json(Page(b"[" * 100_000), LIMITS)
    assert read_json(Page(b"[" * 150 + b"]" * 150), LIMITS)


@given(VALUES)
def test_values_are_those_of_the_standard_library(value: object) -> None:
    for raw in (
        json.dumps(value).encode(),
        json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"),
    ):
        try:
            raw.decode()
        except UnicodeDecodeError:
            continue
        assert read_json(Page(raw), LIMITS) == json.loads(raw)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_each_run_of_a_string_is_what_was_written(text: str) -> None:
    for raw in (json.dumps([text]).encode(), json.dumps([text], ensure_ascii=False).encode()):
        value = read_json(Page(raw), LIMITS)[0]
        assert isinstance(value, Quoted)
        traced = value.traced()
        assert traced.text == text
        for run in traced.runs:
            assert json.loads(b'"' + raw[run.raw_start : run.raw_end] + b'"') == text[run.start : run.end]


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_our_errors(raw: bytes) -> None:
    try:
        read_json(Page(raw), LIMITS)
    except OnrecordError:
        return
