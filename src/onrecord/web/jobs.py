"""Stories that are read while somebody looks on: a job a upload, one after the other, in a thread of its own.

The model is loaded with the first job. A job keeps what it has read so far, and the page that shows it asks again.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Protocol

from onrecord.config import Limits
from onrecord.errors import OnrecordError
from onrecord.ledger.keep import keep_records
from onrecord.read import read
from onrecord.record import Record
from onrecord.store import Store
from onrecord.story import Story
from onrecord.web.rows import ReadStory

#: Most jobs that are remembered.
KEPT: Final = 200


class Reader(Protocol):
    """What makes a record of a story: a `Pipeline`, or a stand-in of its shape."""

    def process(self, story: Story) -> Record: ...


@dataclass
class Job:
    """One upload: its state (waiting, reading, done), what was read, and what could not be."""

    id: str
    name: str
    state: str = "waiting"
    stories: list[ReadStory] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    ended: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return (self.ended or time.monotonic()) - self.started


class Jobs:
    """All jobs of a room."""

    def __init__(self, store: Store, make_reader: Callable[[], Reader], limits: Limits) -> None:
        self.store = store
        self.limits = limits
        self._make_reader = make_reader
        self._reader: Reader | None = None
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    def start(self, raw: bytes, name: str) -> Job:
        """Begin to read these bytes."""
        job = Job(secrets.token_urlsafe(9), name)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._run, job, raw)
        return job

    def find(self, job: str) -> Job | None:
        """A job by id."""
        return self._jobs.get(job)

    def read_one(self, story: Story) -> Record:
        """The record of a story, not kept."""
        with self._lock:
            if self._reader is None:
                self._reader = self._make_reader()
        return self._reader.process(story)

    def close(self) -> None:
        """End when the job at hand is done."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, job: Job, raw: bytes) -> None:
        job.state = "reading"
        try:
            for story in read(raw, limits=self.limits):
                self._keep(job, story)
        except OnrecordError as error:
            job.problems.append(error.line())
        except Exception as error:
            job.problems.append(f"{type(error).__name__}: {error}")
        finally:
            job.ended = time.monotonic()
            job.state = "done"

    def _keep(self, job: Job, story: Story) -> None:
        with self.store.view() as view:
            key = view.find_known([story.id]).get(story.id)
            known = view.read_record(key) if key else None
        record = known or self.read_one(story)
        if not known:
            with self.store.writer() as writer:
                keep_records(writer, [record], origins=[f"web:{job.name}"])
        job.problems += [f"{failure.stage}: {failure.reason}" for failure in record.failures]
        job.stories.append(
            ReadStory(
                id=story.id,
                headline=story.headline or story.body[:80],
                statements=len(record.statements),
                events=len(record.events),
                positions=len(record.positions),
                known=bool(known),
            )
        )
