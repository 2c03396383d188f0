"""Rounds across stories: reports of one meeting become one, by number, or by day and parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from onrecord.ledger.claim import Claim, days_apart
from onrecord.ledger.desk import Desk
from onrecord.ledger.talk import Assessment, RoundLine

Value = TypeVar("Value", int, str)

#: Days within which the same number means the same round.
_SAME_NUMBER = 14
#: Days between a round and a story that tells of it without a date.
_UNDATED = 4


def fold_rounds(desk: Desk) -> tuple[RoundLine, ...]:
    """The rounds of the talks, in order of day."""
    groups: list[list[Claim]] = []
    for claim in sorted(desk.rounds, key=lambda one: (not one.dated, -len(one.day), one.day, one.key)):
        home = next((group for group in groups if _belongs(claim, group)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    lines = [_fold(desk, group) for group in groups]
    return tuple(sorted(lines, key=lambda line: (line.day, line.number or 0)))


def _belongs(claim: Claim, group: Sequence[Claim]) -> bool:
    """True when the claim tells of the round of the group."""
    number = claim.fields["number"]
    numbers = {one.fields["number"] for one in group} - {0}
    apart = min((gap for one in group if (gap := days_apart(claim.day, one.day)) is not None), default=None)
    if apart is None:
        return bool(number) and number in numbers
    if number and numbers:
        return number in numbers and apart <= _SAME_NUMBER
    parties, others = claim.who("party"), {token for one in group for token in one.who("party")}
    shared = len(parties & others)
    if parties and others and shared < min(2, len(parties), len(others)):
        return False
    return apart <= (0 if claim.dated else _UNDATED)


def _fold(desk: Desk, group: Sequence[Claim]) -> RoundLine:
    dated = [claim for claim in group if claim.dated] or list(group)
    judged = [claim for claim in group if claim.fields["outcome"] not in ("", "unknown")]
    judged.sort(key=lambda claim: (desk.stories[claim.story].day, claim.key))
    names = [name for claim in group for name in desk.name(claim, "party")]
    return RoundLine(
        number=_commonest(claim.fields["number"] for claim in group) or None,
        day=max(Counter(claim.day for claim in dated).items(), key=lambda item: (len(item[0]), item[1]))[0],
        place=_commonest(claim.fields["place"] for claim in group) or "",
        format=_commonest(claim.fields["format"] for claim in group) or "",
        parties=tuple(dict.fromkeys(names)),
        outcome=judged[-1].fields["outcome"] if judged else "unknown",
        assessments=tuple(
            Assessment(outcome=claim.fields["outcome"], by=_find_judge(desk, claim), report=desk.report(claim))
            for claim in judged
        ),
        differences=_find_differences(dated, group),
        reports=desk.report_all(group),
    )


def _find_judge(desk: Desk, claim: Claim) -> str:
    return next(iter(desk.name(claim, "judge")), "")


def _find_differences(dated: Sequence[Claim], group: Sequence[Claim]) -> tuple[str, ...]:
    """What the reports do not agree on, in words."""
    found = []
    values = {
        "day": {claim.day for claim in dated if claim.dated},
        "number": {claim.fields["number"] for claim in group} - {0},
        "place": {claim.fields["place"] for claim in group} - {""},
        "outcome": {claim.fields["outcome"] for claim in group} - {"", "unknown"},
    }
    for name, seen in values.items():
        if len(seen) > 1:
            found.append(f"{name}: {' / '.join(sorted(map(str, seen)))}")
    return tuple(found)


def _commonest(values: Iterable[Value]) -> Value | None:
    """The value that is given most often, of those that say something."""
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None
