"""`onrecord plot`: pictures of what the store, or a file of records, holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.export import EndOption, RecordsOption, StartOption, make_wish
from onrecord.cli.output import StoreOption, open_store
from onrecord.errors import SettingsError

if TYPE_CHECKING:
    from onrecord.plot.drawing import Drawing
    from onrecord.store import Store, View

OutOption = Annotated[Path, typer.Option(help="File to write: .svg, .png, or .html for a page with the table.")]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Draw what the store holds, as SVG, PNG or a page.")


@app.command()
def timeline(
    first: Annotated[str, typer.Argument(help="A code such as RUS, or words of a name.")],
    out: OutOption,
    second: Annotated[str, typer.Argument(help="The other side; all events of the first without it.")] = "",
    start: StartOption = "",
    end: EndOption = "",
    records: RecordsOption = "",
    store: StoreOption = "",
) -> None:
    """Draw the events of one side, or between two, on an axis of days."""
    from onrecord.plot.sides import Asked
    from onrecord.plot.timeline import draw_timeline

    make_wish(start=start, end=end)
    _draw(lambda view: draw_timeline(view, Asked(first, second, start, end)), out, records, store)


@app.command()
def dyad(
    first: Annotated[str, typer.Argument(help="A code such as RUS, or words of a name.")],
    second: Annotated[str, typer.Argument(help="The other side.")],
    out: OutOption,
    start: StartOption = "",
    end: EndOption = "",
    records: RecordsOption = "",
    store: StoreOption = "",
) -> None:
    """Draw conflict and cooperation of two sides over time."""
    from onrecord.plot.dyad import draw_dyad
    from onrecord.plot.sides import Asked

    make_wish(start=start, end=end)
    _draw(lambda view: draw_dyad(view, Asked(first, second, start, end)), out, records, store)


@app.command()
def network(
    out: OutOption,
    speaker: Annotated[str, typer.Option(help="Only speakers whose name holds these words.")] = "",
    start: StartOption = "",
    end: EndOption = "",
    records: RecordsOption = "",
    store: StoreOption = "",
) -> None:
    """Draw who quotes whom."""
    from onrecord.plot.network import draw_network

    make_wish(start=start, end=end)
    _draw(lambda view: draw_network(view, start=start, end=end, speaker=speaker), out, records, store)


@app.command()
def talks(
    name: Annotated[str, typer.Argument(metavar="ID", help="Talks such as t12; onrecord talks lists them.")],
    out: OutOption,
    records: RecordsOption = "",
    store: StoreOption = "",
) -> None:
    """Draw rounds and positions of a negotiation."""
    from onrecord.plot.talks import draw_talks

    _draw(lambda view: draw_talks(view, name), out, records, store)


def _draw(make: Callable[[View], Drawing], out: Path, records: str, store: str) -> None:
    from onrecord.plot.drawing import check_suffix, save

    check_suffix(out)
    with open_view(records, store) as view:
        save(make(view), out)
    typer.echo(str(out), err=True)


@contextmanager
def open_view(records: str, store: str) -> Iterator[View]:
    """The store, or a passing one that is made of a file of records.

    Raises:
        SettingsError: both a file and a store are named.
        ReadError: the file holds no records.
        StoreError: the store cannot be read.
    """
    from onrecord.store import Store

    if not records:
        with open_store(store) as opened, opened.view() as view:
            yield view
        return
    if store:
        raise SettingsError("--records and --store exclude each other")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "plot.db") as passing:
        _fill(passing, records)
        with passing.view() as view:
            yield view


def _fill(store: Store, records: str) -> None:
    from onrecord.cli.export import open_entries
    from onrecord.ledger.keep import keep_records

    with open_entries(records, "") as entries, store.writer() as writer:
        keep_records(writer, [entry.record for entry in entries])


def register(group: typer.Typer) -> None:
    """Add the commands to an app."""
    group.add_typer(app, name="plot")
