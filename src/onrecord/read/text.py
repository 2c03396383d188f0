"""Plain text: a story copied from a page, saved from a terminal, or written by hand."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded
from onrecord.read.charset import decode_bytes, is_wide
from onrecord.read.clean import clean_text
from onrecord.read.draft import Draft, Drafts
from onrecord.read.head import HEAD_PARTS, find_dated
from onrecord.read.lines import join_wrapped
from onrecord.read.parts import make_parts
from onrecord.read.traced import Traced

NAME = "text"

_RULES = re.compile(rb"(?m)(?:^[ \t]*[=*#_-]{8,}[ \t]*\r?$|\x0c)")
_LETTERS = re.compile(rb"[A-Za-z\x80-\xff]{2}")


def matches(head: bytes) -> bool:
    """True for anything that is not binary; detection asks this reader last."""
    return not is_binary(head)


def is_binary(head: bytes) -> bool:
    """True when bytes that no text holds make up a part that no wrong character set explains."""
    sample = head[:8192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    nulls = sample.count(0)
    if nulls and not is_wide(sample):
        return True
    odd = len(sample.translate(None, delete=_TEXT_BYTES))
    return odd * 10 > len(sample)


_TEXT_BYTES = bytes([*range(9, 14), *range(32, 127), *range(128, 256)])


def read(raw: bytes, limits: Limits) -> Drafts:
    """The story of a plain text, or several where ruled lines part stories that each have a dateline.

    Raises:
        EmptyInput: there is no letter in it.
        LimitExceeded: the story or one of its lines is larger than the limits.
    """
    pieces = split_stories(raw)
    drafts = [read_draft(piece, limits) for piece in pieces]
    if len(drafts) > 1 and not all(_is_dated(draft) for draft in drafts):
        drafts = [read_draft(raw, limits)]
    yield from drafts


def read_draft(raw: bytes, limits: Limits) -> Draft:
    """One story."""
    check_size(raw, limits)
    decoded = decode_bytes(raw)
    text = clean_text(decoded.text)
    check_lines(text, limits)
    return Draft(NAME, raw, tuple(join_wrapped(text)), charset=decoded.charset, plain=True)


def split_stories(raw: bytes) -> list[bytes]:
    """The pieces between ruled lines and form feeds; pieces without a letter belong to the one before."""
    cuts = [match.start() for match in _RULES.finditer(raw)]
    pieces = [raw[start:end] for start, end in pairwise((0, *cuts, len(raw)))]
    return [piece for piece in pieces if _LETTERS.search(piece)] or [raw]


def _is_dated(draft: Draft) -> bool:
    return find_dated(make_parts(draft.blocks[:HEAD_PARTS]), alone=False) is not None


def check_size(raw: bytes, limits: Limits, *, times: int = 1) -> None:
    """Refuse a story that is larger than `limits.story_bytes`, before it is decoded.

    Args:
        raw: the bytes of one story.
        limits: what is accepted.
        times: how many times the limit a container of this kind may have.
    """
    if len(raw) > limits.story_bytes * times:
        raise LimitExceeded(
            f"a story has {len(raw):,} bytes, more than the {limits.story_bytes * times:,} allowed",
            hint="raise ONRECORD_LIMITS_STORY_BYTES if this is one story",
        )


def check_lines(text: Traced, limits: Limits) -> None:
    """Refuse text without a letter or with a line that is no line of a story."""
    if not any(map(str.isalnum, text.text)):
        raise EmptyInput("there is no text in it", hint="give a file that holds a story")
    lines = text.text.count("\n") + 1
    if lines > limits.story_lines:
        raise LimitExceeded(
            f"a story has {lines:,} lines, more than the {limits.story_lines:,} allowed",
            hint="raise ONRECORD_LIMITS_STORY_LINES if this is one story",
        )
    longest = max(map(len, text.text.split("\n")))
    if longest > limits.line_chars:
        raise LimitExceeded(
            f"a line has {longest:,} characters, more than the {limits.line_chars:,} allowed",
            hint="raise ONRECORD_LIMITS_LINE_CHARS if this is a story",
        )
    if text.text.count("\ufffd") * 10 > len(text.text):
        raise BrokenInput(
            "more than a tenth of the characters cannot be decoded",
            hint="name the right character set, or convert the file",
        )
