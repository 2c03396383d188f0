"""The wire benchmark scores what the gold names, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.wire import main, score_folder

WIRE = "Envoys to meet again\n\nBy Ada Loy\n\nBONN, May 3, 2016 (AP) -- The envoys met in the old mint. (END)\n"


def put(folder: Path, name: str, raw: bytes, gold: object) -> None:
    (folder / name).write_bytes(raw)
    (folder / f"{name}.expected.json").write_text(json.dumps(gold), "utf-8")


def test_case_and_white_space_are_ignored(tmp_path: Path) -> None:
    gold = {"headline": "ENVOYS TO  MEET AGAIN", "agency": "ap", "dateline_places": ["BONN"], "date": "2016-05-03"}
    put(tmp_path, "a.txt", WIRE.encode(), [gold | {"bylines": ["Ada Loy"], "last_words": "in the  old mint."}])
    assert score_folder(tmp_path)["accuracy"]["overall"] == 1.0


def test_fields_that_the_gold_leaves_out_are_not_scored(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", WIRE.encode(), [{"agency": "AP", "slug": None}])
    assert score_folder(tmp_path)["scored"] == {"count": 1, "agency": 1}


def test_a_miss_is_listed_with_what_was_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", WIRE.encode(), [{"agency": "AFP"}])
    scores = score_folder(tmp_path)
    assert scores["errors"] == [{"file": "a.txt", "field": "agency", "gold": "AFP", "predicted": "AP"}]
    assert scores["accuracy"]["agency"] == 0.0


def test_a_clear_error_is_right_where_the_gold_wants_one(tmp_path: Path) -> None:
    put(tmp_path, "a.bin", bytes(range(256)) * 4, {"error": "binary"})
    put(tmp_path, "b.txt", WIRE.encode(), {"error": "binary"})
    assert score_folder(tmp_path)["accuracy"]["error"] == 0.5


def test_a_missing_story_costs_its_fields(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", WIRE.encode(), [{"agency": "AP"}, {"agency": "AP"}])
    scores = score_folder(tmp_path)
    assert (scores["accuracy"]["agency"], scores["accuracy"]["count"]) == (0.5, 0.0)


def test_gold_may_leave_out_the_suffix_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WIRE, "utf-8")
    (tmp_path / "a.expected.json").write_text('[{"agency": "AP"}]', "utf-8")
    assert score_folder(tmp_path)["files"] == 1


def test_one_json_object_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "a.txt", WIRE.encode(), [{"agency": "AP"}])
    assert main([str(tmp_path)]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"files", "stories", "accuracy", "scored", "errors"}


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2
    assert main([str(tmp_path / "none")]) == 2
