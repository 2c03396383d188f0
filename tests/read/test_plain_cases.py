"""Plain, teleprinter and mail wires in the manner of many agencies: `cases/NAME` with `cases/NAME.expected.json`."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from benchmarks.wire import FIELDS, read_fields, score_field

from onrecord.errors import ReadError
from onrecord.read import read
from onrecord.story import Span

CASES = Path(__file__).parent / "cases"
SUFFIXES = (".txt", ".7901", ".anpa", ".eml", ".bin")
FILES = sorted(path for path in CASES.iterdir() if path.suffix in SUFFIXES)
STORIES = [path for path in FILES if path.suffix != ".bin" and path.name != "blank.txt"]


def load_gold(path: Path) -> Any:
    return json.loads(path.with_name(path.name + ".expected.json").read_text("utf-8"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_every_field_of_a_wire_is_read(path: Path) -> None:
    golds = load_gold(path)
    found = [read_fields(story) for story in read(path)]
    assert len(found) == len(golds)
    for gold, fields in zip(golds, found, strict=True):
        wrong = {name: fields.get(name, fields["body"]) for name in FIELDS if gold.get(name) is not None}
        wrong = {name: value for name, value in wrong.items() if not score_field(name, gold[name], fields)}
        assert wrong == {}


@pytest.mark.parametrize("path", [path for path in FILES if path not in STORIES], ids=lambda path: path.name)
def test_what_is_no_story_gives_one_clear_error(path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        list(read(path))
    assert caught.value.where == str(path)
    assert caught.value.hint


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_nothing_of_the_text_is_outside_paragraphs_and_furniture(path: Path) -> None:
    for story in read(path):
        covered = bytearray(len(story.text))
        for span in [*story.paragraphs, *(piece.span for piece in story.furniture)]:
            covered[span.start : span.end] = b"\x01" * (span.end - span.start)
        left = "".join(character for at, character in enumerate(story.text) if not covered[at])
        assert left.strip(" \n-–—_.:=") == ""


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_furniture_and_paragraphs_do_not_overlap(path: Path) -> None:
    for story in read(path):
        spans = sorted([*story.paragraphs, *(piece.span for piece in story.furniture)])
        assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_words_lead_back_to_bytes_that_hold_them(path: Path) -> None:
    for story in read(path):
        for start, end in story.paragraphs:
            first = story.text[start:end].split()[0]
            raw = story.find_raw(Span(start, start + len(first)))
            piece = story.raw[raw.start : raw.end]
            if path.name != "base64-html.eml" and first.isascii() and first.isalpha() and story.charset == "utf-8":
                assert first.encode() in piece
