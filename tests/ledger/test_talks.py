"""Talks over weeks: who wants what, what became of it, and which rounds were held, as several agencies tell it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from onrecord.errors import StoreError
from onrecord.ledger.talk import Talks
from onrecord.ledger.talks import list_talks, read_talks
from onrecord.record import Record
from onrecord.store import Store
from tests.ledger.test_ledger import keep, start_draft


def write_demand(day: str = "2023-03-01", agency: str = "HPA") -> Record:
    """Upland wants guarantees of Lowland, and waits."""
    draft = start_draft(
        "Envoys of Upland and Lowland met in Maran on Wednesday for a first round of ferry talks. "
        "Brod demanded written guarantees that the ferry line stays open. "
        "Upland is still waiting for a written answer.",
        day,
        agency,
    )
    draft.add_event("Envoys of Upland and Lowland met in Maran", "CONSULT", "Upland", "Lowland", day=day)
    draft.add_statement("written guarantees that the ferry line stays open", source="Ana Brod", act="demand")
    draft.add_position("written guarantees that the ferry line stays open", "demand", "Upland", "Lowland")
    draft.add_negotiation(
        "ferry talks",
        ["Upland", "Lowland"],
        rounds=[{"words": "met in Maran", "day": day, "number": 1, "outcome": "unknown"}],
        outstanding=["a written answer"],
    )
    return draft.build()


def write_second_round() -> Record:
    """Another agency on the second round, without a number."""
    draft = start_draft(
        "Upland and Lowland met again in Lund on Thursday about the ferry line. "
        "Upland repeated its demand for written guarantees that the line stays open. "
        "Brod called the meeting unsuccessful.",
        "2023-03-09",
        "LNS",
    )
    draft.add_event("Upland and Lowland met again in Lund", "CONSULT", "Upland", "Lowland", day="2023-03-09")
    draft.add_position("written guarantees that the line stays open", "demand", "Upland", "Lowland")
    draft.add_negotiation(
        "the ferry line",
        ["Lowland", "Upland"],
        rounds=[{"words": "met again in Lund", "day": "2023-03-09", "outcome": "unsuccessful", "assessed_by": "a1"}],
    )
    return draft.build()


def write_answer(words: str = "handed Upland its written answer on the ferry guarantees") -> Record:
    """Lowland answers."""
    draft = start_draft(f"Maas said Lowland had {words}. Talks on the ferry line go on.", "2023-03-14", "HPA")
    draft.add_statement(f"Lowland had {words}", source="Piet Maas")
    draft.add_position("Talks on the ferry line go on", "commitment", "Lowland", "Upland")
    draft.add_negotiation("the ferry line", ["Upland", "Lowland"])
    return draft.build()


def write_refusal() -> Record:
    """Lowland refuses."""
    draft = start_draft(
        "Lowland will not give written guarantees on the ferry line, Maas said. Ferry talks are due to go on.",
        "2023-03-20",
        "LNS",
    )
    draft.add_statement("Lowland will not give written guarantees on the ferry line", source="Piet Maas", act="reject")
    draft.add_position("give written guarantees on the ferry line", "refusal", "Lowland", "Upland", state=None)
    draft.add_negotiation("Ferry talks", ["Upland", "Lowland"])
    return draft.build()


def write_timber_talks() -> Record:
    """The same parties on something else."""
    draft = start_draft(
        "Upland and Lowland met in Maran for talks on timber tariffs. Maas asked that tariffs on pine be cut.",
        "2023-03-09",
        "HPA",
    )
    draft.add_event("Upland and Lowland met in Maran", "CONSULT", "Upland", "Lowland", day="2023-03-09")
    draft.add_position("tariffs on pine be cut", "demand", "Lowland", "Upland")
    draft.add_negotiation(
        "timber tariffs", ["Upland", "Lowland"], rounds=[{"words": "met in Maran", "day": "2023-03-09"}]
    )
    return draft.build()


def read_only(store: Store) -> Talks:
    """The talks of a store that holds one."""
    with store.view() as view:
        (line,) = list_talks(view.connection)
        return read_talks(view.connection, line.id)


def history(talks: Talks, holder: str = "Upland") -> list[tuple[str, str]]:
    """The days and changes of the first position of a holder."""
    line = next(line for line in talks.positions if line.holder == holder)
    return [(turn.day, turn.change.value) for turn in line.history]


def test_rounds_of_several_stories_join_the_same_talks(store: Store) -> None:
    keep(store, write_demand(), write_second_round())
    talks = read_only(store)
    assert [(line.day, line.number, line.outcome) for line in talks.rounds] == [
        ("2023-03-01", 1, "unknown"),
        ("2023-03-09", None, "unsuccessful"),
    ]
    assert talks.rounds[1].assessments[0].by == "Ana Brod"
    assert set(talks.parties) == {"Upland", "Lowland"}


def test_a_round_told_by_two_agencies_is_one_round(store: Store) -> None:
    keep(store, write_demand(), write_demand(agency="LNS").model_copy(update={"story": copy_story()}))
    assert len(read_only(store).rounds) == 1


def copy_story() -> object:
    """The story of the demand as another agency carried it."""
    draft = start_draft(write_demand().story.text + " The talks go on.", "2023-03-01", "LNS")
    return draft.build().story


def test_talks_of_the_same_parties_on_another_issue_stay_apart(store: Store) -> None:
    keep(store, write_demand(), write_timber_talks(), write_second_round())
    with store.view() as view:
        lines = list_talks(view.connection)
    assert sorted((line.issue, line.stories) for line in lines) == [("ferry talks", 2), ("timber tariffs", 1)]


def test_a_demand_is_answered_by_the_other_side_and_the_item_is_settled(store: Store) -> None:
    keep(store, write_demand(), write_second_round())
    assert [line.words for line in read_only(store).outstanding] == ["a written answer"]
    keep(store, write_answer())
    talks = read_only(store)
    assert history(talks) == [("2023-03-01", "stated"), ("2023-03-14", "answered")]
    assert talks.outstanding == ()
    assert [(line.since, line.settled) for line in talks.settled] == [("2023-03-01", "2023-03-14")]


def test_a_demand_is_rejected_by_the_refusal_of_the_other_side(store: Store) -> None:
    keep(store, write_demand(), write_answer(), write_refusal())
    talks = read_only(store)
    assert history(talks)[-1] == ("2023-03-20", "rejected")
    demand = next(line for line in talks.positions if line.stance == "demand")
    assert (demand.state, demand.history[-1].by) == ("rejected", "Piet Maas")
    assert "will not give written guarantees" in demand.history[-1].report.words


def test_a_round_that_was_awaited_is_settled_when_it_is_held(store: Store) -> None:
    draft = start_draft("Both sides will meet again in Lund for ferry talks.", "2023-03-02", "HPA")
    draft.add_negotiation("ferry talks", ["Upland", "Lowland"], outstanding=["will meet again in Lund"])
    keep(store, write_demand(), draft.build())
    assert "will meet again in Lund" in [line.words for line in read_only(store).outstanding]
    keep(store, write_second_round())
    assert ("will meet again in Lund", "2023-03-09") in [
        (line.words, line.settled) for line in read_only(store).settled
    ]


def test_a_demand_that_is_repeated_is_one_position_and_stays_open(store: Store) -> None:
    keep(store, write_demand(), write_second_round())
    talks = read_only(store)
    assert history(talks) == [("2023-03-01", "stated")]
    assert len(talks.positions[0].reports) == 2


@pytest.mark.parametrize(
    ("wording", "change"),
    [("full and immediate written guarantees", "hardened"), ("interim written guarantees in stages", "softened")],
)
def test_a_demand_in_other_words_is_hardened_or_softened(store: Store, wording: str, change: str) -> None:
    draft = start_draft(f"Brod now wants {wording} for the ferry line. Ferry talks go on.", "2023-03-12", "HPA")
    draft.add_position(f"{wording} for the ferry line", "demand", "Upland", "Lowland")
    draft.add_negotiation("Ferry talks", ["Upland", "Lowland"])
    keep(store, write_demand(), draft.build())
    assert history(read_only(store))[-1] == ("2023-03-12", change)


def test_a_demand_is_withdrawn_by_its_holder_only(store: Store) -> None:
    words = "dropped its demand for written guarantees on the ferry line"
    draft = start_draft(f"Upland has {words}, Brod said. Ferry talks go on.", "2023-03-12", "HPA")
    draft.add_statement(f"Upland has {words}", source="Ana Brod")
    draft.add_negotiation("Ferry talks", ["Upland", "Lowland"])
    keep(store, write_demand(), draft.build())
    assert history(read_only(store))[-1] == ("2023-03-12", "withdrawn")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_state_does_not_depend_on_the_order_of_arrival(store: Store, order: Sequence[int]) -> None:
    records = [write_demand(), write_answer(), write_refusal()]
    keep(store, *(records[number] for number in order))
    assert [change for _, change in history(read_only(store))] == ["stated", "answered", "rejected"]


def test_a_refusal_in_a_story_that_tells_of_no_talks_counts_too(store: Store) -> None:
    words = "Lowland will not give written guarantees on the ferry line"
    draft = start_draft(f"{words}, Maas said at a fair on Monday.", "2023-03-20", "LNS")
    draft.add_statement(words, source="Piet Maas", act="reject")
    keep(store, write_demand(), draft.build())
    talks = read_only(store)
    assert history(talks)[-1] == ("2023-03-20", "rejected")
    assert len(talks.stories) == 2


def test_talks_that_are_not_there_are_said(store: Store) -> None:
    with store.view() as view, pytest.raises(StoreError, match="no talks have the id 't9'"):
        read_talks(view.connection, "t9")
