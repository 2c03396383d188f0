"""Ingest: nothing lost, nothing doubled, whatever happens on the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.config import Settings
from onrecord.scale.ingest import Ingest, Tally
from onrecord.scale.workers import Workers
from onrecord.store import Query, Store
from tests.scale.ruled_reader import make_reader

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store."""
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def write_stories(folder: Path, count: int, *, words: str = "") -> None:
    """Files with one story each."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        path = folder / f"story{number:03}.txt"
        path.write_text(
            f"Harbour report {number}\n\nMARAN, Jan 14 (HPA) - {words} The council met for the {number}th time on "
            f"Friday. Brod said quay number {number} stays closed.\n",
            encoding="utf-8",
        )


def ingest(store: Store, *sources: Path, workers: int = 1) -> Tally:
    """Read sources with the ruled reader."""
    pool = Workers(Settings(), workers, make=make_reader)
    try:
        return Ingest(store, Settings(), pool).ingest_files([str(source) for source in sources])
    finally:
        pool.close()


def retry(store: Store) -> Tally:
    """Read again what failed."""
    return Ingest(store, Settings(), Workers(Settings(), 1, make=make_reader)).retry()


def count_rows(store: Store) -> dict[str, int]:
    """How many rows the tables hold."""
    with store.view() as view:
        return view.count()


def test_a_folder_is_read_once(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 5)
    assert ingest(store, tmp_path / "in").added == 5
    again = ingest(store, tmp_path / "in")
    assert (again.added, again.files) == (0, 0)
    assert count_rows(store)["stories"] == 5


def test_the_same_story_under_another_name_is_kept_once(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 2)
    (tmp_path / "in" / "copy.txt").write_bytes((tmp_path / "in" / "story001.txt").read_bytes())
    tally = ingest(store, tmp_path / "in")
    assert (tally.added, tally.known) == (2, 1)


def test_a_file_that_has_changed_is_read_again(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 2)
    ingest(store, tmp_path / "in")
    write_stories(tmp_path / "in", 1, words="Correction.")
    assert ingest(store, tmp_path / "in").added == 1


def test_workers_read_in_the_order_of_the_files(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 12)
    assert ingest(store, tmp_path / "in", workers=2).added == 12
    with store.view() as view:
        texts = [record.story.headline for record in view.read_records()]
    assert texts == [f"Harbour report {number}" for number in range(12)]


def test_a_file_that_cannot_be_read_is_kept_with_its_reason_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 2)
    (tmp_path / "in" / "empty.txt").write_text("")
    (tmp_path / "in" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    tally = ingest(store, tmp_path / "in")
    assert (tally.added, tally.failed) == (2, 2)
    with store.view() as view:
        reasons = {Path(row["origin"]).name: row["reason"] for row in view.find_failures()}
    assert "empty" in reasons["empty.txt"]
    assert "PNG" in reasons["picture.txt"]


def test_what_failed_is_tried_again_on_command(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_stories(folder, 1)
    (folder / "late.txt").write_text("")
    ingest(store, folder)
    assert ingest(store, folder).failed == 0
    assert retry(store).failed == 1
    with store.view() as view:
        assert view.find_failures()[0]["tries"] == 2
    (folder / "late.txt").write_text(
        "MARAN, Jan 15 (HPA) - Brod said the quay opens. It does so on Saturday morning.\n"
    )
    assert retry(store).added == 1
    with store.view() as view:
        assert view.find_failures() == []


def test_a_story_that_raises_is_a_failure_and_no_more(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 2)
    (tmp_path / "in" / "bad.txt").write_text("MARAN, Jan 14 (HPA) - This story RAISES eyebrows and errors alike.\n")
    tally = ingest(store, tmp_path / "in")
    assert (tally.added, tally.failed) == (2, 1)


def test_a_story_that_kills_its_process_is_a_failure_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", 12)
    (tmp_path / "in" / "story005.txt").write_text("MARAN, Jan 14 (HPA) - This story KILLS ITS READER every time.\n")
    tally = ingest(store, tmp_path / "in", workers=2)
    assert (tally.added, tally.failed) == (11, 1)
    with store.view() as view:
        assert "was killed" in view.find_failures()[0]["reason"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_killed_at_any_moment_goes_on_with_nothing_lost_or_doubled(tmp_path: Path, workers: str) -> None:
    folder, place = tmp_path / "in", tmp_path / "store.db"
    write_stories(folder, 150, words="SLOW")
    kept = 0
    for _ in range(30):
        process = start_ingest(place, folder, workers)
        done = wait_for_more(process, place, kept + 40)
        if done:
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kept = count_stories(place)
    assert 0 < kept < 150
    with Store.open(place) as store:
        check_whole(store, 150)


def start_ingest(place: Path, folder: Path, workers: str) -> subprocess.Popen[bytes]:
    """An ingest in a process of its own."""
    words = [sys.executable, "-m", "tests.scale.run_ingest", str(place), str(folder), workers]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)


def wait_for_more(process: subprocess.Popen[bytes], place: Path, wanted: int) -> bool:
    """Wait until the store holds so many stories; True when the process ended by itself before."""
    while process.poll() is None:
        if count_stories(place) >= wanted:
            return False
        time.sleep(0.01)
    assert process.returncode == 0
    return True


def count_stories(place: Path) -> int:
    """Stories in a store that another process writes."""
    if not place.exists():
        return 0
    connection = sqlite3.connect(place, timeout=30)
    try:
        return int(connection.execute("SELECT count(*) FROM stories").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def check_whole(store: Store, stories: int) -> None:
    """Every story is there once, with its record, its statement and its place in the index."""
    counts = count_rows(store)
    assert (counts["stories"], counts["statements"]) == (stories, stories)
    with store.view() as view:
        assert len(list(view.read_records())) == stories
        assert len(view.search(Query(text="quay closed", kind="statement", limit=1000))) == stories
        assert len(view.find_files()) == stories
        assert view.connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_two_ingests_at_once_keep_each_story_once(tmp_path: Path) -> None:
    folder, place = tmp_path / "in", tmp_path / "store.db"
    write_stories(folder, 120, words="SLOW")
    runs = [start_ingest(place, folder, "1") for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    with Store.open(place) as store:
        check_whole(store, 120)
