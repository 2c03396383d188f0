"""Plain text under a metadata header: lines `Key: value`, then the story. Also the front matter that static sites use
(`---`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.config import Limits
from onrecord.read.bylines import split_names
from onrecord.read.charset import decode_bytes
from onrecord.read.clean import clean_text
from onrecord.read.dates import read_stamp
from onrecord.read.draft import Block, Draft, Drafts
from onrecord.read.lines import join_wrapped
from onrecord.read.text import check_lines, check_size
from onrecord.read.traced import Traced
from onrecord.story import FurnitureType as Type

NAME = "header"

_PAIR = re.compile(r"[ \t]*(?P<key>[^\W\d_][\w /-]{0,24}?)[ \t]*[:=][ \t]*(?P<value>.*)$")
_FENCE = re.compile(r"[ \t]*(?:---+|===+|\*\*\*+)[ \t]*$")
_LINE = re.compile(r"\n")
_NAMES: dict[str, tuple[str, ...]] = {
    "headline": (
        "headline",
        "title",
        "head",
        "hed",
        "heading",
        "titel",
        "titre",
        "titulo",
        "titolo",
        "otsikko",
        "rubrik",
        "overskrift",
    ),
    "subheadline": (
        "subheadline",
        "subtitle",
        "deck",
        "dek",
        "standfirst",
        "summary",
        "abstract",
        "description",
        "lead",
    ),
    "slug": ("slug", "slugline", "catchline", "keyword line", "slug line"),
    "byline": ("byline", "by", "author", "authors", "writer", "reporter", "correspondent", "autor", "auteur"),
    "agency": (
        "agency",
        "source",
        "provider",
        "service",
        "credit",
        "creditline",
        "publisher",
        "outlet",
        "wire",
        "news agency",
    ),
    "date": (
        "date",
        "published",
        "pubdate",
        "publication date",
        "dateline date",
        "datetime",
        "created",
        "issued",
        "publish date",
        "filed",
        "time",
    ),
    "received": ("received", "updated", "modified", "last modified", "moved", "sent"),
    "dateline": ("dateline", "place", "location", "city"),
    "keywords": ("keywords", "keyword", "tags", "topics", "subject codes", "subjects"),
    "priority": ("priority", "urgency"),
    "language": ("language", "lang", "locale"),
    "url": ("url", "link", "permalink", "canonical", "web"),
    "guid": (
        "id",
        "guid",
        "story id",
        "item id",
        "ref",
        "reference",
        "uuid",
        "document id",
        "story number",
        "transref",
    ),
    "version": ("version", "revision", "take", "update", "status"),
    "note": ("note", "notes", "ednote", "editor note", "editors note", "editorial note", "advisory"),
    "embargo": ("embargo", "embargoed", "embargoed until", "release", "hold"),
    "copyright": ("copyright", "rights", "copyright notice", "usage"),
    "category": (
        "category",
        "section",
        "desk",
        "topic",
        "genre",
        "type",
        "words",
        "word count",
        "length",
        "format",
        "edition",
        "from",
        "to",
        "subject",
    ),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_STRONG = frozenset(_NAMES) - {"category", "note", "copyright", "embargo", "version", "subheadline"}
_TYPES = {
    "headline": Type.HEADLINE,
    "subheadline": Type.SUBHEADLINE,
    "slug": Type.SLUG,
    "byline": Type.BYLINE,
    "keywords": Type.KEYWORDS,
    "priority": Type.PRIORITY,
    "version": Type.VERSION,
    "note": Type.EDITORS_NOTE,
    "embargo": Type.EMBARGO,
    "copyright": Type.COPYRIGHT,
}


@dataclass(slots=True)
class Header:
    """The pairs of a header: its blocks, the values by field, and where the body begins."""

    blocks: list[Block] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    end: int = 0


def name_field(key: str) -> str:
    """The field that a key means, empty for an unknown key."""
    return _FIELDS.get(" ".join(re.split(r"[\s_-]+", key.lower().replace("'", "").strip())), "")


def matches(head: bytes) -> bool:
    """True when the first lines are pairs with at least two keys that stories have."""
    text = head[:8192].decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
    keys = [name_field(pair["key"]) for line in _first_lines(text) if (pair := _PAIR.match(line))]
    known = [key for key in keys if key]
    fenced = bool(_FENCE.match(text.split("\n", 1)[0].rstrip("\r")))
    strong = len(set(known) & _STRONG)
    return bool(keys) and bool(keys[0] or fenced) and strong >= 2 and len(known) * 3 >= len(keys) * 2


def _first_lines(text: str) -> list[str]:
    """The lines up to the first blank one, without fences; they end where no pair stands."""
    lines: list[str] = []
    for line in text.splitlines()[:60]:
        if _FENCE.match(line) and not lines:
            continue
        if not line.strip() or _FENCE.match(line):
            break
        if not (_PAIR.match(line) or line[:1].isspace()):
            return lines if len(lines) >= 3 else []
        lines.append(line)
    return lines


def read(raw: bytes, limits: Limits) -> Drafts:
    """The one story of a file."""
    check_size(raw, limits)
    decoded = decode_bytes(raw)
    text = clean_text(decoded.text)
    check_lines(text, limits)
    header = read_header(text)
    body = join_wrapped(text.cut(header.end))
    values = header.values
    yield Draft(
        NAME,
        raw,
        (*header.blocks, *body),
        charset=decoded.charset,
        plain=True,
        fields=_make_fields(values),
        bylines=split_names(re.sub(r"^by\s+", "", values.get("byline", ""), flags=re.IGNORECASE)),
        keywords=tuple(word for word in re.split(r"\s*[,;|]\s*", values.get("keywords", "").strip("[] ")) if word),
        versions=(values["version"],) if values.get("version") else (),
        published=read_stamp(values.get("date", "")),
        received=read_stamp(values.get("received", "")),
    )


def _make_fields(values: dict[str, str]) -> dict[str, str]:
    kept = {name: values[name] for name in ("slug", "agency", "language", "url", "guid") if values.get(name)}
    return kept | ({"dateline_place": values["dateline"]} if values.get("dateline") else {})


def read_header(text: Traced) -> Header:
    """Read pairs until a blank line or a line that is none; a value may go on over indented lines."""
    header = Header()
    at, fenced = 0, False
    for line in text.split(_LINE):
        after = at + len(line) + 1
        words = line.text.strip()
        pair = _PAIR.match(line.text)
        if not words and not header.blocks:
            pass
        elif _FENCE.match(line.text) and not header.blocks:
            fenced = True
        elif _FENCE.match(line.text) or not words:
            header.end = after if not fenced or words else header.end
            if words or not fenced:
                break
        elif pair and (fenced or _takes(header, pair["key"])):
            _add_pair(header, line, pair)
        elif not (header.blocks and line.text[:1].isspace() and words):
            break
        at = header.end = min(after, len(text))
    return header


def _takes(header: Header, key: str) -> bool:
    return bool(name_field(key)) or bool(header.blocks)


def _add_pair(header: Header, line: Traced, pair: re.Match[str]) -> None:
    name = name_field(pair["key"])
    value = line.cut(*pair.span("value")).strip()
    if len(value) > 1 and value.text[0] in "\"'" and value.text[-1] == value.text[0]:
        value = value.cut(1, len(value) - 1)
    words = value.text
    if not words:
        return
    first = name not in header.values
    header.values.setdefault(name, words)
    type_ = _TYPES.get(name, Type.HEADER) if first else Type.HEADER
    header.blocks.append(Block(value if type_ is not Type.HEADER else line.strip(), type_))


def pair_lines(lines: Sequence[str]) -> dict[str, str]:
    """The values of `Key: value` lines by field."""
    found = ((name_field(pair["key"]), pair["value"].strip()) for line in lines if (pair := _PAIR.match(line)))
    return {name: value for name, value in found if name and value}
