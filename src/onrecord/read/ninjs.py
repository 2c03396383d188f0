"""ninjs 1.x to 3.x, alone, in a list, or in the answer of an API.

Source: IPTC ninjs. Version 1 has one value a field (`headline`, `body_html`), version 2 and 3 have lists of values
with roles (`headlines`, `bodies`). Associations are pictures and links; they give no story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.read.draft import Draft
from onrecord.read.json_item import Filler, find_items, is_media, make_item
from onrecord.read.json_tree import read_json
from onrecord.read.markup import Page

NAME = "ninjs"
_START = re.compile(rb"[\s\x00\xef\xbb\xbf\xff\xfe]*[\[{]")
_KEYS = tuple(
    f'"{key}"'.encode()
    for key in (
        "body_html", "body_text", "body_xhtml", "bodies", "headlines", "versioncreated", "pubstatus", "slugline",
        "usageterms", "copyrightholder", "copyrightnotice", "located", "associations", "renditions", "urgency",
        "infosources", "contentcreated", "firstcreated", "ednote",
    )
)  # fmt: skip


def matches(head: bytes) -> bool:
    """True for JSON with at least three names that only ninjs has."""
    return bool(_START.match(head)) and sum(key in head for key in _KEYS) >= 3


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The text items of a file.

    Raises:
        BrokenInput: not JSON, with line and column.
        LimitExceeded: too deep or too large.
    """
    page = Page(raw)
    items = list(find_items(read_json(page, limits)))
    for value in items:
        if is_media(value):
            continue
        item = make_item(value, page, NAME, alone=len(items) == 1)
        Filler(item, value, strict=True).fill()
        if draft := item.draft():
            yield draft
