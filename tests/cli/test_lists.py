"""The commands that print what onrecord itself knows: formats, schema, ontology, version, help."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import typer

from onrecord.cli.exits import Exit
from onrecord.cli.formats import Format, escape_controls, load_formats
from onrecord.cli.late import ADDED, mount_module
from onrecord.labels import TYPES
from onrecord.read import read
from onrecord.read.detect import READERS
from tests.cli.conftest import Run


@pytest.mark.parametrize("example", [item for item in load_formats() if not item.wraps], ids=lambda item: item.name)
def test_every_example_is_read_in_its_own_format(example: Format) -> None:
    stories = list(read(example.example.encode()))
    assert {story.format for story in stories} == {example.name}
    assert stories[0].headline == "Oslo and Riga agree on ferry link"
    assert stories[0].body.startswith("Norway and Latvia agreed")


def test_there_is_an_example_for_every_reader() -> None:
    assert len(load_formats()) == len(READERS)


def test_control_characters_are_shown_as_escapes() -> None:
    assert escape_controls("\x01a\tb\r\nc\n") == "\\x01a\\x09b\nc"


def test_formats_lists_them_all(run: Run) -> None:
    done = run("formats")
    assert all(f"{item.name}  {item.title}" in done.stdout for item in load_formats())


def test_the_schema_is_json(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["title"] == "Record"
    assert "statements" in schema["properties"]


def test_the_ontology_lists_the_types_and_describes_one(run: Run) -> None:
    listed = run("ontology").stdout
    assert all(kind in listed for kind in TYPES)
    one = run("ontology", "request").stdout
    assert all(words in one for words in ("REQUEST  ask, demand, order", "modes", "examples", "neighbours", "THREATEN"))


def test_an_unknown_type_is_wrong_usage(run: Run) -> None:
    done = run("ontology", "DANCE")
    assert done.returncode == Exit.USAGE
    assert "REQUEST" in done.stderr


def test_version_names_package_model_and_ontology(run: Run) -> None:
    names = [line.split()[0] for line in run("version").stdout.splitlines()]
    assert names == ["onrecord", "model", "ontology", "python"]


def test_help_lists_the_commands_and_loads_neither_model_nor_parser() -> None:
    code = (
        "import sys; from onrecord.cli.main import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('onnxruntime', 'lxml', 'trafilatura', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "read" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("module", ADDED)
def test_the_help_lists_what_a_module_adds(module: str) -> None:
    late = typer.Typer(rich_markup_mode=None)
    mount_module(late, module)
    late.callback()(lambda: None)
    group = typer.main.get_group(late)
    helps = {name: command.get_short_help_str(200) for name, command in group.commands.items()}
    assert helps.keys() == ADDED[module].keys()
    assert not [words for name, words in ADDED[module].items() if not helps[name].startswith(words.rstrip("."))]


@pytest.mark.parametrize("name", [name for added in ADDED.values() for name in added])
def test_a_mounted_command_has_its_help(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert (done.returncode, done.stderr) == (Exit.OK, "")
    assert f"Usage: python -m onrecord.cli.main {name}" in done.stdout or f" {name} " in done.stdout
