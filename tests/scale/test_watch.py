"""Watching: new files and items come in once; a dead or garbage feed is put off and stops nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from onrecord.config import Settings
from onrecord.scale.feeds import EVERY, GONE, LONGEST, make_client
from onrecord.scale.ingest import Ingest
from onrecord.scale.watch import Watch
from onrecord.scale.workers import Workers
from onrecord.store import Store
from tests.scale.ruled_reader import make_reader

URL = "https://wires.example/feed"
Answer = Callable[[httpx.Request], httpx.Response]


class Hands:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC) + timedelta(minutes=1)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Server:
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer(request)


def give_feed(*numbers: int, etag: str = "") -> Answer:
    """A feed with one item for each number."""
    items = "".join(
        f"<item><title>Quay {number}</title><description>&lt;p&gt;MARAN, Jan 14 (HPA) - Brod said quay {number} stays "
        f"closed. The council of the harbour meets again on Monday.&lt;/p&gt;</description></item>"
        for number in numbers
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>HPA</title>{items}</channel></rss>'
    return lambda _: httpx.Response(200, text=text, headers={"ETag": etag} if etag else {})


def give_status(code: int, **headers: str) -> Answer:
    """An answer without content."""
    return lambda _: httpx.Response(code, headers={name.replace("_", "-"): value for name, value in headers.items()})


def hang_up(request: httpx.Request) -> httpx.Response:
    """No answer at all."""
    raise httpx.ConnectError("connection refused", request=request)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def watch(store: Store, server: Server, *sources: str) -> tuple[Watch, Hands]:
    """A watch with its clock in our hands."""
    run = Ingest(store, Settings(), Workers(Settings(), 1, make=make_reader))
    clock = Hands()
    return Watch(run, sources, make_client(httpx.MockTransport(server)), clock=clock), clock


def count_stories(store: Store) -> int:
    """Stories in the store."""
    with store.view() as view:
        return view.count()["stories"]


def read_state(store: Store) -> dict[str, object]:
    """The state of the feed."""
    with store.view() as view:
        return view.find_feeds()[URL]


def test_a_feed_is_asked_with_its_etag_and_only_when_due(store: Store) -> None:
    server = Server(give_feed(1, 2, etag='"a"'), give_status(304), give_feed(2, 3))
    watcher, clock = watch(store, server, URL)
    watcher.look()
    watcher.look()
    assert (count_stories(store), len(server.asked)) == (2, 1)
    clock.sleep(EVERY)
    watcher.look()
    assert server.asked[1].headers["If-None-Match"] == '"a"'
    clock.sleep(EVERY)
    watcher.look()
    assert (count_stories(store), len(server.asked)) == (3, 3)
    assert "onrecord" in server.asked[0].headers["User-Agent"]


@pytest.mark.parametrize(
    "answer",
    [hang_up, give_status(500), lambda _: httpx.Response(200, content=b"\x00\xff garbage \x80"), give_status(200)],
    ids=["dead", "error", "garbage", "empty"],
)
def test_a_feed_that_fails_is_asked_ever_less_often_and_comes_back(store: Store, answer: Answer) -> None:
    server = Server(answer, answer, give_feed(1))
    watcher, clock = watch(store, server, URL)
    watcher.look()
    assert (read_state(store)["misses"], bool(read_state(store)["error"])) == (1, True)
    clock.sleep(EVERY)
    watcher.look()
    assert len(server.asked) == 1
    clock.sleep(EVERY)
    watcher.look()
    assert read_state(store)["misses"] == 2
    clock.sleep(4 * EVERY)
    watcher.look()
    assert (read_state(store)["misses"], count_stories(store)) == (0, 1)
    with store.view() as view:
        assert view.find_failures() == []


def test_the_wait_after_failures_has_an_end(store: Store) -> None:
    server = Server(hang_up)
    watcher, clock = watch(store, server, URL)
    for _ in range(12):
        watcher.look()
        clock.sleep(LONGEST)
    assert len(server.asked) == 12


def test_a_feed_that_asks_for_patience_gets_it(store: Store) -> None:
    server = Server(give_status(429, Retry_After="7200"), give_feed(1))
    watcher, clock = watch(store, server, URL)
    watcher.look()
    clock.sleep(7000)
    watcher.look()
    assert len(server.asked) == 1
    clock.sleep(300)
    watcher.look()
    assert count_stories(store) == 1


def test_a_feed_that_is_gone_is_left_alone_for_a_week(store: Store) -> None:
    server = Server(give_status(410))
    watcher, clock = watch(store, server, URL)
    watcher.look()
    clock.sleep(GONE - 60)
    watcher.look()
    assert len(server.asked) == 1


def test_a_dead_feed_does_not_stop_the_others(store: Store) -> None:
    other = "https://wires.example/other"
    server = Server(lambda request: hang_up(request) if str(request.url) == URL else give_feed(1)(request))
    watcher, _ = watch(store, server, URL, other)
    watcher.look()
    assert count_stories(store) == 1


def test_new_files_come_in_and_files_that_are_being_written_wait(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    watcher, clock = watch(store, Server(hang_up), str(folder))
    watcher.look()
    path = folder / "a.txt"
    path.write_text("MARAN, Jan 14 (HPA) - Brod said the quay stays closed. The council meets on Monday.\n")
    os.utime(path, (clock.now().timestamp(), clock.now().timestamp()))
    watcher.look()
    assert count_stories(store) == 0
    clock.sleep(10)
    watcher.look()
    watcher.look()
    assert count_stories(store) == 1


def test_a_watch_ends_when_it_is_told_to(store: Store) -> None:
    server = Server(give_feed(1))
    watcher, _ = watch(store, server, URL)
    looks = iter([False, False, True])
    watcher.watch(stop=lambda: next(looks))
    assert len(server.asked) == 2
