"""The entry point: mounts the commands, and turns every error into one line and an exit code.

Commands are imported when they are asked for: the ones of this module always, those of the store and the actors only
when the first word is none of ours, or when the help lists them all.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from onrecord.cli.exits import Exit, find_exit
from onrecord.cli.terminal import complain
from onrecord.errors import OnrecordError

#: Modules that add commands of their own, in the order of the help. Each has `register(app)`, or a sub-app `app`.
MOUNTED: Final = ("ingest", "search", "talks", "actors", "corrections", "export", "plot", "serve")


class LateGroup(TyperGroup):
    """A group that imports the mounted modules only when its own commands do not suffice."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            self._mount()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        self._mount()
        return list(self.commands)

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

    def _mount(self) -> None:
        late = typer.Typer(rich_markup_mode=None)
        for name in MOUNTED:
            _mount_module(late, name)
        if late.registered_commands or late.registered_groups:
            late.callback()(_do_nothing)
            group: Any = typer.main.get_group(late)
            self.commands = {**group.commands, **self.commands}
        own = [name for name in OWN if name in self.commands]
        self.commands = {name: self.commands[name] for name in (*own, *(n for n in self.commands if n not in own))}


def _do_nothing() -> None:
    """A group needs a callback to stay a group."""


def _mount_module(late: typer.Typer, name: str) -> None:
    module = _load_module(f"onrecord.cli.{name}")
    if module is None:
        return
    if hasattr(module, "register"):
        module.register(late)
    else:
        late.add_typer(module.app, name=name)


def _load_module(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:
            return None
        raise


app: Final = typer.Typer(
    name="onrecord",
    cls=LateGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
OWN: Final = ("read", "formats", "schema", "ontology", "version")


@app.callback()
def describe() -> None:
    """Reads diplomatic and political newswire and keeps the record: who said and did what to whom, when, where and on
    whose word.
    """


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="files, folders or globs; - reads stdin")],
    as_json: Annotated[
        bool, typer.Option("--json", help="print JSON: one object for one story, else an array")
    ] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="print one JSON object a line")] = False,
    story_only: Annotated[bool, typer.Option("--story-only", help="read the story, but run no model on it")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="say why each code was given, or none")] = False,
    received: Annotated[
        str, typer.Option(metavar="DATE", help="day the files came in (YYYY-MM-DD); completes dates without year")
    ] = "",
) -> None:
    """Read wire stories and print what they put on record."""
    from onrecord.cli.read import Wish, read_command

    wish = Wish(as_json=as_json, jsonl=jsonl, story_only=story_only, explain=explain, received=received)
    raise typer.Exit(read_command(paths, wish))


@app.command()
def formats() -> None:
    """List the formats that can be read, each with an example."""
    from onrecord.cli.formats import print_formats

    print_formats()


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from onrecord.cli.schema import write_schema

    typer.echo(write_schema(), nl=False)


@app.command()
def ontology(
    kind: Annotated[str, typer.Argument(metavar="[TYPE]", help="an event type, such as REQUEST")] = "",
) -> None:
    """Show the event types, or one of them with its modes, examples and neighbours."""
    from onrecord.cli.ontology import print_ontology

    print_ontology(kind)


@app.command()
def version() -> None:
    """Print the versions of the package, the model and the ontology."""
    from onrecord.cli.version import print_versions

    print_versions()


def run() -> None:
    """Run the command line; the process ends with one of the codes of `Exit`."""
    logging.getLogger("onrecord").addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except OnrecordError as error:
        complain(error)
        sys.exit(find_exit(error))


if __name__ == "__main__":
    run()
