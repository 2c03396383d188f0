"""Mutated wires: whatever is cut, doubled or overwritten, a reader gives stories or one of our errors, and every run
stays inside the bytes.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.config import Limits
from onrecord.errors import OnrecordError

CASES = Path(__file__).parent / "cases"
SEEDS = {
    "newsml_g2": ["reuters-g2.xml", "two-items-g2.xml", "tt-item.xml"],
    "newsml1": ["belga-newsml.xml", "afp-urgent-newsml.xml", "ana-newsml.xml"],
    "nitf": ["ntb-nitf.xml", "efe-nitf.xml"],
    "feeds": ["rss2.xml", "atom.xml", "wordpress.xml"],
    "xml_story": ["ritzau.xml", "release.xml"],
    "ninjs": ["ninjs-2.json", "bbc-ninjs.json"],
    "ap_json": ["ap-text.json", "reuters-connect.json"],
    "json_lines": ["stories.jsonl", "news-api.json"],
    "html": ["page-linked-data.html", "page-wordpress.html", "page-tables.html"],
}
PIECES = [
    b"<",
    b">",
    b"&",
    b"</p>",
    b"<p>",
    b"]]>",
    b"<![CDATA[",
    b"\x00",
    b"\xff",
    b"&nbsp;",
    b'"',
    b"\\",
    b"{",
    b"]",
    b"\xc3",
    b"<!--",
    b"<tr><td>",
    b"\r\n",
    b"&#x1;",
]


@st.composite
def mutated(draw: st.DrawFn, names: list[str]) -> bytes:
    raw = bytearray((CASES / draw(st.sampled_from(names))).read_bytes())
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["cut", "insert", "double", "end", "noise"])):
            case "cut":
                del raw[at:end]
            case "insert":
                raw[at:at] = draw(st.sampled_from(PIECES))
            case "double":
                raw[at:at] = raw[at:end]
            case "end":
                del raw[max(at, 1) :]
            case _:
                raw[at:end] = draw(st.binary(max_size=6))
    return bytes(raw)


@pytest.mark.parametrize("name", sorted(SEEDS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_mutated_wire_gives_stories_or_our_errors(name: str, data: st.DataObject) -> None:
    reader = import_module(f"onrecord.read.{name}")
    raw = data.draw(mutated(SEEDS[name]))
    reader.matches(raw[:65_536])
    try:
        for draft in reader.read(raw, Limits()):
            for block in draft.blocks:
                assert block.text.text.strip()
                for run in block.text.runs:
                    assert 0 <= run.start < run.end <= len(block.text.text)
                    assert 0 <= run.raw_start <= run.raw_end <= len(draft.raw)
    except OnrecordError:
        return
