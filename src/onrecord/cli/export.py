"""`onrecord export`: what the store, or a file of records, holds, as files for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from onrecord.cli.output import StoreOption, open_store
from onrecord.errors import SettingsError
from onrecord.export import FORMS, Entry, Wish
from onrecord.labels import TYPES
from onrecord.record import Act, Status
from onrecord.store.query import check_choice

RecordsOption = Annotated[
    str, typer.Option("--records", metavar="FILE", help="File of records from `onrecord read --jsonl`; - reads stdin.")
]
StartOption = Annotated[str, typer.Option("--from", help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")]
EndOption = Annotated[str, typer.Option("--to", help="Last day.")]
ActorOption = Annotated[str, typer.Option(help="Only claims with this actor: a name or a code.")]


def export(
    form: Annotated[str, typer.Argument(metavar="FORM", help=", ".join(FORMS))],
    out: Annotated[Path, typer.Option(help="File to write; a folder for csv and parquet.")],
    records: RecordsOption = "",
    store: StoreOption = "",
    start: StartOption = "",
    end: EndOption = "",
    actor: ActorOption = "",
    event_type: Annotated[str, typer.Option("--type", help="Only events of this type.")] = "",
    act: Annotated[str, typer.Option(help="Only statements of this act.")] = "",
    status: Annotated[
        list[str] | None, typer.Option(help="Only events of this status; may be repeated; `any` takes all.")
    ] = None,
    every_report: Annotated[
        bool, typer.Option("--every-report", help="A row for every report, not one for all reports of a thing.")
    ] = False,
) -> None:
    """Write the record as files for other programs."""
    from onrecord.export import export as write

    check_choice(form, frozenset(FORMS), "FORM")
    wish = make_wish(
        start=start,
        end=end,
        actor=actor,
        type=check_choice(event_type, frozenset(TYPES), "--type"),
        act=check_choice(act, frozenset(Act), "--act"),
        statuses=_read_statuses(status or []),
        every_report=every_report,
    )
    if form == "schema":
        write(form, (), out)
        return
    with open_entries(records, store) as entries:
        rows = write(form, entries, out, wish)
    typer.echo(f"{rows:,} {'edges' if form in ('graphml', 'gexf') else 'rows'} in {out}", err=True)


def make_wish(**values: object) -> Wish:
    """What is wanted.

    Raises:
        SettingsError: a day is not written as it must be.
    """
    try:
        return Wish.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = {"start": "--from", "end": "--to"}.get(str(first["loc"][0]), str(first["loc"][0]))
        raise SettingsError(f"{first['input']!r}: {first['msg']}", where=name) from error


@contextmanager
def open_entries(records: str, store: str) -> Iterator[Iterator[Entry]]:
    """The records of a file, of standard input, or of the store.

    Raises:
        SettingsError: both a file and a store are named.
        ReadError: the file holds no records.
        StoreError: the store cannot be read.
    """
    if records and store:
        raise SettingsError("--records and --store exclude each other")
    if records == "-":
        from onrecord.export.entries import read_lines

        yield read_lines(sys.stdin, "standard input")
    elif records:
        from onrecord.export.entries import read_file

        yield read_file(Path(records))
    else:
        from onrecord.export.kept import read_view

        with open_store(store) as opened, opened.view() as view:
            yield read_view(view)


def _read_statuses(names: list[str]) -> tuple[str, ...]:
    if "any" in names:
        return tuple(Status)
    return tuple(check_choice(name, frozenset(Status), "--status") for name in names)


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("export")(export)
