"""Ingest: stories from files through the workers into the store, in batches that are kept whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

import httpx

from onrecord.config import Settings
from onrecord.ledger.keep import keep_records, replace_record
from onrecord.scale.feeds import is_feed, read_feed
from onrecord.scale.intake import Arrival, FeedState, Item, Loss, Mark, find_files, read_files
from onrecord.scale.workers import Reading, Result, Workers
from onrecord.store import Store, Writer
from onrecord.story import Frozen, Story

#: A batch is written when it holds so many stories, or is so many seconds old.
BATCH: Final = 64
PATIENCE: Final = 2.0
#: How many items are looked up in the store at once.
_LOOK_UP: Final = 32


class Tally(Frozen):
    """What an ingest has done so far."""

    files: int = 0
    stories: int = 0
    added: int = 0
    known: int = 0
    failed: int = 0
    seconds: float = 0.0


Report = Callable[[Tally], None]


class Ingest:
    """One run: takes items in, writes batches, counts."""

    def __init__(self, store: Store, settings: Settings, workers: Workers) -> None:
        self.store = store
        self.settings = settings
        self.workers = workers
        self.tally = Tally()
        self._seen: set[str] = set()
        self._started = time.monotonic()

    def ingest_files(self, sources: Iterable[str], report: Report = lambda _: None) -> Tally:
        """Read files and folders into the store. Files that were read before and have not changed are passed over.

        Raises:
            StoreError: the store refused; batches before that are kept.
            ModelError: the model cannot be loaded.
        """
        with self.store.view() as view:
            known = view.find_files()
        files = find_files(str(Path(source).absolute()) for source in sources)
        return self.ingest_items(read_files(files, known, limits=self.settings.limits), report)

    def ingest_feeds(self, urls: Iterable[str], client: httpx.Client, report: Report = lambda _: None) -> Tally:
        """Ask each feed once, whether it is due or not."""
        with self.store.view() as view:
            states = view.find_feeds()
        feeds = [FeedState(**states.get(url, {"url": url})) for url in urls]
        now = datetime.now(UTC)
        items = (item for state in feeds for item in read_feed(client, state, now=now, limits=self.settings.limits))
        return self.ingest_items(items, report)

    def retry(self, report: Report = lambda _: None) -> Tally:
        """Read again what failed: files from their path, stories from the bytes that are kept."""
        with self.store.view() as view:
            failures = view.find_failures()
            stories = [view.read_story(key) for key in view.find_known(list_stories(failures)).values()]
        paths = {row["origin"] for row in failures if row["stage"] == "read" and not is_feed(row["origin"])}
        gone = sorted({row["origin"] for row in failures if row["story_id"] and row["story_id"] not in _ids(stories)})
        self.read_again(stories, report)
        files = (Path(path) for path in sorted(paths | set(gone)) if not is_feed(path))
        return self.ingest_items(read_files(files, {}, limits=self.settings.limits), report)

    def read_again(self, stories: Iterable[Story], report: Report = lambda _: None) -> Tally:
        """Put a new reading in the place of the one that is kept of each story."""
        items = (Arrival("", story) for story in stories)
        for batch in gather(self.workers.process_items(items)):
            with self.store.writer() as writer:
                replace_batch(writer, batch)
            self._count(batch, sum(isinstance(result, Reading) for result in batch))
            report(self.tally)
        return self.tally

    def ingest_items(self, items: Iterable[Item], report: Report = lambda _: None) -> Tally:
        """Read a stream of items into the store."""
        fresh = self._drop_known(items)
        for batch in gather(self.workers.process_items(fresh)):
            with self.store.writer() as writer:
                added = write_batch(writer, batch)
            self._count(batch, added)
            report(self.tally)
        self._add(seconds=0.0)
        return self.tally

    def _drop_known(self, items: Iterable[Item]) -> Iterator[Item]:
        """Leave out stories that the store holds already."""
        stream = iter(items)
        while chunk := list(islice(stream, _LOOK_UP)):
            ids = [item.story.id for item in chunk if isinstance(item, Arrival)]
            with self.store.view() as view:
                known = self._seen | set(view.find_known(ids))
            for item in chunk:
                if not isinstance(item, Arrival):
                    yield item
                elif item.story.id in known:
                    self._add(stories=1, known=1)
                else:
                    known.add(item.story.id)
                    self._seen.add(item.story.id)
                    yield item

    def _count(self, batch: list[Result], added: int) -> None:
        readings = sum(isinstance(result, Reading) for result in batch)
        self._add(
            stories=readings,
            added=added,
            known=readings - added,
            failed=sum(isinstance(result, Loss) for result in batch),
            files=sum(isinstance(result, Mark) for result in batch),
        )

    def _add(self, **more: float) -> None:
        values = {name: getattr(self.tally, name) + value for name, value in more.items()}
        values["seconds"] = time.monotonic() - self._started
        self.tally = self.tally.model_copy(update=values)


def gather(results: Iterable[Result], size: int = BATCH, patience: float = PATIENCE) -> Iterator[list[Result]]:
    """Results in batches of at most `size`, none older than `patience` seconds when the next result comes."""
    batch: list[Result] = []
    since = time.monotonic()
    for result in results:
        if not batch:
            since = time.monotonic()
        batch.append(result)
        if len(batch) >= size or time.monotonic() - since > patience:
            yield batch
            batch = []
    if batch:
        yield batch


def write_batch(writer: Writer, batch: list[Result]) -> int:
    """Write one batch; gives how many stories were new."""
    readings = [result for result in batch if isinstance(result, Reading)]
    added = keep_records(
        writer, [reading.record for reading in readings], origins=[reading.origin for reading in readings]
    )
    for reading in readings:
        note_failures(writer, reading)
    losses = [result for result in batch if isinstance(result, Loss)]
    marks = [result for result in batch if isinstance(result, Mark)]
    well = [result.url for result in batch if isinstance(result, FeedState) and not result.error]
    writer.clear_failures(origins=well + [mark.origin for mark in marks if mark.whole])
    for loss in losses:
        writer.add_failure(loss.origin, loss.stage, loss.reason, story_id=loss.story_id)
    for state in batch:
        if isinstance(state, FeedState):
            writer.set_feed(state._asdict())
    for mark in marks:
        writer.add_file(mark.origin, mark.size, mark.changed, mark.stories)
    return len(added)


def note_failures(writer: Writer, reading: Reading) -> None:
    """Keep the failures of a record; one reason once, under the first stage that gave it."""
    reasons: dict[str, str] = {}
    for failure in reading.record.failures:
        reasons.setdefault(failure.reason, failure.stage)
    for reason, stage in reasons.items():
        writer.add_failure(reading.origin, stage, reason, story_id=reading.record.story.id)


def list_stories(failures: Iterable[dict[str, Any]]) -> list[str]:
    """Ids of the stories that failures speak of."""
    return sorted({row["story_id"] for row in failures if row["story_id"]})


def _ids(stories: Iterable[Story]) -> set[str]:
    return {story.id for story in stories}


def replace_batch(writer: Writer, batch: list[Result]) -> int:
    """Put new readings in the place of old ones; gives how many."""
    readings = [result for result in batch if isinstance(result, Reading)]
    writer.clear_failures(story_ids=[reading.record.story.id for reading in readings])
    for reading in readings:
        replace_record(writer, reading.record)
        note_failures(writer, reading)
    return len(readings)
