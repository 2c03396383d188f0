"""What a format module hands over: the parts that the format itself names, everything else as paragraphs.

A format module knows mark-up, not journalism. It fills what its elements say (`headline` from `<headline>`, `bylines`
from `<byline>`) and gives the rest as `blocks`, in reading order. `furniture.py` then finds dateline, sign-off, notes
and marks in the blocks, the same way for all formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.read.traced import Traced
from onrecord.story import FurnitureType


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line of a story. `type` is set where the format itself says that it is furniture."""

    text: Traced
    type: FurnitureType | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A story between its format and the furniture stage.

    Attributes:
        format: name of the reader.
        raw: the bytes of this story.
        blocks: everything that a reader of the story sees, in reading order.
        plain: True when nothing is known of the structure (teleprinter, text from a page), so that headline, byline
            and menus must be found in the blocks.
        fields: metadata that stands outside the text, already as strings: `headline` (only where no block holds it),
            `slug`, `agency`, `language`,
            `url`, `guid`, `outlet`, `sign_off`, `dateline_place` (several with `; ` between them).
        published: date of the item as its metadata has it.
    """

    format: str
    raw: bytes
    blocks: tuple[Block, ...]
    charset: str = "utf-8"
    plain: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    bylines: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    published: datetime | None = None
    received: datetime | None = None


Drafts = Iterator[Draft]
