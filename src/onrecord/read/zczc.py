"""ZCZC ... NNNN: the oldest teleprinter frame, still sent by agencies of Asia, Africa and the Balkans, and by AAP.

ZCZC ABC123                   start of message and its number
$h :RACING ^Headline          AAP: category, keyword, headline, each behind a mark of its own
text
NNNN                          end of message
"""

from __future__ import annotations

import re

from onrecord.config import Limits
from onrecord.read.charset import decode_bytes
from onrecord.read.clean import clean_text
from onrecord.read.draft import Block, Draft, Drafts
from onrecord.read.lines import join_wrapped
from onrecord.read.text import check_lines, check_size
from onrecord.read.traced import Traced
from onrecord.story import FurnitureType as Type

NAME = "zczc"

_BEGIN = re.compile(rb"(?:^|[\r\n\x01\x02])[\x00\x0e\x0f\x16\x7f \t]*ZCZC\b")
_START = re.compile(rb"[\x00-\x20\x7f]*ZCZC\b")
_LINE = re.compile(r"\n")
_MARKED = re.compile(r"(?P<mark>[%$*:^+&?|=])\s*(?P<words>\S.{0,200})$")
_TYPES = {"^": Type.HEADLINE, ":": Type.SLUG, "=": Type.SLUG}


def matches(head: bytes) -> bool:
    """True when the first word is ZCZC."""
    return bool(_START.match(head))


def read(raw: bytes, limits: Limits) -> Drafts:
    """The messages of a file."""
    starts = [match.start() for match in _BEGIN.finditer(raw)]
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        yield read_message(raw[start:end], limits)


def read_message(raw: bytes, limits: Limits) -> Draft:
    """One message."""
    check_size(raw, limits)
    decoded = decode_bytes(raw)
    text = clean_text(decoded.text)
    check_lines(text, limits)
    end = text.text.rfind("NNNN")
    end = end if end >= 0 else len(text)
    head, begin = _read_head(text, end)
    foot = [Block(text.cut(end).strip(), Type.END)] if text.text[end:].strip() else []
    blocks = (*head, *join_wrapped(text.cut(begin, end)), *foot)
    return Draft(NAME, raw, blocks, charset=decoded.charset, plain=True)


def _read_head(text: Traced, end: int) -> tuple[list[Block], int]:
    """The line of the number, then lines behind marks; and where the rest begins."""
    blocks: list[Block] = []
    at = 0
    for line in text.cut(0, end).split(_LINE):
        words = line.text.strip()
        marked = _MARKED.match(words)
        if words and blocks and not marked:
            break
        if words:
            value = line.strip()
            kept = value.cut(marked.start("words")) if marked else value
            blocks.append(Block(kept, _TYPES.get(marked["mark"], Type.HEADER) if marked else Type.HEADER))
        at += len(line) + 1
    return blocks, min(at, end)
