"""Stage 10. Events, positions -> Negotiation: issue, parties, mediators, rounds, what is outstanding.

A round is a meeting on the issue that was held: a CONSULT event that happened or goes on, between two sides or more.
Meetings of the same sides on the same day are one round. How it ended is read from the words of its sentence and of
those who judge it. Outstanding is what is still awaited: demands that are open and waited for, what the story calls
unresolved, and meetings that are still due.

Source: CONVENTIONS.md, "Rounds"; docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.addressees import name_side
from onrecord.lexicon import load_lexicon
from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Event,
    Negotiation,
    Outcome,
    Outstanding,
    Position,
    Round,
    Stance,
    State,
    Statement,
    Status,
)
from onrecord.segment import Segments, segment_story
from onrecord.story import Span, Story

STAGE: Final = "negotiations"

_WORDS: Final = load_lexicon("negotiations")
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        (
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ),
        1,
    )
}
_NUMBER = re.compile(
    r"\b(?P<word>" + "|".join(_ORDINALS) + r"|(?P<digits>\d{1,3})(?:st|nd|rd|th))"
    r"(?: (?:and (?:last|final)|such|straight|direct|expert|full|formal|indirect))?"
    r" (?:round|session|meeting|attempt|summit|sitting)\b",
    re.I,
)

_ISSUE_END = re.compile(
    r"[,;:.!?\"”()]| - | -- | — |\s(?:in|at|on|with|without|ahead|between|after|before|when|which|that|who|said"
    r"|and (?:said|told)|as|by|since|during|were|was|had|have|has|is|are|would|will|ended|opened|broke|resumed|began"
    r"|collapsed|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_CLAUSE_START = re.compile(r"[,;:.!?\"”]\s|\b(?:that|and|but|while|as)\s")


#: How far before a meeting, in characters, its sides may have been named.
PARTY_REACH: Final = 500
#: Sectors that report and comment, but do not negotiate.
_SILENT: Final = frozenset(("MED", "EDU", "CVL"))
_DAY = re.compile(
    r"(?:the )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:next|last|this) |\d|hours|days|weeks|the first)"
)


@dataclass(frozen=True)
class _Desk:
    story: Story
    segments: Segments
    statements: Sequence[Statement]
    events: Sequence[Event]
    positions: Sequence[Position]
    actors: Mapping[str, Actor]

    def side(self, actor_id: str | None) -> str:
        return name_side(self.actors, actor_id)


def find_negotiations(
    story: Story,
    statements: Sequence[Statement],
    events: Sequence[Event],
    positions: Sequence[Position],
    actors: Sequence[Actor],
) -> tuple[Negotiation, ...]:
    """The negotiation that the story is about, if it tells of one: rounds, or positions between two sides or more."""
    desk = _Desk(story, segment_story(story), statements, events, positions, {actor.id: actor for actor in actors})
    rounds = _find_rounds(desk)
    parties = _find_parties(desk, rounds)
    addressed = [position for position in positions if position.addressees]
    if not rounds and (len(addressed) < 2 or len(parties) < 2):
        return ()
    issue = _find_issue(desk, rounds)
    return (
        Negotiation(
            id="n1",
            span=issue,
            score=min([item.score for item in rounds], default=0.5),
            stage=STAGE,
            issue=" ".join(issue.words(story.text).split()),
            parties=tuple(parties),
            mediators=tuple(_find_mediators(desk, parties)),
            rounds=rounds,
            positions=tuple(position.id for position in positions),
            outstanding=tuple(_find_outstanding(desk)),
        ),
    )


def _find_rounds(desk: _Desk) -> tuple[Round, ...]:
    rounds: list[Round] = []
    for event in desk.events:
        held = event.type == "CONSULT" and event.status in (Status.HAPPENED, Status.ONGOING)
        broken = event.type == "REJECT" and event.mode == "meet" and _breaks_off(desk, event)
        if not held and not broken:
            continue
        parties = list(dict.fromkeys(item.actor for item in (*event.actors, *event.recipients) if item.actor))
        if held and _speaks_of_talks(desk, event):
            parties = _complete_parties(desk, event, parties)
        if len({desk.side(party) for party in parties}) < 2 or _is_known(desk, rounds, parties, event.day):
            continue
        rounds.append(_make_round(desk, event, tuple(parties), len(rounds) + 1))
    return tuple(rounds)


def _speaks_of_talks(desk: _Desk, event: Event) -> bool:
    return _WORDS["talks"].search(event.span.words(desk.story.text)) is not None


def _complete_parties(desk: _Desk, event: Event, parties: list[str]) -> list[str]:
    """A meeting needs two sides; where the words name fewer ("the two ministers met"), those named last before it sit
    down.

    Outlets do not; a mediator does only when nobody else is there.
    """
    known = {desk.side(party) for party in parties} - {""}
    if len(known) >= 2:
        return parties
    before = [
        (span.end, actor.id)
        for actor in desk.actors.values()
        if actor.kind in (ActorKind.STATE, ActorKind.BODY, ActorKind.GROUP, ActorKind.PERSON)
        and actor.sector not in _SILENT
        for span in actor.mentions
        if event.span.start - PARTY_REACH < span.end <= event.span.end
    ]
    for _, actor_id in sorted(before, reverse=True):
        side = desk.side(actor_id)
        if side and side not in known and len(known) < 2:
            known.add(side)
            parties = [*parties, actor_id]
    return parties


def _breaks_off(desk: _Desk, event: Event) -> bool:
    words = event.span.words(desk.story.text)
    return (
        bool(re.search(r"\b(?:broke (?:off|down)|walked out|collapsed|ended)\b", words))
        and event.status == Status.HAPPENED
    )


def _is_known(desk: _Desk, rounds: Iterable[Round], parties: Sequence[str], day: str) -> bool:
    sides = {desk.side(party) for party in parties}
    for item in rounds:
        same = {desk.side(party) for party in item.parties} == sides
        if same and (item.day == day or not day or not item.day):
            return True
    return False


def _make_round(desk: _Desk, event: Event, parties: tuple[str, ...], number: int) -> Round:
    sentence = desk.segments.hold(event.trigger)
    words = sentence.words(desk.story.text)
    outcome, assessor = _judge_outcome(desk, event, sentence)
    named = _NUMBER.search(words)
    return Round(
        id=f"r{number}",
        span=event.span,
        score=event.score,
        stage=STAGE,
        number=_read_number(named) if named else None,
        day=event.day,
        place=event.place,
        format=next(_list_labels("format", words), ""),
        parties=parties,
        outcome=outcome,
        assessed_by=assessor,
        event=event.id,
    )


def _read_number(match: re.Match[str]) -> int:
    return int(match["digits"]) if match["digits"] else _ORDINALS[match["word"].lower()]


def _judge_outcome(desk: _Desk, event: Event, sentence: Span) -> tuple[Outcome, str | None]:
    """From the round's own sentence, else from a statement that speaks of talks and judges them; with who judges."""
    own = read_outcome(sentence.words(desk.story.text))
    if own is not None:
        speaker = next((s for s in desk.statements if s.id == event.reported_by), None)
        return own, _find_speaker(speaker)
    for statement in desk.statements:
        words = " ".join(span.words(desk.story.text) for span in statement.content)
        judged = (
            read_outcome(words) if statement.act in (Act.ASSESS, Act.ASSERT) and _WORDS["talks"].search(words) else None
        )
        if judged is not None:
            return judged, _find_speaker(statement)
    return Outcome.UNKNOWN, None


