"""Transfer encodings of e-mail, undone with the map kept: quoted-printable by character, base64 by line."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator

from onrecord.read.charset import choose_charset, trace_bytes
from onrecord.read.traced import Traced, concat, trace_whole

_QUOTED = re.compile(
    rb"(?P<escape>(?:=[0-9A-Fa-f]{2}(?:=[ \t]*\r?\n(?==[0-9A-Fa-f]{2}))?)+)|"
    rb"(?P<soft>=[ \t]*(?:\r?\n|$))|(?P<plain>[^=]+|=)"
)


def decode_payload(payload: bytes, encoding: str, charset: str, offset: int) -> Traced:
    """The text of a message part.

    Args:
        payload: the part's bytes as sent.
        encoding: its transfer encoding; an unknown one counts as identity.
        charset: its declared character set, or empty.
        offset: where the payload stands in the message.
    """
    encoding = encoding.strip().lower()
    if encoding == "quoted-printable":
        name = choose_charset(quopri.decodestring(payload), charset)
        return concat(_decode_quoted(payload, name, offset))
    if encoding == "base64":
        return concat(_decode_base64(payload, charset, offset))
    return trace_bytes(payload, choose_charset(payload, charset), offset=offset)


def _decode_quoted(payload: bytes, charset: str, offset: int) -> Iterator[Traced]:
    for match in _QUOTED.finditer(payload):
        start, end = match.start() + offset, match.end() + offset
        if match["escape"]:
            yield trace_whole(quopri.decodestring(match["escape"]).decode(charset, errors="replace"), start, end)
        elif match["plain"]:
            yield trace_bytes(match["plain"], charset, offset=start)


def _decode_base64(payload: bytes, charset: str, offset: int) -> Iterator[Traced]:
    """Each line maps as a whole; characters that a line break cuts belong to the later line."""
    whole = _unpack(payload)
    decoder = codecs.getincrementaldecoder(choose_charset(whole, charset))(errors="replace")
    if not all(len(line.strip()) % 4 == 0 for line in payload.splitlines()):
        yield trace_whole(decoder.decode(whole, final=True), offset, offset + len(payload))
        return
    at = offset
    for line in payload.splitlines(keepends=True):
        yield trace_whole(decoder.decode(_unpack(line)), at, at + len(line))
        at += len(line)


def _unpack(data: bytes) -> bytes:
    """Base64 undone; damaged data give what can be read."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    try:
        return binascii.a2b_base64(clean[: len(clean) - (len(clean) % 4 == 1)] + b"==")
    except binascii.Error:
        return b""
