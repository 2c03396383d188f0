"""Everything that the stories of some talks hold, loaded at once, in order of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, or_, select

from onrecord.ledger.claim import Claim, add_roles, load_claims, read_claim, widen
from onrecord.ledger.content import Content, rarest
from onrecord.ledger.talk import Report
from onrecord.ledger.traces import ACTS, SIGNS, find_answers
from onrecord.store import tables

#: Types of events that can answer a position.
TYPES = ("AGREE", "CONCEDE", "RETREAT", "REJECT", "COOPERATE", "AID", "SUPPORT")
#: Days after the last story of the talks in which an answer is still looked for.
_LATER = 45
#: Rarest words of a position by which its answers are looked for.
_WORDS = 6
_MOST_WORDS = 60


@dataclass(frozen=True)
class Desk:
    """The claims of the stories of some talks, without those of stories that were replaced."""

    talks: list[Claim]
    rounds: list[Claim]
    positions: list[Claim]
    outstanding: list[Claim]
    answers: list[Claim]
    stories: Mapping[int, Report]
    names: Mapping[tuple[str, int], Mapping[str, tuple[str, ...]]]

    @cached_property
    def issue(self) -> frozenset[str]:
        """The stems that name the issue: every position of the talks may hold them, so that they tell none apart."""
        return frozenset(name for talk in self.talks for name in talk.content)

    def tell(self, claim: Claim) -> Content:
        """The words of a claim that tell it from others of the same talks."""
        own = {name: weight for name, weight in claim.content.items() if name not in self.issue}
        return own or claim.content

    def report(self, claim: Claim, words: str = "") -> Report:
        """The report that a claim stands in."""
        fields = claim.fields
        return self.stories[claim.story].model_copy(
            update={"start": fields["start"], "end": fields["end"], "words": words or claim.words}
        )

    def report_all(self, claims: Sequence[Claim]) -> tuple[Report, ...]:
        """The reports of several claims, one a story."""
        return tuple({claim.story: self.report(claim) for claim in reversed(claims)}.values())[::-1]

    def name(self, claim: Claim, role: str) -> tuple[str, ...]:
        """The names of those in a role of a claim."""
        return self.names.get((claim.kind, claim.key), {}).get(role, ())


def load_desk(connection: Connection, cluster: int) -> Desk:
    """What the stories of these talks hold."""
    talk = tables.NEGOTIATIONS.c
    rows = connection.execute(
        select(talk.key, talk.story)
        .join(tables.STORIES, tables.STORIES.c.key == talk.story)
        .where(talk.cluster == cluster, talk.hidden == 0, tables.STORIES.c.replaced_by == 0)
    ).all()
    keys, stories = [row.key for row in rows], sorted({row.story for row in rows})
    talks = _sort(load_claims(connection, "negotiation", keys=keys))
    parts = {kind: _load_parts(connection, kind, keys) for kind in ("round", "position", "outstanding")}
    answers = _load_answers(connection, "statement", stories) + _load_answers(connection, "event", stories)
    elsewhere = find_elsewhere(connection, talks, parts["position"], stories)
    answers += elsewhere
    stories = sorted({*stories, *(claim.story for claim in elsewhere)})
    shown = [*talks, *(claim for claims in parts.values() for claim in claims), *answers]
    return Desk(
        talks=talks,
        rounds=parts["round"],
        positions=parts["position"],
        outstanding=parts["outstanding"],
        answers=_sort(answers),
        stories=load_reports(connection, stories),
        names=load_names(connection, shown),
    )


def find_elsewhere(
    connection: Connection, talks: Sequence[Claim], positions: Sequence[Claim], stories: Sequence[int]
) -> list[Claim]:
    """Statements and positions of other stories that may answer: by the parties, with rare words of a position."""
    if not positions:
        return []
    parties = {token for talk in talks for token in talk.who("party")}
    words = {word for claim in positions for word in rarest(claim.content, _WORDS)}
    tokens = {f"{party}|{word}" for party in parties for word in sorted(words)[:_MOST_WORDS]}
    last = widen(max(claim.day for claim in talks), _LATER)[1]
    found = find_answers(connection, tokens, min(claim.day for claim in positions), last)
    claims = load_claims(connection, "statement", keys=sorted(found["answer"]))
    claims += load_claims(connection, "position", keys=sorted(found["position"]))
    known = set(stories)
    near = [claim for claim in claims if claim.story not in known and not claim.fields["hidden"]]
    replaced = _find_replaced(connection, [claim.story for claim in near])
    return [claim for claim in near if claim.story not in replaced]


def _find_replaced(connection: Connection, stories: Sequence[int]) -> set[int]:
    columns = tables.STORIES.c
    return set(connection.scalars(select(columns.key).where(columns.key.in_(stories), columns.replaced_by != 0)))


def load_reports(connection: Connection, stories: Sequence[int]) -> dict[int, Report]:
    """Id, day and agency of stories, by key."""
    story = tables.STORIES.c
    query = select(story.key, story.id, story.day, story.agency, story.outlet).where(story.key.in_(stories))
    return {
        row.key: Report(story=row.id, day=row.day, outlet=row.agency or row.outlet) for row in connection.execute(query)
    }


def load_names(connection: Connection, claims: Sequence[Claim]) -> dict[tuple[str, int], dict[str, tuple[str, ...]]]:
    """Names of those in each claim, by kind and key, then by role."""
    roles = tables.ROLES.c
    found: dict[tuple[str, int], dict[str, tuple[str, ...]]] = {}
    for kind in {claim.kind for claim in claims}:
        keys = [claim.key for claim in claims if claim.kind == kind]
        query = (
            select(roles.claim, roles.role, tables.ACTORS.c.name)
            .join(tables.ACTORS, tables.ACTORS.c.key == roles.actor)
            .where(roles.kind == kind, roles.claim.in_(keys))
            .order_by(roles.claim, roles.role, roles.place)
        )
        for row in connection.execute(query):
            names = found.setdefault((kind, row.claim), {})
            names[row.role] = (*names.get(row.role, ()), row.name)
    return found


def _load_parts(connection: Connection, kind: str, talks: Sequence[int]) -> list[Claim]:
    table = tables.CLAIMS[kind]
    query = select(table).where(table.c.negotiation.in_(talks), table.c.hidden == 0)
    found = {row["key"]: read_claim(kind, dict(row)) for row in connection.execute(query).mappings()}
    add_roles(connection, kind, found)
    return _sort(list(found.values()))


def _load_answers(connection: Connection, kind: str, stories: Sequence[int]) -> list[Claim]:
    """Statements and events that may be an answer."""
    table = tables.CLAIMS[kind]
    fitting = table.c.act.in_(ACTS) if kind == "statement" else table.c.type.in_(TYPES)
    signs = or_(*(table.c.words.contains(sign) for sign in SIGNS))
    query = select(table).where(table.c.story.in_(stories), table.c.hidden == 0, or_(fitting, signs))
    found = {row["key"]: read_claim(kind, dict(row)) for row in connection.execute(query).mappings()}
    add_roles(connection, kind, found)
    return list(found.values())


def _sort(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.day, claim.story, claim.key))