def read_outcome(words: str) -> Outcome | None:
    """How talks ended, by the words that are said of them; None when nothing is said."""
    return next((Outcome(label) for label in _list_labels("outcome", words)), None)


def _list_labels(group: str, words: str) -> Iterator[str]:
    """Labels of a group of word lists that stand in `words`, in the order of the lists."""
    return (
        key.partition(".")[2]
        for key, pattern in _WORDS.items()
        if key.startswith(group + ".") and pattern.search(words)
    )


def _find_speaker(statement: Statement | None) -> str | None:
    return next((source.actor for source in statement.sources if source.actor), None) if statement else None


def _find_parties(desk: _Desk, rounds: Sequence[Round]) -> list[str]:
    """One actor a side: those of the rounds, else holders and addressees of positions."""
    listed = [party for item in rounds for party in item.parties]
    if not listed:
        listed = [party for item in desk.positions if item.addressees for party in (item.holder, *item.addressees)]
    ranked = sorted(dict.fromkeys(listed), key=lambda party: _rank_kind(desk, party))
    sides: dict[str, str] = {}
    for party in ranked:
        sides.setdefault(desk.side(party), party)
    return [party for side, party in sides.items() if side]


def _rank_kind(desk: _Desk, actor_id: str) -> int:
    order = (ActorKind.STATE, ActorKind.BODY, ActorKind.GROUP, ActorKind.PERSON, ActorKind.UNKNOWN)
    actor = desk.actors.get(actor_id)
    return order.index(actor.kind) if actor else len(order)


