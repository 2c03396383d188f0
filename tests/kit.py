"""Small records by hand: a text and the words that stand for each span."""

from __future__ import annotations

from onrecord.record import Act, Actor, ActorKind, Event, Reference, Statement, Status
from onrecord.story import Span, Story, hash_text


def tell(text: str) -> Story:
    """A story with this body; a blank line parts paragraphs."""
    spans, at = [], 0
    for part in text.split("\n\n"):
        spans.append(Span(at, at + len(part)))
        at += len(part) + 2
    return Story(id=hash_text(text), text=text, raw=text.encode(), runs=(), format="text", paragraphs=tuple(spans))


def find(story: Story, words: str, nth: int = 1) -> Span:
    """Where the words stand in the story for the nth time."""
    at = -1
    for _ in range(nth):
        at = story.text.index(words, at + 1)
    return Span(at, at + len(words))


def name(key: str, title: str, country: str = "", kind: ActorKind = ActorKind.STATE) -> Actor:
    """An actor with the fields that stages read."""
    return Actor(id=key, name=title, kind=kind, country=country, code=country or title)


def say(story: Story, number: int, source: str, cue: str, content: str, act: Act, **fields: object) -> Statement:
    """A statement whose source actor has the id `source` and whose content stands once in the story."""
    span = find(story, content)
    statement = Statement(
        id=f"s{number}",
        span=span,
        sources=(Reference(span=span, actor=source),),
        cue=find(story, cue),
        content=(span,),
        act=act,
    )
    return statement.model_copy(update=fields)


def happen(
    story: Story,
    number: int,
    kind: str,
    quote: str,
    trigger: str,
    actors: list[str],
    recipients: list[str],
    **fields: object,
) -> Event:
    """An event whose roles are filled by actor ids."""
    span = find(story, quote)
    return Event(
        id=f"e{number}",
        span=span,
        type=kind,
        trigger=find(story, trigger),
        actors=tuple(Reference(span=span, actor=actor) for actor in actors),
        recipients=tuple(Reference(span=span, actor=actor) for actor in recipients),
        status=Status.HAPPENED,
    ).model_copy(update=fields)
