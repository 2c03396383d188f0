"""NewsML-G2: news messages and single items of Reuters, dpa, ANSA, STT, TT and others.

Source: IPTC NewsML-G2 Implementation Guide. A text item carries its text in `contentSet`, as XHTML, NITF, the
agency's own vocabulary or plain text. Pictures, videos, graphics, packages and planning items have no story. Agencies
resend old items, so the date of the content counts before that of the item's version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.read.draft import Draft
from onrecord.read.initials import find_initials
from onrecord.read.items import Item, read_items, short_agency
from onrecord.read.nitf import fill_item as fill_nitf
from onrecord.read.traced import Traced, join_lines
from onrecord.read.tree import Node
from onrecord.read.xhtml import read_blocks, read_content
from onrecord.read.xml_tree import find_root
from onrecord.story import FurnitureType as Type

NAME = "newsml-g2"
_ITEMS = frozenset({"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
_ROOTS = _ITEMS | {"newsMessage"}
_MEDIA = (
    "picture",
    "photo",
    "image",
    "graphic",
    "video",
    "audio",
    "animat",
    "composite",
    "package",
    "component",
    "still",
)
_SUB = re.compile(r"sub|deck|secondary|bullet|summary|kicker|strap", re.IGNORECASE)
_SIDE = re.compile(r"short|alt|web|mobile|push|seo|social|original|slug", re.IGNORECASE)
_SIGN_OFF = re.compile(r"closing|sign-?off", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}$")
_PLACE = re.compile(r"[^\W\d_]{2}")


def matches(head: bytes) -> bool:
    """True when the root is a news message or one of the item types."""
    return find_root(head) in _ROOTS


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The text stories of a message, in order.

    Raises:
        BrokenInput: not well-formed, with line and column.
        LimitExceeded: too deep or too large.
    """
    for node, item in read_items(raw, limits, NAME, _ITEMS):
        if node.tag != "newsItem" or _is_media(node):
            continue
        fill_item(item, node)
        if draft := item.draft():
            yield draft


def _is_media(node: Node) -> bool:
    """True for items whose class is a picture, a video, a package: their captions are no stories."""
    kind = node.find("itemMeta/itemClass")
    name = (kind.get("qcode") or kind.get("uri") or kind.get("literal")).lower() if kind is not None else ""
    return any(word in re.split(r"[:/]", name)[-1] for word in _MEDIA)


def fill_item(item: Item, node: Node) -> None:
    """Take over what a `newsItem` says."""
    meta = node.find("itemMeta") or Node("itemMeta")
    content = node.find("contentMeta") or Node("contentMeta")
    _fill_lines(item, meta, content)
    _fill_body(item, node)
    if not item.pieces.get(Type.HEADLINE):
        titles = node.find_all("contentSet/inlineXML/html/head/title") + meta.find_all("title")
        item.add(Type.HEADLINE, *(title.traced() for title in titles[:1]))
    _fill_fields(item, node, meta, content)
    _fill_notes(item, node, meta)
    _name_agencies(item, node, meta, content)


def _fill_lines(item: Item, meta: Node, content: Node) -> None:
    headlines = [line for line in content.find_all("headline") if line.words()]
    main = [
        line for line in headlines if not _SUB.search(line.get("role")) and not _SIDE.search(line.get("role"))
    ] or headlines
    item.add(Type.HEADLINE, *(line.traced() for line in main[:1]))
    item.add(
        Type.SUBHEADLINE,
        *(line.traced() for line in headlines if _SUB.search(line.get("role")) and line is not main[0]),
    )
    for description in content.find_all("description"):
        if re.search(r"summary|lead|intro", description.get("role"), re.IGNORECASE):
            item.add(Type.SUBHEADLINE, *(block.text for block in read_content(description)))
    for line in content.find_all("by"):
        item.add(Type.BYLINE, join_lines((block.text for block in read_blocks(line)), ", "))
    lines = [
        line.traced()
        for line in content.find_all("dateline")
        if _PLACE.search(line.words()) and not line.words()[:4].isdigit()
    ]
    if lines:
        item.sent_from(lines[0], None)


