"""`onrecord search`: finds stories, statements and events by words and by fields."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import ValidationError

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_table
from onrecord.errors import SettingsError
from onrecord.labels import TYPES
from onrecord.record import Act, Status
from onrecord.store.query import Hit, Query, check_choice


def search(
    words: Annotated[str, typer.Argument(help="Words to look for; '\"...\"' keeps a phrase together.")] = "",
    speaker: Annotated[str, typer.Option(help="Who said it.")] = "",
    actor: Annotated[str, typer.Option(help="Who did it, or had it done to them: a name or a code.")] = "",
    start: Annotated[str, typer.Option("--from", help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    act: Annotated[str, typer.Option(help="Act of the statement: demand, offer, reject ...")] = "",
    event_type: Annotated[str, typer.Option("--type", help="Type of the event: CONSULT, SANCTION ...")] = "",
    status: Annotated[str, typer.Option(help="Status of the event: happened, planned ...")] = "",
    outlet: Annotated[str, typer.Option(help="Agency or outlet that carried it.")] = "",
    kind: Annotated[str, typer.Option(help="story, statement or event; chosen by the options if not given.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most hits.")] = 20,
    store: StoreOption = "",
    json_output: JsonOption = False,
) -> None:
    """Find what was said and done, best first, with the words marked."""
    values: dict[str, object] = {
        "text": words,
        "speaker": speaker,
        "actor": actor,
        "start": start,
        "end": end,
        "outlet": outlet,
    }
    values["act"] = check_choice(act, frozenset(Act), "--act")
    values["type"] = check_choice(event_type, frozenset(TYPES), "--type")
    values["status"] = check_choice(status, frozenset(Status), "--status")
    values["kind"] = check_choice(kind, frozenset(("story", "statement", "event")), "--kind") or None
    query = _make_query({**values, "limit": limit})
    with open_store(store) as opened, opened.view() as view:
        hits = view.search(query)
    if json_output:
        print_json(hits)
    else:
        _print_hits(hits)


def _make_query(values: dict[str, object]) -> Query:
    try:
        return Query.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        names = {"start": "--from", "end": "--to"}
        field = str(first["loc"][0])
        raise SettingsError(f"{first['input']!r}: {first['msg']}", where=names.get(field, f"--{field}")) from error


def _print_hits(hits: list[Hit]) -> None:
    if not hits:
        typer.echo("nothing found")
        return
    if hits[0].partly:
        typer.echo("no hit holds all the words; these hold some of them")
    rows = ((hit.day, hit.outlet, _who(hit), hit.marked or hit.words, _count(hit), hit.story[:10]) for hit in hits)
    print_table("", ("day", "outlet", "who or what", "words", "reports", "story"), rows)


def _who(hit: Hit) -> str:
    parts = (hit.speaker, hit.act, hit.type, hit.status)
    return " ".join(part for part in parts if part) or hit.headline


def _count(hit: Hit) -> str:
    return str(hit.reports) if hit.reports > 1 else ""


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.command("search")(search)
