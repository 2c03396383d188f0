"""Standard error and the look of the terminal: one line an error, a bar for long work, no colours with `NO_COLOR`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from rich.console import Console

#: Lines are wrapped at this width on a wide terminal; text is hard to read beyond it.
WIDTH = 110


def complain(error: OnrecordError) -> None:
    """Print an error on one line of standard error."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    line = f"onrecord: {error.line()}".replace("\n", " ")
    typer.secho(line, err=True, fg="red" if coloured else None)


def make_console() -> Console:
    """Standard output for a person: wrapped on a terminal, one line a field elsewhere."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty(), emoji=False)
    if console.is_terminal and console.width > WIDTH:
        console.width = WIDTH
    return console


@contextmanager
def make_progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error that vanishes when the work is done; call it with the name of each input."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        done = -1

        def advance(name: str) -> None:
            nonlocal done
            done += 1
            progress.update(task, completed=done, description=os.path.basename(name))

        yield advance
