"""Watches folders and feeds: looks again and again, and takes in what is new, until it is told to stop.

A dead or garbage feed is put off and noted, and never stops the others. A file that changed in the last seconds is
left for the next look, because it may still be being written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import httpx

from onrecord.scale.clock import Clock, SystemClock
from onrecord.scale.feeds import is_feed, read_feed
from onrecord.scale.ingest import Ingest, Report
from onrecord.scale.intake import FeedState, Item, find_files, read_files

#: Seconds between two looks at the folders, and how long a file must have rested.
LOOK: Final = 10.0
REST: Final = 2.0


class Watch:
    """Looks at sources for as long as it runs."""

    def __init__(
        self, run: Ingest, sources: Sequence[str], client: httpx.Client, *, clock: Clock | None = None
    ) -> None:
        self.run = run
        self.folders = [str(Path(source).absolute()) for source in sources if not is_feed(source)]
        self.feeds = [source for source in sources if is_feed(source)]
        self.client = client
        self.clock = clock or SystemClock()

    def watch(self, report: Report = lambda _: None, *, stop: Callable[[], bool] = lambda: False) -> None:
        """Look until `stop` says so.

        Raises:
            StoreError: the store refused.
        """
        while not stop():
            self.look(report)
            self.clock.sleep(self._wait())

    def look(self, report: Report = lambda _: None) -> None:
        """Take in what is new now."""
        self.run.ingest_items(self._find_items(), report)

    def _find_items(self) -> Iterator[Item]:
        now = self.clock.now()
        with self.run.store.view() as view:
            known = view.find_files()
            states = view.find_feeds()
        limits = self.run.settings.limits
        rested = (path for path in find_files(self.folders) if _has_rested(path, now))
        yield from read_files(rested, known, limits=limits)
        for url in self.feeds:
            state = FeedState(**states.get(url, {"url": url}))
            if not state.due or datetime.fromisoformat(state.due) <= now:
                yield from read_feed(self.client, state, now=now, limits=limits)

    def _wait(self) -> float:
        """Seconds until there is something to look at: the next look at a folder, or the next feed that is due."""
        if self.folders:
            return LOOK
        now = self.clock.now()
        with self.run.store.view() as view:
            dues = [datetime.fromisoformat(row["due"]) for row in view.find_feeds().values() if row["due"]]
        waits = [(due - now).total_seconds() for due in dues]
        return max(1.0, min([*waits, 3600.0]))


def _has_rested(path: Path, now: datetime) -> bool:
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo)
    except OSError:
        return True
    return now - changed >= timedelta(seconds=REST)
