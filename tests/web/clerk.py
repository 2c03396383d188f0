"""A reader of stories with plain rules, for the tests of the room: it knows two countries and a few cues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Event,
    Evidence,
    Mention,
    MentionKind,
    Negotiation,
    Outcome,
    Outstanding,
    Position,
    Record,
    Reference,
    Round,
    Stance,
    State,
    Statement,
    Versions,
)
from onrecord.story import Span, Story

FIRST = """Norland, Sudria open talks on river tolls

Velm, March 4, 2024 (LNS) - Norland and Sudria met in Velm on Monday to discuss river tolls.

Ana Brod demanded that Sudria lower the tolls at the Orla locks before the summer.

Viktor Hale said the locks cost more than they earn.

Both sides are still waiting for the engineers' report.

(end) ab.cd
"""

SECOND = """Sudria turns down Norland on river tolls

Velm, March 11, 2024 (LNS) - Norland and Sudria met in Velm on Monday to discuss river tolls, and parted without result.

Viktor Hale rejected that Sudria lower the tolls at the Orla locks before the summer.

Ana Brod said the boats would wait.

(end) ab.cd
"""

THIRD = """Locks at Orla cost more than they earn, minister says

Velm, March 4, 2024 (Reuters) - Viktor Hale said the locks cost more than they earn.

(end) xy
"""

HOSTILE = """<script>alert("headline")</script> tolls

Velm, March 6, 2024 (LNS) - Ana Brod said <img src=x onerror=alert(1)> and <b>bold</b> words hold no
<script>alert(2)</script> here.

Viktor Hale demanded =cmd()|calc and "quotes" & ampersands as well.

(end) ab.cd
"""

_SAID = re.compile(r"(Ana Brod|Viktor Hale) (said|demanded|rejected)(?: that)? ([^.]+)\.")
_MET = re.compile(r"(Norland) and (Sudria) met in (\w+)")
_AWAITED = re.compile(r"waiting for ([^.]+)\.")
_ACTS = {"said": Act.ASSERT, "demanded": Act.DEMAND, "rejected": Act.REJECT}
_STANCES = {"demanded": Stance.DEMAND, "rejected": Stance.REFUSAL}
_ACTORS = (
    ("a1", "Ana Brod", ActorKind.PERSON, "NRL"),
    ("a2", "Viktor Hale", ActorKind.PERSON, "SDR"),
    ("a3", "Norland", ActorKind.STATE, "NRL"),
    ("a4", "Sudria", ActorKind.STATE, "SDR"),
)
_STATES = {"Ana Brod": ("a3", "a4"), "Viktor Hale": ("a4", "a3")}


class Clerk:
    """Reads a story by its rules."""

    def process(self, story: Story) -> Record:
        """The record of a story."""
        found = list(_SAID.finditer(story.text))
        statements = tuple(self._say(number, match) for number, match in enumerate(found, 1))
        positions = tuple(
            self._hold(number, match, statements[number - 1])
            for number, match in enumerate(found, 1)
            if match[2] in _STANCES
        )
        return Record(
            story=story,
            actors=tuple(self._name(story, *actor) for actor in _ACTORS),
            mentions=tuple(self._mention(story)),
            statements=statements,
            events=tuple(self._meet(story)),
            positions=positions,
            negotiations=tuple(self._negotiate(story, positions)),
            versions=Versions(package="0", model="clerk", ontology="plover-2021.1"),
        )

    def _name(self, story: Story, key: str, name: str, kind: ActorKind, country: str) -> Actor:
        spans = tuple(Span(*match.span()) for match in re.finditer(name, story.text))
        return Actor(id=key, name=name, kind=kind, country=country, code=country, resolved_by="rule", mentions=spans)

    def _mention(self, story: Story) -> Iterator[Mention]:
        for key, name, _, _ in _ACTORS:
            for number, match in enumerate(re.finditer(name, story.text)):
                span = Span(*match.span())
                yield Mention(id=f"m{key}{number}", span=span, head=span, kind=MentionKind.NAME, actor=key)

    def _say(self, number: int, match: re.Match[str]) -> Statement:
        key = "a1" if match[1] == "Ana Brod" else "a2"
        return Statement(
            id=f"s{number}",
            span=Span(*match.span()),
            score=0.4 + number / 10,
            stage="statements",
            sources=(Reference(span=Span(*match.span(1)), actor=key),),
            cue=Span(*match.span(2)),
            content=(Span(*match.span(3)),),
            act=_ACTS[match[2]],
            why=(f"the cue is {match[2]!r}",),
        )

    def _hold(self, number: int, match: re.Match[str], statement: Statement) -> Position:
        holder, other = _STATES[match[1]]
        stance = _STANCES[match[2]]
        return Position(
            id=f"p{number}",
            span=Span(*match.span(3)),
            score=0.5,
            stage="positions",
            holder=holder,
            addressees=(other,),
            stance=stance,
            content=(Span(*match.span(3)),),
            state=State.OPEN if stance is Stance.DEMAND else None,
            evidence=(Evidence(claim=statement.id, span=statement.span),),
        )

    def _meet(self, story: Story) -> Iterator[Event]:
        for number, match in enumerate(_MET.finditer(story.text), 1):
            yield Event(
                id=f"e{number}",
                span=Span(*match.span()),
                score=0.55,
                stage="events",
                type="CONSULT",
                quad=1,
                trigger=Span(match.start(2) + 7, match.start(2) + 10),
                actors=(Reference(span=Span(*match.span(1)), actor="a3"),),
                recipients=(Reference(span=Span(*match.span(2)), actor="a4"),),
                day=story.published.day.isoformat() if story.published.day else "",
                why=("the trigger is 'met'",),
            )

    def _negotiate(self, story: Story, positions: tuple[Position, ...]) -> Iterator[Negotiation]:
        issue = story.text.find("river tolls", len(story.headline))
        met = _MET.search(story.text)
        if issue < 0 or met is None:
            return
        failed = "without result" in story.text
        held = Round(
            id="r1",
            span=Span(*met.span()),
            day=story.published.day.isoformat() if story.published.day else "",
            parties=("a3", "a4"),
            outcome=Outcome.UNSUCCESSFUL if failed else Outcome.UNKNOWN,
        )
        awaited = tuple(Outstanding(span=Span(*match.span(1))) for match in _AWAITED.finditer(story.text))
        yield Negotiation(
            id="n1",
            span=Span(issue, issue + len("river tolls")),
            stage="negotiations",
            issue="river tolls",
            parties=("a3", "a4"),
            rounds=(held,),
            positions=tuple(position.id for position in positions),
            outstanding=awaited,
        )
