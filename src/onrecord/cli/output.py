"""What the commands of the store share: the options, JSON on standard output, tables in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich import box
from rich.table import Table
from rich.text import Text

from onrecord.cli.terminal import make_console
from onrecord.config import Settings, read_environment
from onrecord.store import Store

StoreOption = Annotated[
    str, typer.Option("--store", help="Path of the SQLite file, or a PostgreSQL URL. Default: ONRECORD_STORE.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


def read_settings(store: str = "") -> Settings:
    """The settings of the environment, with the store of the command line where one is given."""
    settings = read_environment()
    return settings.model_copy(update={"store": store}) if store else settings


def open_store(store: str = "", *, create: bool = False) -> Store:
    """The store that the options name."""
    return Store.open(read_settings(store).store, create=create)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(_plain(value), ensure_ascii=False, indent=1))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table in the terminal; words between `[[` and `]]` are shown bold."""
    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(mark_bold(str(cell)) for cell in row))
    make_console().print(table)


def print_line(words: str) -> None:
    """One line in the terminal."""
    make_console().print(mark_bold(words))


def mark_bold(words: str) -> Text:
    """Text with what stands between `[[` and `]]` in bold."""
    text = Text()
    for number, part in enumerate(words.replace("]]", "[[").split("[[")):
        text.append(part, style="bold" if number % 2 else "")
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
