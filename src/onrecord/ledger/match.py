"""Whether two claims of different stories are reports of the same thing: a number from 0 to 1, and the least that
counts as the same.

The thresholds are set by judgement on two small sets, and wait for larger ones; the pieces are those of event
coreference across documents: who, what, when, where, and the words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.ledger.claim import Claim, days_apart
from onrecord.ledger.content import compare, contain, weigh

#: What two reports must reach to be the same.
SAME: Final = {"statement": 0.42, "event": 0.5, "position": 0.45, "negotiation": 0.4}

#: Days between reports of one event at most, and what any but a meeting must share in words.
_EVENT_DAYS: Final = 3
_EVENT_WORDS: Final = 0.05

#: Talks with one party in common: what they count, and how much of name and demands they must share.
_ONE_PARTY: Final = 0.45
_SAME_NAME: Final = 0.7
_SAME_WISHES: Final = 0.12
#: What sides count that a story does not name.
_UNKNOWN: Final = 0.2
#: How much of their words two claims of the same report must share.
_SIBLING: Final = 0.75

_HELD: Final = frozenset({"happened", "ongoing", "denied"})
_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def may_match(first: Claim, second: Claim) -> bool:
    """False when words, day, type or status alone rule a match out; asked before it is known who is in `second`."""
    if first.kind == "negotiation":
        return True
    if first.kind == "event":
        if not _is_possible(first, second) or (days_apart(first.day, second.day) or 0) > _EVENT_DAYS:
            return False
        return first.fields["type"] == "CONSULT" or compare(first.content, second.content) > _EVENT_WORDS
    return compare(first.content, second.content) >= SAME[first.kind] - 0.01


def match_siblings(first: Claim, second: Claim) -> float:
    """How much two claims of the same report are one: the same words, whoever the model took to be in them."""
    if first.kind == "event" and not _is_possible(first, second):
        return 0.0
    if first.kind == "position" and _stand(first) != _stand(second):
        return 0.0
    words = compare(weigh(first.words), weigh(second.words))
    people = [{token for token in claim.who("source") if token.startswith("~")} for claim in (first, second)]
    if all(people) and not people[0] & people[1]:
        return 0.0
    return words if words >= _SIBLING else 0.0


def match_statements(first: Claim, second: Claim) -> float:
    """Same source and much the same content. Another source of the same side counts, if the words leave no doubt."""
    apart = days_apart(first.day, second.day)
    if apart is None or apart > (1 if first.dated and second.dated else 3):
        return 0.0
    shared = first.who("source") & second.who("source")
    words = compare(first.content, second.content)
    if any(token.startswith("~") for token in shared):
        return words
    named = all(any(token.startswith("~") for token in claim.who("source")) for claim in (first, second))
    if named:
        # Two people of one government: the agencies differ on who said it, or two said the same.
        return words if words > 0.7 else 0.0
    return words - 0.05 if shared else 0.0


def match_events(first: Claim, second: Claim) -> float:
    """Same type, actors and recipients, day and place; words decide when several such events are possible."""
    if not _is_possible(first, second):
        return 0.0
    sides = _match_sides(first, second)
    apart = days_apart(first.day, second.day)
    if not sides or apart is None:
        return 0.0
    exact = first.dated and second.dated
    if apart > (1 if exact else _EVENT_DAYS):
        return 0.0
    when = 1.0 if exact and apart == 0 else 0.7 if apart == 0 else 0.45
    words = compare(first.content, second.content)
    if first.fields["type"] == "CONSULT":
        # The same sides seldom meet twice on a day, so that words weigh less.
        return 0.45 * sides + 0.3 * when + 0.25 * min(1.0, 2 * words)
    return 0.25 * sides + 0.2 * when + 0.55 * min(1.0, 1.6 * words)


def _is_possible(first: Claim, second: Claim) -> bool:
    """No contradiction in type, status or place."""
    if first.fields["type"] != second.fields["type"]:
        return False
    if (first.fields["status"] in _HELD) != (second.fields["status"] in _HELD):
        return False
    here, there = first.fields["country"], second.fields["country"]
    return not (here and there and here != there)


def _match_sides(first: Claim, second: Claim) -> float:
    """The share of the smaller side that is the same on both sides; 0 when one side has nobody in common."""
    one, other = first.who("actor", "recipient"), second.who("actor", "recipient")
    if not one or not other:
        return _UNKNOWN
    if first.fields["type"] in _MUTUAL:
        return _share(one, other, least=2)
    actors = _share(first.who("actor"), second.who("actor"))
    one, other = first.who("recipient"), second.who("recipient")
    if not one or not other:
        return 0.8 * actors
    recipients = _share(one, other)
    return (actors + recipients) / 2 if actors and recipients else 0.0


def _share(first: set[str], second: set[str], least: int = 1) -> float:
    """The share of the smaller set that is in the other; less than `least` in common counts half."""
    shared = len(first & second)
    if not shared:
        return 0.0
    share = shared / min(len(first), len(second))
    return share if shared >= least or min(len(first), len(second)) < least else share / 2


def match_positions(first: Claim, second: Claim) -> float:
    """Same holder, same kind of stance, much the same content, and no other addressee."""
    stands = {_stand(first), _stand(second)}
    if not first.who("holder") & second.who("holder") or (len(stands) > 1 and "refusal" in stands):
        return 0.0
    one, other = first.who("addressee"), second.who("addressee")
    if one and other and not one & other:
        return 0.0
    # The line between asking and holding out is thin ("ready to, if"): two agencies draw it elsewhere.
    return compare(first.content, second.content) - 0.1 * (len(stands) - 1)


def _stand(claim: Claim) -> str:
    """What is held out, what is held against, and what is asked are three."""
    stance = str(claim.fields["stance"])
    return {"precondition": "demand", "commitment": "offer", "concession": "offer"}.get(stance, stance)


def match_talks(first: Claim, second: Claim) -> float:
    """At least two parties in common, or the only one that both name, and the same issue: by its name, or by what is
    wanted.
    """
    one, other = _parties(first), _parties(second)
    shared = one & other
    issue = max(compare(first.content, second.content), 0.9 * contain(first.content, second.content))
    wanted = compare(first.context, second.context)
    if len(shared) < min(2, len(one), len(other)):
        # A party that one story leaves out or gets wrong: only where name and demands agree.
        return _ONE_PARTY if shared and issue > _SAME_NAME and wanted > _SAME_WISHES else 0.0
    parties = len(shared) / min(len(one), len(other))
    named = max(issue, contain(first.content, second.context), contain(second.content, first.context))
    return parties * min(1.0, max(issue, 1.2 * wanted, 0.6 * named + 0.6 * wanted))


def _parties(claim: Claim) -> set[str]:
    """Whom the parties stand for; names only where nothing else is known."""
    tokens = claim.who("party")
    return {token for token in tokens if not token.startswith("~")} or tokens


MATCHERS: Final[dict[str, Callable[[Claim, Claim], float]]] = {
    "statement": match_statements,
    "event": match_events,
    "position": match_positions,
    "negotiation": match_talks,
}
