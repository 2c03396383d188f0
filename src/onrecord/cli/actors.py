"""`onrecord actors`: look an actor up on a day, add a row of one's own, import a file of rows."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from onrecord.config import read_environment
from onrecord.errors import DataError

app = typer.Typer(help="Who held which office when, and your own actors.", no_args_is_help=True)


def _read_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise DataError(f"day {value!r}", where="--on", hint="a day as YYYY-MM-DD") from error


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="a name or any words of a mention")],
    on: Annotated[str, typer.Option("--on", help="the day, as YYYY-MM-DD")] = "",
    context: Annotated[str, typer.Option(help="words around it, for bodies without a state")] = "",
) -> None:
    """Print who is meant by NAME on a day, as JSON."""
    from onrecord.actors.attach import count_states
    from onrecord.actors.base import number_day
    from onrecord.actors.overlay import open_base
    from onrecord.actors.resolver import Context, Resolver

    resolver = Resolver(open_base(read_environment()))
    found = resolver.resolve(name, Context(number_day(_read_day(on)), count_states(context, resolver), context))
    typer.echo(found.model_dump_json(indent=2, exclude={"id", "mentions", "stage"}))


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="the name as it should be shown")],
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3")] = "",
    kind: Annotated[str, typer.Option(help="person, state, body or group")] = "person",
    sector: Annotated[str, typer.Option(help="PLOVER sector")] = "",
    office: Annotated[str, typer.Option(help="office held")] = "",
    start: Annotated[str, typer.Option(help="first day, YYYY-MM-DD")] = "",
    end: Annotated[str, typer.Option(help="last day, YYYY-MM-DD")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="another spelling; may be given several times")] = None,
    wikidata: Annotated[str, typer.Option(help="id such as Q42")] = "",
) -> None:
    """Add a row to your own actors; it wins over the base."""
    from onrecord.actors.overlay import add_row, find_folder

    row = {"name": name, "country": country, "kind": kind, "sector": sector, "office": office, "start": start}
    row |= {"end": end, "aliases": "; ".join(alias or ()), "wikidata": wikidata}
    path = add_row(find_folder(read_environment()), row)
    typer.echo(f"added to {path}")


@app.command("import")
def import_file(file: Annotated[Path, typer.Argument(help="a YAML or CSV file of rows")]) -> None:
    """Check a file of rows and copy it to your own actors."""
    from onrecord.actors.overlay import find_folder, read_file

    if file.suffix not in (".yaml", ".yml", ".csv"):
        raise DataError(f"file type {file.suffix!r}", where=str(file), hint="a .yaml or .csv file")
    rows = read_file(file)
    folder = find_folder(read_environment())
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)
    typer.echo(f"{len(rows)} rows imported to {folder / file.name}")
