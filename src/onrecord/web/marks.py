"""The text of a story with everything marked in place: flat pieces, so that overlapping claims need no nesting.

Wherever a mark begins or ends the text is cut; each piece knows the layers that cover it, and leads to the smallest
claim there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from onrecord.record import Claim, Event, Record, Statement
from onrecord.story import Span

#: What can be marked, in the order of the legend.
LAYERS: Final = ("statement", "source", "cue", "event", "position", "actor", "time", "place", "furniture")


@dataclass(frozen=True)
class Mark:
    """One span that a claim covers: its layer, and the id of the claim (empty for furniture)."""

    span: Span
    layer: str
    claim: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text with the same marks all over. `claim` is the smallest claim there; `chosen`: it is shown."""

    text: str
    start: int
    layers: tuple[str, ...] = ()
    claim: str = ""
    chosen: bool = False
    first: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph of the text as sent: its pieces, and whether it is furniture as a whole."""

    pieces: tuple[Piece, ...]
    furniture: str = ""


def find_marks(record: Record) -> list[Mark]:
    """All marks of a record."""
    marks = [Mark(item.span, "furniture", "") for item in record.story.furniture]
    for statement in record.statements:
        marks += _mark_statement(statement)
    for event in record.events:
        marks += _mark_event(event)
    marks += [Mark(span, "position", claim.id) for claim in record.positions for span in claim.content]
    marks += [Mark(span, "actor", actor.id) for actor in record.actors for span in actor.mentions]
    marks += [Mark(timex.span, "time", timex.id) for timex in record.timexes]
    marks += [Mark(place.span, "place", place.id) for place in record.places]
    return marks


def _mark_statement(statement: Statement) -> Iterator[Mark]:
    yield from (Mark(span, "statement", statement.id) for span in statement.content)
    yield from (Mark(source.span, "source", statement.id) for source in statement.sources)
    if statement.cue:
        yield Mark(statement.cue, "cue", statement.id)


def _mark_event(event: Event) -> Iterator[Mark]:
    yield Mark(event.trigger, "event", event.id)


def build_blocks(record: Record, *, shown: Sequence[str] = LAYERS, picked: Sequence[Span] = ()) -> tuple[Block, ...]:
    """The paragraphs of a story, marked.

    Args:
        record: what was read from the story.
        shown: layers that are marked.
        picked: characters that are set off.
    """
    marks = [mark for mark in find_marks(record) if mark.layer in shown]
    seen: set[str] = set()
    return tuple(_build_block(record, span, marks, picked, seen) for span in split_text(record.story.text))


def split_text(text: str) -> Iterator[Span]:
    """The paragraphs of the whole text, furniture included: what blank lines part."""
    start = 0
    for part in text.split("\n\n"):
        if part.strip():
            yield Span(start, start + len(part))
        start += len(part) + 2


def find_words(record: Record, claim: str) -> tuple[Span, ...]:
    """The words of a claim of this record; nothing when there is no such claim."""
    contents = {one.id: one.content for one in record.statements} | {one.id: one.content for one in record.positions}
    if contents.get(claim):
        return contents[claim]
    others: tuple[Claim, ...] = (*record.events, *record.timexes, *record.places, *record.negotiations)
    for other in others:
        if other.id == claim:
            return (other.span,)
    for negotiation in record.negotiations:
        for item in negotiation.rounds:
            if f"{negotiation.id}.{item.id}" == claim:
                return (item.span,)
        for number, awaited in enumerate(negotiation.outstanding, 1):
            if f"{negotiation.id}.o{number}" == claim:
                return (awaited.span,)
    return next((actor.mentions for actor in record.actors if actor.id == claim), ())


def find_claim(record: Record, picked: Sequence[Span]) -> str:
    """The id of the claim whose words come nearest to these characters; empty when none shares half of them."""
    claims: tuple[Claim, ...] = (*record.positions, *record.statements, *record.events)
    shares = [(_share(span, claim.span), claim.id) for span in picked for claim in claims]
    best, claim = max(shares, default=(0.0, ""))
    return claim if best >= 0.5 else ""


def _share(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / max(one.end - one.start, other.end - other.start, 1)


def _build_block(record: Record, span: Span, marks: Iterable[Mark], picked: Sequence[Span], seen: set[str]) -> Block:
    here = [mark for mark in marks if mark.span.overlaps(span)]
    whole = next((item.type for item in record.story.furniture if item.span.holds(_trim(record, span))), "")
    cuts = {span.start, span.end}
    for place in (*(mark.span for mark in here), *picked):
        cuts |= {edge for edge in place if span.start < edge < span.end}
    edges = sorted(cuts)
    pieces = []
    for start, end in pairwise(edges):
        piece = _cut_piece(record.story.text, Span(start, end), here, picked)
        fresh = bool(piece.claim) and piece.claim not in seen
        seen.add(piece.claim)
        pieces.append(piece if not fresh else Piece(**{**piece.__dict__, "first": True}))
    return Block(tuple(pieces), whole)


def _trim(record: Record, span: Span) -> Span:
    words = span.words(record.story.text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _cut_piece(text: str, span: Span, marks: Sequence[Mark], picked: Sequence[Span]) -> Piece:
    over = sorted((mark for mark in marks if mark.span.holds(span)), key=lambda mark: mark.span.end - mark.span.start)
    layers = tuple(layer for layer in LAYERS if any(mark.layer == layer for mark in over))
    claim = next((mark.claim for mark in over if mark.claim), "")
    return Piece(span.words(text), span.start, layers, claim, chosen=any(one.holds(span) for one in picked))
