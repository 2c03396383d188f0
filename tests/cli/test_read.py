"""`onrecord read`: what it prints, where, and how it ends."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.exits import Exit
from onrecord.cli.read import join_json, parse_day
from onrecord.record import Record
from tests.cli.conftest import WIRE, Run

DEMO = Path(__file__).parent.parent.parent / "demo" / "wires"


def test_a_story_is_printed_for_a_person(run: Run, wire: Path) -> None:
    done = run("read", "--story-only", wire)
    assert done.returncode == Exit.OK
    assert "headline    Oslo and Riga agree on ferry link" in done.stdout
    assert "date        2024-03-05 (dateline)" in done.stdout
    assert "[dateline: OSLO, March 5, 2024 (AA) -] Norway and Latvia" in done.stdout
    assert done.stderr == ""


def test_a_story_can_be_piped_in(run: Run) -> None:
    done = run("read", "--story-only", "--json", "-", stdin=WIRE)
    assert Record.model_validate_json(done.stdout).story.agency == "AA"


def test_one_story_is_an_object_and_several_are_an_array(run: Run, wire: Path, tmp_path: Path) -> None:
    assert isinstance(json.loads(run("read", "--story-only", "--json", wire).stdout), dict)
    assert len(json.loads(run("read", "--story-only", "--json", wire, wire).stdout)) == 2
    assert len(json.loads(run("read", "--story-only", "--json", tmp_path).stdout)) == 1


def test_nothing_read_is_an_empty_array(run: Run, tmp_path: Path) -> None:
    done = run("read", "--story-only", "--json", tmp_path / "missing.txt")
    assert (json.loads(done.stdout), done.returncode) == ([], Exit.NOTHING_READ)


@pytest.mark.parametrize("count", range(4))
def test_joined_json_is_one_value(count: int) -> None:
    records = [f'{{"number": {number}}}' for number in range(count)]
    value = json.loads("".join(join_json(iter(records), single=True)))
    assert value == ({"number": 0} if count == 1 else [{"number": number} for number in range(count)])


def test_json_lines_give_back_the_records(run: Run) -> None:
    done = run("read", "--story-only", "--jsonl", DEMO)
    records = [Record.model_validate_json(line) for line in done.stdout.splitlines()]
    assert len(records) == 8
    assert {record.story.format for record in records} == {"text", "ninjs", "nitf", "html", "newsml-g2"}


def test_a_folder_leaves_hidden_files_out(run: Run, wire: Path) -> None:
    (wire.parent / ".hidden").write_text("not a story", encoding="utf-8")
    done = run("read", "--story-only", "--jsonl", wire.parent)
    assert len(done.stdout.splitlines()) == 1


def test_a_pattern_is_expanded(run: Run, wire: Path) -> None:
    done = run("read", "--story-only", "--jsonl", f"{wire.parent}/**/*.t?t")
    assert len(done.stdout.splitlines()) == 1


def test_a_bad_file_gives_one_line_and_the_others_are_read(run: Run, wire: Path) -> None:
    (wire.parent / "a.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4)
    (wire.parent / "b.txt").write_bytes(b"")
    (wire.parent / "c.gz").write_bytes(gzip.compress(WIRE.encode())[:-12])
    done = run("read", "--story-only", "--jsonl", wire.parent)
    assert done.returncode == Exit.SOME_FAILED
    assert len(done.stdout.splitlines()) == 1
    lines = done.stderr.splitlines()
    assert [Path(line.split(": ")[1]).name for line in lines] == ["a.pdf", "b.txt", "c.gz"]


@pytest.mark.parametrize("name", ["missing.txt", "no-*.xml", ""])
def test_what_holds_no_story_is_one_line_and_code_3(run: Run, tmp_path: Path, name: str) -> None:
    done = run("read", "--story-only", tmp_path / name)
    assert (done.returncode, len(done.stderr.splitlines())) == (Exit.NOTHING_READ, 1)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words", [("read",), ("read", "--nonsense", "x"), ("read", "--json", "--jsonl", "x"), ("dance",)]
)
def test_wrong_usage_is_code_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).returncode == Exit.USAGE


def test_a_wrong_setting_is_code_2_and_names_the_variable(run: Run, wire: Path) -> None:
    done = run("read", "--story-only", wire, environment={"ONRECORD_LIMITS_DEPTH": "deep"})
    assert done.returncode == Exit.USAGE
    assert "ONRECORD_LIMITS_DEPTH" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_model_is_code_4_and_one_line(run: Run, wire: Path, tmp_path: Path) -> None:
    done = run("read", wire, environment={"ONRECORD_MODEL": str(tmp_path)})
    assert (done.returncode, len(done.stderr.splitlines())) == (Exit.MODEL, 1)


def test_a_closed_pipe_is_quiet(wire: Path) -> None:
    command = [sys.executable, "-m", "onrecord.cli.main", "read", "--story-only", "--jsonl", *[str(wire)] * 200]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == Exit.BROKEN_PIPE


def test_the_year_of_receipt_completes_a_date(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "open.txt"
    path.write_text(WIRE.replace(", 2024", ""), encoding="utf-8")
    record = Record.model_validate_json(run("read", "--story-only", "--json", "--received", "2022-03-06", path).stdout)
    assert str(record.story.published.day) == "2022-03-05"


def test_a_received_day_that_is_no_day_is_refused(run: Run, wire: Path) -> None:
    assert run("read", "--story-only", "--received", "soon", wire).returncode == Exit.USAGE
    assert parse_day("") is None


def test_colours_go_to_no_pipe(run: Run, wire: Path) -> None:
    assert "\x1b" not in run("read", "--story-only", wire, environment={"NO_COLOR": "1"}).stdout
    assert "\x1b" not in run("read", "--story-only", wire).stdout


def test_control_characters_of_a_story_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(WIRE.replace("Norway", "Nor\x1b[31mway\u202e"), encoding="utf-8")
    assert not set("\x1b\u202e") & set(run("read", "--story-only", path).stdout)


def test_input_larger_than_the_limit_is_refused(run: Run, wire: Path) -> None:
    small = {"ONRECORD_LIMITS_FILE_BYTES": "20"}
    for done in (run("read", "-", stdin=WIRE, environment=small), run("read", wire, environment=small)):
        assert done.returncode == Exit.NOTHING_READ
        assert "20" in done.stderr


def test_a_named_pipe_can_be_read(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"printf '%s' \"$WIRE\" > {pipe}"], env={**os.environ, "WIRE": WIRE}):
        done = run("read", "--story-only", "--jsonl", pipe)
    assert done.returncode == Exit.OK


def test_the_demo_stories_give_statements_and_events(run: Run) -> None:
    done = run("read", "--jsonl", DEMO)
    records = [Record.model_validate_json(line) for line in done.stdout.splitlines()]
    assert all(record.statements and record.events for record in records if len(record.story.paragraphs) > 2)
    assert not any(record.failures for record in records)
