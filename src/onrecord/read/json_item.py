"""A JSON object -> a news item, whatever its dialect: ninjs 1 to 3, AP, Reuters Connect, JSON Feed, schema.org,
exports of content systems.

Names are compared without case, hyphens and underscores (`body_html`, `bodyHtml`), and each field has the names under
which it is met, best first. A value may be a string, a list, or an object that wraps the string (`{"rendered": ..}`,
`{"role": "main", "value": ..}`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from onrecord.read.draft import Block
from onrecord.read.items import Item, short_agency
from onrecord.read.json_tree import Json, Object, Quoted
from onrecord.read.markup import Page
from onrecord.read.traced import Traced
from onrecord.read.xhtml import read_markup
from onrecord.story import FurnitureType as Type

Fields = Mapping[str, tuple[str, ...]]

FIELDS: Fields = {
    "headline": (
        "headline", "headlines", "title", "hed", "webtitle", "headlinefull", "articletitle", "heading",
    ),
    "subheadline": (
        "headlineextended", "subheadline", "subheadlines", "subtitle", "deck", "standfirst", "descriptionsummary",
        "descriptiontext", "descriptions", "summary", "abstract", "trailtext", "excerpt", "lead", "description",
        "snippet",
    ),
    "body": (
        "bodyxhtmlrich", "bodyxhtml", "bodyhtml5", "bodyhtml", "bodyrichhtml", "bodies", "contenthtml",
        "htmlcontent", "articlebody", "articlehtml", "body", "content", "articletext", "articlecontent", "fulltext",
        "maintext", "fullcontent", "storytext", "storybody", "bodytext", "contenttext", "text", "story", "article",
        "paragraphs", "transcript",
    ),
    "byline": ("byline", "bylines", "by", "author", "authors", "creator", "creators", "writer", "writers"),
    "date": (
        "versioncreated", "datepublished", "publishedat", "published", "publishdate", "publisheddate",
        "publicationdate", "publicationdatetime", "publishedon", "publishtime", "pubdate", "date", "datetime",
        "webpublicationdate", "firstpublished", "firstcreated", "contentcreated", "createdat", "created",
        "datecreated", "timestamp", "time", "sent", "dategmt", "updatedat", "updated", "datemodified", "modified",
    ),
    "slug": ("slugline", "slug", "slugword", "catchline"),
    "url": (
        "url", "canonicalurl", "link", "weburl", "permalink", "articleurl", "sourceurl", "href", "uri", "guid",
        "id",
    ),
    "guid": ("guid", "uri", "id", "uuid", "articleid", "storyid", "itemid"),
    "language": ("language", "lang", "inlanguage", "locale"),
    "source": (
        "creditline", "agency", "source", "sources", "infosource", "infosources", "provider", "providers",
        "publisher", "outlet", "site", "sitename", "domain", "copyrightholder", "sourcename", "newspaper",
        "publication",
    ),
    "place": ("datelinelocation", "located", "dateline", "datelineplace"),
    "note": ("ednote", "editorsnote", "editornote", "editorialnote", "edmsg"),
    "embargo": ("embargoed", "embargo", "embargotime", "embargoeduntil"),
    "copyright": ("copyrightnotice", "copyright", "usageterms"),
    "keywords": ("keywords", "keyword", "tags"),
}  # fmt: skip
_MEDIA = frozenset({
    "picture", "photo", "image", "graphic", "video", "audio", "composite", "package", "event", "planning",
    "gallery", "infographic", "livevideo", "animation", "poll",
})  # fmt: skip
_WRAPPED = (
    "rendered", "value", "main", "original", "text", "html", "content", "name", "title", "by", "city", "literal",
    "#text", "$t", "$", "_",
)  # fmt: skip
_INNER = ("fields", "source", "attributes", "node")
_MARKUP_TYPE = re.compile(r"html|xml", re.IGNORECASE)
_WRITER = re.compile(r"writ|auth|report|journal|^$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")


def fold_key(key: str) -> str:
    """`body_html`, `bodyHtml` and `Body-HTML` are one name."""
    return key.replace("_", "").replace("-", "").lower()


def find_items(value: Json, fields: Fields = FIELDS, depth: int = 6) -> Iterator[Object]:
    """The objects that are items, in document order; what is inside an item (its pictures) is not looked at."""
    if isinstance(value, Object):
        if is_item(value, fields):
            yield value
        elif depth:
            for inner in value.values():
                yield from find_items(inner, fields, depth - 1)
    elif isinstance(value, list) and depth:
        for inner in value:
            if isinstance(inner, Object | list):
                yield from find_items(inner, fields, depth - 1)


def is_item(value: Object, fields: Fields) -> bool:
    """True for an object with a headline or body that are text of its own."""
    names = _view(value)
    body = any(_has_text(names.get(name)) for name in fields["body"])
    headline = any(_has_text(names.get(name)) for name in fields["headline"])
    others = any(name in names for key in ("date", "url", "guid", "byline", "source", "slug") for name in fields[key])
    return (body and (headline or others or len(names) < 4)) or (headline and others and not _holds_items(value))


def _holds_items(value: Object) -> bool:
    """True for the frame of a feed: it has a title of its own, and a list of objects with titles."""
    return any(
        isinstance(inner, list) and any(isinstance(one, Object) and "title" in one for one in inner)
        for inner in value.values()
    )


def _has_text(value: Json) -> bool:
    return bool(next(_strings(value), "").strip())


def _view(value: Object) -> dict[str, Json]:
    """The members by folded name, those of an inner `fields` or `_source` behind them."""
    view = {fold_key(key): inner for key, inner in value.items()}
    for name in _INNER:
        inner = view.get(name)
        if isinstance(inner, Object):
            view = {
                **{fold_key(key): found for key, found in inner.items()},
                **{key: found for key, found in view.items() if key != name},
            }
    return view


def _strings(value: Json) -> Iterator[Quoted]:
    """The strings of a value, unwrapped."""
    if isinstance(value, Quoted):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, Object):
        view = {key.lower(): inner for key, inner in value.items()}
        name = next((name for name in _WRAPPED if _has_text_at(view.get(name))), None)
        if name:
            yield from _strings(view[name])


def _has_text_at(value: Json) -> bool:
    return isinstance(value, Quoted | list | Object) and any(string.strip() for string in _strings(value))


def make_item(value: Object, page: Page, name: str, *, alone: bool) -> Item:
    """A fresh item whose bytes are those of the object, or of the whole file when it holds nothing else."""
    if alone:
        return Item(name, page.raw, page.charset)
    low, high = page.place(value.start), page.place(value.end)
    return Item(name, page.raw[low:high], page.charset, low)


def is_media(value: Object) -> bool:
    """True for pictures, videos, packages, events."""
    kind = value.get("type", value.get("@type", ""))
    return isinstance(kind, str) and kind.lower() in _MEDIA


class Filler:
    """Takes over what one object says. `strict` is for agencies' own dialects: there a summary is no body, and a
    source is an agency.
    """

    def __init__(self, item: Item, value: Object, fields: Fields = FIELDS, *, strict: bool) -> None:
        self.item, self.view, self.fields, self.strict = item, _view(value), fields, strict

    def fill(self, *bodies: Json) -> None:
        """Fill the item; `bodies` are texts that stand beside the object."""
        self._fill_headlines()
        self.item.body += self._find_body(bodies)
        self._fill_summary()
        self._fill_bylines()
        self._fill_place()
        self._fill_notes()
        self._fill_fields()

    def _values(self, field: str) -> Iterator[Json]:
        return (value for name in self.fields[field] if (value := self.view.get(name)) is not None)

    def _first(self, field: str) -> str:
        return next((string for value in self._values(field) for string in _strings(value) if string.strip()), "")

    def _fill_headlines(self) -> None:
        for value in self._values("headline"):
            lines = [string for string in _strings(value) if string.strip()]
            if lines:
                for line in lines[:1]:
                    self.item.add(Type.HEADLINE, *(block.text for block in read_markup(line.traced())[:1]))
                return

    def _find_body(self, others: tuple[Json, ...]) -> list[Block]:
        """The blocks of the best body: mark-up before plain text, unless it is much shorter."""
        found = [(value, _measure(value)) for value in (*self._values("body"), *others)]
        longest = max((length for _, length in found), default=0)
        for value, length in found:
            if length and length * 2 > longest and (blocks := _read_body(value)):
                return blocks
        return []

    def _fill_summary(self) -> None:
        for value in self._values("subheadline"):
            blocks = [block for string in _strings(value) for block in read_markup(string.traced())]
            if blocks and (self.strict or self.item.body):
                self.item.add(Type.SUBHEADLINE, *(block.text for block in blocks))
                return
            if blocks:
                self.item.body += blocks
                return

    def _fill_bylines(self) -> None:
        for value in self._values("byline"):
            line = value if isinstance(value, Quoted) and value.strip() else None
            if line is not None:
                self.item.add(Type.BYLINE, line.traced())
                self.item.by(line)
            else:
                self.item.by(*_people(value))
            if line is not None or self.item.bylines:
                return

    def _fill_place(self) -> None:
        line: Traced | None = None
        place: Traced | None = None
        for value in self._values("place"):
            string = next((string for string in _strings(value) if string.strip()), None)
            if string is not None and isinstance(value, Object):
                place = place or string.traced()
            elif string is not None:
                line = line or string.traced()
        if line or place:
            self.item.sent_from(line, place)

    def _fill_notes(self) -> None:
        for field, kind in (("note", Type.EDITORS_NOTE), ("embargo", Type.EMBARGO), ("copyright", Type.COPYRIGHT)):
            for value in self._values(field):
                self.item.add(kind, *(string.traced() for string in _strings(value) if string.strip()))
        version, status = str(self.view.get("version", "")), self.view.get("pubstatus", "")
        if version.isdigit() and 1 < int(version[:4]) < 100:
            self.item.versions.append(f"version {version}")
        if isinstance(status, str) and status.lower() not in ("", "usable", "stat:usable"):
            self.item.versions.append(status)

    def _fill_fields(self) -> None:
        item = self.item
        altids = self.view.get("altids")
        urls = [string for value in self._values("url") for string in _strings(value) if re.match(r"https?://", string)]
        item.set(
            guid=self._first("guid") or (str(altids.get("itemid", "")) if isinstance(altids, dict) else ""),
            slug=self._first("slug"),
            language=self._first("language"),
            url=urls[0] if urls else "",
        )
        item.keywords += [
            word
            for value in self._values("keywords")
            for string in _strings(value)
            for word in _split_keywords(value, string)
        ]
        for value in self._values("date"):
            item.published = item.published or read_moment(value)
        sources = [string for value in self._values("source") for string in _strings(value) if string.strip()]
        if self.strict:
            item.agencies += sources
        else:
            item.agencies += [name for name in sources if short_agency(name)]
            item.set(outlet=sources[0] if sources else "")


def _split_keywords(value: Json, words: str) -> list[str]:
    return re.split(r"\s*[,;]\s*", words) if isinstance(value, Quoted) else [words]


def _measure(value: Json) -> int:
    """Characters of a body without its tags."""
    return sum(len(_TAG.sub("", string).strip()) for string in _strings(value))


def _read_body(value: Json) -> list[Block]:
    """The blocks of a body: a string, a list of paragraphs, or ninjs `bodies` (of several writings the marked-up
    one).
    """
    if isinstance(value, list) and value and all(isinstance(one, Object) and "contenttype" in one for one in value):
        marked = [one for one in value if _MARKUP_TYPE.search(str(one.get("contenttype", "")))] or value
        value = marked[0]
    blocks = []
    for string in _strings(value):
        traced = string.traced()
        end = _CUT_OFF.search(traced.text)
        blocks += read_markup(traced.cut(0, end.start()) if end else traced)
    return blocks


def _people(value: Json) -> list[str]:
    """Names of authors; objects with a role count when it is that of a writer."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Object) and not _WRITER.search(
            str(one.get("role", one.get("type", "")) or "").lower().replace("person", "")
        ):
            continue
        names = [one.get(key) for key in ("name", "by", "full_name")] if isinstance(one, Object) else []
        found += [string for value in (*names, one) for string in _strings(value) if string.strip()][:1]
    return found


def read_moment(value: Json) -> datetime | None:
    """A date as text, or as seconds or milliseconds since 1970."""
    from onrecord.read.dates import read_stamp

    if isinstance(value, str):
        value = value.strip()
        if not value.isdigit() or len(value) not in (10, 13):
            return read_stamp(value)
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        string = next(_strings(value), None)
        return read_moment(string) if string is not None else None
    seconds = value / 1000 if abs(value) > 1e11 else value
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 4e9 else None
