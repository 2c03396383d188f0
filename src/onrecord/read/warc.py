"""WARC: web archives. Each response with a page, feed or JSON answer is read by its own format; pages without a story
are passed over.

Source: ISO 28500. Records are taken apart by warcio. Transfer and content encodings are undone, so that `Story.raw`
is the page as a browser got it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded, UnknownFormat
from onrecord.read.dates import read_stamp
from onrecord.read.draft import Draft

NAME = "warc"
_TYPES = ("response", "resource", "conversion")
_READABLE = re.compile(r"html|xml|json|text/plain|rss|atom", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def matches(head: bytes) -> bool:
    """True for the version line of a WARC record."""
    return head.startswith((b"WARC/0.", b"WARC/1."))


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The stories of all responses.

    Raises:
        BrokenInput: a record is damaged or cut; the stories before it have been given.
        EmptyInput: no response holds a story.
    """
    inner = limits.model_copy(update={"nesting": limits.nesting - 1})
    if limits.nesting < 1:
        raise LimitExceeded(
            "there are too many archives inside one another",
            hint="unpack the file first, or raise ONRECORD_LIMITS_NESTING",
        )
    count = 0
    for record in _read_records(raw):
        for draft in _read_record(record, inner):
            count += 1
            yield draft
    if not count:
        raise EmptyInput("no response in this web archive holds a story", hint="give an archive with news pages")


def _read_records(raw: bytes) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator

    records = iter(ArchiveIterator(io.BytesIO(raw)))
    while True:
        try:
            record = next(records, None)
        except Exception as error:  # warcio lets errors of zlib, of HTTP headers and of its own through
            raise BrokenInput(
                f"damaged web archive: {error or type(error).__name__}", hint="fetch the archive again"
            ) from error
        if record is None:
            return
        yield record


def _read_record(record: Any, limits: Limits) -> list[Draft]:
    """The drafts of one record; what is no story, or broken by itself, gives none."""
    kind = _content_type(record)
    if record.rec_type not in _TYPES or not _READABLE.search(kind) or _is_failure(record):
        return []
    content = _read_content(record, limits)
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    received = read_stamp(record.rec_headers.get_header("WARC-Date") or "")
    try:
        drafts = list(_read_drafts(content, kind, limits))
    except (UnknownFormat, EmptyInput, BrokenInput):
        return []
    return [
        replace(draft, fields={"url": url, **draft.fields}, received=draft.received or received) for draft in drafts
    ]


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _is_failure(record: Any) -> bool:
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    return bool(status) and not status.startswith("2")


def _read_content(record: Any, limits: Limits) -> bytes:
    try:
        content: bytes = record.content_stream().read(limits.story_bytes + 1)
    except Exception as error:
        raise BrokenInput(
            f"damaged record in a web archive: {error or type(error).__name__}", hint="fetch the archive again"
        ) from error
    if len(content) > limits.story_bytes:
        return b""
    return content


def _read_drafts(content: bytes, kind: str, limits: Limits) -> Iterator[Draft]:
    from onrecord.read import html
    from onrecord.read.detect import find_reader

    if not content.strip():
        return
    reader = find_reader(content)
    charset = _CHARSET.search(kind)
    if getattr(reader, "NAME", "") == html.NAME:
        yield from html.read(content, limits, charset=charset.group(1) if charset else "")
    else:
        yield from reader.read(content, limits)
