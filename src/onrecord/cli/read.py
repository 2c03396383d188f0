"""`onrecord read`: stories in, records out, for a person or for a machine.

Standard output holds results only; errors and the progress bar go to standard error, so that a pipe stays clean.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from onrecord.cli.exits import Exit
from onrecord.cli.inputs import STANDARD_INPUT, Found, find_inputs, read_inputs
from onrecord.cli.terminal import complain, make_progress
from onrecord.config import Settings, read_environment
from onrecord.errors import ReadError
from onrecord.record import Record
from onrecord.story import Story

if TYPE_CHECKING:
    from onrecord.pipeline import Pipeline


@dataclass(frozen=True)
class Wish:
    """The options of `onrecord read`."""

    as_json: bool = False
    jsonl: bool = False
    story_only: bool = False
    explain: bool = False
    received: str = ""


@dataclass
class Tally:
    """How many stories were read and how many inputs failed."""

    stories: int = 0
    failed: int = 0

    def find_exit(self) -> Exit:
        """The exit code of the run."""
        if self.stories == 0:
            return Exit.NOTHING_READ
        return Exit.SOME_FAILED if self.failed else Exit.OK


@dataclass
class Reading:
    """One run: its settings, what was asked for, and the pipeline, loaded when the first story needs it."""

    settings: Settings
    wish: Wish
    tally: Tally = field(default_factory=Tally)
    _pipeline: Pipeline | None = None

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline of this run."""
        if self._pipeline is None:
            from onrecord.pipeline import Pipeline

            self._pipeline = Pipeline(self.settings)
        return self._pipeline

    def make_record(self, story: Story) -> Record:
        """The record of a story; only the story itself where no more was asked for."""
        return Record(story=story) if self.wish.story_only else self.pipeline.process(story)


def read_command(paths: list[str], wish: Wish) -> Exit:
    """Read all inputs and print their records; the exit code says how it went."""
    if wish.as_json and wish.jsonl:
        raise typer.BadParameter("--json and --jsonl exclude each other")
    reading = Reading(read_environment(), wish)
    received = parse_day(wish.received)
    inputs = list(find_inputs(paths))
    with _show_progress(len(inputs)) as advance:
        records = _make_records(reading, inputs, received, advance)
        _print_records(reading, records, single=_is_single(paths))
    return reading.tally.find_exit()


def parse_day(words: str) -> datetime | None:
    """The day of `--received`; None where it was not given."""
    try:
        return datetime.fromisoformat(words) if words else None
    except ValueError as error:
        raise typer.BadParameter(f"--received: {words!r} is no date; write it as 2022-01-14") from error


def _show_progress(inputs: int) -> AbstractContextManager[Callable[[str], None]]:
    """A bar on a terminal when there are several inputs and the results go elsewhere."""
    if inputs > 1 and sys.stderr.isatty() and not sys.stdout.isatty():
        return make_progress(inputs)
    return nullcontext(lambda name: None)


def _make_records(
    reading: Reading, inputs: list[Found], received: datetime | None, advance: Callable[[str], None]
) -> Iterator[tuple[str, Record]]:
    for number, item in enumerate(inputs):
        advance(item if isinstance(item, str) else item.where)
        for name, found in read_inputs(inputs[number : number + 1], reading.settings.limits, received):
            if isinstance(found, ReadError):
                reading.tally.failed += 1
                complain(found)
            else:
                reading.tally.stories += 1
                yield name, reading.make_record(found)


def _is_single(paths: list[str]) -> bool:
    return len(paths) == 1 and (paths[0] == STANDARD_INPUT or Path(paths[0]).is_file())


def _print_records(reading: Reading, records: Iterator[tuple[str, Record]], *, single: bool) -> None:
    if reading.wish.jsonl:
        for _, record in records:
            typer.echo(record.model_dump_json())
    elif reading.wish.as_json:
        for piece in join_json((record.model_dump_json() for _, record in records), single=single):
            typer.echo(piece, nl=False)
    else:
        from onrecord.cli.show import print_record

        for name, record in records:
            missed = _find_missed(reading, record)
            print_record(name, record, explain=reading.wish.explain, claims=not reading.wish.story_only, missed=missed)


def join_json(records: Iterator[str], *, single: bool) -> Iterator[str]:
    """One JSON value: the object itself where a single input holds one story, else an array, an object a line."""
    first, second = next(records, None), next(records, None)
    if first is not None and second is None and single:
        yield first + "\n"
        return
    yield "["
    for number, record in enumerate(item for item in (first, second) if item is not None):
        yield (",\n" if number else "") + record
    for record in records:
        yield ",\n" + record
    yield "]\n"


def _find_missed(reading: Reading, record: Record) -> tuple[str, ...]:
    if not reading.wish.explain or reading.wish.story_only or record.failures:
        return ()
    from onrecord.cli.explain import explain_missed

    return explain_missed(reading.pipeline.encoder, record)