def _fill_body(item: Item, node: Node) -> None:
    """The first content that has text; what follows are other renditions of it."""
    for content in node.find_all("contentSet/inlineXML") + node.find_all("contentSet/inlineData"):
        if item.body:
            return
        nitf = content.find("nitf")
        if nitf is not None:
            fill_nitf(item, nitf)
        else:
            item.body += read_content(content.find("html/body", "body", "BODY") or content)


def _fill_fields(item: Item, node: Node, meta: Node, content: Node) -> None:
    language = content.find("language")
    item.set(
        guid=node.get("guid"),
        language=(language.get("tag") if language is not None else "") or node.get("xml:lang"),
        slug=next((line.words() for line in content.find_all("slugline") if line.words()), ""),
        dateline_place=_find_place(meta, content),
        url=next((link.get("href") for link in meta.find_all("link") if "permalink" in link.get("rel").lower()), ""),
    )
    if not item.pieces.get(Type.BYLINE) and not item.bylines:
        item.by(*map(_person, content.find_all("creator") + content.find_all("contributor")))
    item.keywords += [word.words() for word in content.find_all("keyword")]
    item.date(*(found.words() for path in ("contentModified", "contentCreated") for found in content.find_all(path)))
    item.date(*(found.words() for path in ("versionCreated", "firstCreated") for found in meta.find_all(path)))
    version = node.get("version")
    if version.isdigit() and int(version) > 1:
        item.versions.append(f"version {version}")


def _find_place(meta: Node, content: Node) -> str:
    """Where the story was sent from. Reuters names the place of the editing desk there, so that does not count."""
    provider, located = meta.find("provider"), content.find("located")
    if located is None or (provider is not None and provider.get("literal") == "reuters.com"):
        return ""
    return _name(located)


def _person(creator: Node) -> str:
    """The name of a creator that is a person, not an organisation or a user's id."""
    if "organi" in creator.get("type").lower():
        return ""
    name = _name(creator)
    return (
        name
        if _PERSON.match(name) and not short_agency(name) and all(word[0].isupper() for word in name.split()[-1:])
        else ""
    )


def _name(node: Node) -> str:
    name = node.find("name")
    return name.words() if name is not None and name.words() else node.get("literal")


def _fill_notes(item: Item, node: Node, meta: Node) -> None:
    for note in meta.find_all("edNote"):
        for block in read_content(note):
            closing = block.type is Type.SIGN_OFF or _SIGN_OFF.search(note.get("role"))
            item.add(
                Type.SIGN_OFF if closing else Type.EDITORS_NOTE, _cut_initials(block.text) if closing else block.text
            )
    item.add(Type.EMBARGO, *(embargo.traced() for embargo in meta.find_all("embargoed")))
    rights = node.find("rightsInfo") or Node("rightsInfo")
    item.add(
        Type.COPYRIGHT, *(line.traced() for line in rights.find_all("copyrightNotice") + rights.find_all("usageTerms"))
    )
    status = meta.find("pubStatus")
    status_name = status.get("qcode").rsplit(":", 1)[-1] if status is not None else ""
    if status_name not in ("", "usable"):
        item.versions.append(status_name)
    item.versions += [
        name
        for signal in meta.find_all("signal")
        if (name := signal.get("qcode").rsplit(":", 1)[-1]) in ("correction", "update", "atnbl")
    ]


def _cut_initials(line: Traced) -> Traced:
    """The desk's initials of a closing line (`dpa ab cd`), without the agency's name before them."""
    initials = find_initials(line.text)
    return line.cut(line.text.rindex(initials)) if initials else line


def _name_agencies(item: Item, node: Node, meta: Node, content: Node) -> None:
    holders = node.find_all("rightsInfo/copyrightHolder")
    sources = [source for source in content.find_all("infoSource") if "origProv" not in source.get("role")]
    parties = [*meta.find_all("provider"), *sources, *content.find_all("creator"), *holders]
    item.agencies += [line.words() for line in content.find_all("creditline")]
    item.agencies += [
        form for party in parties for form in (party.get("literal"), party.get("qcode"), _name(party)) if form
    ]
