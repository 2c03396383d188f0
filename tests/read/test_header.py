"""Text under lines of metadata."""

from __future__ import annotations

import pytest

from onrecord.read import header, read
from onrecord.story import FurnitureType

WIRE = b"""Headline: Envoys to meet again
Slug: BONN-TALKS
By: Ada Loy and Tom Hask
Date: 2016-05-03T18:20:00Z
Source: Belga
Note: picture available
Keywords: talks, Bonn

BONN (BELGA) - The envoys of both countries met in the old mint.
They will meet again.
"""


def test_metadata_fill_the_fields_of_the_story() -> None:
    story = next(read(WIRE))
    assert story.format == "header"
    assert (story.headline, story.slug, story.agency) == ("Envoys to meet again", "BONN-TALKS", "Belga")
    assert (story.bylines, story.keywords) == (("Ada Loy", "Tom Hask"), ("talks", "Bonn"))
    assert story.editors_notes == ("picture available",)
    assert str(story.published.day) == "2016-05-03"


def test_the_header_is_furniture_and_the_rest_is_body() -> None:
    story = next(read(WIRE))
    assert story.body.startswith("The envoys of both countries")
    assert FurnitureType.KEYWORDS in {piece.type for piece in story.furniture}


def test_front_matter_between_fences_is_a_header() -> None:
    raw = b'---\ntitle: "Envoys to meet"\nauthor: Ada Loy\ndate: 2016-05-03\n---\nThe envoys will meet again.\n'
    story = next(read(raw))
    assert (story.format, story.headline, story.body) == ("header", "Envoys to meet", "The envoys will meet again.")


@pytest.mark.parametrize(
    "raw",
    [
        b"MOSCOW: The talks went on.\nThey will end.\n",
        b"Question: who?\nAnswer: nobody.\n",
        b"Headline: one pair is not enough\n\nText.",
        b"The minister said: no.\nDate: none.\nSource: none.\n",
        b"",
    ],
)
def test_a_colon_alone_makes_no_header(raw: bytes) -> None:
    assert not header.matches(raw)


@pytest.mark.parametrize(("key", "field"), [("Slug Line", "slug"), ("PUB_DATE", ""), ("Story-ID", "guid"), ("x", "")])
def test_a_key_names_a_field_whatever_its_spelling(key: str, field: str) -> None:
    assert header.name_field(key) == field
