"""gzip and WARC: everything inside is read by its own format, within limits."""

from __future__ import annotations

import gzip
import zlib

import pytest

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded
from onrecord.read import read

NITF = (
    b"<nitf><head><docdata><date.issue norm='20200101T100000Z'/></docdata></head>"
    b"<body><body.head><hedline><hl1>Envoy leaves</hl1></hedline></body.head><body.content>"
    b"<p>OSLO (NTB) - The envoy left on Wednesday after two days of talks.</p></body.content></body></nitf>"
)
PAGE = (
    "<html><head><title>Envoy leaves</title></head><body><h1>Envoy leaves</h1>"
    "<p>OSLO (NTB) - The envoy left on Wednesday after two days of talks in the old town hall.</p>"
    "<p>He made no statement, and his hosts had nothing to add to that.</p></body></html>"
)


def make_warc(*bodies: tuple[str, bytes, str], packed: bool = False) -> bytes:
    records = []
    for number, (url, body, kind) in enumerate(bodies):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        records.append(gzip.compress(record) if packed else record)
    return b"".join(records)


def test_a_packed_wire_is_read_and_mapped_to_the_unpacked_bytes() -> None:
    story = next(read(gzip.compress(NITF)))
    assert story.headline == "Envoy leaves"
    assert story.raw == NITF


def test_members_one_after_the_other_are_one_file() -> None:
    assert next(read(gzip.compress(NITF[:100]) + gzip.compress(NITF[100:]) + b"\x00" * 20)).headline == "Envoy leaves"


def test_two_layers_are_read_and_three_are_too_many() -> None:
    twice = gzip.compress(gzip.compress(NITF))
    assert next(read(twice)).headline == "Envoy leaves"
    with pytest.raises(LimitExceeded, match="inside one another"):
        list(read(gzip.compress(twice)))


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    with pytest.raises(LimitExceeded, match="as bombs do"):
        list(read(gzip.compress(b"\x00" * (64 << 20))))


def test_the_unpacked_size_is_limited() -> None:
    noise = bytes(zlib.crc32(index.to_bytes(4, "big")) & 0xFF for index in range(200_000))
    with pytest.raises(LimitExceeded, match="unpacks to more than"):
        list(read(gzip.compress(noise), limits=Limits(unpacked_bytes=100_000)))


@pytest.mark.parametrize("damage", [lambda raw: raw[:-20], lambda raw: raw[:12] + b"\xff" * 30 + raw[42:]])
def test_damaged_archives_are_broken(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(BrokenInput):
        list(read(damage(gzip.compress(NITF))))


def test_an_empty_archive_is_empty() -> None:
    with pytest.raises(EmptyInput):
        list(read(gzip.compress(b"")))


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_web_archive_are_read(packed: bool) -> None:
    raw = make_warc(
        ("http://example.org/", PAGE.encode("cp1252"), "text/html; charset=windows-1252"),
        ("http://example.org/x.png", b"\x89PNG", "image/png"),
        packed=packed,
    )
    (story,) = read(raw)
    assert story.headline == "Envoy leaves"
    assert story.url == "http://example.org/"
    assert story.raw == PAGE.encode("cp1252")


def test_wires_and_empty_pages_of_a_web_archive() -> None:
    raw = make_warc(
        ("http://example.org/a", b"<html><body></body></html>", "text/html"),
        ("http://example.org/b", NITF, "application/xml"),
    )
    assert [story.headline for story in read(raw)] == ["Envoy leaves"]


def test_a_web_archive_without_stories_is_empty() -> None:
    with pytest.raises(EmptyInput, match="no response"):
        list(read(make_warc(("http://example.org/x.png", b"\x89PNG", "image/png"))))


def test_a_damaged_web_archive_is_broken_or_empty() -> None:
    with pytest.raises((BrokenInput, EmptyInput)):
        list(read(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\n"))
