"""The ledger does the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from onrecord.ledger.corrections import Action
from onrecord.ledger.keep import correct, keep_records, undo
from onrecord.ledger.reports import count_clusters, read_cluster, read_versions
from onrecord.ledger.talks import list_talks, read_talks
from onrecord.ledger.timeline import read_actor, read_timeline
from onrecord.scale.draft import Draft
from onrecord.scale.synthetic import generate_records
from onrecord.store import Query, Store
from tests.ledger.test_ledger import REPORT
from tests.ledger.test_talks import write_answer, write_demand, write_refusal, write_second_round


def test_talks_are_folded_the_same(store: Store) -> None:
    with store.writer() as writer:
        keep_records(writer, [write_demand(), write_second_round(), write_answer(), write_refusal()])
    with store.view() as view:
        (line,) = list_talks(view.connection, parties=("HRV",))
        talks = read_talks(view.connection, line.id)
        assert [turn.change.value for turn in talks.positions[0].history] == ["stated", "answered", "rejected"]
        assert [line.day for line in talks.rounds] == ["2023-03-01", "2023-03-09"]
        assert len(read_timeline(view.connection, "HRV", "NLD", start="2023-03", end="2023-03")) == 2
        assert read_timeline(view.connection, "HRV", "NLD", end="2023-02") == []
        assert read_actor(view.connection, "Brod").country == "HRV"
        assert read_cluster(view.connection, "event", 1).tellings[0].report.outlet == "HPA"


def test_a_new_version_takes_the_place_of_the_old_one(store: Store) -> None:
    later = REPORT.replace("eleven", "seven")
    with store.writer() as writer:
        keep_records(writer, [Draft(REPORT, day="2023-03-01", agency="HPA").build()])
        keep_records(writer, [Draft(later, day="2023-03-01", agency="HPA", versions=("CORRECTED",)).build()])
    with store.view() as view:
        assert len(read_versions(view.connection, 1)) == 1
        assert [hit.key for hit in view.search(Query(text="piles below the quay"))] == [2]


def test_corrections_are_made_and_undone(store: Store) -> None:
    with store.writer() as writer:
        keep_records(writer, [write_demand(), write_answer()])
        made = correct(writer, Action.MERGE, "statement", (1, 2), author="ines")
        assert count_clusters(writer.connection)["distinct statements"] == 1
        undo(writer, made.key, author="ben")
        assert count_clusters(writer.connection)["distinct statements"] == 2


def test_a_hundred_synthetic_stories_go_in(store: Store) -> None:
    with store.writer() as writer:
        keep_records(writer, list(generate_records(100)))
    with store.view() as view:
        counts = view.count()
        assert counts["stories"] == 100
        assert count_clusters(view.connection)["distinct events"] < counts["events"]
