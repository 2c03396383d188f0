"""A position through time: stated, answered, accepted, rejected, withdrawn, softened or hardened, each on a day and by
the words of a story.

Three things change a position: what a later story itself says of it; what the other side says or does, when its words
are about the same thing; and the holder's own later wording. A story that merely repeats an open position changes
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.ledger.claim import Claim, group
from onrecord.ledger.content import contain
from onrecord.ledger.desk import Desk
from onrecord.ledger.talk import Change, PositionLine, Turn
from onrecord.lexicon import load_lexicon

#: How much of a position's words an answer must take up.
TAKES_UP: Final = 0.34
GRANTS: Final = 0.5
#: Fewest words of a short answer that can be about something by itself.
_TELLING: Final = 2

_ASKING: Final = frozenset({"demand", "precondition", "offer"})
_BY_ACT: Final = {"reject": Change.REJECTED, "deny": Change.REJECTED, "agree": Change.ACCEPTED}
_BY_TYPE: Final = {
    "REJECT": Change.REJECTED,
    "AGREE": Change.ACCEPTED,
    "CONCEDE": Change.ACCEPTED,
    "RETREAT": Change.ACCEPTED,
}
_BY_STANCE: Final = {
    "refusal": Change.REJECTED,
    "commitment": Change.ACCEPTED,
    "concession": Change.ACCEPTED,
}
_STATES: Final = {"answered": Change.ANSWERED, "accepted": Change.ACCEPTED, "rejected": Change.REJECTED}
_LAST: Final = {Change.ACCEPTED, Change.WITHDRAWN}


def fold_positions(desk: Desk) -> tuple[PositionLine, ...]:
    """The positions of the talks, in the order in which they were first stated."""
    lines = [_fold(desk, claims) for claims in group(desk.positions).values()]
    return tuple(sorted(lines, key=lambda line: (line.history[0].day, line.id)))


def _fold(desk: Desk, claims: Sequence[Claim]) -> PositionLine:
    first = claims[0]
    turns = [_turn(desk, first, Change.STATED), *_follow_reports(desk, claims), *_follow_wording(desk, claims)]
    if first.fields["stance"] in _ASKING:
        turns += _follow_answers(desk, claims)
    history = _settle(sorted(turns, key=lambda turn: (turn.day, turn.change is not Change.STATED)))
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


def _follow_reports(desk: Desk, claims: Iterable[Claim]) -> Iterable[Turn]:
    """What stories themselves say became of the position, by the evidence that they hold."""
    for claim in claims:
        state = claim.fields["state"]
        if state in _STATES or state == "withdrawn":
            evidence = json.loads(claim.fields["evidence"]) if claim.fields["evidence"] else []
            words = next((one["words"] for one in reversed(evidence) if one["state"] in ("", state)), "")
            yield _turn(desk, claim, Change(state), words=words)


def _follow_wording(desk: Desk, claims: Sequence[Claim]) -> Iterable[Turn]:
    """Where the holder's later words are harder or softer than those before."""
    last = claims[0]
    for claim in claims[1:]:
        if claim.day <= last.day:
            continue
        shift = find_force(claim) - find_force(last)
        if shift:
            yield _turn(desk, claim, Change.HARDENED if shift > 0 else Change.SOFTENED)
        last = claim


def find_force(claim: Claim) -> int:
    """How hard a wording is: words that leave no room count for it, words that leave some against it, and a condition
    that is set before anything else counts for it.
    """
    words = load_lexicon("ledger")
    hard, soft = (len(words[name].findall(claim.words)) for name in ("hard", "soft"))
    return hard - soft + int(claim.fields["stance"] == "precondition")


def _follow_answers(desk: Desk, claims: Sequence[Claim]) -> Iterable[Turn]:
    """What the other side, or the holder, later says and does about the same thing."""
    first = claims[0]
    holder = first.who("holder")
    others = {token for claim in claims for token in claim.who("addressee")} or _list_others(desk, holder)
    own = {claim.key for claim in claims}
    for answer in (*desk.answers, *desk.positions):
        if answer.day < first.day or (answer.kind == "position" and answer.key in own):
            continue
        change = _read_answer(answer, holder, others)
        if change and _is_about(desk, answer, claims, change):
            yield _turn(desk, answer, change, by=_name_speaker(desk, answer))


def _list_others(desk: Desk, holder: set[str]) -> set[str]:
    """Everybody in the talks but the holder."""
    return {token for talk in desk.talks for token in talk.who("party")} - holder


def _read_answer(answer: Claim, holder: set[str], others: set[str]) -> Change | None:
    """What a statement, event or position would change, by who makes it and what it does."""
    who = answer.who("source", "actor", "holder")
    words = load_lexicon("ledger")
    if who & holder and not who & others:
        return Change.WITHDRAWN if words["withdrawn"].search(answer.words) else None
    if not who & others:
        # An answer that arrives is often told by the side that waited for it.
        return Change.ANSWERED if answer.kind == "statement" and words["answered"].search(answer.words) else None
    if answer.kind == "position":
        return _BY_STANCE.get(answer.fields["stance"])
    if answer.kind == "event":
        done = answer.fields["status"] in ("happened", "ongoing")
        return _BY_TYPE.get(answer.fields["type"]) if done else None
    if words["answered"].search(answer.words):
        return Change.ANSWERED
    return _BY_ACT.get(answer.fields["act"])


def _is_about(desk: Desk, answer: Claim, claims: Sequence[Claim], change: Change) -> bool:
    """True when the answer takes up the words of the position; a yes must take up more of them than a no."""
    said = desk.tell(answer)
    best = max(contain(desk.tell(claim), said) for claim in claims[:3])
    if change is Change.ACCEPTED:
        return best >= GRANTS
    short = len(said) >= _TELLING and any(contain(said, desk.tell(claim)) >= GRANTS for claim in claims[:3])
    return best >= TAKES_UP or short


def _settle(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns that change something: not the same again, and nothing after the end but a new refusal."""
    kept: list[Turn] = []
    state: Change | None = None
    for turn in turns:
        moves = turn.change in (Change.SOFTENED, Change.HARDENED, Change.STATED)
        if moves:
            if not kept or (turn.change is not Change.STATED and state not in _LAST):
                kept.append(turn)
            continue
        if turn.change is state or (state in _LAST and turn.change is Change.ANSWERED):
            continue
        if state is Change.ACCEPTED and turn.change is Change.REJECTED and turn.day == kept[-1].day:
            continue
        state = turn.change
        kept.append(turn)
    return tuple(kept)


def _turn(desk: Desk, claim: Claim, change: Change, *, words: str = "", by: str = "") -> Turn:
    return Turn(day=claim.day, change=change, by=by, report=desk.report(claim, words))


def _name_speaker(desk: Desk, claim: Claim) -> str:
    for role in ("source", "actor", "holder"):
        if names := desk.name(claim, role):
            return names[0]
    return ""
