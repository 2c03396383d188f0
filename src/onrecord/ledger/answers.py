"""What the sides of talks say and do that can change a position: read once, then asked by words.

Each statement, event and position is read for what it would change if the other side makes it, and if the holder does;
those that change nothing are left out. The rest are found by the words that they share with a position, so that the
state of long talks does not cost every pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.ledger.claim import Claim
from onrecord.ledger.content import Content, contain
from onrecord.ledger.desk import Desk
from onrecord.ledger.talk import Change
from onrecord.lexicon import load_lexicon

#: How much of a position's words a no, and a yes, must take up.
TAKES_UP: Final = 0.34
GRANTS: Final = 0.5
#: Fewest words of a short answer that can be about something by itself.
_TELLING: Final = 2

_BY_ACT: Final = {"reject": Change.REJECTED, "deny": Change.REJECTED, "agree": Change.ACCEPTED}
_BY_TYPE: Final = {
    "REJECT": Change.REJECTED,
    "AGREE": Change.ACCEPTED,
    "CONCEDE": Change.ACCEPTED,
    "RETREAT": Change.ACCEPTED,
}
_BY_STANCE: Final = {"refusal": Change.REJECTED, "commitment": Change.ACCEPTED, "concession": Change.ACCEPTED}


class Answer(NamedTuple):
    """A claim that can change a position: by the other side, by the holder, and whoever tells of it."""

    claim: Claim
    who: set[str]
    said: Content
    by_others: Change | None
    by_holder: Change | None
    by_anyone: Change | None


class Answers:
    """The answers in some talks, found by words."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.answers = [answer for claim in (*desk.answers, *desk.positions) if (answer := read_answer(desk, claim))]
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, answer in enumerate(self.answers):
            for name in answer.said:
                self.places[name].append(place)

    def find(self, claims: Sequence[Claim], holder: set[str], others: set[str]) -> Iterator[tuple[Claim, Change]]:
        """The claims that change a position, and how, in the order of the desk.

        Args:
            claims: the reports of the position, in order of day.
            holder: tokens of its holder.
            others: tokens of those who can answer it.
        """
        wordings = [self.desk.tell(claim) for claim in claims[:3]]
        places = {place for wording in wordings for name in wording for place in self.places.get(name, ())}
        for place in sorted(places):
            answer = self.answers[place]
            if answer.claim.day < claims[0].day:
                continue
            change = choose_change(answer, holder, others)
            # Who rejects a demand often names it; nothing else on the same words is an answer to itself.
            if change is not Change.REJECTED and any(answer.claim.overlaps(claim) for claim in claims):
                continue
            if change and is_about(answer.said, wordings, change):
                yield answer.claim, change


def read_answer(desk: Desk, claim: Claim) -> Answer | None:
    """What a claim would change; None when nothing."""
    words = load_lexicon("ledger")
    told = claim.kind == "statement" and words["answered"].search(claim.words) is not None
    answered = Change.ANSWERED if told else None
    withdrawn = Change.WITHDRAWN if words["withdrawn"].search(claim.words) else None
    by_others = answered or _read_change(claim)
    if not (by_others or withdrawn):
        return None
    who = claim.who("source", "actor", "holder")
    return Answer(claim, who, desk.tell(claim), by_others, withdrawn, answered)


def _read_change(claim: Claim) -> Change | None:
    if claim.kind == "position":
        return _BY_STANCE.get(claim.fields["stance"])
    if claim.kind == "event":
        done = claim.fields["status"] in ("happened", "ongoing")
        return _BY_TYPE.get(claim.fields["type"]) if done else None
    return _BY_ACT.get(claim.fields["act"])


def choose_change(answer: Answer, holder: set[str], others: set[str]) -> Change | None:
    """What an answer changes for a position of this holder. That an answer came is often told by those who waited."""
    if answer.who & others:
        return answer.by_others
    return answer.by_holder if answer.who & holder else answer.by_anyone


def is_about(said: Content, wordings: Sequence[Content], change: Change) -> bool:
    """True when an answer takes up the words of a position; a yes must take up more of them than a no."""
    best = max(contain(wording, said) for wording in wordings)
    if change is Change.ACCEPTED:
        return best >= GRANTS
    short = len(said) >= _TELLING and any(contain(said, wording) >= GRANTS for wording in wordings)
    return best >= TAKES_UP or short
