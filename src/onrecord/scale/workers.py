"""Reads stories in several processes, one `Pipeline` in each, and gives the records back in order.

A process that dies (killed for memory, a crash in native code) costs the story that it was reading: those in flight
are read again one by one, and the one that kills its process again is kept as a failure.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Final, Protocol

from onrecord.config import Settings
from onrecord.errors import DataError, ModelError, OnrecordError, SettingsError
from onrecord.record import Record
from onrecord.scale.intake import Arrival, FeedState, Item, Loss, Mark
from onrecord.story import Story

#: Stories in flight for each process: enough that none waits, few enough that memory stays flat.
AHEAD: Final = 4


class Reader(Protocol):
    """What reads a story; a `Pipeline`."""

    def process(self, story: Story) -> Record:
        """The record of one story."""


Make = Callable[[Settings], Reader]


class _Refusal:
    """Stands for a reader that could not be made."""

    def __init__(self, error: OnrecordError) -> None:
        self.error = error

    def process(self, _: Story) -> Record:
        raise self.error


#: Errors that stop the run: every story would meet them.
_FATAL: Final = (ModelError, DataError, SettingsError)


class Reading:
    """A story that was read, on its way to the store."""

    __slots__ = ("origin", "record")

    def __init__(self, origin: str, record: Record) -> None:
        self.origin = origin
        self.record = record


Result = Reading | Loss | Mark | FeedState

_reader: Reader | None = None


def make_pipeline(settings: Settings) -> Reader:
    """The pipeline; imported here, so that a process that only writes never loads the encoder."""
    from onrecord.pipeline import Pipeline

    return Pipeline(settings)


def find_model(settings: Settings) -> str:
    """The version of the model that the settings name."""
    from onrecord.pipeline import Pipeline

    return Pipeline(settings).versions.model


def count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_threads(settings: Settings, workers: int) -> Settings:
    """The settings of one of several workers: its share of the threads."""
    threads = settings.threads or count_cores()
    return settings.model_copy(update={"threads": max(1, threads // workers)})


def _read_here(reader: Reader, item: Arrival) -> Result:
    try:
        return Reading(item.origin, reader.process(item.story))
    except _FATAL:
        raise
    except Exception as error:
        return Loss(item.origin, "pipeline", f"{type(error).__name__}: {error}", item.story.id)


class Workers:
    """The processes that read stories. They start with the first story and stay until `close`.

    Args:
        settings: of the pipelines.
        count: processes; 0 takes one per core, 1 reads in this process.
        make: what makes a worker's pipeline; must be importable by name.
    """

    def __init__(self, settings: Settings, count: int = 0, *, make: Make = make_pipeline) -> None:
        self.count = count or count_cores()
        self.settings = share_threads(settings, self.count)
        self.make = make
        self._reader: Reader | None = None
        self._executor: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the processes."""
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def process_items(self, items: Iterable[Item]) -> Iterator[Result]:
        """The stream of items with every story read, in the same order.

        Raises:
            ModelError: the model cannot be loaded.
        """
        window: deque[tuple[Item, Future[Record] | None]] = deque()
        for item in items:
            if self.count == 1:
                yield self._read_here(item) if isinstance(item, Arrival) else item
                continue
            window.append((item, self._submit(item)))
            while len(window) > self.count * AHEAD:
                yield from self._take(window)
        while window:
            yield from self._take(window)

    def _read_here(self, item: Arrival) -> Result:
        self._reader = self._reader or self.make(self.settings)
        return _read_here(self._reader, item)

    def _take(self, window: deque[tuple[Item, Future[Record] | None]]) -> Iterator[Result]:
        item, future = window.popleft()
        if not isinstance(item, Arrival) or future is None:
            yield item if not isinstance(item, Arrival) else self._read_alone(item)
            return
        try:
            yield Reading(item.origin, future.result())
        except BrokenProcessPool:
            rest = [item, *(other for other, _ in window)]
            window.clear()
            yield from (self._read_alone(one) if isinstance(one, Arrival) else one for one in rest)
            self.close()
        except _FATAL:
            raise
        except Exception as error:
            yield Loss(item.origin, "pipeline", f"{type(error).__name__}: {error}", item.story.id)

    def _read_alone(self, item: Arrival) -> Result:
        """Read one story in a process of its own."""
        with self._start(1) as executor:
            try:
                return Reading(item.origin, executor.submit(_process, item.story).result())
            except BrokenProcessPool:
                reason = "the process that read it was killed, perhaps for memory"
                return Loss(item.origin, "pipeline", reason, item.story.id)
            except _FATAL:
                raise
            except Exception as error:
                return Loss(item.origin, "pipeline", f"{type(error).__name__}: {error}", item.story.id)

    def _submit(self, item: Item) -> Future[Record] | None:
        if not isinstance(item, Arrival):
            return None
        self._executor = self._executor or self._start(self.count)
        try:
            return self._executor.submit(_process, item.story)
        except BrokenProcessPool:
            return None

    def _start(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork of a process with threads of its own can hang.
        return ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(self.settings, self.make)
        )


def _start_worker(settings: Settings, make: Make) -> None:
    global _reader
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        _reader = make(settings)
    except OnrecordError as error:
        # An exception here would break the pool without its reason: the first story brings it home.
        _reader = _Refusal(error)


def _follow_parent() -> None:
    """End with the parent, even when that was killed without warning."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _process(story: Story) -> Record:
    if _reader is None:
        raise RuntimeError("the worker was not started")
    return _reader.process(story)
