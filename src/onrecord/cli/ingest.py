"""`onrecord ingest` reads files, folders and feeds into the store; `onrecord store` looks after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_table, read_settings
from onrecord.errors import BrokenInput, SettingsError
from onrecord.scale.feeds import is_feed, make_client
from onrecord.scale.ingest import Ingest, Report, Tally
from onrecord.scale.intake import find_files
from onrecord.scale.watch import Watch
from onrecord.scale.workers import Workers, find_model
from onrecord.store import Store

WorkersOption = Annotated[int, typer.Option("--workers", min=0, help="Processes that read; 0 takes one per core.")]


def ingest(
    sources: Annotated[list[str] | None, typer.Argument(metavar="PATH|FOLDER|FEED...", help="What to read.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on looking for new files and new items.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Read again what failed before.")] = False,
    reread: Annotated[bool, typer.Option("--reread", help="Read again what another model has read.")] = False,
    store: StoreOption = "",
    workers: WorkersOption = 0,
    json_output: JsonOption = False,
) -> None:
    """Read stories into the store. A story is kept once, however often it is read; a run that was cut off goes on."""
    if not (sources or retry or reread):
        raise SettingsError("nothing to read is named", hint="give a file, a folder or a feed, or --retry")
    settings = read_settings(store)
    pool = Workers(settings, workers)
    with Store.open(settings.store) as opened, make_client() as client:
        run = Ingest(opened, settings, pool)
        try:
            with _show_progress(sources or []) as report:
                if retry:
                    run.retry(report)
                if reread:
                    _read_stale(run, report)
                if watch:
                    Watch(run, sources or [], client).watch(report)
                else:
                    _ingest_sources(run, sources or [], client, report)
        except KeyboardInterrupt:
            typer.echo("stopped; what was read is kept", err=True)
        finally:
            pool.close()
    report_tally(run.tally, json_output=json_output)


def _ingest_sources(run: Ingest, sources: list[str], client: httpx.Client, report: Report) -> None:
    paths = [source for source in sources if not is_feed(source)]
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise BrokenInput("there is no such file or folder", where=missing[0], hint="nothing was read")
    run.ingest_files(paths, report)
    run.ingest_feeds([source for source in sources if is_feed(source)], client, report)


def _read_stale(run: Ingest, report: Report) -> None:
    model = find_model(run.settings)
    with run.store.view() as view:
        stale = view.find_stale(model)
        stories = (view.read_story(key) for key in stale)
        run.read_again(stories, report)


@contextmanager
def _show_progress(sources: list[str]) -> Iterator[Report]:
    """A bar on standard error with rate and time left."""
    total = sum(1 for _ in find_files(source for source in sources if not is_feed(source)))
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[added]} stories added, {task.fields[rate]:.1f} a second,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total or None, rate=0.0, added=0)

        def report(tally: Tally) -> None:
            rate = tally.added / tally.seconds if tally.seconds else 0.0
            progress.update(task, completed=tally.files, rate=rate, added=tally.added)

        yield report


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
