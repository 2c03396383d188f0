"""The page for a person: every field of a record is on it, with its words and its place."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.cli.show import format_published, print_record, split_parts
from onrecord.record import (
    Act,
    Actor,
    Event,
    Evidence,
    Failure,
    Negotiation,
    Outcome,
    Outstanding,
    Place,
    Position,
    Record,
    Reference,
    Round,
    Stance,
    State,
    Statement,
    StatementKind,
    Status,
    Timex,
    TimexType,
)
from onrecord.story import Published, Span, Story
from tests.kit import find, tell

TEXT = (
    'Envoy Ada Lund told reporters at a briefing on Monday: "We want the letters," if talks go on, '
    "Norra Press reported.\n\nNorway and Latvia met in Riga."
)


@pytest.fixture
def record() -> Record:
    """One of everything."""
    story = tell(TEXT)

    def at(words: str) -> Span:
        return find(story, words)

    lund = Actor(
        id="a1", name="Ada Lund", code="NOR", office="envoy", resolved_by="office on date", candidates=("A. Lund",)
    )
    states = [Actor(id=f"a{n}", name=name, code=code) for n, name, code in ((2, "Norway", "NOR"), (3, "Latvia", "LVA"))]
    statement = Statement(
        id="s1",
        span=at(TEXT.split("\n")[0]),
        score=0.9,
        sources=(Reference(span=at("Envoy Ada Lund"), actor="a1"),),
        cue=at("told"),
        content=(at("We want the letters"),),
        kind=StatementKind.DIRECT,
        act=Act.DEMAND,
        addressees=(Reference(span=at("reporters")),),
        occasion=at("a briefing"),
        said=date(2024, 3, 4),
        relay=(Reference(span=at("Norra Press")),),
        condition=at("if talks go on"),
        negated=True,
        parent="s0",
        why=("cue 'told'",),
    )
    event = Event(
        id="e1",
        span=at("Norway and Latvia met in Riga"),
        type="CONSULT",
        mode="multilateral",
        contexts=("diplomatic",),
        quad=1,
        intensity=4.0,
        cameo="046",
        trigger=at("met"),
        actors=(Reference(span=at("Norway"), actor="a2"),),
        recipients=(Reference(span=at("Latvia"), actor="a3"),),
        place="p1",
        day="2024-03-04",
        status=Status.HAPPENED,
        reported_by="s1",
        why=("trigger 'met'",),
    )
    position = Position(
        id="x1",
        span=at("the letters"),
        holder="a2",
        addressees=("a3",),
        stance=Stance.DEMAND,
        content=(at("the letters"),),
        state=State.OPEN,
        evidence=(Evidence(claim="s1", span=at("We want"), state=State.OPEN),),
    )
    held = Round(id="r1", span=at("met"), day="2024-03-04", place="p1", parties=("a2", "a3"), outcome=Outcome.PARTIAL)
    talks = Negotiation(
        id="n1",
        span=at("talks"),
        issue="the letters",
        parties=("a2", "a3"),
        mediators=("a1",),
        rounds=(held,),
        outstanding=(Outstanding(span=at("the letters"), claim="x1"),),
    )
    return Record(
        story=story,
        actors=(lund, *states),
        timexes=(Timex(id="t1", span=at("Monday"), type=TimexType.DATE, value="2024-03-04", anchor=date(2024, 3, 5)),),
        places=(Place(id="p1", span=at("Riga"), name="Riga", country="LVA", latitude=56.95, longitude=24.1),),
        statements=(statement,),
        events=(event,),
        positions=(position,),
        negotiations=(talks,),
        failures=(Failure(stage="merge", reason="no day is known"),),
    )


def test_every_field_of_a_claim_is_on_the_page(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    print_record("letters.txt", record)
    page = capsys.readouterr().out
    for words in (
        "── letters.txt",
        "s1   demand, direct  ¶1 [0:115]  0.90",
        "who         Ada Lund (NOR) “Envoy Ada Lund”",
        "cue         “told”",
        "content     “We want the letters”",
        "to          “reporters”",
        "occasion    “a briefing”",
        "said        2024-03-04",
        "condition   “if talks go on”",
        "relayed by  “Norra Press”",
        "negated     yes",
        "inside      s0",
        "e1   CONSULT-multilateral  happened  2024-03-04  ¶2",
        "who         Norway (NOR)",
        "to whom     Latvia (LVA)",
        "place       Riga (LVA)",
        "context     diplomatic",
        "reported by s1 Ada Lund (NOR)",
        "quad 1 (verbal cooperation), intensity +4.0, CAMEO 046",
        "x1   demand  open  ¶1",
        "Norway (NOR) → Latvia (LVA)",
        "evidence    s1 → open “We want”",
        "NEGOTIATION: THE LETTERS",
        "mediators   Ada Lund (NOR)",
        "round 1     2024-03-04, Riga (LVA): Norway (NOR), Latvia (LVA); called partial",
        "outstanding “the letters” (x1)",
        "DATE 2024-03-04 “Monday”",
        "Riga LVA 56.95, 24.10",
        "merge       no day is known",
    ):
        assert words in page, words


def test_reasons_are_printed_only_when_asked_for(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    reasons = (
        "why         cue 'told'",
        "why         trigger 'met'",
        "office on date",
        "or          A. Lund",
        "from 2024-03-05",
        "near miss",
    )
    print_record("letters.txt", record, missed=())
    page = capsys.readouterr().out
    assert not [words for words in reasons if words in page]
    print_record("letters.txt", record, explain=True, missed=("near miss",))
    page = capsys.readouterr().out
    assert not [words for words in reasons if words not in page]


def test_the_story_alone_has_no_claims(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    print_record("letters.txt", record, claims=False)
    assert "STATEMENTS" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (Published(day=date(2022, 1, 14)), "2022-01-14"),
        (Published(month=1, month_day=14, years=(2022, 2016)), "14 January, year one of 2022, 2016"),
        (Published(month=1, month_day=14), "14 January, year open (--received DATE gives it)"),
        (Published(), "not known"),
    ],
)
def test_an_open_date_says_what_is_open(published: Published, words: str) -> None:
    assert format_published(published) == words


def test_parts_are_the_paragraphs_of_the_whole_text() -> None:
    story: Story = tell("one\n\ntwo two\n\nthree")
    assert [part.words(story.text) for part in split_parts(story.text)] == ["one", "two two", "three"]
