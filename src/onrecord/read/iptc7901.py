"""IPTC 7901: the message format of European agencies (dpa, APA, SDA, STT, ANP ...), framed by control characters.

SOH  eca062 4 i 211 ccccb   dpa 061     service and number, priority, category, words, codes
     Germany-politics/                  keywords
STX  headline =                         up to the equals sign
     text
ETX  131137 GMT Nov 13                  day, hour, minute, zone, month, year
EOT
"""

from __future__ import annotations

import re

from onrecord.config import Limits
from onrecord.read.charset import decode_bytes
from onrecord.read.clean import clean_text
from onrecord.read.draft import Block, Draft, Drafts
from onrecord.read.lines import join_wrapped
from onrecord.read.marks import find_type
from onrecord.read.slugs import is_slug
from onrecord.read.teleprinter import frame_message, read_filed, split_messages
from onrecord.read.text import check_lines, check_size
from onrecord.read.traced import Traced, join_lines
from onrecord.story import FurnitureType

NAME = "iptc7901"

_FRAME = re.compile(rb"[\x00\x7f\x16\s]*\x01[^\x02\x1f]{4,2000}\x02")
_BARE = re.compile(rb"\s*[a-z]{2,4}\s?\d{3,4} \d [a-z]{1,3} +\d{1,4}\b[^\n]{0,60}\r?\n")
_HEADER = re.compile(
    r"\s*(?P<service>[A-Za-z]{1,6})\s?(?P<number>\d{2,5})\s+(?P<priority>\d)\s+(?P<category>\w{1,4})\s+(?P<words>\d+)\s*(?P<codes>.*)"
)
_TRAILER = re.compile(r"\n[0-3]\d[0-2]\d[0-5]\d(?: [A-Z]{1,5})? [^\W\d_]{3,9}\.? \d\d\s*$")
_LINES = re.compile(r"\n")


def matches(head: bytes) -> bool:
    """True for SOH ... STX without ANPA's unit separator, or for a header line whose controls were lost."""
    return bool(_FRAME.match(head) or _BARE.match(head))


def read(raw: bytes, limits: Limits) -> Drafts:
    """The messages of a file."""
    for message in split_messages(raw):
        yield read_message(message, limits)


def read_message(raw: bytes, limits: Limits) -> Draft:
    """One message."""
    check_size(raw, limits)
    decoded = decode_bytes(raw)
    text = decoded.text
    check_lines(text, limits)
    begin, end, stop = _cut_frame(text.text)
    header = _read_header(clean_text(text.cut(0, begin)))
    body = _read_body(clean_text(text.cut(begin, end)))
    trailer = clean_text(text.cut(end, stop)).strip()
    foot = [Block(trailer, FurnitureType.HEADER)] if trailer.text else []
    return Draft(
        NAME, raw, (*header, *body, *foot), charset=decoded.charset, plain=True, published=read_filed(trailer.text)
    )


def _cut_frame(text: str) -> tuple[int, int, int]:
    """The frame in characters; without controls the header is the first line."""
    if "\x02" not in text:
        filed = _TRAILER.search(text)
        begin = text.find("\n", len(text) - len(text.lstrip())) + 1
        return begin, max(begin, filed.start() if filed else len(text)), len(text)
    return frame_message(text)


def _read_header(header: Traced) -> list[Block]:
    """The address line, then keywords."""
    blocks: list[Block] = []
    for line in header.split(_LINES):
        line = line.strip()
        if not line.text:
            continue
        is_address = not blocks and _HEADER.match(line.text)
        blocks.append(Block(line, FurnitureType.HEADER if is_address else FurnitureType.SLUG))
    return blocks


def _read_body(body: Traced) -> list[Block]:
    """Headline up to the equals sign, then the text."""
    blocks = join_wrapped(body)
    at = next((at for at, block in enumerate(blocks[:6]) if block.text.text.endswith("=")), None)
    if at is None:
        return blocks
    first = next((place for place in range(at + 1) if _may_title(blocks[place].text.text)), at)
    headline = join_lines(block.text for block in blocks[first : at + 1])
    notes = [Block(block.text, _name_line(block.text.text)) for block in blocks[:first]]
    return [*notes, Block(headline, FurnitureType.HEADLINE), *blocks[at + 1 :]]


def _may_title(words: str) -> bool:
    return not is_slug(words) and find_type(words) is None


def _name_line(words: str) -> FurnitureType:
    return FurnitureType.SLUG if is_slug(words) else find_type(words) or FurnitureType.HEADER
