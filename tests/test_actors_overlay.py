"""A user's own actors."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.actors.overlay import add_row, open_base, read_folder
from onrecord.actors.resolver import Context, Resolver
from onrecord.cli.actors import app
from onrecord.config import Settings
from onrecord.errors import DataError

ROWS = """\
- name: Sanne Okafor
  country: NLD
  office: Minister of Foreign Affairs
  start: 2030-01-01
  aliases: [S. Okafor]
- name: Quiet Harbour Forum
  kind: body
  country: FJI
  sector: NGO
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(ROWS, "utf-8")
    return tmp_path


def test_user_rows_win_over_the_base(folder: Path) -> None:
    resolver = Resolver(open_base(Settings(actors=str(folder))))
    assert resolver.resolve("the Dutch foreign minister", Context(20300601)).name == "Sanne Okafor"
    assert resolver.resolve("Okafor", Context(20300601)).name == "Sanne Okafor"
    assert resolver.resolve("Quiet Harbour Forum").code == "FJINGO"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("- name: A\n- nmae: B\n", ":2", "nmae"),
        ("- name: A\n\n- name: B\n  sector: XXX\n", ":3", "XXX"),
        ("- name: A\n  start: 2020-02-30\n", ":1", "2020-02-30"),
        ("- name: [unclosed\n", ":2", "YAML"),
        ("name: A\n", ":1", "list"),
    ],
)
def test_error_in_a_file_names_the_line(tmp_path: Path, text: str, where: str, what: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, "utf-8")
    with pytest.raises(DataError) as error:
        read_folder(tmp_path)
    assert error.value.where.endswith(f"bad.yaml{where}")
    assert what in error.value.what


def test_error_in_a_table_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name,country\nA,KWT\nB,Kuwait\n", "utf-8")
    with pytest.raises(DataError, match="Kuwait") as error:
        read_folder(tmp_path)
    assert error.value.where.endswith("bad.csv:3")


def test_added_row_is_read_back(tmp_path: Path) -> None:
    add_row(tmp_path, {"name": "Tiu Vake", "country": "TON", "office": "Mayor of Pangai"})
    assert read_folder(tmp_path).entities[0][0].name == "Tiu Vake"


def test_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "none").entities == ()


def test_commands_add_import_and_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ACTORS", str(tmp_path / "mine"))
    run = CliRunner()
    assert run.invoke(app, ["add", "Tiu Vake", "--country", "TON", "--office", "Mayor of Pangai"]).exit_code == 0
    rows = tmp_path / "more.yaml"
    rows.write_text(ROWS, "utf-8")
    assert run.invoke(app, ["import", str(rows)]).exit_code == 0
    shown = run.invoke(app, ["show", "S. Okafor", "--on", "2031-01-01"])
    assert '"country": "NLD"' in shown.output
