"""One record by hand with all that makes cells break: tabs, line ends, quotes, commas, and scripts of every kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from onrecord.export.entries import Entry
from onrecord.export.kept import read_view
from onrecord.ledger.keep import keep_records
from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Mention,
    MentionKind,
    Negotiation,
    Outcome,
    Place,
    Position,
    Record,
    Reference,
    Round,
    Stance,
    StatementKind,
    Status,
)
from onrecord.store import Store
from onrecord.story import Published, Span
from tests.kit import find, happen, say, tell

TEXT = (
    'Ruritania\'s envoy, Ana "Nan" Vell, met\tMaritz of Zenda in Strelsau on 3 May.\n\n'
    '"The bridge," Vell said, "must open, or\nZenda\tpays; all of it." Zenda may close the pass.'
)


def make_record(text: str = TEXT, *, agency: str = "QNA") -> Record:
    """The record, of this text or of one that holds the same words."""
    story = tell(text).model_copy(
        update={
            "headline": "Envoys\tmeet, at last",
            "agency": agency,
            "published": Published(day=date(2021, 5, 4)),
            "url": "https://wire.example/1",
        }
    )
    vell = Actor(
        id="a1",
        name='Ana "Nan" Vell',
        kind=ActorKind.PERSON,
        country="ROU",
        sector="GOV",
        code="ROU",
        office="envoy",
        wikidata="Q11",
        mentions=(find(story, "Vell said"),),
    )
    maritz = Actor(id="a2", name="Maritz", kind=ActorKind.PERSON, country="YEM", sector="MIL", code="YEMMIL")
    zenda = Actor(id="a3", name="Zenda", kind=ActorKind.STATE, country="YEM", sector="GOV", code="YEM")
    content = (find(story, '"The bridge,"'), find(story, '"must open, or\nZenda\tpays; all of it."'))
    statement = say(story, 1, "a1", "said", '"The bridge,"', Act.DEMAND, kind=StatementKind.DIRECT)
    envoy = find(story, 'Ana "Nan" Vell')
    statement = statement.model_copy(
        update={
            "content": content,
            "sources": (Reference(span=envoy, actor="a1"),),
            "addressees": (Reference(span=envoy, actor="a3"),),
        }
    )
    meeting = happen(
        story, 1, "CONSULT", "met\tMaritz of Zenda in Strelsau on 3 May", "met", ["a1"], ["a2"], day="2021-05-03"
    )
    meeting = meeting.model_copy(update={"quad": 1, "intensity": 2.5, "cameo": "04", "place": "l1"})
    closing = happen(story, 2, "COERCE", "Zenda may close the pass", "close", ["a3"], ["a1"], quad=4)
    closing = closing.model_copy(update={"status": Status.HYPOTHETICAL})
    held = Round(
        id="r1",
        span=meeting.span,
        number=1,
        day="2021-05-03",
        place="l1",
        parties=("a1", "a2"),
        outcome=Outcome.PARTIAL,
    )
    return Record(
        story=story,
        actors=(vell, maritz, zenda),
        mentions=(
            Mention(id="m1", span=(named := find(story, "Zenda", 2)), head=named, kind=MentionKind.NAME, actor="a3"),
        ),
        places=(
            Place(
                id="l1",
                span=find(story, "Strelsau"),
                name="Strelsau",
                country="DEU",
                latitude=50.5,
                longitude=-12.25,
                geonames=77,
            ),
        ),
        statements=(statement,),
        events=(meeting, closing),
        positions=(
            Position(
                id="p1",
                span=content[1],
                holder="a1",
                addressees=("a3",),
                stance=Stance.DEMAND,
                content=(Span(*content[1]),),
            ),
        ),
        negotiations=(
            Negotiation(
                id="n1", span=meeting.span, issue="the bridge", parties=("a1", "a3"), rounds=(held,), positions=("p1",)
            ),
        ),
    )


@pytest.fixture
def entry() -> Entry:
    """The record, as from a file."""
    return Entry(make_record())


@pytest.fixture
def kept(tmp_path: Path) -> list[Entry]:
    """Two agencies' reports of the same, as from a store."""
    other = make_record(TEXT + "\n\nThe market was calm.", agency="ZNA")
    with Store.open(tmp_path / "kept.db") as store:
        with store.writer() as writer:
            keep_records(writer, [make_record(), other])
        with store.view() as view:
            return list(read_view(view))
