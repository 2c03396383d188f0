"""Damaged wires of the plain formats give stories or our errors, never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import OnrecordError
from onrecord.read import read

CASES = Path(__file__).parent / "cases"
SEEDS = {
    "iptc7901": "dpa-german.7901",
    "anpa": "ap-story.anpa",
    "zczc": "zczc-two.txt",
    "header": "header-belga.txt",
    "email": "forwarded.eml",
    "quoted-printable": "quoted-printable.eml",
    "base64": "base64-html.eml",
    "text": "reuters-update.txt",
    "page": "page-reuters.txt",
}
PIECES = [
    b"\x00",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"\x1f",
    b"\xff",
    b"=",
    b"\n\n",
    b"(",
    b"^",
    b"\t",
    b"=?utf-8?q?",
    b"--",
]


@pytest.mark.parametrize("name", SEEDS.values(), ids=SEEDS.keys())
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_a_damaged_wire_gives_stories_or_our_errors(name: str, data: st.DataObject) -> None:
    raw = bytearray((CASES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.sampled_from([0, 1, 3, 40]))
        raw[at : at + length] = data.draw(st.sampled_from(PIECES)) * data.draw(st.integers(0, 3))
    try:
        stories = list(read(bytes(raw)))
    except OnrecordError:
        return
    for story in stories:
        assert all(0 <= run.raw_start <= run.raw_end <= len(story.raw) for run in story.runs)
        assert all(0 <= run.start < run.end <= len(story.text) for run in story.runs)
