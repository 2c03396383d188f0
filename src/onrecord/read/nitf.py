"""NITF 2 and 3, as sent by AP, AAP, PA, EFE, ANSA, NTB and others, alone or inside NewsML.

Source: IPTC NITF 3.6, element names. Agencies differ in where they put the slug (a `meta`, `du-key`, the first
keyword) and the place (`dateline` with or without `city`, `evloc`), so each field has a list of places to look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.read.draft import Draft
from onrecord.read.items import Item, fold, read_items
from onrecord.read.traced import join_lines
from onrecord.read.tree import Node, Text, collapse
from onrecord.read.xhtml import read_blocks, read_content
from onrecord.read.xml_tree import find_root
from onrecord.story import FurnitureType as Type

NAME = "nitf"
_CUT = frozenset({"nitf"})
_SLUGS = ("anpa-keyword", "slugline", "slug", "slugword", "catchline", "ntbstikkord")
_FINE = ("", "usable", "embargoed")


def matches(head: bytes) -> bool:
    """True when the root element is `nitf`."""
    return find_root(head) == "nitf"


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The stories of an NITF file, mostly one.

    Raises:
        BrokenInput: not well-formed, with line and column.
        LimitExceeded: too deep or too large.
    """
    for node, item in read_items(raw, limits, NAME, _CUT):
        fill_item(item, node)
        if draft := item.draft():
            yield draft


def fill_item(item: Item, nitf: Node) -> None:
    """Take over what an `nitf` element says; what the item knows already stays."""
    _fill_head(item, nitf)
    _fill_body_head(item, nitf)
    content = nitf.find("body/body.content", "body.content", "body")
    if content is not None:
        item.body += read_content(content)
    for end in nitf.find_all("body/body.end"):
        item.add(Type.CREDIT, *(node.traced() for node in end.nodes()))


def _fill_head(item: Item, nitf: Node) -> None:
    head = nitf.find("head")
    if head is None:
        return
    metas = {meta.get("name").lower(): meta.get("content") for meta in head.find_all("meta")}
    data = head.find("docdata") or Node("docdata")
    item.keywords += [
        word.get("key") or word.words()
        for word in data.find_all("key-list/keyword") + head.find_all("key-list/keyword")
    ]
    item.set(
        guid=_attribute(data, "doc-id", "id-string"),
        language=nitf.get("baselang") or nitf.get("xml:lang") or metas.get("language", ""),
        slug=next((metas[name] for name in _SLUGS if metas.get(name)), "") or _find_slug(nitf, data),
    )
    item.date(
        _attribute(data, "date.issue", "norm"),
        _attribute(nitf, "body/body.head/dateline/story.date", "norm"),
        _attribute(data, "date.release", "norm"),
        _attribute(head, "pubdata", "date.publication"),
        nitf.get("change.date"),
    )
    _fill_notes(item, data)
    _name_agencies(item, nitf, data, metas)


def _find_slug(nitf: Node, data: Node) -> str:
    """A title that holds the keyword but is not the headline is the catchline (PA); else the key of dynamic use, or
    the first keyword.
    """
    title = _words(nitf, "head/title")
    keywords = [word.get("key") for word in data.find_all("key-list/keyword")]
    if (
        title
        and fold(title) != fold(_words(nitf, "body/body.head/hedline/hl1"))
        and any(word and word in title for word in keywords)
    ):
        return title
    return _attribute(data, "du-key", "key") or (keywords[0] if keywords else "")


def _fill_notes(item: Item, data: Node) -> None:
    for note in data.find_all("ed-msg"):
        item.add(Type.EDITORS_NOTE, note.trace_attribute("info"))
    status = data.get("management-status").lower()
    if status == "embargoed":
        item.add(Type.EMBARGO, data.trace_attribute("management-status"))
    elif status not in _FINE:
        item.versions.append(status)
    version = _attribute(data, "du-key", "version")
    if version.isdigit() and int(version) > 1:
        item.versions.append(f"version {version}")
    for rights in data.find_all("doc.copyright"):
        item.add(Type.COPYRIGHT, rights.trace_attribute("holder"))


def _name_agencies(item: Item, nitf: Node, data: Node, metas: dict[str, str]) -> None:
    distributors = [node.words() for node in nitf.find_all("body/body.head/distributor")]
    item.agencies += [
        *distributors,
        _attribute(data, "doc-id", "regsrc"),
        *(source.get("src-name") for source in reversed(data.find_all("del-list/from-src"))),
        metas.get("aap-source", ""),
        _attribute(data, "doc.copyright", "holder"),
        _attribute(data, "doc.rights", "agent"),
        _attribute(data, "doc.rights", "owner"),
    ]


def _fill_body_head(item: Item, nitf: Node) -> None:
    head = nitf.find("body/body.head", "body.head") or Node("body.head")
    known = item.pieces.get(Type.HEADLINE)
    lines = [line.traced() for line in head.find_all("hedline/hl1") or head.find_all("hedline")]
    if not any(lines) and (title := nitf.find("head/title")) is not None and not known:
        lines = [title.traced()]
    item.add(Type.HEADLINE if not known else Type.SUBHEADLINE, *lines[:1])
    item.add(Type.SUBHEADLINE, *lines[1:], *(line.traced() for line in head.find_all("hedline/hl2")))
    for abstract in head.find_all("abstract"):
        item.add(Type.SUBHEADLINE, *(block.text for block in read_content(abstract)))
    for note in head.find_all("note"):
        item.add(Type.EDITORS_NOTE, note.traced())
    _fill_bylines(item, head)
    _fill_dateline(item, nitf, head)


def _fill_bylines(item: Item, head: Node) -> None:
    """The line as shown; the names without the title (`byttl`)."""
    known = bool(item.bylines)
    for byline in head.find_all("byline"):
        item.add(Type.BYLINE, join_lines((block.text for block in read_blocks(byline)), ", "))
        names = [
            text
            for child in byline.children
            if isinstance(child, Text) or child.tag != "byttl"
            for text in _pieces(child)
        ]
        if not known:
            item.by(collapse(names).text)


def _fill_dateline(item: Item, nitf: Node, head: Node) -> None:
    dateline, place = head.find("dateline"), nitf.find("head/docdata/evloc")
    if dateline is None:
        item.set(dateline_place=place.get("city") if place is not None else "")
        return
    city = dateline.find("location/city", "city", "location")
    line = collapse(text for child in dateline.children for text in _pieces(child))
    if city is not None and city.words():
        item.sent_from(line, city.traced())
    elif line or dateline.get("location"):
        item.sent_from(line or None, dateline.trace_attribute("location"))
    else:
        item.set(dateline_place=place.get("city") if place is not None else "")


def _pieces(child: Node | Text) -> list[Text]:
    if isinstance(child, Text):
        return [child]
    return [] if child.tag == "story.date" else list(child.texts())


def _attribute(node: Node, path: str, name: str) -> str:
    found = node.find(path)
    return found.get(name) if found is not None else ""


def _words(node: Node, path: str) -> str:
    found = node.find(path)
    return found.words() if found is not None else ""
