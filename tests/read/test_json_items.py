"""JSON objects of many dialects: which names hold what, what wraps what, and what is no story."""

from __future__ import annotations

import json

import pytest

from onrecord.config import Limits
from onrecord.errors import BrokenInput, UnknownFormat
from onrecord.read import ap_json, json_lines, ninjs
from onrecord.read.draft import Draft
from onrecord.read.json_item import fold_key, read_moment


def drafts_of(*values: object, **fields: tuple[str, ...]) -> list[Draft]:
    raw = "\n".join(json.dumps(value) for value in values).encode()
    return list(json_lines.read(raw, Limits(), fields))


def texts(draft: Draft, kind: str | None = None) -> list[str]:
    return [block.text.text for block in draft.blocks if (block.type.value if block.type else None) == kind]


def test_names_are_compared_without_case_and_signs() -> None:
    assert {fold_key(key) for key in ("body_html", "bodyHtml", "Body-HTML")} == {"bodyhtml"}


@pytest.mark.parametrize(
    "value",
    [
        {"title": "Envoy leaves", "text": "The envoy left."},
        {"headline": {"main": "Envoy leaves"}, "articleBody": "The envoy left."},
        {"title": {"rendered": "Envoy leaves"}, "content": {"rendered": "<p>The envoy left.</p>"}},
        {"webTitle": "Envoy leaves", "fields": {"body": "<p>The envoy left.</p>"}},
        {"_source": {"title": "Envoy leaves", "content": "The envoy left."}},
        {"Headline": "Envoy leaves", "Body-Text": ["The envoy left."]},
        {"response": {"docs": [{"title": "Envoy leaves", "body": "The envoy left."}]}},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Feed",
            "items": [{"title": "Envoy leaves", "content_text": "The envoy left."}],
        },
    ],
)
def test_stories_are_found_in_any_dialect(value: object) -> None:
    (draft,) = drafts_of(value)
    assert texts(draft, "headline") == ["Envoy leaves"]
    assert texts(draft) == ["The envoy left."]


def test_a_caller_may_name_the_fields() -> None:
    (draft,) = drafts_of(
        {"kop": "Envoy leaves", "story_plain": "The envoy left."}, headline=("kop",), body=("story_plain",)
    )
    assert (texts(draft, "headline"), texts(draft)) == (["Envoy leaves"], ["The envoy left."])


def test_each_line_is_a_story_with_its_own_bytes() -> None:
    one, two = drafts_of({"title": "One", "text": "The first."}, {"title": "Two", "text": "The second."})
    assert json.loads(two.raw)["title"] == "Two"
    run = next(block for block in two.blocks if block.type is None).text.runs[0]
    assert two.raw[run.raw_start : run.raw_end] == b"The second."
    assert one.raw != two.raw


def test_a_broken_line_is_reported_after_the_good_ones() -> None:
    raw = b'{"title": "One", "text": "The first."}\n{"title": "Tw\n{"title": "Three", "text": "The third."}\n'
    reader = json_lines.read(raw, Limits())
    assert texts(next(reader)) == ["The first."]
    with pytest.raises(BrokenInput, match="begins at line 2"):
        list(reader)


def test_json_without_a_story_is_unknown() -> None:
    with pytest.raises(UnknownFormat, match="no story"):
        drafts_of({"a": 1, "b": [1, 2]})


def test_marked_up_bodies_go_before_plain_ones() -> None:
    (draft,) = drafts_of({"title": "T", "body_text": "One.Two.", "body_html": "<p>One.</p><p>Two.</p>"})
    assert texts(draft) == ["One.", "Two."]


def test_pictures_give_no_story() -> None:
    assert drafts_of({"type": "picture", "headline": "Boats", "body_text": "Boats in the harbour."}) == []


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-01-02", "2020-01-02"),
        (1577934245, "2020-01-02"),
        (1577934245000, "2020-01-02"),
        ("1577934245", "2020-01-02"),
        ("soon", ""),
        (None, ""),
        (True, ""),
    ],
)
def test_moments_are_text_or_seconds(value: object, day: str) -> None:
    moment = read_moment(value)
    assert (moment.date().isoformat() if moment else "") == day


def test_ninjs_takes_the_writers_among_the_authors() -> None:
    value = {
        "guid": "x", "versioncreated": "2020-01-02T03:04:05Z", "headline": "H", "body_text": "The envoy left.",
        "type": "text", "authors": [{"name": "Jane Roe", "role": "writer"}, {"name": "Sub Editor", "role": "editor"}],
    }  # fmt: skip
    (draft,) = ninjs.read(json.dumps(value).encode(), Limits())
    assert draft.bylines == ("Jane Roe",)


def test_an_ap_item_without_its_text_gives_no_story() -> None:
    value = {
        "api_version": "1.1",
        "data": {"item": {"type": "text", "headline": "H", "renditions": {"nitf": {"href": "x"}}}},
    }
    assert ap_json.matches(json.dumps(value).encode())
    assert list(ap_json.read(json.dumps(value).encode(), Limits())) == []
