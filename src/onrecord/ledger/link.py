"""Links the claims of new stories with what is there: each joins the cluster of its best match, or stays its own.

A cluster is the key of its first report. Within one story two claims stay two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import Connection, Select, bindparam, select, update

from onrecord.ledger.claim import Claim, load_claims
from onrecord.ledger.match import MATCHERS, SAME, match_siblings
from onrecord.ledger.traces import find_candidates, find_siblings, write_traces
from onrecord.store import tables

#: Kinds of claims that are linked across stories, in order: talks look at positions.
LINKED: Final = ("statement", "event", "position", "negotiation")


def link_stories(connection: Connection, stories: Sequence[int]) -> None:
    """Link all claims of these stories, in order."""
    if not stories:
        return
    for kind in LINKED:
        claims = load_claims(connection, kind, stories=stories)
        write_traces(connection, claims)
        for claim in claims:
            cluster = choose_cluster(connection, claim)
            if cluster != claim.cluster:
                move_claim(connection, claim, cluster)


def choose_cluster(connection: Connection, claim: Claim) -> int:
    """The cluster of the best match, or the claim's own."""
    match = MATCHERS[claim.kind]
    scored = [(match_siblings(claim, other), other) for other in find_siblings(connection, claim)]
    scored += [(match(claim, other), other) for other in find_candidates(connection, claim)]
    scored = [(score, other) for score, other in scored if score >= SAME[claim.kind]]
    taken = find_clusters(connection, claim) if scored else set()
    for _, other in sorted(scored, key=lambda pair: (-pair[0], pair[1].key)):
        if other.cluster not in taken:
            return other.cluster
    return claim.cluster


def find_clusters(connection: Connection, claim: Claim) -> set[int]:
    """The clusters that other claims of the same story are in."""
    bound = {"own": claim.story, "itself": claim.key}
    return set(connection.scalars(_make_query(claim.kind), bound))


@cache
def _make_query(kind: str) -> Select[tuple[int]]:
    table = tables.CLAIMS[kind]
    return select(table.c.cluster).where(table.c.story == bindparam("own"), table.c.key != bindparam("itself"))


def move_claim(connection: Connection, claim: Claim, cluster: int) -> None:
    """Put a claim into a cluster: a new one with those that it brought along, another by itself."""
    if claim.is_new():
        claim.cluster = merge_clusters(connection, claim.kind, claim.cluster, cluster)
        return
    table = tables.CLAIMS[claim.kind]
    connection.execute(update(table).where(table.c.key == claim.key).values(cluster=cluster))
    claim.cluster = cluster


def merge_clusters(connection: Connection, kind: str, first: int, second: int) -> int:
    """Make one cluster of two; gives its key, the smaller of both."""
    kept, lost = min(first, second), max(first, second)
    table = tables.CLAIMS[kind]
    connection.execute(update(table).where(table.c.cluster == lost).values(cluster=kept))
    return kept
