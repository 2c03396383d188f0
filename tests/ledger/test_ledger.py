"""The ledger across stories: one thing told by many agencies is one thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from onrecord.ledger.keep import keep_records
from onrecord.record import Record
from onrecord.scale.draft import Draft
from onrecord.store import Store, tables


def start_draft(text: str, day: str, agency: str, **fields: Any) -> Draft:
    """A draft in which the ministers of two states, and the states, are known."""
    draft = Draft(text, day=day, agency=agency, **fields)
    draft.add_actor("Ana Brod", country="HRV", code="HRV", kind="person")
    draft.add_actor("Piet Maas", country="NLD", code="NLD", kind="person")
    draft.add_actor("Upland", country="HRV", code="HRV", kind="state")
    draft.add_actor("Lowland", country="NLD", code="NLD", kind="state")
    return draft


def keep(store: Store, *records: Record) -> None:
    """Keep records one by one, as they would come in."""
    for record in records:
        with store.writer() as writer:
            keep_records(writer, [record])


def clusters(store: Store, kind: str) -> list[int]:
    """The clusters of all claims of a kind, in order."""
    table = tables.STORIES if kind == "story" else tables.CLAIMS[kind]
    with store.view() as view:
        return list(view.connection.scalars(select(table.c.cluster).order_by(table.c.key)))


def say(text: str, content: str, speaker: str, day: str, agency: str = "HPA") -> Record:
    """A story with one statement."""
    draft = start_draft(text, day, agency)
    draft.add_statement(content, source=speaker)
    return draft.build()


def meet(text: str, words: str, who: Sequence[str], day: str, **fields: Any) -> Record:
    """A story with one event."""
    draft = start_draft(text, fields.pop("published", day), fields.pop("agency", "HPA"))
    draft.add_event(words, fields.pop("kind", "CONSULT"), *who, **{"day": day, **fields})
    return draft.build()


def test_one_statement_in_the_words_of_two_agencies_is_one(store: Store) -> None:
    keep(
        store,
        say(
            "Brod said ferries will not sail before spring tides ease.",
            "ferries will not sail before spring tides ease",
            "Ana Brod",
            "2023-03-01",
        ),
        say(
            "Ferries would not sail until the spring tides have eased, Brod told reporters.",
            "Ferries would not sail until the spring tides have eased",
            "Ana Brod",
            "2023-03-02",
            "LNS",
        ),
    )
    assert clusters(store, "statement") == [1, 1]


def test_two_statements_of_one_speaker_on_other_things_stay_two(store: Store) -> None:
    keep(
        store,
        say(
            "Brod said ferries will not sail before spring.",
            "ferries will not sail before spring",
            "Ana Brod",
            "2023-03-01",
        ),
        say(
            "Brod said tariffs on timber were unfair.", "tariffs on timber were unfair", "Ana Brod", "2023-03-01", "LNS"
        ),
    )
    assert clusters(store, "statement") == [1, 2]


def test_the_same_words_of_two_speakers_stay_two(store: Store) -> None:
    keep(
        store,
        say("Brod said ferries will sail in spring.", "ferries will sail in spring", "Ana Brod", "2023-03-01"),
        say("Maas said ferries will sail in spring.", "ferries will sail in spring", "Piet Maas", "2023-03-01", "LNS"),
    )
    assert clusters(store, "statement") == [1, 2]


def test_the_same_words_a_month_later_are_another_statement(store: Store) -> None:
    keep(
        store,
        say("Brod said ferries will sail in spring.", "ferries will sail in spring", "Ana Brod", "2023-03-01"),
        say("Ferries will sail in spring, Brod said.", "Ferries will sail in spring", "Ana Brod", "2023-04-01", "LNS"),
    )
    assert clusters(store, "statement") == [1, 2]


def test_a_meeting_told_by_two_agencies_is_counted_once(store: Store) -> None:
    keep(
        store,
        meet(
            "Upland and Lowland held ferry talks in Maran.",
            "Upland and Lowland held ferry talks",
            ("Upland", "Lowland"),
            "2023-03-01",
        ),
        meet(
            "Envoys of Lowland sat down with Brod of Upland on Wednesday.",
            "Envoys of Lowland sat down with Brod",
            ("Lowland", "Ana Brod"),
            "2023-03-01",
            published="2023-03-02",
            agency="LNS",
        ),
    )
    assert clusters(store, "event") == [1, 1]


def test_meetings_on_other_days_stay_two(store: Store) -> None:
    keep(
        store,
        meet("Upland and Lowland held ferry talks.", "held ferry talks", ("Upland", "Lowland"), "2023-03-01"),
        meet("Lowland and Upland again held ferry talks.", "held ferry talks", ("Upland", "Lowland"), "2023-03-08"),
    )
    assert clusters(store, "event") == [1, 2]


def test_two_accusations_on_one_day_stay_two(store: Store) -> None:
    keep(
        store,
        meet(
            "Upland accused Lowland of dumping timber.",
            "Upland accused Lowland of dumping timber",
            ("Upland", "Lowland"),
            "2023-03-01",
            kind="ACCUSE",
        ),
        meet(
            "Upland accused Lowland of spying on a naval base.",
            "Upland accused Lowland of spying on a naval base",
            ("Upland", "Lowland"),
            "2023-03-01",
            kind="ACCUSE",
        ),
    )
    assert clusters(store, "event") == [1, 2]


def test_a_planned_meeting_and_one_that_was_held_stay_two(store: Store) -> None:
    keep(
        store,
        meet(
            "Upland and Lowland will hold talks.",
            "will hold talks",
            ("Upland", "Lowland"),
            "2023-03-01",
            status="planned",
        ),
        meet("Upland and Lowland did hold talks.", "did hold talks", ("Upland", "Lowland"), "2023-03-01"),
    )
    assert clusters(store, "event") == [1, 2]


def test_the_order_in_which_stories_come_in_does_not_matter(store: Store) -> None:
    records = [
        meet(
            f"{agency}: Upland and Lowland held ferry talks in Maran.",
            "held ferry talks",
            ("Upland", "Lowland"),
            "2023-03-01",
            agency=agency,
        )
        for agency in ("HPA", "LNS", "NNA", "STA")
    ]
    with store.writer() as writer:
        keep_records(writer, records[::-1])
    assert set(clusters(store, "event")) == {1}


REPORT = (
    "The harbour council of Maran voted on Tuesday to keep the northern quay closed until storm damage is repaired. "
    "Divers found that eleven of the forty piles below the quay had moved since December. "
    "Repairs will cost nine million crowns and take until the first week of May, the council said. "
    "Fishing crews asked for berths at the ferry terminal in the meantime. "
    "The ferry company answered that it needs every berth from April on. "
    "A hearing on the berths is due next Monday at the town hall of Maran."
)


def test_a_reprint_that_was_cut_short_is_the_same_report(store: Store) -> None:
    cut = ". ".join(REPORT.split(". ")[:3]) + "."
    other = "A storm closed the airport of Lund on Tuesday, and snow kept the roads shut for most of the day."
    keep(
        store,
        Draft(REPORT, day="2023-03-01", agency="HPA").build(),
        Draft(cut, day="2023-03-01", agency="LNS").build(),
        Draft(other, day="2023-03-01").build(),
    )
    assert clusters(store, "story") == [1, 1, 3]


def test_a_corrected_story_replaces_the_earlier_one_whichever_comes_first(store: Store) -> None:
    first = Draft(REPORT, day="2023-03-01", agency="HPA").build()
    corrected = Draft(
        REPORT.replace("eleven of the forty", "seven of the forty"),
        day="2023-03-01",
        agency="HPA",
        versions=("CORRECTED",),
    ).build()
    keep(store, corrected, first)
    with store.view() as view:
        replaced = view.connection.execute(select(tables.STORIES.c.key, tables.STORIES.c.replaced_by)).all()
    assert [tuple(row) for row in replaced] == [(1, 0), (2, 1)]


def test_leads_that_follow_each_other_leave_the_last_one_standing(store: Store) -> None:
    keep(
        store,
        *(
            Draft(f"{REPORT} Version {number} adds this line.", day="2023-03-01", agency="AP", versions=marks).build()
            for number, marks in ((0, ()), (2, ("2nd Ld-Writethru",)), (1, ("1st Ld-Writethru",)))
        ),
    )
    with store.view() as view:
        replaced = list(view.connection.scalars(select(tables.STORIES.c.replaced_by).order_by(tables.STORIES.c.key)))
    assert replaced == [2, 0, 2]
