"""Trouble: a clear line, and nothing lost that was kept before."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.store import Store
from tests.store.test_store import write_ferry_story, write_plain_story

#: Writes stories until the file may grow no more; says what the store said.
FILL = """
import resource, signal, sys
from onrecord.errors import StoreError
from onrecord.scale.draft import Draft
from onrecord.store import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
kept = 0
with Store.open(sys.argv[1]) as store:
    try:
        for number in range(2000):
            with store.writer() as writer:
                text = f"Story {number} of the harbour. " + " ".join(str(number * one) for one in range(300))
                kept += len(writer.add_records([Draft(text).build()]))
    except StoreError as error:
        print(kept, error.line())
"""


def test_a_full_disk_stops_with_a_clear_line_and_keeps_what_was_written(tmp_path: Path) -> None:
    place = tmp_path / "store.db"
    run = subprocess.run([sys.executable, "-c", FILL, str(place)], capture_output=True, text=True, check=True)
    kept, line = run.stdout.split(" ", 1)
    assert "disk" in line
    assert str(place) in line
    with Store.open(place) as store:
        with store.writer() as writer:
            writer.add_records([write_plain_story("There is room again.")])
        with store.view() as view:
            assert view.count()["stories"] >= int(kept)


def test_a_store_that_another_process_holds_says_so(tmp_path: Path) -> None:
    place = tmp_path / "store.db"
    with Store.open(place, wait=0.2) as store:
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process has held the store"), store.writer() as writer:
            writer.add_records([write_ferry_story()])
        with store.view() as view:
            assert view.count()["stories"] == 0
        other.execute("ROLLBACK")
        other.close()
        with store.writer() as writer:
            assert writer.add_records([write_ferry_story()])


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.db", wait=0.2) as store, store.writer() as writer:
        writer.add_records([write_ferry_story()])
        with store.view() as view:
            assert view.count()["stories"] == 0


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("missing/store.db", "the folder of the store does not exist"),
        (".", "this is a folder, not a store"),
        ("mysql://me@host/name", "'mysql' is no store that we know"),
        ("://name", "this is no URL of a database"),
    ],
)
def test_a_place_that_cannot_be_a_store_is_said(tmp_path: Path, place: str, what: str) -> None:
    with pytest.raises(StoreError, match=what):
        Store.open(place if "://" in place else tmp_path / place)


def test_a_store_that_is_not_there_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        Store.open(tmp_path / "store.db", create=False)
    assert not (tmp_path / "store.db").exists()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    other = sqlite3.connect(place)
    other.execute("CREATE TABLE stories (title TEXT)")
    other.commit()
    other.close()
    with pytest.raises(StoreError, match="belongs to another program"):
        Store.open(place)
