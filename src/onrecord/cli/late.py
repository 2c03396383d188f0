"""Commands that are imported only when they are asked for, so that `onrecord --help` and `onrecord read` start quickly.

What the mounted modules add is listed here, for the help; a test holds the list to what they register. A module that
is not listed yet is imported for the help.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import typer
from typer.core import TyperGroup

from onrecord.cli.exits import Exit

#: The commands of `main.py`.
OWN: Final = ("read", "formats", "schema", "ontology", "version")

#: Modules that add commands of their own, in the order of the help. Each has `register(app)`, or a sub-app `app`.
MOUNTED: Final = ("ingest", "search", "talks", "actors", "corrections", "export", "plot", "serve")

#: Module -> command -> the beginning of its help.
ADDED: Final[dict[str, dict[str, str]]] = {
    "ingest": {"ingest": "Read stories into the store.", "store": "Look after the store."},
    "search": {
        "search": "Find what was said and done, best first, with the words marked.",
        "show": "Show what is on record of a story in the store.",
        "reports": "Show all reports of one statement or event, and what differs between them.",
        "timeline": "Show what two sides did to each other, day by day.",
        "actor": "Show an actor as the stories in the store give it.",
        "stats": "Count what the store holds.",
    },
    "talks": {"talks": "List the talks, or show the state of one."},
    "actors": {"actors": "Who held which office when, and your own actors."},
    "corrections": {"correct": "Put right what was read: merge, split, relabel, retract."},
    "export": {"export": "Write the record as files for other programs."},
    "plot": {"plot": "Draw what the store holds, as SVG, PNG or a page."},
    "serve": {"serve": "Open the reading room: a web app on the store."},
}


class LateGroup(TyperGroup):
    """A group whose mounted modules are imported when one of their commands is run."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            owner = next((module for module, added in ADDED.items() if cmd_name in added), None)
            self.mount([owner] if owner else MOUNTED)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        self.mount([name for name in MOUNTED if name not in ADDED])
        return list(dict.fromkeys([*OWN, *_describe_added(), *self.commands]))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without importing those that are listed."""
        described = _describe_added()
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        rows = [(name, described.get(name) or self.commands[name].get_short_help_str(limit)) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a reader that has gone away (`| head`) ends it without a word."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.BROKEN_PIPE) from None

    def mount(self, names: Any) -> None:
        """Import these modules and add their commands."""
        late = typer.Typer(rich_markup_mode=None)
        for name in names:
            mount_module(late, name)
        if late.registered_commands or late.registered_groups:
            late.callback()(_do_nothing)
            group: Any = typer.main.get_group(late)
            self.commands = {**group.commands, **self.commands}


def _describe_added() -> dict[str, str]:
    """The listed commands of the modules that are there."""
    there = (name for name in MOUNTED if name in ADDED and find_spec(f"onrecord.cli.{name}"))
    return {command: words for name in there for command, words in ADDED[name].items()}


def _do_nothing() -> None:
    """A group needs a callback to stay a group."""


def mount_module(late: typer.Typer, name: str) -> None:
    """Add the commands of one module, where it is there."""
    if find_spec(f"onrecord.cli.{name}") is None:
        return
    module = import_module(f"onrecord.cli.{name}")
    if hasattr(module, "register"):
        module.register(late)
    else:
        late.add_typer(module.app, name=name)
