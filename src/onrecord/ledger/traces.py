"""The index by which the ledger finds what a claim may be the same as: a few tokens for each, with a day.

    statement    who speaks: `~lavrov`, `RUS`
    event        type and who is in it, and its rarest words: `CONSULT|RUS`, `CONSULT|~ferr`
    position     holder, stance and its rarest words: `RUS|demand|guarant`
    answer       of statements that may be one: who speaks, and the rarest words: `USA|guarant`
    negotiation  party and the rarest words of the issue: and of what is wanted: `RUS|guarant`

Looking up tokens costs the same however many stories there are; what grows is only how many share a token within the
days that are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from onrecord.ledger.claim import Claim, add_roles, read_claim, widen
from onrecord.ledger.content import rarest
from onrecord.ledger.match import may_match
from onrecord.store import tables

#: Kinds that are linked, and within how many days their reports may lie.
REACH: Final = {"statement": 4, "event": 4, "position": 400, "negotiation": 240}

#: Most candidates that are looked at for one claim.
MOST: Final = 80

#: Acts of statements that can answer a position, and beginnings of words by which an answer is told, whatever the act.
ACTS: Final = ("reject", "deny", "agree", "decline")
SIGNS: Final = (
    "answer",
    "repl",
    "respon",
    "withdr",
    "dropp",
    "no longer",
    "abandon",
    "accept",
    "reject",
    "refus",
    "agreed",
)

_EVENT_WORDS: Final = 2
_ANSWER_WORDS: Final = 6
_SHARED_WORDS: Final = 2
_MOST_ANSWERS: Final = 500
_MOST_SIBLINGS: Final = 10
_POSITION_WORDS: Final = 8
_ISSUE_WORDS: Final = 5


def make_tokens(claim: Claim) -> set[str]:
    """The tokens of a claim."""
    if claim.kind == "statement":
        return claim.who("source")
    if claim.kind == "event":
        named = claim.who("actor", "recipient") | {f"~{word}" for word in rarest(claim.content, _EVENT_WORDS)}
        return {f"{claim.fields['type']}|{who}" for who in named}
    if claim.kind == "position":
        words = rarest(claim.content, _POSITION_WORDS)
        return {f"{who}|{word}" for who in claim.who("holder") for word in words}
    words = [*rarest(claim.content, _ISSUE_WORDS), *rarest(claim.context, _ISSUE_WORDS)] or [""]
    return {f"{who}|{word}" for who in claim.who("party") for word in words}


def make_answer_tokens(claim: Claim) -> set[str]:
    """The tokens of a statement that may answer a position; none of any other claim."""
    if claim.kind != "statement" or not may_answer(claim):
        return set()
    words = rarest(claim.content, _ANSWER_WORDS)
    return {f"{who}|{word}" for who in claim.who("source") for word in words}


def may_answer(claim: Claim) -> bool:
    """True for statements that reject, agree or deny, and those that tell of an answer."""
    return claim.fields["act"] in ACTS or any(sign in claim.words for sign in SIGNS)


def find_answers(connection: Connection, tokens: set[str], first: str, last: str) -> dict[str, set[int]]:
    """Keys of the statements and positions with these tokens between two days, by kind."""
    traces = tables.TRACES.c
    found: dict[str, set[int]] = {"answer": set(), "position": set()}
    query = (
        select(traces.kind, traces.claim)
        .where(traces.kind.in_(found), traces.token.in_(tokens), traces.day.between(first, last))
        .group_by(traces.kind, traces.claim)
        .having(func.count() >= _SHARED_WORDS)
        .limit(_MOST_ANSWERS)
    )
    for row in connection.execute(query):
        found[row.kind].add(row.claim)
    return found


def write_traces(connection: Connection, claims: Sequence[Claim]) -> None:
    """Enter claims into the index."""
    rows = [
        {"kind": kind, "token": token, "day": claim.day, "claim": claim.key, "story": claim.story}
        for claim in claims
        for kind, tokens in ((claim.kind, make_tokens(claim)), ("answer", make_answer_tokens(claim)))
        for token in sorted(tokens)
    ]
    if rows:
        connection.execute(insert(tables.TRACES), rows)


def find_candidates(connection: Connection, claim: Claim) -> list[Claim]:
    """Claims of other stories that share a token and lie near in time, with their roles."""
    tokens = make_tokens(claim)
    if not tokens:
        return []
    first, last = widen(claim.day, REACH[claim.kind])
    bound = {"tokens": sorted(tokens), "first": first, "last": last, "own": claim.story}
    rows = connection.execute(_make_query(claim.kind), bound).mappings()
    near = (read_claim(claim.kind, dict(row)) for row in rows)
    found = {other.key: other for other in near if may_match(claim, other)}
    add_roles(connection, claim.kind, found)
    return list(found.values())


def find_siblings(connection: Connection, claim: Claim) -> list[Claim]:
    """Claims of the same kind in stories that are the same report: copies, reprints, versions."""
    rows = connection.execute(_make_siblings_query(claim.kind), {"own": claim.story}).mappings()
    found = {row["key"]: read_claim(claim.kind, dict(row)) for row in rows}
    add_roles(connection, claim.kind, found)
    return list(found.values())


@cache
def _make_siblings_query(kind: str) -> Select[Any]:
    stories, table = tables.STORIES.c, tables.CLAIMS[kind]
    own = select(stories.cluster).where(stories.key == bindparam("own")).scalar_subquery()
    others = select(stories.key).where(stories.cluster == own, stories.key != bindparam("own"))
    return select(table).where(table.c.story.in_(others.order_by(stories.key.desc()).limit(_MOST_SIBLINGS)))


@cache
def _make_query(kind: str) -> Select[Any]:
    """The query for candidates; made once, because making it costs more than running it."""
    traces, table = tables.TRACES.c, tables.CLAIMS[kind]
    chosen = (
        select(traces.claim)
        .where(traces.kind == kind, traces.token.in_(bindparam("tokens", expanding=True)))
        .where(traces.day.between(bindparam("first"), bindparam("last")), traces.story != bindparam("own"))
        .group_by(traces.claim)
        .order_by(func.count().desc(), traces.claim.desc())
        .limit(MOST)
    )
    return select(table).where(table.c.key.in_(chosen.scalar_subquery()))
