"""Synthetic records are whole records, the same in every run."""

from __future__ import annotations

from onrecord.ledger.keep import keep_records
from onrecord.scale.synthetic import generate_records
from onrecord.store import Store


def test_records_are_the_same_for_the_same_seed() -> None:
    assert list(generate_records(20, seed=3)) == list(generate_records(20, seed=3))
    assert len({record.story.id for record in generate_records(60)}) == 60


def test_every_claim_points_at_words_of_its_story() -> None:
    for record in generate_records(40):
        for claim in (*record.statements, *record.events, *record.positions, *record.negotiations):
            assert claim.span.words(record.story.text).strip()


def test_a_store_takes_them_and_finds_some_of_them_told_again(tmp_path: object) -> None:
    with Store.open(f"{tmp_path}/store.db") as store:
        with store.writer() as writer:
            keep_records(writer, list(generate_records(80)))
        with store.view() as view:
            assert view.count()["stories"] == 80
