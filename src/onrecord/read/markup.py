"""Mark-up bytes -> the characters that a parser sees, and the way back.

A parser counts in its own units: bytes of UTF-8 (expat) or characters (HTML). `Source` turns either into places in
the raw bytes, so that the trees carry plain numbers and only the text that a story keeps is ever mapped.

Declared names lie often. Bytes that are valid UTF-8 are read as UTF-8 even where the declaration says ISO 8859-1,
because the reverse accident hardly happens (Press Association sent such files for years).
"""

from __future__ import annotations

import codecs
import re
from typing import Protocol

from onrecord.read.charset import choose_charset, find_mark, trace_bytes
from onrecord.read.traced import Traced, trace_text

_UNITS = {"utf-16": 2, "utf-32": 4}
_STATEFUL = ("iso2022", "utf-7", "hz")
_STEP = 1 << 20
_SURROGATES = re.compile("[\ud800-\udfff]")


class Source(Protocol):
    """Where the words of a tree come from.

    `in_bytes` is True when its places are bytes of UTF-8, not characters; `shift` is what to add to a place to get
    the raw byte, None where that is not a sum.
    """

    in_bytes: bool
    shift: int | None

    def trace(self, start: int, text: str) -> Traced:
        """`text`, as it stands in the source from `start` on, with its bytes."""

    def place(self, at: int) -> int:
        """The raw byte at which the unit `at` of the parser stands."""

    def find(self, value: str, start: int) -> int:
        """Where `value` stands literally within the tag that begins at `start`; -1 when it does not."""


def choose_markup_charset(raw: bytes, declared: str) -> tuple[str, int]:
    """The character set of mark-up, and how many bytes of byte order mark to skip."""
    name, skip = find_mark(raw)
    if name:
        return name, skip
    wide = _find_wide(raw)
    if wide:
        return wide, 0
    if not raw.isascii() and _is_utf8(raw):
        return "utf-8", 0
    return choose_charset(raw, declared), 0


def _find_wide(raw: bytes) -> str:
    """UTF-16 without a mark shows in its first sign and in its many nulls."""
    head = raw[:64]
    if head.count(0) * 3 < len(head) or head.replace(b"\x00", b"")[:1] not in (b"<", b"{", b"["):
        return ""
    return "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"


