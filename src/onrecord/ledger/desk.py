"""Everything that the stories of some talks hold, loaded at once, in order of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, or_, select

from onrecord.ledger.claim import Claim, add_roles, load_claims, read_claim
from onrecord.ledger.content import Content
from onrecord.ledger.talk import Report
from onrecord.store import tables

#: Acts of statements that can answer a position, and the types of events that can.
ACTS = ("reject", "deny", "agree", "decline", "accept")
TYPES = ("AGREE", "CONCEDE", "RETREAT", "REJECT", "COOPERATE", "AID", "SUPPORT")
#: Beginnings of words by which an answer or a withdrawal is told, whatever the act.
_SIGNS = ("answer", "repl", "respon", "withdr", "dropp", "no longer", "abandon", "accept", "reject", "refus", "agreed")


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
    signs = or_(*(table.c.words.contains(sign) for sign in _SIGNS))
    query = select(table).where(table.c.story.in_(stories), table.c.hidden == 0, or_(fitting, signs))
    found = {row["key"]: read_claim(kind, dict(row)) for row in connection.execute(query).mappings()}
    add_roles(connection, kind, found)
    return list(found.values())


def _sort(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.day, claim.story, claim.key))
