"""`onrecord version`: what made the records of this installation."""

from __future__ import annotations

import json
import platform
from importlib import metadata, resources
from pathlib import Path

import typer

from onrecord import ontology
from onrecord.config import read_environment


def find_versions() -> dict[str, str]:
    """Versions of package, model, ontology and Python; the model's files are not loaded."""
    return {
        "onrecord": metadata.version("onrecord"),
        "model": _read_model(read_environment().model),
        "ontology": ontology.VERSION,
        "python": platform.python_version(),
    }


def _read_model(folder: str) -> str:
    path = Path(folder or str(resources.files("onrecord") / "data" / "model")) / "manifest.json"
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return f"none in {path.parent}"


def print_versions() -> None:
    """Print one version a line."""
    for name, number in find_versions().items():
        typer.echo(f"{name} {number}")
