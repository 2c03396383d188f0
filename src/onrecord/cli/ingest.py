"""`onrecord ingest` reads files, folders and feeds into the store; `onrecord store` looks after it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_table, read_settings
from onrecord.scale.ingest import Ingest, Tally
from onrecord.scale.intake import find_files
from onrecord.scale.workers import Workers
from onrecord.store import Store

WorkersOption = Annotated[int, typer.Option("--workers", min=0, help="Processes that read; 0 takes one per core.")]


def ingest(
    sources: Annotated[list[str], typer.Argument(metavar="PATH|FOLDER|FEED...", help="What to read.")],
    store: StoreOption = "",
    workers: WorkersOption = 0,
    json_output: JsonOption = False,
) -> None:
    """Read stories into the store. A story is kept once, however often it is read; a run that was cut off goes on."""
    settings = read_settings(store)
    with Store.open(settings.store) as opened:
        pool = Workers(settings, workers)
        try:
            tally = _follow(Ingest(opened, settings, pool), sources)
        finally:
            pool.close()
    report_tally(tally, json_output=json_output)


def _follow(run: Ingest, sources: list[str]) -> Tally:
    total = sum(1 for _ in find_files(sources))
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[rate]:.1f} stories/s,"),
        TimeElapsedColumn(),
        TextColumn("gone,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("reading", total=total, rate=0.0)
        return run.ingest_files(
            sources,
            lambda tally: progress.update(
                task, completed=tally.files, rate=tally.stories / tally.seconds if tally.seconds else 0.0
            ),
        )


def report_tally(tally: Tally, *, json_output: bool) -> None:
    """Say what a run has done."""
    if json_output:
        print_json(tally)
        return
    rate = tally.added / tally.seconds if tally.seconds else 0.0
    typer.echo(
        f"{tally.added} stories added, {tally.known} already there, {tally.failed} failures, "
        f"{tally.files} files in {tally.seconds:.1f} s ({rate:.1f} stories/s)"
    )


def migrate(store: StoreOption = "", json_output: JsonOption = False) -> None:
    """Bring a store of an older version to the present one."""
    steps = Store.migrate(read_settings(store).store)
    if json_output:
        print_json([{"number": step.number, "title": step.title} for step in steps])
    elif not steps:
        typer.echo("nothing to do: the store is of the present version")
    for step in [] if json_output else steps:
        typer.echo(f"{step.number}: {step.title}")


def failures(store: StoreOption = "", json_output: JsonOption = False) -> None:
    """What could not be read, and why. `onrecord ingest --retry` tries it again."""
    with open_store(store) as opened, opened.view() as view:
        rows = view.find_failures()
    if json_output:
        print_json(rows)
        return
    columns = ("origin", "story_id", "stage", "reason", "tries")
    print_table("", columns, ([str(row[name])[:200] for name in columns] for row in rows))


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.command("ingest")(ingest)
    group = typer.Typer(help="Look after the store.", no_args_is_help=True)
    group.command("migrate")(migrate)
    group.command("failures")(failures)
    app.add_typer(group, name="store")
