"""Which reader a file needs: decided by its first 64 KiB, never by its name.

The order matters: strict forms (mark-up, JSON, teleprinter frames) are asked before loose ones (headers, plain text).
Readers are imported only when their turn comes, so that reading text never loads an XML parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from onrecord.config import Limits
from onrecord.errors import UnknownFormat
from onrecord.read.draft import Draft

HEAD = 65_536


class Reader(Protocol):
    """What every format module offers."""

    def matches(self, head: bytes) -> bool:
        """True when the first 64 KiB look like this format."""

    def read(self, raw: bytes, limits: Limits) -> Iterator[Draft]:
        """The stories of a file of this format."""


READERS = (
    "gzipped",
    "warc",
    "newsml_g2",
    "newsml1",
    "nitf",
    "feeds",
    "xml_story",
    "html",
    "ap_json",
    "ninjs",
    "json_lines",
    "anpa",
    "iptc7901",
    "zczc",
    "email",
    "header",
    "text",
)
_MARKUP = ("newsml_g2", "newsml1", "nitf", "feeds", "html", "xml_story")
_JSON = ("ap_json", "ninjs", "json_lines")
_BINARY = ("gzipped", "warc")


def find_reader(raw: bytes) -> Reader:
    """The reader whose format the bytes have.

    Raises:
        UnknownFormat: none matches.
    """
    head = raw[:HEAD]
    for name in plausible_readers(head):
        reader = load_reader(name)
        if reader is not None and reader.matches(head):
            return reader
    raise UnknownFormat(describe_bytes(head), hint="`onrecord formats` lists what can be read")


def plausible_readers(head: bytes) -> list[str]:
    """Names of the readers that are worth asking, in order; keeps parsers unloaded for text that cannot be theirs."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    skip: tuple[str, ...] = ()
    if start != b"<" and b"<" not in head[:2048].replace(b"\x00", b""):
        skip += _MARKUP
    if start not in (b"{", b"["):
        skip += _JSON
    if not head.startswith((b"\x1f\x8b", b"WARC/")):
        skip += _BINARY
    return [name for name in READERS if name not in skip]


def load_reader(name: str) -> Reader | None:
    """The module of a reader; None while it is not there."""
    try:
        return import_module(f"onrecord.read.{name}")
    except ModuleNotFoundError as error:
        if error.name == f"onrecord.read.{name}":
            return None
        raise


_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "a sound file"),
)


def describe_bytes(head: bytes) -> str:
    """What a file that no reader takes seems to be, in words."""
    for signature, words in _SIGNATURES:
        if head.startswith(signature):
            return f"this is {words}, not a story"
    return f"these are binary data (they begin with {head[:8].hex(' ')})"