def _is_utf8(raw: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(raw)
    try:
        for at in range(0, len(raw), _STEP):
            decoder.decode(view[at : at + _STEP], at + _STEP >= len(raw))
    except UnicodeDecodeError:
        return False
    return True


class Page:
    """Decoded bytes whose places are asked for in characters, mostly in rising order."""

    in_bytes: bool = False

    def __init__(self, raw: bytes, declared: str = "") -> None:
        self.raw = raw
        self.charset, self.skip = choose_markup_charset(raw, declared)
        self._whole: Traced | None = None
        self.text = self._decode()
        self._known = (0, self.skip)
        self.shift: int | None = self.skip if self._whole is None and self._simple else None

    def _decode(self) -> str:
        if self.charset.startswith(_STATEFUL):
            self._whole = trace_bytes(self.raw[self.skip :], self.charset, offset=self.skip)
            return self._whole.text
        unit = next((size for name, size in _UNITS.items() if self.charset.startswith(name)), 1)
        whole = self.raw[self.skip : len(self.raw) - (len(self.raw) - self.skip) % unit]
        self._errors = "surrogatepass" if unit > 1 else "surrogateescape"
        try:
            self._escaped = whole.decode(self.charset, self._errors)
        except UnicodeDecodeError:
            self._escaped = whole.decode(self.charset, "replace")
        self._simple = len(self._escaped) == len(self.raw) - self.skip
        return self._escaped if self._simple and self._escaped.isascii() else _SURROGATES.sub("\ufffd", self._escaped)

    def place(self, at: int) -> int:
        """The raw byte of the character `at`."""
        if self._whole is not None:
            runs = self._whole.cut(at, at + 1).runs
            return runs[0].raw_start if runs else len(self.raw) if at else 0
        if self._simple:
            return at + self.skip
        character, byte = self._known if at >= self._known[0] else (0, self.skip)
        byte = min(byte + len(self._encode(self._escaped[character:at])), len(self.raw))
        self._known = (at, byte)
        return byte

    def _encode(self, text: str) -> bytes:
        try:
            return text.encode(self.charset, self._errors)
        except UnicodeEncodeError:
            return b""

    def trace(self, start: int, text: str) -> Traced:
        """`text` from the character `start` on."""
        if self._whole is not None:
            return self._whole.cut(start, start + len(text)).renamed(text)
        offset = self.place(start)
        if self._simple:
            return trace_text(text, offset=offset)
        escaped = self._escaped[start : start + len(text)]
        traced = trace_text(escaped, self._encode, offset=offset)
        if len(escaped) != len(text) or (traced.runs and traced.runs[-1].raw_end > len(self.raw)):
            return Traced(text)
        return Traced(text, traced.runs)

    def find(self, value: str, start: int) -> int:
        """Where `value` stands literally within the tag that begins at `start`."""
        return self.text.find(value, start, self.text.find(">", start))


class Fragment:
    """Mark-up inside a value of other mark-up: HTML in a JSON string or in escaped XML."""

    in_bytes: bool = False
    shift: int | None = None

    def __init__(self, traced: Traced) -> None:
        self.traced = traced
        self.text = traced.text

    def place(self, at: int) -> int:
        """The raw byte of the character `at`."""
        runs = self.traced.cut(at, at + 1).runs
        return runs[0].raw_start if runs else 0

    def trace(self, start: int, text: str) -> Traced:
        """`text` from the character `start` on."""
        return self.traced.cut(start, start + len(text))

    def find(self, value: str, start: int) -> int:
        """Where `value` stands literally within the tag that begins at `start`."""
        return self.text.find(value, start, self.text.find(">", start))


class Buffer:
    """UTF-8 bytes for expat, whose places are bytes of that buffer.

    Characters that XML forbids are blanked byte for byte, so that all places hold.
    """

    in_bytes: bool = True

    def __init__(self, raw: bytes, declared: str = "") -> None:
        charset, skip = choose_markup_charset(raw, declared)
        if charset == "utf-8" and (raw.isascii() or _is_utf8(raw)):
            self.charset, self.skip, self.page, self.data = charset, skip, None, raw[skip:] if skip else raw
        else:
            self.page = Page(raw, declared)
            self.charset, self.skip, self.data = self.page.charset, 0, self.page.text.encode("utf-8", "replace")
        self.raw = raw
        self.shift: int | None = self.skip if self.page is None else None
        self.data = self.data.translate(_ALLOWED) if _FORBIDDEN.search(self.data) else self.data
        self._known = (0, 0)

    def place(self, at: int) -> int:
        """The raw byte of the byte `at` of the buffer."""
        return at + self.skip if self.page is None else self.page.place(self._count(at))

    def _count(self, at: int) -> int:
        byte, character = self._known if at >= self._known[0] else (0, 0)
        character += len(self.data[byte:at].decode("utf-8", "ignore"))
        self._known = (at, character)
        return character

    def trace(self, start: int, text: str) -> Traced:
        """`text` from the byte `start` of the buffer on."""
        if self.page is not None:
            return self.page.trace(self._count(start), text)
        return trace_text(text, None if text.isascii() else str.encode, offset=start + self.skip)

    def find(self, value: str, start: int) -> int:
        """Where `value` stands literally within the tag that begins at `start`."""
        return self.data.find(value.encode("utf-8", "replace"), start, self.data.find(b">", start))


_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ALLOWED = bytes(32 if (byte < 32 and byte not in (9, 10, 13)) or byte == 127 else byte for byte in range(256))
