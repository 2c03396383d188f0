"""The entry point: mounts the commands, and turns every error into one line and an exit code.

The work of each command stands in a module of its own, imported when it runs; `late.py` mounts those of the store, the
actors and the other edges.
"""

from __future__ import annotations

import io
import logging
import sys
from typing import Annotated, Final

import typer

from onrecord.cli.exits import find_exit
from onrecord.cli.late import LateGroup
from onrecord.cli.terminal import complain
from onrecord.errors import OnrecordError

app: Final = typer.Typer(
    name="onrecord",
    cls=LateGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


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
