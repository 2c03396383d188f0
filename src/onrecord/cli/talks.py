"""`onrecord talks`: the negotiations in the store, and the state of one of them."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_line, print_table
from onrecord.ledger.talk import OutstandingLine, PositionLine, RoundLine, Talks
from onrecord.ledger.talks import TalksLine, list_talks, read_talks


def talks(
    name: Annotated[str, typer.Argument(metavar="[ID]", help="Talks to show, such as t12.")] = "",
    party: Annotated[list[str] | None, typer.Option(help="Only talks with this party; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most talks in the list.")] = 50,
    store: StoreOption = "",
    json_output: JsonOption = False,
) -> None:
    """List the talks, or show the state of one: rounds, who wants what, what became of it, what is still open."""
    with open_store(store) as opened, opened.view() as view:
        found = read_talks(view.connection, name) if name else None
        lines = [] if found else list_talks(view.connection, parties=tuple(party or ()), limit=limit)
    if json_output:
        print_json(found or lines)
    elif found:
        _print_talks(found)
    else:
        _print_list(lines)


def _print_list(lines: list[TalksLine]) -> None:
    if not lines:
        typer.echo("no talks found")
        return
    rows = ((line.id, line.issue, ", ".join(line.parties), line.first, line.last, str(line.stories)) for line in lines)
    print_table("", ("id", "issue", "parties", "first", "last", "stories"), rows)


def _print_talks(found: Talks) -> None:
    print_line(f"[[{found.id}  {found.issue}]]  {found.first} to {found.last}, {len(found.stories)} stories")
    for title, names in (("parties", found.parties), ("mediators", found.mediators), ("hosts", found.hosts)):
        if names:
            print_line(f"{title}: {', '.join(names)}")
    if found.rounds:
        columns = ("round", "day", "place", "parties", "outcome", "stories")
        print_line("[[rounds]]")
        print_table("", columns, map(_row_round, found.rounds))
    if found.positions:
        columns = ("id", "holder", "stance", "content", "state", "history")
        print_line("[[positions]]")
        print_table("", columns, map(_row_position, found.positions))
    _print_items("still open", found.outstanding)
    _print_items("settled", found.settled)


def _row_round(line: RoundLine) -> tuple[str, ...]:
    judged = "; ".join(f"{one.outcome} ({one.by})" if one.by else one.outcome for one in line.assessments)
    told = "".join(f"\nreports differ on {difference}" for difference in line.differences)
    number = str(line.number or "")
    return (
        number,
        line.day,
        line.place,
        ", ".join(line.parties),
        (judged or line.outcome) + told,
        str(len(line.reports)),
    )


def _row_position(line: PositionLine) -> tuple[str, ...]:
    who = f"{line.holder} to {', '.join(line.addressees)}" if line.addressees else line.holder
    turns = "\n".join(
        f"{turn.day} {turn.change.value}" + (f" by {turn.by}" if turn.by else "") + f" ({turn.report.outlet})"
        for turn in line.history
    )
    return line.id, who, line.stance, line.words, line.state, turns


def _print_items(title: str, lines: tuple[OutstandingLine, ...]) -> None:
    if lines:
        print_line(f"[[{title}]]")
    for line in lines:
        print_line(f"  {line.words} (since {line.since}" + (f", settled {line.settled})" if line.settled else ")"))


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.command("talks")(talks)
