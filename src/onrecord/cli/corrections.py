"""`onrecord correct`: what analysts put right, with who, when and why; nothing is ever overwritten."""

from __future__ import annotations

import getpass
import json
from typing import Annotated

import typer

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_table
from onrecord.errors import StoreError
from onrecord.ledger.corrections import Action, Correction, export_corrections, list_corrections, parse_name
from onrecord.ledger.keep import correct, undo

AuthorOption = Annotated[str, typer.Option(help="Who says so; the name of the user when not given.")]
ReasonOption = Annotated[str, typer.Option(help="Why.")]
ClaimArgument = Annotated[str, typer.Argument(metavar="ID", help="A claim, such as s12, e5, p3, t7 or r2.")]


def merge(
    names: Annotated[list[str], typer.Argument(metavar="ID ID...", help="Claims that are the same.")],
    author: AuthorOption = "",
    reason: ReasonOption = "",
    store: StoreOption = "",
) -> None:
    """Say that claims are reports of the same thing."""
    if len(names) < 2:
        raise StoreError("a merge needs two claims or more", hint="onrecord correct merge e5 e9")
    _correct(Action.MERGE, names, author=author, reason=reason, store=store)


def split(name: ClaimArgument, author: AuthorOption = "", reason: ReasonOption = "", store: StoreOption = "") -> None:
    """Say that a claim is not the same as the others that it was joined with."""
    _correct(Action.SPLIT, [name], author=author, reason=reason, store=store)


def retract(name: ClaimArgument, author: AuthorOption = "", reason: ReasonOption = "", store: StoreOption = "") -> None:
    """Say that a claim should not be on record."""
    _correct(Action.RETRACT, [name], author=author, reason=reason, store=store)


def relabel(
    name: ClaimArgument,
    field: Annotated[str, typer.Argument(help="act, speaker, type, mode, status, day, stance, state, holder ...")],
    value: Annotated[str, typer.Argument(help="The right value.")],
    author: AuthorOption = "",
    reason: ReasonOption = "",
    store: StoreOption = "",
) -> None:
    """Give a field of a claim another value."""
    _correct(Action.RELABEL, [name], author=author, reason=reason, store=store, field=field, value=value)


def _correct(action: Action, names: list[str], *, author: str, reason: str, store: str, **label: str) -> None:
    parsed = [parse_name(name) for name in names]
    kinds = {kind for kind, _ in parsed}
    if len(kinds) > 1:
        raise StoreError(f"{' and '.join(sorted(kinds))} cannot be the same", hint="give claims of one kind")
    keys = [key for _, key in parsed]
    with open_store(store) as opened, opened.writer() as writer:
        made = correct(writer, action, kinds.pop(), keys, author=author or getpass.getuser(), reason=reason, **label)
    typer.echo(f"correction {made.key}: {_describe(made)}")


def undo_correction(
    key: Annotated[int, typer.Argument(metavar="NUMBER", help="Number of the correction.")],
    author: AuthorOption = "",
    store: StoreOption = "",
) -> None:
    """Take a correction back."""
    with open_store(store) as opened, opened.writer() as writer:
        undone = undo(writer, key, author=author or getpass.getuser())
    typer.echo(f"undone: {_describe(undone)}")


def list_all(store: StoreOption = "", json_output: JsonOption = False) -> None:
    """List all corrections."""
    with open_store(store) as opened, opened.view() as view:
        found = list_corrections(view.connection)
    if json_output:
        print_json(found)
        return
    rows = ((one.key, one.at, one.author, _describe(one), one.reason, one.undone_by and "undone") for one in found)
    print_table("", ("no.", "at", "author", "correction", "reason", ""), rows)


def export(store: StoreOption = "") -> None:
    """Print the corrections in force as training data: one JSON object a line, with text and characters."""
    with open_store(store) as opened, opened.view() as view:
        for line in export_corrections(view.connection):
            typer.echo(json.dumps(line, ensure_ascii=False))


def _describe(correction: Correction) -> str:
    words = "; ".join(anchor.words[:60] for anchor in correction.anchors)
    label = f" {correction.field} {correction.was} -> {correction.value}" if correction.field else ""
    return f"{correction.action.value} {correction.kind}{label}: {words}"


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    group = typer.Typer(help="Put right what was read: merge, split, relabel, retract.", no_args_is_help=True)
    for command in (merge, split, relabel, retract, export):
        group.command(command.__name__)(command)
    group.command("undo")(undo_correction)
    group.command("list")(list_all)
    app.add_typer(group, name="correct")
