"""`onrecord formats`: what can be read, who sends it, and a whole small story in each format."""

from __future__ import annotations

from importlib import resources
from typing import Final

import typer
import yaml
from pydantic import TypeAdapter

from onrecord.story import Frozen

_WIDTH: Final = 106


class Format(Frozen):
    """One format: its name in `Story.format`, and an example; `wraps` where it only packs others."""

    name: str
    title: str
    sent_by: str
    example: str
    wraps: bool = False


def load_formats() -> tuple[Format, ...]:
    """All formats in the order in which they are tried."""
    path = resources.files("onrecord") / "data" / "formats.yaml"
    return TypeAdapter(tuple[Format, ...]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def print_formats() -> None:
    """Print each format with its example; control characters are shown as escapes."""
    for item in load_formats():
        typer.echo(typer.style(item.name, bold=True) + f"  {item.title}; {item.sent_by}")
        for line in escape_controls(item.example).splitlines():
            typer.echo("    " + (line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"))
        typer.echo()


def escape_controls(example: str) -> str:
    """The example with its control characters in a form that a terminal can show."""
    shown = "".join(c if c in "\n" or c.isprintable() else f"\\x{ord(c):02x}" for c in example.replace("\r\n", "\n"))
    return shown.rstrip("\n")
