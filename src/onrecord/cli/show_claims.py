"""Prints what was found in a story: statements, events, positions, talks, and the times, places and actors in them."""

from __future__ import annotations

from typing import Final

from rich.text import Text

from onrecord.cli.page import Page
from onrecord.record import Actor, Event, Negotiation, Position, Round, State, Statement, Status

_STATUS_STYLES: Final = {
    Status.HAPPENED: "green",
    Status.ONGOING: "green",
    Status.PLANNED: "blue",
    Status.CONDITIONAL: "yellow",
    Status.HYPOTHETICAL: "yellow",
    Status.DEMANDED: "magenta",
    Status.DENIED: "red",
}
_QUADS: Final = ("", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_DEEP: Final = 7


def print_claims(page: Page, missed: tuple[str, ...] = ()) -> None:
    """Print all claims of the page's record, then what failed or came near."""
    record = page.record
    page.print_heading(f"statements ({len(record.statements)})")
    for statement in record.statements:
        _print_statement(page, statement)
    page.print_heading(f"events ({len(record.events)})")
    for event in record.events:
        _print_event(page, event)
    _print_positions(page)
    for negotiation in record.negotiations:
        _print_negotiation(page, negotiation)
    _print_actors(page)
    _print_times(page)
    _print_places(page)
    _print_gaps(page, missed)


def _print_head(page: Page, claim_id: str, *parts: Text) -> None:
    head = Text(f"  {claim_id:<4} ", style="bold")
    page.print_hanging(head, Text("  ").join(part for part in parts if part.plain), _DEEP)


def _print_why(page: Page, reasons: tuple[str, ...]) -> None:
    if page.explain:
        for reason in reasons:
            page.print_field("why", Text(reason, style="dim"), indent=_DEEP)


def _weigh(score: float) -> Text:
    return Text(f"{score:.2f}", style="dim")


def _print_statement(page: Page, statement: Statement) -> None:
    kind = Text(f"{statement.act}", style="bold yellow") + Text(f", {statement.kind}")
    _print_head(page, statement.id, kind, page.locate(statement.span), _weigh(statement.score))
    who = page.name_all(statement.sources) or Text("not named", style="dim")
    page.print_field("who", who, indent=_DEEP)
    page.print_field("cue", page.quote(statement.cue), indent=_DEEP)
    page.print_field("content", page.quote(*statement.content), indent=_DEEP)
    page.print_field("to", page.name_all(statement.addressees), indent=_DEEP)
    page.print_field("occasion", page.quote(statement.occasion), indent=_DEEP)
    page.print_field("said", statement.said.isoformat() if statement.said else "", indent=_DEEP)
    page.print_field("condition", page.quote(statement.condition), indent=_DEEP)
    page.print_field("relayed by", page.name_all(statement.relay), indent=_DEEP)
    page.print_field("negated", "yes" if statement.negated else "", indent=_DEEP)
    page.print_field("inside", statement.parent or "", indent=_DEEP)
    _print_why(page, statement.why)


def _print_event(page: Page, event: Event) -> None:
    kind = Text(event.type + (f"-{event.mode}" if event.mode else ""), style="bold red")
    status = Text(str(event.status), style=_STATUS_STYLES[event.status])
    _print_head(page, event.id, kind, status, Text(event.day), page.locate(event.span), _weigh(event.score))
    actors, recipients = page.name_all(event.actors), page.name_all(event.recipients)
    page.print_field("who", actors or Text("not named", style="dim"), indent=_DEEP)
    page.print_field("to whom", recipients, indent=_DEEP)
    page.print_field("words", page.quote(event.span), indent=_DEEP)
    page.print_field("trigger", page.quote(event.trigger), indent=_DEEP)
    page.print_field("place", _name_place(page, event.place), indent=_DEEP)
    page.print_field("context", ", ".join(event.contexts), indent=_DEEP)
    page.print_field("reported by", _name_reporter(page, event), indent=_DEEP)
    codes = f"quad {event.quad} ({_QUADS[event.quad]}), intensity {event.intensity:+.1f}, CAMEO {event.cameo or 'none'}"
    page.print_field("codes", Text(codes, style="dim"), indent=_DEEP)
    _print_why(page, event.why)


def _name_place(page: Page, place_id: str | None) -> str:
    place = next((place for place in page.record.places if place.id == place_id), None)
    return f"{place.name} ({place.country})" if place and place.country else place.name if place else ""


def _name_reporter(page: Page, event: Event) -> Text:
    statement = next((item for item in page.record.statements if item.id == event.reported_by), None)
    if statement is None:
        return Text("the story itself", style="dim")
    who = Text(", ").join(page.name_actor(item.actor) or page.quote(item.span) for item in statement.sources)
    return Text(f"{statement.id} ") + who


def _print_positions(page: Page) -> None:
    if page.record.positions:
        page.print_heading(f"positions ({len(page.record.positions)})")
    for position in page.record.positions:
        _print_position(page, position)


def _print_position(page: Page, position: Position) -> None:
    stance = Text(str(position.stance), style="bold magenta")
    state = (
        Text(str(position.state), style="green" if position.state == State.ACCEPTED else "")
        if position.state
        else Text()
    )
    _print_head(page, position.id, stance, state, page.locate(position.span), _weigh(position.score))
    arrow = Text(" → ") if position.addressees else Text()
    parties = page.name_actors((position.holder,)) + arrow + page.name_actors(position.addressees)
    page.print_field("who", parties, indent=_DEEP)
    page.print_field("content", Text("not: ") if position.negated else "", page.quote(*position.content), indent=_DEEP)
    page.print_field("condition", page.quote(position.condition), indent=_DEEP)
    for evidence in position.evidence:
        state_words = f" → {evidence.state}" if evidence.state else ""
        page.print_field(
            "evidence",
            f"{evidence.claim}{state_words}",
            page.quote(evidence.span),
            page.locate(evidence.span),
            indent=_DEEP,
        )


def _print_negotiation(page: Page, negotiation: Negotiation) -> None:
    page.print_heading(f"negotiation: {negotiation.issue}")
    page.print_field("parties", page.name_actors(negotiation.parties))
    page.print_field("mediators", page.name_actors(negotiation.mediators))
    page.print_field("hosts", page.name_actors(negotiation.hosts))
    for number, item in enumerate(negotiation.rounds, 1):
        _print_round(page, number, item)
    for awaited in negotiation.outstanding:
        claim = Text(f"({awaited.claim})", style="dim") if awaited.claim else Text()
        page.print_field("outstanding", page.quote(awaited.span), claim, page.locate(awaited.span))


def _print_round(page: Page, number: int, item: Round) -> None:
    by = Text(" by ") + page.name_actor(item.assessed_by) if item.assessed_by else Text()
    facts = [item.day or "day not given", _name_place(page, item.place), item.format]
    line = Text(", ".join(fact for fact in facts if fact) + ": ") + page.name_actors(item.parties)
    outcome = Text("; called ") + Text(str(item.outcome), style="bold") + by if item.outcome != "unknown" else Text()
    page.print_field(f"round {item.number or number}", line + outcome, page.locate(item.span))


def _print_actors(page: Page) -> None:
    if page.record.actors:
        page.print_heading(f"actors ({len(page.record.actors)})")
    for actor in page.record.actors:
        page.print_field(actor.id, page.name_actor(actor.id), _describe_actor(actor), indent=2)
        if page.explain:
            page.print_field("why", Text(actor.resolved_by, style="dim"), indent=_DEEP)
            page.print_field("or", Text(", ".join(actor.candidates), style="dim"), indent=_DEEP)


def _describe_actor(actor: Actor) -> Text:
    count = len(actor.mentions)
    times = f"{count} mention{'' if count == 1 else 's'}" if count else ""
    facts = (str(actor.kind), actor.sector, actor.office, actor.wikidata, times)
    return Text(", ".join(fact for fact in facts if fact), style="dim")


def _print_times(page: Page) -> None:
    if page.record.timexes:
        page.print_heading(f"times ({len(page.record.timexes)})")
    for timex in page.record.timexes:
        days = f"{timex.first} to {timex.last}" if timex.first and timex.first != timex.last else ""
        anchor = f"from {timex.anchor}" if timex.anchor and page.explain else ""
        value = Text(f"{timex.type} {timex.value}", style="blue")
        page.print_field(timex.id, value, page.quote(timex.span), days, anchor, page.locate(timex.span))


def _print_places(page: Page) -> None:
    if page.record.places:
        page.print_heading(f"places ({len(page.record.places)})")
    for place in page.record.places:
        point = (
            f"{place.latitude:.2f}, {place.longitude:.2f}"
            if place.latitude is not None and place.longitude is not None
            else ""
        )
        page.print_field(place.id, Text(place.name, style="bold"), place.country, point, page.locate(place.span))


def _print_gaps(page: Page, missed: tuple[str, ...]) -> None:
    failures = page.record.failures
    if failures or missed:
        page.print_heading("not found")
    for failure in failures:
        page.print_field(failure.stage, Text(failure.reason, style="red"))
    for line in missed:
        page.print_field("why", Text(line, style="dim"))
