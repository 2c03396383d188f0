"""A position through time: stated, answered, accepted, rejected, withdrawn, softened or hardened, each on a day and by
the words of a story.

Three things change a position: what a later story itself says of it; what the other side says or does, when its words
are about the same thing; and the holder's own later wording. A story that merely repeats an open position changes
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from onrecord.ledger.answers import Answers
from onrecord.ledger.claim import Claim, group
from onrecord.ledger.desk import Desk
from onrecord.ledger.talk import Change, PositionLine, Turn
from onrecord.lexicon import load_lexicon

_ASKING: Final = frozenset({"demand", "precondition", "offer"})
_STATES: Final = {"answered": Change.ANSWERED, "accepted": Change.ACCEPTED, "rejected": Change.REJECTED}
_LAST: Final = {Change.ACCEPTED, Change.WITHDRAWN}


class Move(NamedTuple):
    """A change before it is known whether it changes anything."""

    claim: Claim
    change: Change
    words: str = ""
    by_other: bool = False


def fold_positions(desk: Desk) -> tuple[PositionLine, ...]:
    """The positions of the talks, in the order in which they were first stated."""
    answers = Answers(desk)
    lines = [_fold(desk, answers, claims) for claims in group(desk.positions).values()]
    return tuple(sorted(lines, key=lambda line: (line.history[0].day, line.id)))


def _fold(desk: Desk, answers: Answers, claims: Sequence[Claim]) -> PositionLine:
    first = claims[0]
    moves = [Move(first, Change.STATED), *_follow_reports(claims), *_follow_wording(claims)]
    if first.fields["stance"] in _ASKING:
        moves += _follow_answers(desk, answers, claims)
    moves.sort(key=lambda move: (move.claim.day, move.change is not Change.STATED))
    history = tuple(_turn(desk, move) for move in _settle(moves))
    return PositionLine(
        id=f"p{first.cluster}",
        holder=next(iter(desk.name(first, "holder")), ""),
        addressees=tuple(dict.fromkeys(name for claim in claims for name in desk.name(claim, "addressee"))),
        stance=claims[-1].fields["stance"],
        words=max(claims, key=lambda claim: (claim.fields["score"], len(claim.content))).words,
        condition=next((claim.fields["condition"] for claim in claims if claim.fields["condition"]), ""),
        state=find_state(first, history),
        history=history,
        reports=desk.report_all(claims),
    )


def find_state(claim: Claim, history: Sequence[Turn]) -> str:
    """The state after all turns; empty for a refusal, which has none."""
    if claim.fields["stance"] == "refusal":
        return ""
    closing = [turn.change for turn in history if turn.change.value in (*_STATES, "withdrawn")]
    return closing[-1].value if closing else "open"


def _follow_reports(claims: Iterable[Claim]) -> Iterable[Move]:
    """What stories themselves say became of the position, by the evidence that they hold."""
    for claim in claims:
        state = claim.fields["state"]
        if state in _STATES or state == "withdrawn":
            evidence = json.loads(claim.fields["evidence"]) if claim.fields["evidence"] else []
            words = next((one["words"] for one in reversed(evidence) if one["state"] in ("", state)), "")
            yield Move(claim, Change(state), words)


def _follow_wording(claims: Sequence[Claim]) -> Iterable[Move]:
    """Where the holder's later words are harder or softer than those before."""
    last = claims[0]
    for claim in claims[1:]:
        if claim.day <= last.day:
            continue
        shift = find_force(claim) - find_force(last)
        if shift:
            yield Move(claim, Change.HARDENED if shift > 0 else Change.SOFTENED)
        last = claim


def find_force(claim: Claim) -> int:
    """How hard a wording is: words that leave no room count for it, words that leave some against it, and a condition
    that is set before anything else counts for it.
    """
    words = load_lexicon("ledger")
    hard, soft = (len(words[name].findall(claim.words)) for name in ("hard", "soft"))
    return hard - soft + int(claim.fields["stance"] == "precondition")


def _follow_answers(desk: Desk, answers: Answers, claims: Sequence[Claim]) -> Iterable[Move]:
    """What the other side, or the holder, later says and does about the same thing."""
    first = claims[0]
    holder = first.who("holder")
    others = {token for claim in claims for token in claim.who("addressee")} or _list_others(desk, holder)
    for answer, change in answers.find(claims, holder, others):
        yield Move(answer, change, by_other=True)


def _list_others(desk: Desk, holder: set[str]) -> set[str]:
    """Everybody in the talks but the holder."""
    return {token for talk in desk.talks for token in talk.who("party")} - holder


def _settle(moves: Sequence[Move]) -> list[Move]:
    """The moves that change something: not the same again, and nothing after the end but a new refusal."""
    kept: list[Move] = []
    state: Change | None = None
    for move in moves:
        if move.change in (Change.SOFTENED, Change.HARDENED, Change.STATED):
            if not kept or (move.change is not Change.STATED and state not in _LAST):
                kept.append(move)
            continue
        if move.change is state or (state in _LAST and move.change is Change.ANSWERED):
            continue
        same_day = bool(kept) and move.claim.day == kept[-1].claim.day
        if state is Change.ACCEPTED and move.change is Change.REJECTED and same_day:
            continue
        state = move.change
        kept.append(move)
    return kept


def _turn(desk: Desk, move: Move) -> Turn:
    by = _name_speaker(desk, move.claim) if move.by_other else ""
    return Turn(day=move.claim.day, change=move.change, by=by, report=desk.report(move.claim, move.words))


def _name_speaker(desk: Desk, claim: Claim) -> str:
    for role in ("source", "actor", "holder"):
        if names := desk.name(claim, role):
            return names[0]
    return ""
