"""Stage 6, end. Statements -> statements with the actors that they are addressed to.

"Told X" names its addressee beside the cue, and the statements stage has taken it. A demand, a charge or a threat
names it otherwise: as the recipient of the event that its cue reports ("accused Minsk"), or as the first party of its
content ("that Minsk return the trawler").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.record import Act, Actor, Event, Mention, Reference, Statement
from onrecord.story import Span

#: Acts that are aimed at somebody.
AIMED: Final = frozenset((Act.DEMAND, Act.ACCUSE, Act.THREATEN, Act.ASK, Act.OFFER))
#: The party stands at the beginning of the content: not farther in than this many characters.
REACH: Final = 40


def address_statements(
    statements: Sequence[Statement], events: Sequence[Event], mentions: Sequence[Mention], actors: Sequence[Actor]
) -> tuple[Statement, ...]:
    """The statements with `addressees` where the words name one who is not the speaker's own side."""
    known = {actor.id: actor for actor in actors}
    return tuple(_address(statement, events, mentions, known) for statement in statements)


def _address(
    statement: Statement, events: Sequence[Event], mentions: Sequence[Mention], actors: Mapping[str, Actor]
) -> Statement:
    if statement.addressees or statement.act not in AIMED:
        return statement
    own = {name_side(actors, source.actor) for source in statement.sources}
    found = [
        reference
        for reference in (*_list_recipients(statement, events), *_list_first(statement, mentions))
        if reference.actor and name_side(actors, reference.actor) not in own
    ]
    return statement.model_copy(update={"addressees": (found[0],)}) if found else statement


def name_side(actors: Mapping[str, Actor], actor_id: str | None) -> str:
    """For whom an actor stands: country, else code, else name."""
    actor = actors.get(actor_id or "")
    return (actor.country or actor.code or actor.name) if actor else ""


def _list_recipients(statement: Statement, events: Sequence[Event]) -> list[Reference]:
    cue = statement.cue
    cued = [event for event in events if cue is not None and cue.overlaps(event.trigger)]
    return [recipient for event in cued for recipient in event.recipients]


def _list_first(statement: Statement, mentions: Sequence[Mention]) -> list[Reference]:
    if not statement.content:
        return []
    start = statement.content[0].start
    opening = Span(start, start + REACH)
    inside = [mention for mention in mentions if opening.holds(Span(mention.span.start, mention.span.start))]
    return [Reference(span=mention.span, actor=mention.actor) for mention in sorted(inside, key=lambda item: item.span)]
