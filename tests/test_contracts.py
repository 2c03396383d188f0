"""What the project promises: names, documentation, weight, data in the wheel, the order of the stages, frozen ids."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import onrecord
from onrecord import errors
from onrecord.cli.exits import Exit, find_exit
from onrecord.cli.formats import load_formats
from onrecord.cli.main import app
from onrecord.cli.schema import write_schema
from onrecord.config import Limits, Settings
from onrecord.ontology import check_ontology, load_ontology
from onrecord.pipeline import STAGES
from onrecord.record import Act, Outcome, Stance, State, Status

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "onrecord"
DOCS = ROOT / "docs"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
HEAVY = ("onnxruntime", "lxml", "trafilatura", "numpy", "pydantic", "sqlalchemy", "typer", "rich")


def read_doc(name: str) -> str:
    """The text of a page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def find_commands() -> list[str]:
    """All commands, the mounted ones included, as they are typed."""
    import typer

    group = typer.main.get_command(app)
    context = group.make_context("onrecord", [], resilient_parsing=True)
    return list(group.list_commands(context))  # type: ignore[attr-defined]


def test_the_package_gives_the_names_that_it_lists_and_no_others() -> None:
    assert sorted(onrecord.__all__) == ["read", "read_all"]
    for name in onrecord.__all__:
        assert callable(getattr(onrecord, name))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = onrecord.nothing


@pytest.mark.parametrize("name", [info.name for info in pkgutil.iter_modules([str(SOURCE)])])
def test_every_module_lists_only_names_that_it_has(name: str) -> None:
    module = importlib.import_module(f"onrecord.{name}")
    assert not [item for item in getattr(module, "__all__", []) if not hasattr(module, item)]


@pytest.mark.parametrize("name", find_commands())
def test_every_command_is_documented(name: str) -> None:
    assert f"\n## onrecord {name}\n" in read_doc("commands.md")


@pytest.mark.parametrize("field", [f"ONRECORD_{name.upper()}" for name in Settings.model_fields if name != "limits"])
def test_every_setting_is_documented(field: str) -> None:
    assert f"`{field}`" in read_doc("settings.md")


@pytest.mark.parametrize("name", Limits.model_fields)
def test_every_limit_is_documented_with_its_default(name: str) -> None:
    rows = [line for line in read_doc("settings.md").splitlines() if f"`ONRECORD_LIMITS_{name.upper()}`" in line]
    assert len(rows) == 1
    assert f"`{Limits.model_fields[name].default}`" in rows[0]


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_documented(code: Exit) -> None:
    assert f"| {code.value} | `{code.name}` |" in read_doc("exit-codes.md")


def test_every_error_has_an_exit_code_of_its_own_kind() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.OnrecordError)]
    codes = {kind.__name__: find_exit(kind("wrong")) for kind in kinds}
    assert {name for name, code in codes.items() if code == Exit.SOME_FAILED} == {"OnrecordError"}


def test_every_error_stands_in_the_drawn_tree() -> None:
    kinds = [name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    assert not [name for name in kinds if name not in (errors.__doc__ or "")]


def test_every_format_has_its_page() -> None:
    index = read_doc("formats/index.md")
    for item in load_formats():
        assert f"[{item.name}]({item.name}.md)" in index
        assert read_doc(f"formats/{item.name}.md").startswith("# ")


def test_the_committed_schema_is_the_one_that_is_printed() -> None:
    assert read_doc("record.schema.json") == write_schema(), "run: make schema"


def test_the_stages_run_in_the_order_of_the_documentation() -> None:
    rows = re.findall(r"^\| \d+ \| (\w+) \|", read_doc("path.md"), re.MULTILINE)
    assert rows == ["read", *(name for name, _ in STAGES)]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import onrecord, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_plain_text_loads_no_model_and_no_parser() -> None:
    code = (
        "import onrecord, sys; list(onrecord.read(b'OSLO, March 5 (AA) - Norway agreed.'));"
        "print([name for name in ('onnxruntime', 'lxml', 'trafilatura') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"""')


def test_published_ids_are_frozen() -> None:
    published = json.loads((ROOT / "tests" / "ontology_ids.json").read_text(encoding="utf-8"))
    ontology = load_ontology()
    assert {kind: list(item.modes) for kind, item in ontology.types.items()} == published["types"]
    assert [context.id for context in ontology.contexts] == published["contexts"]
    lists = {"statuses": Status, "acts": Act, "stances": Stance, "states": State, "outcomes": Outcome}
    assert {name: [str(item) for item in kind] for name, kind in lists.items()} == {n: published[n] for n in lists}


def test_the_ontology_has_no_faults() -> None:
    assert check_ontology(load_ontology()) == []


def test_the_wheel_holds_its_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [path for path in (SOURCE / "data").rglob("*") if path.is_file()]
    assert not [str(path) for path in data if str(path.relative_to(SOURCE.parent)) not in names]
    assert "onrecord/py.typed" in names
    assert not [name for name in names if name.startswith(("training", "benchmarks", "tests"))]


def test_every_data_file_is_well_formed_yaml() -> None:
    for path in (SOURCE / "data").rglob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path


def test_the_lock_names_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += [item for name, extra in optional.items() if name != "train" for item in extra]
    locked = {line.split("==")[0].lower() for line in (ROOT / "requirements-dev.lock").read_text().splitlines()}
    names = {re.split(r"[\[<>=~! ;]", requirement)[0].lower() for requirement in wanted}
    assert names <= locked, "run: make lock"


def test_the_lines_of_python_in_the_readme_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert " | " in done.stdout


def test_the_readme_sets_up_with_exactly_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"## Set up\n.*?```console\n(.*?)```", readme, re.DOTALL)
    assert [line.split("#")[0].strip() for line in block.splitlines()] == ["make demo", "make test"]
