"""Stage 6, last part. Actors into statements and events: a span inside a mention belongs to the mention's actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from onrecord.actors.base import number_day
from onrecord.actors.coreference import Linker, find_mentions, judge_kind
from onrecord.actors.resolver import Context, Resolver
from onrecord.encode import Encoded
from onrecord.record import Actor, Event, Mention, Record, Reference, Statement
from onrecord.story import Published, Span, Story


def find_actors(record: Record, encoded: Encoded, resolver: Resolver) -> dict[str, object]:
    """Fields of the record that this stage fills: mentions, actors, statements, events."""
    story = record.story
    mentions = add_references(find_mentions(story, encoded), record)
    context = Context(number_day(guess_day(story.published)), find_home(story, resolver), story.text)
    linked, actors = Linker(resolver, story, context, encoded).link(mentions, record.statements)
    return attach_actors(record, linked, actors)


def resolve_actors(
    story: Story, mentions: Sequence[Mention], resolver: Resolver | None = None, day: date | None = None
) -> tuple[Actor, ...]:
    """The actors of a story's mentions, without the encoder's links."""
    resolver = resolver or Resolver()
    context = Context(number_day(day or guess_day(story.published)), find_home(story, resolver), story.text)
    return Linker(resolver, story, context).link(mentions)[1]


def guess_day(published: Published) -> date | None:
    """The story's day; in the likeliest year where the year is open."""
    if published.day or not published.years:
        return published.day
    try:
        return date(published.years[0], published.month or 7, published.month_day or 1)
    except ValueError:
        return date(published.years[0], published.month or 7, 28)


def find_home(story: Story, resolver: Resolver) -> str:
    """The state that bodies without one belong to: the one named most in the body, the dateline's counting thrice."""
    places = [*story.dateline.places] * 3 if story.dateline else []
    return count_states(". ".join((*places, story.body)), resolver)


def count_states(text: str, resolver: Resolver) -> str:
    """The state named most in a text, of several the first; empty when none is."""
    counts = resolver.parser.count_states(text)
    return counts.most_common(1)[0][0] if counts else ""


def add_references(mentions: Sequence[Mention], record: Record) -> tuple[Mention, ...]:
    """Mentions for roles of statements and events that no mention covers."""
    spans = {mention.span for mention in mentions}
    found = list(mentions)
    for place in dict.fromkeys(reference.span for reference in _list_references(record)):
        if place in spans or any(_covers(span, place) for span in spans):
            continue
        spans.add(place)
        kind = judge_kind(place.words(record.story.text))
        found.append(Mention(id=f"m{len(found) + 1}", span=place, head=place, kind=kind, stage="actors"))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))


def _list_references(record: Record) -> list[Reference]:
    found = [item for one in record.statements for item in (*one.sources, *one.addressees, *one.relay)]
    return found + [item for event in record.events for item in (*event.actors, *event.recipients)]


def _covers(span: Span, other: Span) -> bool:
    return span.holds(other) or other.holds(span)


def attach_actors(record: Record, mentions: Sequence[Mention], actors: Sequence[Actor]) -> dict[str, object]:
    """Statements and events with the actors' ids in their references."""
    spans = {reference.span for reference in _list_references(record)}
    meant = {span: find_actor(span, mentions) for span in spans}
    return {
        "mentions": tuple(mentions),
        "actors": tuple(actors),
        "statements": tuple(_fill(item, ("sources", "addressees", "relay"), meant) for item in record.statements),
        "events": tuple(_fill(item, ("actors", "recipients"), meant) for item in record.events),
    }


Claim = TypeVar("Claim", Statement, Event)


def _fill(claim: Claim, names: Sequence[str], meant: Mapping[Span, str | None]) -> Claim:
    """A claim whose references carry the actors that their spans mean."""
    fields = {
        name: tuple(item.model_copy(update={"actor": meant[item.span]}) for item in getattr(claim, name))
        for name in names
    }
    return claim.model_copy(update=fields)


def find_actor(span: Span, mentions: Sequence[Mention]) -> str | None:
    """The actor of the mention that fits a span best: the same words, the smallest around it, the first inside it."""
    exact = [mention for mention in mentions if mention.span == span]
    around = sorted((m for m in mentions if m.span.holds(span)), key=lambda m: m.span.end - m.span.start)
    inside = [mention for mention in mentions if span.holds(mention.span)]
    return next((mention.actor for mention in (*exact, *around, *inside) if mention.actor), None)