def _find_mediators(desk: _Desk, parties: Sequence[str]) -> list[str]:
    """Actors whose mention stands beside a word of mediation, and who are no party."""
    sides = {desk.side(party) for party in parties}
    found: dict[str, str] = {}
    for match in _WORDS["mediates"].finditer(desk.story.text):
        sentence = desk.segments.hold(Span(*match.span()))
        for actor in desk.actors.values():
            near = any(sentence.holds(span) and abs(span.end - match.start()) < 30 for span in actor.mentions)
            if near and desk.side(actor.id) not in sides:
                found.setdefault(desk.side(actor.id), actor.id)
    return list(found.values())


def _find_issue(desk: _Desk, rounds: Sequence[Round]) -> Span:
    """The words after "talks on", nearest to the first round or to the start of the body; else the first round's or
    headline's.
    """
    text = desk.story.text
    for paragraph in desk.story.paragraphs:
        for match in _WORDS["issue"].finditer(text, *paragraph):
            end = _ISSUE_END.search(text, match.end() + 4, paragraph.end)
            span = Span(match.end() + 1, end.start() if end else paragraph.end)
            if 3 < span.end - span.start < 80 and not _DAY.match(text, span.start):
                return span
    if rounds:
        return rounds[0].span
    return desk.positions[0].content[0]


def _find_outstanding(desk: _Desk) -> list[Outstanding]:
    text = desk.story.text
    spans: list[Span] = []
    for paragraph in desk.story.paragraphs:
        for match in _WORDS["awaited"].finditer(text, *paragraph):
            end = _ISSUE_END.search(text, match.end() + 2, paragraph.end)
            spans.append(Span(match.end() + 1, end.start() if end else paragraph.end))
        for match in _WORDS["is_awaited"].finditer(text, *paragraph):
            before = [found.end() for found in _CLAUSE_START.finditer(text, paragraph.start, match.start())]
            spans.append(Span(before[-1] if before else paragraph.start, match.start()))
    meetings = {
        event.span: event.id
        for event in desk.events
        if event.type == "AGREE" and event.status == Status.PLANNED and _WORDS["talks"].search(event.span.words(text))
    }
    kept = sorted(span for span in {*spans, *meetings} if 4 < span.end - span.start < 120)
    return [Outstanding(span=span, claim=meetings.get(span) or _find_claim(desk, span)) for span in kept]


def _find_claim(desk: _Desk, span: Span) -> str | None:
    open_ones = (p for p in desk.positions if p.state == State.OPEN and p.stance in (Stance.DEMAND, Stance.OFFER))
    return next((position.id for position in open_ones if any(item.overlaps(span) for item in position.content)), None)
