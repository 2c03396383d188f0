"""Stage 6, last part. Actors into statements and events: a span inside a mention belongs to the mention's actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from onrecord.actor_base import number_day
from onrecord.actor_words import Part
from onrecord.actors import Context, Resolver
from onrecord.coreference import Linker, find_mentions, judge_kind
from onrecord.encode import Encoded
from onrecord.record import Actor, Event, Mention, Record, Reference, Statement
from onrecord.story import Published, Span, Story


def find_actors(record: Record, encoded: Encoded, resolver: Resolver) -> dict[str, object]:
    """Fields of the record that this stage fills: mentions, actors, statements, events."""
    story = record.story
    mentions = add_references(find_mentions(story, encoded), record)
    context = Context(number_day(guess_day(story.published)), find_home(story, resolver))
    linked, actors = Linker(resolver, story, context, encoded).link(mentions, record.statements)
    return attach_actors(record, linked, actors)


def resolve_actors(story: Story, mentions: Sequence[Mention], resolver: Resolver | None = None, day: date | None = None) -> tuple[Actor, ...]:
    """The actors of a story's mentions, without the encoder's links."""
    resolver = resolver or Resolver()
    context = Context(number_day(day or guess_day(story.published)), find_home(story, resolver))
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
    counts: Counter[str] = Counter()
    for place in story.dateline.places if story.dateline else ():
        counts.update({part.value: 3 for part in resolver.parser.parse(place).parts if part.kind in ("state", "place")})
    for paragraph in story.paragraphs:
        parts: Iterable[Part] = resolver.parser.parse(paragraph.words(story.text)).parts
        counts.update(part.value for part in parts if part.kind in ("state", "people", "place") and part.value)
    return counts.most_common(1)[0][0] if counts else ""


def add_references(mentions: Sequence[Mention], record: Record) -> tuple[Mention, ...]:
    """Mentions for roles of statements and events that no mention covers."""
    spans = [mention.span for mention in mentions]
    found = list(mentions)
    for reference in _list_references(record):
        if not any(_covers(span, reference.span) for span in spans):
            words = reference.span.words(record.story.text)
            spans.append(reference.span)
            found.append(Mention(id=f"m{len(found) + 1}", span=reference.span, head=reference.span, kind=judge_kind(words), stage="actors"))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))


def _list_references(record: Record) -> list[Reference]:
    found = [item for one in record.statements for item in (*one.sources, *one.addressees, *one.relay)]
    return found + [item for event in record.events for item in (*event.actors, *event.recipients)]


def _covers(span: Span, other: Span) -> bool:
    return span.holds(other) or other.holds(span)


def attach_actors(record: Record, mentions: Sequence[Mention], actors: Sequence[Actor]) -> dict[str, object]:
    """Statements and events with the actors' ids in their references."""
    return {
        "mentions": tuple(mentions),
        "actors": tuple(actors),
        "statements": tuple(_attach_statement(item, mentions) for item in record.statements),
        "events": tuple(_attach_event(item, mentions) for item in record.events),
    }


def _attach_statement(statement: Statement, mentions: Sequence[Mention]) -> Statement:
    fields = {name: _attach(getattr(statement, name), mentions) for name in ("sources", "addressees", "relay")}
    return statement.model_copy(update=fields)


def _attach_event(event: Event, mentions: Sequence[Mention]) -> Event:
    return event.model_copy(update={name: _attach(getattr(event, name), mentions) for name in ("actors", "recipients")})


def _attach(references: Sequence[Reference], mentions: Sequence[Mention]) -> tuple[Reference, ...]:
    return tuple(item.model_copy(update={"actor": find_actor(item.span, mentions)}) for item in references)


def find_actor(span: Span, mentions: Sequence[Mention]) -> str | None:
    """The actor of the mention that fits a span best: the same words, the smallest around it, the first inside it."""
    exact = [mention for mention in mentions if mention.span == span]
    around = sorted((m for m in mentions if m.span.holds(span)), key=lambda m: m.span.end - m.span.start)
    inside = [mention for mention in mentions if span.holds(mention.span)]
    return next((mention.actor for mention in (*exact, *around, *inside) if mention.actor), None)
