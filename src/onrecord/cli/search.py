"""What the store holds: `search`, `timeline`, `actor`, `show`, `reports` and `stats`."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import ValidationError

from onrecord.cli.output import JsonOption, StoreOption, open_store, print_json, print_line, print_table
from onrecord.errors import SettingsError
from onrecord.labels import TYPES
from onrecord.ledger.corrections import parse_name
from onrecord.ledger.reports import count_clusters, read_cluster, read_versions
from onrecord.ledger.timeline import read_actor, read_timeline
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
    for hit in hits:
        place = hit.id if hit.kind == "story" else f"{hit.id} in {hit.story[:10]}"
        reports = f", {hit.reports} reports" if hit.reports > 1 else ""
        who = " ".join(part for part in (hit.speaker, hit.act, hit.type, hit.status) if part)
        print_line(f"[[{hit.day or 'no date'}]] {hit.outlet}  {who or hit.headline}  ({place}{reports})")
        print_line(f"    {hit.marked or hit.words[:240]}")


def timeline(
    first: Annotated[str, typer.Argument(help="A code such as RUS, or words of a name.")],
    second: Annotated[str, typer.Argument(help="The other side; all events of the first without it.")] = "",
    start: Annotated[str, typer.Option("--from", help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most events.")] = 200,
    store: StoreOption = "",
    json_output: JsonOption = False,
) -> None:
    """Show what two sides did to each other, day by day; an event counts once, however many stories carry it."""
    with open_store(store) as opened, opened.view() as view:
        events = read_timeline(view.connection, first, second, start=start, end=end, limit=limit)
    if json_output:
        print_json(events)
        return
    if not events:
        typer.echo("no events found")
        return
    columns = ("day", "event", "who", "to whom", "words", "reports")
    rows = (
        (
            event.day,
            f"{event.type} {event.mode} {'' if event.status == 'happened' else event.status}".strip(),
            ", ".join(event.actors),
            ", ".join(event.recipients),
            event.words,
            str(event.reports),
        )
        for event in events
    )
    print_table("", columns, rows)


def actor(
    name: Annotated[str, typer.Argument(help="Words of a name, or a code.")],
    on: Annotated[str, typer.Option("--on", help="Day for which the office is wanted.")] = "",
    store: StoreOption = "",
    json_output: JsonOption = False,
) -> None:
    """Show an actor as the stories in the store give it: codes, offices with their days, and its part in the record."""
    with open_store(store) as opened, opened.view() as view:
        page = read_actor(view.connection, name, on=on)
    if json_output:
        print_json(page)
        return
    codes = " ".join(part for part in (page.kind, page.country, page.code, page.wikidata) if part)
    print_line(f"[[{page.name}]]  {codes}")
    if page.other_names:
        print_line(f"also: {'; '.join(page.other_names)}")
    rows = ((one.office, one.tenure, one.country, one.first, one.last, str(one.stories)) for one in page.offices)
    print_table("offices", ("office", "tenure", "country", "first", "last", "stories"), rows)
    print_table("part in the record", ("role", "times"), ((role, str(times)) for role, times in page.roles.items()))


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a story, or its beginning.")],
    explain: Annotated[bool, typer.Option("--explain", help="Say why each code was given.")] = False,
    store: StoreOption = "",
    json_output: JsonOption = False,
) -> None:
    """Show what is on record of a story in the store, its versions, and who else reported the same."""
    with open_store(store) as opened, opened.view() as view:
        key = view.find_story(name)
        record = view.read_record(key)
        versions = read_versions(view.connection, key)
    if json_output:
        print_json({"record": record, "versions": versions})
        return
    from onrecord.cli.show import print_record

    print_record(record.story.id[:10], record, explain=explain)
    for version in versions:
        print_line(f"[[version]] {version.earlier.story[:10]} was replaced by {version.later.story[:10]}")
        for sign, words in (("-", version.removed), ("+", version.added)):
            for sentence in words:
                print_line(f"  {sign} {sentence}")


def reports(
    name: Annotated[str, typer.Argument(metavar="ID", help="A claim, such as s12 or e5.")],
    store: StoreOption = "",
    json_output: JsonOption = False,
) -> None:
    """Show all reports of one statement or event, and what differs between them."""
    kind, key = parse_name(name)
    with open_store(store) as opened, opened.view() as view:
        cluster = read_cluster(view.connection, kind, key)
    if json_output:
        print_json(cluster)
        return
    for telling in cluster.tellings:
        note = " (replaced by a later version)" if telling.replaced else ""
        print_line(f"[[{telling.report.day}]] {telling.report.outlet}  {telling.report.words}{note}")
    for field, values in cluster.differences.items():
        print_line(f"they differ on {field}: {' / '.join(values)}")


def stats(store: StoreOption = "", json_output: JsonOption = False) -> None:
    """Count what the store holds."""
    with open_store(store) as opened, opened.view() as view:
        counts = view.count()
        counts.update(count_clusters(view.connection))
    if json_output:
        print_json(counts)
    else:
        print_table("", ("what", "rows"), ((name, f"{number:,}") for name, number in counts.items()))


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    for command in (search, timeline, actor, show, reports, stats):
        app.command(command.__name__)(command)
