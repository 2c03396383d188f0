"""Every structured format in the mark-up of several agencies: `cases/NAME.xml` with `cases/NAME.expected.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import OnrecordError
from onrecord.read import read
from onrecord.story import Span, Story

CASES = Path(__file__).parent / "cases"
SUFFIXES = (".xml", ".rdf", ".json", ".jsonl", ".html")
FILES = sorted(path for path in CASES.iterdir() if path.suffix in SUFFIXES and not path.name.endswith(".expected.json"))


def gold_of(path: Path) -> Any:
    return json.loads((CASES / f"{path.stem}.expected.json").read_text("utf-8"))


def fold(value: Any) -> Any:
    return [fold(one) for one in value] if isinstance(value, list) else "".join(str(value).split()).casefold()


def field_of(story: Story, name: str, gold: Any) -> Any:
    body = story.body
    values = {
        "headline": story.headline,
        "agency": story.agency,
        "dateline_places": list(story.dateline.places) if story.dateline else [],
        "date": story.published.day,
        "bylines": list(story.bylines),
        "slug": story.slug,
        "signoff": story.sign_off,
        "first_words": "".join(body.split())[: len("".join(str(gold).split()))],
        "last_words": "".join(body.split())[-len("".join(str(gold).split())) :],
    }
    return values[name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_case_is_read_as_expected(path: Path) -> None:
    gold = gold_of(path)
    if isinstance(gold, dict):
        with pytest.raises(OnrecordError) as caught:
            list(read(path))
        assert type(caught.value).__name__ == gold["error"]
        return
    stories = list(read(path))
    assert [story.headline for story in stories] or gold == []
    assert len(stories) == len(gold)
    for story, wanted in zip(stories, gold, strict=True):
        found = {name: field_of(story, name, value) for name, value in wanted.items()}
        assert {name: fold(value) for name, value in found.items()} == {
            name: fold(value) for name, value in wanted.items()
        }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_paragraph_leads_to_its_bytes(path: Path) -> None:
    if isinstance(gold_of(path), dict):
        return
    for story in read(path):
        for span in story.paragraphs:
            raw = story.find_raw(span)
            assert 0 <= raw.start < raw.end <= len(story.raw)
            back = story.find_text(raw.start, raw.end)
            assert back is not None
            assert back.holds(Span(span.start, span.start + 1))
