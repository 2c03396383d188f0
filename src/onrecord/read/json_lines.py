"""JSON Lines, and JSON of any other shape: one story a line, a list of stories, one story, or an answer that wraps
them.

Which names mean what is a table (`FIELDS`), and a caller with other names hands in their own; see
`docs/formats/json-lines.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.errors import OnrecordError, UnknownFormat
from onrecord.read.draft import Draft
from onrecord.read.json_item import FIELDS, Fields, Filler, find_items, is_media, make_item
from onrecord.read.json_tree import Object, Scanner
from onrecord.read.markup import Page

NAME = "json-lines"
_START = re.compile(rb'[\s\x00\xef\xbb\xbf\xff\xfe]*(?:\{[\s\x00]*["}]|\[[\s\x00]*[{\[\]])')


def matches(head: bytes) -> bool:
    """True for anything that begins as a JSON object or list of objects."""
    return bool(_START.match(head))


def read(raw: bytes, limits: Limits, fields: Fields = FIELDS) -> Iterator[Draft]:
    """The stories of a file. A line that is broken does not keep the others from being read.

    Args:
        raw: the bytes of the file.
        limits: what is accepted.
        fields: for each field the names under which it stands, best first; fields that are left out keep their
            standard names.

    Raises:
        BrokenInput: not JSON, with line and column; after the last good line.
        UnknownFormat: it is JSON, but nothing in it looks like a story.
    """
    page = Page(raw)
    names = {
        **FIELDS,
        **{
            field: tuple(name.replace("_", "").replace("-", "").lower() for name in found)
            for field, found in fields.items()
        },
    }
    failures: list[OnrecordError] = []
    count = 0
    for value, alone in _find_objects(page, limits, names, failures):
        count += 1
        if is_media(value):
            continue
        item = make_item(value, page, NAME, alone=alone)
        Filler(item, value, names, strict=False).fill()
        if draft := item.draft():
            yield draft
    if failures:
        raise failures[0]
    if not count:
        raise UnknownFormat(
            "this JSON holds no story: no object has a headline or a text", hint="name the fields that hold them"
        )


def _find_objects(
    page: Page, limits: Limits, fields: Fields, failures: list[OnrecordError]
) -> Iterator[tuple[Object, bool]]:
    """Each story's object, and whether the file holds nothing else."""
    scanner = Scanner(page, limits)
    at, first = scanner.skip(0), True
    while at < len(page.text):
        scanner.count = 0
        try:
            value = scanner.read_value(at)
        except OnrecordError as error:
            line = page.text.count("\n", 0, at) + 1
            failures.append(
                error if first else type(error)(f"the value that begins at line {line}: {error.what}", hint=error.hint)
            )
            at = page.text.find("\n", at) + 1
            if first or not at:
                return
            at = scanner.skip(at)
            continue
        at = scanner.skip(scanner.at)
        found = list(find_items(value, fields))
        alone = first and at >= len(page.text) and len(found) == 1
        yield from ((one, alone) for one in found)
        first = False
