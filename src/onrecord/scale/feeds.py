"""RSS and Atom feeds, asked politely.

A feed is asked no more often than every quarter of an hour, with the ETag and date of its last answer, under our own
name. One that fails is asked ever less often (twice the wait each time, up to six hours), or when its own
`Retry-After` says; one that answers 410 (gone) is asked once a week. Its state is written after its stories, so a run
that is killed between the two asks again and loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final

import httpx

from onrecord.config import Limits
from onrecord.scale.intake import FeedState, Item, Loss, Mark, read_stories

#: Seconds between two requests to a feed; longest wait after failures; wait after 410.
EVERY: Final = 900.0
LONGEST: Final = 6 * 3600.0
GONE: Final = 7 * 86400.0
_TIMEOUT: Final = 30.0


class FeedError(Exception):
    """A feed did not answer as it should. `wait` is what it asked for in seconds, 0 when nothing."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def is_feed(source: str) -> bool:
    """True when a source is a URL, not a path."""
    return source.startswith(("http://", "https://"))


def make_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """The client that asks feeds; says who we are."""
    return httpx.Client(
        headers={"User-Agent": f"onrecord/{version('onrecord')} (feed reader)"},
        timeout=_TIMEOUT,
        follow_redirects=True,
        max_redirects=5,
        transport=transport,
    )


def read_feed(client: httpx.Client, state: FeedState, *, now: datetime, limits: Limits) -> Iterator[Item]:
    """The stream of a feed: its stories, or a failure, and in the end its new state."""
    try:
        answer = _ask(client, state, now, limits)
    except (FeedError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = str(error) or type(error).__name__
        yield Loss(state.url, "fetch", reason)
        yield _put_off(state, now, reason, getattr(error, "wait", 0.0))
        return
    if answer is None:
        yield state._replace(due=_after(now, EVERY), checked=now.isoformat(), misses=0, error="")
        return
    content, headers = answer
    broken = ""
    for item in read_stories(state.url, content, (0, 0), limits=limits, received=now):
        if isinstance(item, Loss):
            broken = item.reason
        if not isinstance(item, Mark):
            yield item
    if broken:
        yield _put_off(state, now, broken, 0.0)
        return
    yield FeedState(
        url=state.url,
        etag=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
        checked=now.isoformat(),
        due=_after(now, max(EVERY, _find_age(headers))),
    )


def _ask(client: httpx.Client, state: FeedState, now: datetime, limits: Limits) -> tuple[bytes, httpx.Headers] | None:
    """What the feed answers; None when nothing has changed."""
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    with client.stream("GET", state.url, headers={name: value for name, value in asked.items() if value}) as answer:
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return None
        if answer.status_code == httpx.codes.GONE:
            raise FeedError("the feed is gone (410)", GONE)
        if answer.status_code != httpx.codes.OK:
            raise FeedError(f"the server answered {answer.status_code}", _find_wait(answer.headers, now))
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if len(content) > limits.file_bytes:
                raise FeedError(f"the answer is larger than the {limits.file_bytes:,} bytes allowed")
        return bytes(content), answer.headers


def _put_off(state: FeedState, now: datetime, reason: str, wait: float) -> FeedState:
    misses = state.misses + 1
    wait = wait or min(LONGEST, EVERY * 2.0 ** min(misses, 20))
    return state._replace(misses=misses, error=reason, checked=now.isoformat(), due=_after(now, wait))


def _find_wait(headers: httpx.Headers, now: datetime) -> float:
    """Seconds that `Retry-After` asks for, as a number or a date; 0 when it is not there or makes no sense."""
    value = headers.get("retry-after", "")
    if value.isdigit():
        return min(float(value), GONE)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (when - now).total_seconds()), GONE)


def _find_age(headers: httpx.Headers) -> float:
    """Seconds for which the answer stays fresh by `Cache-Control`, a day at most."""
    for part in headers.get("cache-control", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "max-age" and value.isdigit():
            return min(float(value), 86400.0)
    return 0.0


def _after(now: datetime, seconds: float) -> str:
    return (now + timedelta(seconds=seconds)).isoformat()
