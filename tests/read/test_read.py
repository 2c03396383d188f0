"""Reading files: whole runs, limits, bad input."""

from __future__ import annotations

import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded, OnrecordError, ReadError, UnknownFormat
from onrecord.read import read, read_all
from onrecord.story import Span, Story

CASES = Path(__file__).parent / "cases"
KUNA = CASES / "kuna-page.txt"


def test_a_file_is_read_by_path_and_by_bytes_alike() -> None:
    assert [story.id for story in read(KUNA)] == [story.id for story in read(KUNA.read_bytes())]


def test_the_package_itself_can_be_called() -> None:
    assert next(onrecord.read(str(KUNA))).agency == "KUNA"


def test_the_text_of_a_story_reads_as_the_same_story() -> None:
    first = next(read(KUNA))
    second = next(read(first.text.encode()))
    assert (second.text, second.headline, second.body, second.sign_off) == (
        first.text,
        first.headline,
        first.body,
        first.sign_off,
    )


def test_one_bad_file_never_stops_a_run(tmp_path: Path) -> None:
    bad = tmp_path / "bad.bin"
    bad.write_bytes(bytes(range(256)) * 8)
    found = list(read_all([KUNA, bad, tmp_path / "none.txt", KUNA]))
    assert [isinstance(result, Story) for _, result in found] == [True, False, False, True]
    assert all(str(tmp_path) in str(result) for _, result in found if isinstance(result, ReadError))


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", b"\x00\x00\x00", b"\xef\xbb\xbf", b"--- ... ---"])
def test_nothing_to_read_is_an_error_of_its_own(raw: bytes) -> None:
    with pytest.raises(EmptyInput):
        list(read(raw))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n\x00\x01\x02" + bytes(range(256)), "PDF"),
        (b"PK\x03\x04\x14\x00\x00\x00" + bytes(200), "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_a_binary_file_is_named_for_what_it_is(raw: bytes, words: str) -> None:
    with pytest.raises(UnknownFormat, match=words):
        list(read(raw))


def test_a_line_of_many_megabytes_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="line"):
        list(read(b"word " * 1_000_000))


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(LimitExceeded, match="2,000 bytes"):
        list(read(path, limits=Limits(file_bytes=1000)))


def test_a_story_over_the_limit_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="story"):
        list(read(b"Some words of a story.\n" * 200, limits=Limits(story_bytes=1000)))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenInput, match="cannot be opened"):
        list(read(tmp_path))


def test_a_story_survives_pickle_and_json() -> None:
    story = next(read(KUNA))
    assert pickle.loads(pickle.dumps(story)) == story
    assert Story.model_validate_json(story.model_dump_json()) == story


def test_importing_onrecord_loads_no_parser() -> None:
    code = (
        "import sys, onrecord; from onrecord import read; list(read(sys.argv[1]));"
        "print([name for name in ('lxml', 'trafilatura', 'onnxruntime', 'warcio') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code, str(KUNA)], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_give_stories_or_one_clear_error(raw: bytes) -> None:
    try:
        stories = list(read(raw))
    except OnrecordError:
        return
    assert all(story.text for story in stories)


LINES = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80),
        st.sampled_from(
            [
                "BONN, May 3 (AP) --",
                "(end)",
                "By Ada Loy",
                "___",
                "as.hm",
                "(more)",
                "A+ A-",
                "URGENT",
                "# Notebook",
                "Eds: x",
                "ENDS",
                "=",
                "",
            ]
        ),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_every_span_lies_inside_the_text_and_none_overlap(lines: list[str]) -> None:
    raw = "\n".join(lines).encode()
    try:
        stories = list(read(raw))
    except OnrecordError:
        return
    for story in stories:
        spans = sorted([*story.paragraphs, *(piece.span for piece in story.furniture)])
        assert all(0 <= start < end <= len(story.text) for start, end in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(story.text[start:end] == story.text[start:end].strip() for start, end in story.paragraphs)


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_every_character_of_plain_text_leads_back_to_its_bytes(lines: list[str]) -> None:
    raw = "\n".join(lines).encode()
    try:
        stories = list(read(raw))
    except OnrecordError:
        return
    for story in [story for story in stories if story.format == "text" and story.charset == "utf-8"]:
        for run in story.runs:
            words = story.text[run.start : run.end]
            piece = story.raw[run.raw_start : run.raw_end].decode(errors="replace")
            assert words.isspace() or words[0] in piece or "&" in piece or len(words) == 1
        for start, end in story.paragraphs:
            assert story.find_text(*story.find_raw(Span(start, end))) is not None


def test_stories_under_one_another_are_told_apart_by_rules_and_datelines() -> None:
    one = "Envoys to meet\n\nBONN, May 3 (AP) -- The envoys of both countries will meet in the old mint again.\n"
    raw = "=============\n".join([one, one.replace("BONN", "LIMA"), one.replace("BONN", "ROME")]).encode()
    stories = list(read(raw))
    assert [story.dateline.places if story.dateline else None for story in stories] == [("Bonn",), ("Lima",), ("Rome",)]
    assert all(len(story.raw) < len(raw) for story in stories)


def test_a_rule_inside_a_story_parts_nothing() -> None:
    raw = b"BONN, May 3 (AP) -- The envoys of both countries will meet again.\n__________\n\nThey met before.\n"
    assert len(list(read(raw))) == 1
