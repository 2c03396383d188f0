"""Corrections outlast every re-reading, can be undone, and say who made them and why."""

from __future__ import annotations

import pytest

from onrecord.errors import StoreError
from onrecord.ledger.corrections import Action, export_corrections, list_corrections
from onrecord.ledger.keep import correct, replace_record, undo
from onrecord.record import Act, Record
from onrecord.store import Query, Store
from tests.ledger.test_ledger import clusters, keep, say, start_draft

FIRST = say(
    "Brod said ferries will not sail before spring.", "ferries will not sail before spring", "Ana Brod", "2023-03-01"
)
SECOND = say("Brod said crossings resume in April.", "crossings resume in April", "Ana Brod", "2023-03-01", "LNS")
THIRD = say(
    "Crossings will resume in April, Brod said.", "Crossings will resume in April", "Ana Brod", "2023-03-02", "STA"
)


def read_anew(record: Record, model: str = "newer") -> Record:
    """The record as another model reads it: other ids, slightly other characters."""
    statements = [
        claim.model_copy(
            update={"id": f"x{claim.id}", "content": (claim.content[0]._replace(end=claim.content[0].end - 1),)}
        )
        for claim in record.statements
    ]
    return record.model_copy(
        update={"statements": tuple(statements), "versions": record.versions.model_copy(update={"model": model})}
    )


def make(store: Store, action: Action, kind: str, *keys: int, **label: str) -> int:
    """Make a correction; gives its number."""
    with store.writer() as writer:
        return correct(writer, action, kind, keys, author="ines", reason="checked the tape", **label).key


def reread(store: Store, *records: Record) -> None:
    """Read stories again with another model."""
    for record in records:
        with store.writer() as writer:
            replace_record(writer, read_anew(record))


def find_acts(store: Store, act: str) -> int:
    """How many statements have this act."""
    with store.view() as view:
        return len(view.search(Query(act=act)))


def test_a_merge_outlasts_a_new_reading_and_can_be_undone(store: Store) -> None:
    keep(store, FIRST, SECOND, THIRD)
    assert clusters(store, "statement") == [1, 2, 2]
    number = make(store, Action.MERGE, "statement", 1, 2)
    assert clusters(store, "statement") == [1, 1, 1]
    reread(store, SECOND, FIRST)
    assert clusters(store, "statement") == [1, 1, 1]
    with store.writer() as writer:
        undo(writer, number, author="ben")
    assert clusters(store, "statement") == [1, 2, 2]


def test_a_split_outlasts_a_new_reading_and_can_be_undone(store: Store) -> None:
    keep(store, SECOND, THIRD)
    assert clusters(store, "statement") == [1, 1]
    number = make(store, Action.SPLIT, "statement", 1)
    assert clusters(store, "statement") == [1, 2]
    reread(store, SECOND, THIRD)
    assert clusters(store, "statement") == [1, 2]
    with store.writer() as writer:
        undo(writer, number, author="ben")
    assert clusters(store, "statement") == [1, 1]


def test_a_label_outlasts_a_new_reading_and_can_be_undone(store: Store) -> None:
    keep(store, FIRST)
    number = make(store, Action.RELABEL, "statement", 1, field="act", value="threaten")
    reread(store, FIRST)
    assert (find_acts(store, "threaten"), find_acts(store, "assert")) == (1, 0)
    with store.writer() as writer:
        undo(writer, number, author="ben")
    assert (find_acts(store, "threaten"), find_acts(store, "assert")) == (0, 1)
    with store.view() as view:
        (correction,) = list_corrections(view.connection)
    assert (correction.was, correction.author, correction.undone_by) == ("assert", "ines", "ben")


def test_a_speaker_can_be_put_right(store: Store) -> None:
    keep(store, FIRST)
    make(store, Action.RELABEL, "statement", 1, field="speaker", value="Piet Maas")
    with store.view() as view:
        (hit,) = view.search(Query(speaker="Maas"))
        assert hit.speaker == "Piet Maas"
        assert view.search(Query(speaker="Brod")) == []


def test_a_retracted_claim_is_found_no_more_but_the_record_keeps_it(store: Store) -> None:
    keep(store, FIRST)
    make(store, Action.RETRACT, "statement", 1)
    reread(store, FIRST)
    with store.view() as view:
        assert view.search(Query(text="ferries", kind="statement")) == []
        assert len(view.read_record(1).statements) == 1


def test_corrections_in_force_are_training_data(store: Store) -> None:
    keep(store, FIRST, SECOND)
    make(store, Action.RELABEL, "statement", 1, field="act", value=Act.THREATEN.value)
    gone = make(store, Action.RETRACT, "statement", 2)
    with store.writer() as writer:
        undo(writer, gone, author="ben")
    with store.view() as view:
        (line,) = export_corrections(view.connection)
    anchor = line["anchors"][0]
    assert line["texts"][anchor["story"]][anchor["start"] : anchor["end"]] == anchor["words"]
    assert (line["field"], line["was"], line["value"]) == ("act", "assert", "threaten")


def test_a_wrong_correction_is_refused_and_changes_nothing(store: Store) -> None:
    keep(store, FIRST)
    with pytest.raises(StoreError, match="'sing' is no act of a statement"):
        make(store, Action.RELABEL, "statement", 1, field="act", value="sing")
    with pytest.raises(StoreError, match="there is no statement 7"):
        make(store, Action.RETRACT, "statement", 7)
    with store.writer() as writer, pytest.raises(StoreError, match="there is no correction 3"):
        undo(writer, 3, author="ben")
    with store.view() as view:
        assert list_corrections(view.connection) == []


def test_an_undone_correction_cannot_be_undone_again(store: Store) -> None:
    keep(store, FIRST)
    number = make(store, Action.RETRACT, "statement", 1)
    with store.writer() as writer:
        undo(writer, number, author="ben")
    with store.writer() as writer, pytest.raises(StoreError, match="was undone by ben"):
        undo(writer, number, author="ines")


def test_a_position_that_an_analyst_calls_accepted_is_accepted_in_the_talks(store: Store) -> None:
    draft = start_draft("Brod wants more berths. Ferry talks go on.", "2023-03-01", "HPA")
    draft.add_position("more berths", "demand", "Upland", "Lowland")
    draft.add_negotiation("Ferry talks", ["Upland", "Lowland"])
    keep(store, draft.build())
    make(store, Action.RELABEL, "position", 1, field="state", value="accepted")
    with store.view() as view:
        from onrecord.ledger.talks import read_talks

        assert read_talks(view.connection, "t1").positions[0].state == "accepted"
