"""Stage 9. Statements, events -> Position: what a party demands, offers, promises, refuses, and what became of it.

The act of a statement decides the stance: a demand is a demand, a promise a commitment, a rejection a refusal. "Only
if", "unless", "before" set a precondition beside it; an if-clause stays part of the offer. Declining to answer is no
position. The state is read from what the other side says or does later in the same story; across stories the ledger
carries it on.

Source: CONVENTIONS.md, "Positions"; docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.lexicon import load_lexicon
from onrecord.record import Act, Actor, Event, Evidence, Position, Stance, State, Statement, Status
from onrecord.story import Span, Story

STAGE: Final = "positions"

#: How far, in characters, an answer may stand from what it answers.
ANSWER_REACH: Final = 1500

STANCES: Final[Mapping[Act, Stance]] = {
    Act.DEMAND: Stance.DEMAND,
    Act.OFFER: Stance.OFFER,
    Act.PROMISE: Stance.COMMITMENT,
    Act.REJECT: Stance.REFUSAL,
    Act.AGREE: Stance.COMMITMENT,
}

_WORDS: Final = load_lexicon("positions")
_CLAUSE_END = re.compile(r"[,;:.!?\"”]")
_WORD = re.compile(r"[a-z]{4,}|\d+")
_STOP = frozenset(
    (
        *("that", "this", "with", "from", "their", "would", "have", "been", "were", "will", "they", "them"),
        *("than", "into", "over", "also", "more", "said", "about", "after"),
    )
)


def find_positions(
    story: Story, statements: Sequence[Statement], events: Sequence[Event], actors: Sequence[Actor]
) -> tuple[Position, ...]:
    """The positions of the story in text order, each with its state as far as this story tells."""
    desk = _Desk(story, {actor.id: actor for actor in actors})
    found = [position for statement in statements for position in desk.read_statement(statement, events)]
    found += [position for event in events for position in desk.read_event(event, found)]
    merged = desk.merge(sorted(found, key=lambda position: position.span))
    settled = [desk.settle(position, statements, events) for position in merged]
    return tuple(position.model_copy(update={"id": f"p{number}"}) for number, position in enumerate(settled, 1))


class _Desk:
    """One story and its actors; everything here reads, nothing changes."""

    def __init__(self, story: Story, actors: Mapping[str, Actor]) -> None:
        self.text = story.text
        self.actors = actors

    def side(self, actor_id: str | None) -> str:
        """For whom an actor stands: country, else code, else the actor itself."""
        actor = self.actors.get(actor_id or "")
        return (actor.country or actor.code or actor.id) if actor else ""

    def read_statement(self, statement: Statement, events: Sequence[Event]) -> Iterable[Position]:
        """The position that a statement takes, and the precondition that it sets."""
        holder = next((source.actor for source in statement.sources if source.actor), None)
        stance = self._name_stance(statement)
        if holder is None or stance is None or not statement.content:
            return
        addressees = self._find_addressees(statement, events, holder)
        content, precondition = self._split_condition(statement, stance)
        refused = stance == Stance.REFUSAL
        yield Position(
            id="p0",
            span=content[0],
            score=statement.score,
            stage=STAGE,
            holder=holder,
            addressees=addressees,
            stance=stance,
            content=content,
            condition=statement.condition,
            state=None if refused else State.ACCEPTED if statement.act == Act.AGREE else State.OPEN,
            negated=statement.negated,
            evidence=(Evidence(claim=statement.id, span=statement.cue or statement.span),),
        )
        if precondition is not None:
            yield Position(
                id="p0",
                span=precondition,
                score=statement.score,
                stage=STAGE,
                holder=holder,
                addressees=addressees,
                stance=Stance.PRECONDITION,
                content=(precondition,),
                evidence=(Evidence(claim=statement.id, span=statement.cue or statement.span),),
            )

    def _name_stance(self, statement: Statement) -> Stance | None:
        if statement.act in STANCES:
            return STANCES[statement.act]
        words = " ".join(span.words(self.text) for span in statement.content)
        if statement.act in (Act.ASSERT, Act.HOPE, Act.ASSESS):
            if _WORDS["awaits"].search(words):
                return Stance.DEMAND
            if _WORDS["ready"].search(words):
                return Stance.OFFER
        return None

    def _find_addressees(self, statement: Statement, events: Sequence[Event], holder: str) -> tuple[str, ...]:
        """Those told or asked, else the recipients of the event that the cue or content reports."""
        direct = [reference.actor for reference in statement.addressees]
        whole = [statement.cue, *statement.content]
        near = [event for event in events if any(part is not None and part.overlaps(event.trigger) for part in whole)]
        cued = [event for event in near if statement.cue is not None and statement.cue.overlaps(event.trigger)]
        listed = [recipient.actor for event in cued or near[:1] for recipient in event.recipients]
        own = self.side(holder)
        named = [actor for actor in [*direct, *listed] if actor and self.side(actor) != own]
        return tuple(dict.fromkeys(named))

    def _split_condition(self, statement: Statement, stance: Stance) -> tuple[tuple[Span, ...], Span | None]:
        """The content without its precondition, and the precondition's own words."""
        for number, span in enumerate(statement.content):
            match = _WORDS["precondition"].search(self.text, span.start, span.end)
            if match is None or match.start() - span.start < 4 or _is_date(self.text[match.end() + 1 : span.end]):
                continue
            if match.group().lower() == "before" and stance == Stance.DEMAND:
                continue
            end = _CLAUSE_END.search(self.text, match.end(), span.end)
            clause = Span(match.end() + 1, end.start() if end else span.end)
            if clause.end - clause.start < 6:
                continue
            kept = Span(
                span.start, match.start() - len(self.text[: match.start()]) + len(self.text[: match.start()].rstrip())
            )
            return (*statement.content[:number], kept, *statement.content[number + 1 :]), clause
        return statement.content, None

    def read_event(self, event: Event, found: Sequence[Position]) -> Iterable[Position]:
        """A demand, concession or commitment that is told as a deed, unless a statement has given it already."""
        stance = _EVENT_STANCES.get(event.type)
        if stance is None or event.status not in (Status.HAPPENED, Status.ONGOING) or not event.actors:
            return
        if any(span.overlaps(event.span) for position in found for span in position.content):
            return
        holder = event.actors[0].actor
        content = Span(event.trigger.start if stance == Stance.CONCESSION else event.trigger.end, event.span.end)
        content = _trim(self.text, content)
        if holder is None or content.end - content.start < 4:
            return
        others = [reference.actor for reference in event.recipients if reference.actor]
        yield Position(
            id="p0",
            span=content,
            score=event.score * 0.8,
            stage=STAGE,
            holder=holder,
            addressees=tuple(dict.fromkeys(others)),
            stance=stance,
            content=(content,),
            evidence=(Evidence(claim=event.id, span=event.trigger),),
        )

    def merge(self, positions: Sequence[Position]) -> list[Position]:
        """One position for what one side says several times in much the same words."""
        kept: list[Position] = []
        for position in positions:
            twin = next((n for n, other in enumerate(kept) if self._is_same(other, position)), None)
            if twin is None:
                kept.append(position)
            else:
                evidence = (*kept[twin].evidence, *position.evidence)
                kept[twin] = kept[twin].model_copy(update={"evidence": evidence})
        return kept

    def _is_same(self, one: Position, other: Position) -> bool:
        if one.stance != other.stance or self.side(one.holder) != self.side(other.holder):
            return False
        left, right = self._words(one.content), self._words(other.content)
        return bool(left & right) and 2 * len(left & right) > min(len(left), len(right))

    def _words(self, spans: Iterable[Span]) -> set[str]:
        words = {word for span in spans for word in _WORD.findall(span.words(self.text).lower())}
        return {word[:6] for word in words - _STOP}

    def settle(self, position: Position, statements: Sequence[Statement], events: Sequence[Event]) -> Position:
        """The position with the last state that the story gives it."""
        if position.stance == Stance.REFUSAL:
            return position
        for statement in statements:
            state = self._read_answer(position, statement)
            if state is not None:
                proof = Evidence(claim=statement.id, span=statement.cue or statement.span, state=state)
                position = position.model_copy(update={"state": state, "evidence": (*position.evidence, proof)})
        return position

    def _read_answer(self, position: Position, statement: Statement) -> State | None:
        """What a later statement makes of a position: only by the other side, and only when it speaks of the same
        thing.
        """
        if statement.span.start <= position.span.end or statement.span.start - position.span.end > ANSWER_REACH:
            return None
        speaker = next((source.actor for source in statement.sources if source.actor), None)
        mine = self.side(speaker) == self.side(position.holder)
        near = statement.span.start - position.span.end < 500
        echoes = near and any(
            _WORDS["echo"].match(self.text, _skip_that(self.text, span), span.end) for span in statement.content
        )
        shared = len(self._words(statement.content) & self._words(position.content))
        if not echoes and shared < 2:
            return None
        cue = statement.cue.words(self.text) if statement.cue else ""
        if mine:
            return State.WITHDRAWN if _WORDS["withdraws"].search(cue) else None
        if (
            position.addressees
            and speaker
            and self.side(speaker) not in {self.side(item) for item in position.addressees}
        ):
            return None
        if statement.act in (Act.REJECT, Act.DENY):
            return State.OPEN if statement.negated else State.REJECTED
        if statement.act == Act.AGREE:
            return State.ACCEPTED
        return State.ANSWERED if _WORDS["answers"].search(cue) or statement.act in (Act.PROMISE, Act.OFFER) else None


_EVENT_STANCES: Final[Mapping[str, Stance]] = {"REQUEST": Stance.DEMAND, "CONCEDE": Stance.CONCESSION}


_DATE = re.compile(
    r"(?:the end|the \d|next|last|\d|(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*)"
)


def _is_date(words: str) -> bool:
    return _DATE.match(words) is not None


def _skip_that(text: str, span: Span) -> int:
    match = re.compile(r"(?:that|to)\s+").match(text, span.start)
    return match.end() if match else span.start


def _trim(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip(" ,")), span.start + len(words.rstrip(" ,.;")))
