"""AP Media API and like answers: the item under `data.item` or `data.items`, its text often beside it.

AP's item names everything but its text, which is a rendition fetched on its own (`nitf`) and joined as a neighbour of
`data`. Reuters Connect and others use the same frame with the text inside the item.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.read.draft import Draft
from onrecord.read.json_item import Filler, is_media, make_item
from onrecord.read.json_tree import Json, Object, read_json
from onrecord.read.markup import Page

NAME = "ap-json"
_FRAME = (b'"data"', b'"item')
_KEYS = (
    b'"api_version"',
    b'"altids"',
    b'"nitf"',
    b'"renditions"',
    b'"versionCreated"',
    b'"versionedGuid"',
    b'"headLine"',
    b'"bodyXhtml',
)


def matches(head: bytes) -> bool:
    """True for JSON with an item under `data`."""
    return (
        head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        and all(key in head for key in _FRAME)
        and any(key in head for key in _KEYS)
    )


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The text items of an answer; pictures, videos and items whose text is elsewhere give none.

    Raises:
        BrokenInput: not JSON, with line and column.
        LimitExceeded: too deep or too large.
    """
    page = Page(raw)
    found = list(_find_pairs(read_json(page, limits)))
    for value, beside in found:
        if is_media(value):
            continue
        item = make_item(value, page, NAME, alone=len(found) == 1)
        if len(found) == 1 or not beside:
            Filler(item, value, strict=True).fill(*beside)
        if draft := item.draft():
            yield draft


def _find_pairs(value: Json) -> Iterator[tuple[Object, list[Json]]]:
    """Items with the texts that stand beside their frame."""
    if not isinstance(value, Object):
        return
    data = value.get("data")
    holder = data if isinstance(data, Object) else value
    if isinstance(search := holder.get("search"), Object):
        holder = search
    one, many = holder.get("item"), holder.get("items")
    if isinstance(one, Object):
        nitf = value.get("nitf")
        yield one, [inner for key, inner in nitf.items() if "body" in key] if isinstance(nitf, Object) else []
    for entry in many if isinstance(many, list) else []:
        if isinstance(entry, Object):
            inner = entry.get("item")
            yield inner if isinstance(inner, Object) else entry, []
