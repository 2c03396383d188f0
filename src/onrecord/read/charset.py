"""Bytes -> characters: byte order mark, declared name, UTF-8, then a guess. Every character keeps the bytes it came
from.

UTF-8 is tried before any guess, because text that happens to be valid UTF-8 and is not is very rare. A byte that
cannot be decoded becomes U+FFFD and still maps to its byte, so that a wrong character set loses nothing.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.read.traced import Traced, concat, trace_text, trace_whole

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SAMPLE = 65_536
_ALIASES = {"iso8859-1": "cp1252", "ascii": "utf-8", "us-ascii": "utf-8", "latin-1": "cp1252"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters with their map, and the character set that they were decoded with."""

    text: Traced
    charset: str


def find_mark(raw: bytes) -> tuple[str, int]:
    """The character set that a byte order mark names, and the length of the mark; `("", 0)` without one."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name, len(mark)
    return "", 0


def decode_bytes(raw: bytes, declared: str = "") -> Decoded:
    """Decode with the first of: byte order mark, declared character set, UTF-8, the best guess.

    Args:
        raw: the bytes of the story.
        declared: a name from a header or an XML declaration; an unknown name is ignored.
    """
    name, skip = find_mark(raw)
    if not name:
        name, skip = choose_charset(raw, declared), 0
    return Decoded(trace_bytes(raw[skip:], name, offset=skip), name)


def choose_charset(raw: bytes, declared: str = "") -> str:
    """The character set of bytes that carry no mark."""
    if b"\x00" in raw[:_SAMPLE] and is_wide(raw[:_SAMPLE]):
        return "utf-16-le" if raw[1:_SAMPLE:2].count(0) > raw[:_SAMPLE:2].count(0) else "utf-16-be"
    if raw.isascii():
        return "utf-8"
    for name in (normalise_name(declared), "utf-8"):
        if name and _decodes(raw, name):
            return name
    return guess_charset(raw)


def normalise_name(declared: str) -> str:
    """Python's name of a declared character set, empty when it is unknown; ISO 8859-1 is read as Windows-1252, as
    browsers do.
    """
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name if declared else ""
    except (LookupError, ValueError):
        return ""
    if name and not getattr(codecs.lookup(name), "_is_text_encoding", True):
        return ""
    return _ALIASES.get(name, name)


def _decodes(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True


def is_wide(sample: bytes) -> bool:
    """True for UTF-16 without a mark: nulls in many second bytes, none in the others."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) * 5 > len(sample) and min(even, odd) * 50 < len(sample)


def guess_charset(raw: bytes) -> str:
    """The likeliest character set of bytes that are not UTF-8."""
    if _mostly_utf8(raw):
        return "utf-8"
    if _western(raw):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(_sample(raw)).best()
    return normalise_name(best.encoding) if best and normalise_name(best.encoding) else "cp1252"


def _mostly_utf8(raw: bytes) -> bool:
    """True when few bytes fail: a cut character or one stray byte does not make it another character set."""
    text = raw.decode("utf-8", errors="surrogateescape")
    bad = len(_SURROGATES.findall(text))
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 10 * bad


_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_WESTERN = frozenset(
    ("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "nn", "fi", "is", "ca", "gl", "eu", "ga", "lb")
)


def _western(raw: bytes) -> bool:
    """True when the high bytes stand singly and the text, read as Windows-1252, is in a language of Western Europe."""
    from onrecord.read.language import find_language

    high = sum(map(len, re.findall(rb"[\x80-\xff]+", raw)))
    if len(_ALONE.findall(raw)) * 5 < high * 4 or high * 8 > len(raw):
        return False
    return find_language("", _sample(raw).decode("cp1252", errors="replace")) in _WESTERN


def _sample(raw: bytes) -> bytes:
    """Up to 64 KiB round the first high byte."""
    match = re.search(rb"[\x80-\xff]", raw)
    at = max(0, match.start() - 2048) if match else 0
    return raw[at : at + _SAMPLE]


def trace_bytes(raw: bytes, charset: str, *, offset: int = 0) -> Traced:
    """Decode without ever failing; undecodable bytes become U+FFFD and keep their place.

    Args:
        raw: bytes without their mark.
        charset: a name that Python knows.
        offset: where `raw` stands in the story's bytes.
    """
    if raw.isascii() and not charset.startswith(("utf-16", "utf-32", "iso2022", "utf-7", "hz")):
        return trace_text(raw.decode("ascii"), offset=offset)
    try:
        text = raw.decode(charset, errors="surrogateescape")
    except UnicodeDecodeError:  # a unit of UTF-16 cut in two, an escape that leads nowhere
        return _trace_lines(raw, charset, offset)
    traced = trace_text(text, offset=offset) if len(text) == len(raw) else _trace_wide(text, charset, raw, offset)
    return Traced(_SURROGATES.sub("\ufffd", text), traced.runs) if _SURROGATES.search(text) else traced


def _trace_wide(text: str, charset: str, raw: bytes, offset: int) -> Traced:
    """Map character by character where encoding them singly gives the bytes back, otherwise line by line."""

    def encode(characters: str) -> bytes:
        return characters.encode(charset, errors="surrogateescape")

    try:
        traced = trace_text(text, encode, offset=offset)
    except UnicodeEncodeError:
        traced = Traced(text)
    if traced.runs and traced.runs[-1].raw_end == offset + len(raw):
        return traced
    return _trace_lines(raw, charset, offset)


def _trace_lines(raw: bytes, charset: str, offset: int) -> Traced:
    """For stateful character sets: each line maps as a whole."""
    decoder = codecs.getincrementaldecoder(charset)(errors="replace")
    parts, at = [], offset
    for line in raw.splitlines(keepends=True):
        parts.append(trace_whole(decoder.decode(line), at, at + len(line)))
        at += len(line)
    return concat([*parts, decoder.decode(b"", final=True)])
