"""The TempEval-3 scorer: reading TimeML and counting matches."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from benchmarks.timex import Document, Expression, main, match_spans, read_document, read_folder, score

from onrecord.errors import BrokenInput

TIMEML = """<?xml version="1.0"?>
<TimeML><DOCID>a</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22">March 22, 2013</TIMEX3></DCT>
<TEXT>
The sides <EVENT eid="e1">met</EVENT> <TIMEX3 tid="t1" type="DATE" value="2013-03-21">Thursday</TIMEX3> for
<TIMEX3 tid="t2" type="DURATION" value="PT3H">three hours</TIMEX3>.
</TEXT></TimeML>
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "a.tml"
    path.write_text(text, encoding="utf-8")
    return path


def test_document_has_text_day_and_gold(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, TIMEML))
    assert document.anchor == date(2013, 3, 22)
    assert [document.text[item.start : item.end] for item in document.gold] == ["Thursday", "three hours"]
    assert [item.value for item in document.gold] == ["2013-03-21", "PT3H"]


def test_benchmark_prints_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, TIMEML)
    main([str(tmp_path)])
    result = json.loads(capsys.readouterr().out)
    assert (result["strict_f1"], result["relaxed_f1"], result["type_f1"], result["value_f1"]) == (1.0, 1.0, 1.0, 1.0)


def test_overlap_is_relaxed_but_not_strict() -> None:
    gold = Expression(4, 13, "DATE", "2013")
    result = score([Document("a", "", None, (gold,))], [[Expression(0, 13, "DATE", "2013")]])
    assert (result["strict_f1"], result["relaxed_f1"], result["value_f1"]) == (0.0, 1.0, 1.0)


def test_no_expression_is_matched_twice() -> None:
    gold = [Expression(0, 4, "DATE", "a"), Expression(5, 9, "DATE", "b")]
    assert len(match_spans(gold, [Expression(0, 9, "DATE", "a")])) == 1


def test_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    text = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><TimeML><TEXT>On &s; Monday</TEXT></TimeML>'
    assert "secret" not in read_document(write(tmp_path, text)).text


def test_broken_file_and_empty_folder_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(BrokenInput, match=r"no \.tml file"):
        read_folder(tmp_path)
    with pytest.raises(BrokenInput, match="well-formed"):
        read_document(write(tmp_path, "<TimeML><TEXT>"))
