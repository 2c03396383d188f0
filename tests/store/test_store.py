"""The contract of a store: what SQLite and PostgreSQL must both do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from onrecord.errors import StoreError
from onrecord.record import Act, Record
from onrecord.scale.draft import Draft
from onrecord.store import Query, Store
from onrecord.store.migrations import NEWEST


def write_ferry_story(**fields: str) -> Record:
    """A story of one demand, one meeting and one agency."""
    draft = Draft(
        "MARAN, Jan 14 (HPA) - Foreign Minister Ana Brod met envoys of Lowland on Friday. "
        "She demanded written guarantees for the ferry line across the sound.",
        day="2022-01-14",
        agency=fields.get("agency", "HPA"),
        headline=fields.get("headline", "Brod wants guarantees for ferry"),
    )
    draft.add_actor("Ana Brod", country="HRV", code="HRV", office="foreign minister", kind="person")
    draft.add_actor("Lowland", country="NLD", code="NLD", kind="state")
    draft.add_statement("written guarantees for the ferry line", source="Ana Brod", act="demand")
    draft.add_event("met envoys of Lowland", "CONSULT", "Ana Brod", "Lowland", day="2022-01-14", mode="meet")
    draft.add_position("written guarantees for the ferry line", "demand", "Ana Brod", "Lowland")
    draft.add_negotiation("ferry line", ["Ana Brod", "Lowland"], rounds=[{"words": "met", "day": "2022-01-14"}])
    return draft.build()


def write_plain_story(words: str, **fields: str) -> Record:
    """A story with nothing on record."""
    return Draft(words, **fields).build()


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    record = write_ferry_story()
    with store.writer() as writer:
        (key,) = writer.add_records([record])
    with store.view() as view:
        assert view.read_record(key) == record
        assert view.find_story(record.story.id[:8]) == key
        assert list(view.read_records()) == [record]


def test_a_story_is_kept_once_however_often_it_is_added(store: Store) -> None:
    record = write_ferry_story()
    with store.writer() as writer:
        assert len(writer.add_records([record, record])) == 1
    with store.writer() as writer:
        assert writer.add_records([record]) == []
    with store.view() as view:
        assert view.count()["stories"] == 1
        assert view.count()["statements"] == 1


def test_an_exception_inside_a_writer_rolls_all_of_it_back(store: Store) -> None:
    def write_and_fail() -> None:
        with store.writer() as writer:
            writer.add_records([write_ferry_story()])
            writer.add_failure("a.txt", "read", "broken")
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        write_and_fail()
    with store.view() as view:
        assert not any(view.count().values())
        assert view.search(Query(text="ferry")) == []


def test_a_statement_is_found_by_words_speaker_act_and_day(store: Store) -> None:
    with store.writer() as writer:
        writer.add_records([write_ferry_story(), write_plain_story("The ferry guarantees nothing.", day="2022-02-01")])
    with store.view() as view:
        (hit,) = view.search(Query(text="written guarantees", speaker="brod", act="demand", start="2022-01"))
        assert (hit.kind, hit.speaker, hit.act, hit.day) == ("statement", "Ana Brod", "demand", "2022-01-14")
        assert hit.marked == "[[written]] [[guarantees]] for the ferry line"
        assert view.search(Query(text="written guarantees", speaker="Brod", start="2022-02")) == []
        assert view.search(Query(text="written guarantees", speaker="Petrov")) == []


def test_a_phrase_in_quotation_marks_stays_together(store: Store) -> None:
    with store.writer() as writer:
        writer.add_records(
            [write_plain_story("Guarantees came, but not written ones."), write_plain_story("Written guarantees came.")]
        )
    with store.view() as view:
        hits = view.search(Query(text='"written guarantees"'))
    assert [hit.words for hit in hits] == ["Written guarantees came."]


def test_an_event_is_found_by_type_status_and_outlet(store: Store) -> None:
    with store.writer() as writer:
        writer.add_records([write_ferry_story()])
    with store.view() as view:
        (hit,) = view.search(Query(type="CONSULT", status="happened", outlet="hpa", actor="NLD"))
        assert (hit.kind, hit.type, hit.words) == ("event", "CONSULT", "met envoys of Lowland")
        assert view.search(Query(type="CONSULT", outlet="KUNA")) == []


def test_fields_of_statements_and_of_events_together_narrow_stories(store: Store) -> None:
    with store.writer() as writer:
        writer.add_records([write_ferry_story()])
    with store.view() as view:
        (hit,) = view.search(Query(text="ferry", speaker="Ana Brod", type="CONSULT"))
        assert (hit.kind, hit.headline) == ("story", "Brod wants guarantees for ferry")
        assert view.search(Query(text="ferry", speaker="Ana Brod", type="ASSAULT")) == []


def test_the_story_that_is_more_about_the_words_comes_first(store: Store) -> None:
    weak = write_plain_story("A long report on fish, nets, boats and weather mentions the ferry once. " * 3)
    strong = write_plain_story("Ferry strike: ferry crews and ferry owners talk.", headline="Ferry strike")
    with store.writer() as writer:
        writer.add_records([weak, strong])
    with store.view() as view:
        assert [hit.headline for hit in view.search(Query(text="ferry"))] == ["Ferry strike", ""]


def test_hits_with_some_of_the_words_are_marked_as_such_when_none_has_all(store: Store) -> None:
    with store.writer() as writer:
        writer.add_records([write_ferry_story()])
    with store.view() as view:
        (hit,) = view.search(Query(text="ferry zeppelin"))
    assert hit.partly


@pytest.mark.parametrize("words", ['"', "a AND (", "ferry* OR", "'; DROP TABLE stories; --", "NEAR(", "%", "\x00", "-"])
def test_no_query_is_syntax(store: Store, words: str) -> None:
    with store.writer() as writer:
        writer.add_records([write_ferry_story()])
    with store.view() as view:
        view.search(Query(text=words))
        view.search(Query(speaker=words))
        assert view.count()["stories"] == 1


def test_a_new_reading_takes_the_place_of_the_old_one(store: Store) -> None:
    record = write_ferry_story()
    reading = record.model_copy(
        update={"events": (), "statements": (record.statements[0].model_copy(update={"act": Act.ASK}),)}
    )
    with store.writer() as writer:
        (key,) = writer.add_records([record])
        before = writer.connection.scalar(text("SELECT key FROM statements"))
        assert writer.replace_record(reading) == key
        assert writer.connection.scalar(text("SELECT key FROM statements")) == before
    with store.view() as view:
        assert view.search(Query(type="CONSULT")) == []
        assert view.search(Query(act="demand")) == []
        assert len(view.search(Query(act="ask", text="guarantees"))) == 1
        assert view.read_record(key) == reading


def test_failures_count_their_tries_and_are_cleared(store: Store) -> None:
    with store.writer() as writer:
        writer.add_failure("a.txt", "read", "broken")
        writer.add_failure("a.txt", "read", "still broken")
    with store.view() as view:
        (row,) = view.find_failures()
        assert (row["tries"], row["reason"]) == (2, "still broken")
    with store.writer() as writer:
        writer.clear_failures(origins=["a.txt"])
    with store.view() as view:
        assert view.find_failures() == []


def test_a_store_of_an_older_version_says_what_to_run(place: str) -> None:
    Store.open(place).close()
    set_version(place, 1, drop=("bands", "traces", "corrections", "anchors"))
    with pytest.raises(StoreError, match="onrecord store migrate --store"):
        Store.open(place)
    assert [step.number for step in Store.migrate(place)] == [*range(2, NEWEST + 1)]
    with Store.open(place) as store, store.writer() as writer:
        writer.add_records([write_ferry_story()])
    assert Store.migrate(place) == []


def test_a_store_of_a_newer_version_is_refused_and_left_alone(place: str) -> None:
    Store.open(place).close()
    set_version(place, NEWEST + 1)
    for attempt in (Store.open, Store.migrate):
        with pytest.raises(StoreError, match=f"of version {NEWEST + 1}.*install the newer onrecord"):
            attempt(place)


def set_version(place: str, version: int, drop: tuple[str, ...] = ()) -> None:
    """Make a store look as if another version had made it."""
    url = place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = :version"), {"version": str(version)})
        for table in drop:
            connection.execute(text(f"DROP TABLE {table}"))
    engine.dispose()


def test_a_story_id_that_is_no_id_is_said(store: Store) -> None:
    with store.view() as view, pytest.raises(StoreError, match="no story has the id"):
        view.find_story("feed")


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("this is no database, but a long enough note about something else\n" * 20)
    with pytest.raises(StoreError, match="no store, or it is damaged"):
        Store.open(path)


def test_a_database_that_is_not_there_is_said_with_its_url_but_no_password() -> None:
    with pytest.raises(StoreError, match="does not answer") as caught:
        Store.open("postgresql://onrecord:secret@127.0.0.1:1/none")
    assert "secret" not in caught.value.line()


def test_a_connection_that_is_cut_in_mid_write_loses_the_batch_only(make_database: Callable[[], str]) -> None:
    place = make_database()
    with Store.open(place) as store:
        with store.writer() as writer:
            writer.add_records([write_ferry_story()])

        def write_and_be_cut() -> None:
            with store.writer() as writer:
                writer.add_records([write_plain_story("Nobody will read this.")])
                writer.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        with pytest.raises(StoreError, match="the connection to the database was lost"):
            write_and_be_cut()
        with store.view() as view:
            assert view.count()["stories"] == 1
