"""What is still awaited in talks: reports of one item joined, and settled when its position is, or when its answer
comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.ledger.claim import Claim
from onrecord.ledger.content import compare, contain, weigh
from onrecord.ledger.desk import Desk
from onrecord.ledger.talk import OutstandingLine, PositionLine, RoundLine
from onrecord.lexicon import load_lexicon

_SAME: Final = 0.5
_SETTLED: Final = frozenset({"answered", "accepted", "withdrawn"})


def fold_outstanding(
    desk: Desk, positions: Sequence[PositionLine], rounds: Sequence[RoundLine]
) -> tuple[OutstandingLine, ...]:
    """All items that were awaited, in the order in which they came up; those that came are `settled`."""
    groups: list[list[Claim]] = []
    for claim in desk.outstanding:
        home = next((group for group in groups if compare(claim.content, group[0].content) >= _SAME), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return tuple(_fold(desk, group, positions, rounds) for group in groups)


def _fold(
    desk: Desk, group: Sequence[Claim], positions: Sequence[PositionLine], rounds: Sequence[RoundLine]
) -> OutstandingLine:
    last = max(claim.day for claim in group)
    found = _find_meeting(group, rounds, last) or _find_end(desk, group, last) or _find_answer(group, positions, last)
    settled, by = found or ("", "")
    return OutstandingLine(
        words=max(group, key=lambda claim: len(claim.content)).words,
        since=min(claim.day for claim in group),
        settled=settled,
        by=by,
        reports=desk.report_all(group),
    )


def _find_meeting(group: Sequence[Claim], rounds: Sequence[RoundLine], last: str) -> tuple[str, str] | None:
    """The first later round, when it is a meeting that is awaited."""
    if not load_lexicon("ledger")["meeting"].search(group[0].words):
        return None
    later = [line for line in rounds if line.day > last]
    return (later[0].day, later[0].reports[0].words) if later else None


def _find_answer(group: Sequence[Claim], positions: Sequence[PositionLine], last: str) -> tuple[str, str] | None:
    """The day on which the position that the item belongs to was settled, if not before the item was last awaited."""
    content = group[0].content
    for line in positions:
        about = max(contain(content, weigh(line.words)), compare(content, weigh(line.words)))
        ends = [turn for turn in line.history if turn.change.value in _SETTLED and turn.day >= last]
        if about >= _SAME and line.state in _SETTLED and ends:
            return ends[-1].day, ends[-1].report.words
    return None


def _find_end(desk: Desk, group: Sequence[Claim], last: str) -> tuple[str, str] | None:
    """The first later report that the thing came."""
    answered = load_lexicon("ledger")["answered"]
    for claim in desk.answers:
        held = claim.kind != "event" or claim.fields["status"] in ("happened", "ongoing")
        about = contain(group[0].content, claim.content) >= _SAME
        if claim.day > last and held and about and answered.search(claim.words):
            return claim.day, claim.words
    return None
