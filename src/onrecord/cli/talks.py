"""`onrecord talks`: the negotiations in the store, and the state of one of them."""

from __future__ import annotations

import typer

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_table
from onrecord.ledger.talks import list_talks


def talks(store: StoreOption = "", json_output: JsonOption = False) -> None:
    """List the talks, or show the state of one."""
    with open_store(store) as opened, opened.view() as view:
        lines = list_talks(view.connection)
    if json_output:
        print_json(lines)
        return
    rows = ((line.id, line.issue, ", ".join(line.parties), line.first, line.last, str(line.stories)) for line in lines)
    print_table("", ("id", "issue", "parties", "first", "last", "stories"), rows)


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.command("talks")(talks)
