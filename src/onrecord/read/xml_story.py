"""XML of an agency's own making: one story, its parts under names that say what they are.

Ritzau (`RBNews`), press release services and content systems send such files. A document is taken for a story when it
names a body and a headline or date; any other XML ends here in a clear error, so that its tags are never read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.errors import UnknownFormat
from onrecord.read.draft import Draft
from onrecord.read.items import Item, read_items, short_agency
from onrecord.read.tree import Node
from onrecord.read.xhtml import read_content
from onrecord.read.xml_tree import find_root, read_tree
from onrecord.story import FurnitureType as Type

NAME = "xml-story"
_NAMES: dict[str, tuple[str, ...]] = {
    "headline": (
        "headline", "hedline", "title", "heading", "rubrik", "titel", "otsikko", "tittel", "overskrift", "titre",
        "titolo", "titulo",
    ),
    "subheadline": (
        "subtitle", "subheadline", "subheading", "leadtext", "summary", "abstract", "underrubrik", "ingress",
        "standfirst", "sommario",
    ),
    "body": (
        "content", "body", "bodytext", "body_html", "bodyhtml", "text", "brodtext", "story", "storytext",
        "articlebody", "article_body", "maintext", "fulltext", "htmlbody", "tekst", "texto", "testo", "texte",
        "inhalt", "contenido", "contenu", "corpo", "leipateksti",
    ),
    "byline": ("byline", "author", "authors", "by", "writer", "journalist", "autor", "auteur", "forfatter"),
    "date": (
        "publishdate", "publicationdate", "publisheddate", "datepublished", "published", "pubdate",
        "versioncreated", "datetime", "date", "timestamp", "created", "datecreated", "firstcreated", "issued",
        "sent", "dato", "datum", "fecha",
    ),
    "guid": ("newsid", "guid", "id", "articleid", "storyid", "documentid", "uuid"),
    "slug": ("slugline", "slug", "slugword", "catchline", "stikord", "stikkord"),
    "url": ("url", "link", "longurl", "permalink", "canonicalurl", "href"),
    "agency": (
        "agency", "source", "provider", "origin", "creditline", "credit", "publisher", "bureau", "copyright",
    ),
    "place": ("dateline", "city", "location", "place", "located", "ort", "sted"),
    "note": (
        "tilredaktionen", "editorsnote", "ednote", "editornote", "note", "notetoeditors", "tilredaksjonen",
    ),
    "keywords": ("strapline", "keyword", "keywords", "tag", "tags"),
    "language": ("language", "lang", "sprak", "locale"),
    "version": ("version", "revision"),
}  # fmt: skip
_HTML = frozenset({
    "html", "head", "body", "div", "p", "main", "article", "section", "span", "table", "title", "meta", "center",
    "h1", "form",
})  # fmt: skip
_FIELD = {name: field for field, names in _NAMES.items() for name in names}
_DECLARED = re.compile(rb"[\s\x00\xef\xbb\xbf\xff\xfe]*<\x00?\?\x00?x\x00?m\x00?l")
_TOKEN = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def matches(head: bytes) -> bool:
    """True for XML that declares itself, and for any whose elements name a body and a headline or a date."""
    root = find_root(head)
    if not root or root.lower() in _HTML:
        return False
    if _DECLARED.match(head):
        return True
    names = {name.decode("ascii").lower() for name in _TOKEN.findall(head.replace(b"\x00", b""))}
    fields = {_FIELD.get(name) for name in names}
    return "body" in fields and bool(fields & {"headline", "date"}) and "html" not in names


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The stories of a file.

    Raises:
        BrokenInput: not well-formed, with line and column.
        LimitExceeded: too deep or too large.
        UnknownFormat: no element holds a body.
    """
    root = read_tree(raw, limits)
    if not _holds_body(root):
        what = f"XML of an unknown kind: nothing in <{root.tag}> is named as the text of a story"
        raise UnknownFormat(what, hint="`onrecord formats` lists what can be read")
    for node, item in read_items(raw, limits, NAME, frozenset({find_story_tag(root)})):
        fill_item(item, node)
        if draft := item.draft():
            yield draft


def find_story_tag(root: Node) -> str:
    """The element that holds one story: the root, or what a list repeats."""
    node = root
    for _ in range(4):
        children = list(node.nodes())
        tags = [child.tag for child in children]
        listed = max(tags, key=tags.count, default="")
        if any(_FIELD.get(tag.lower()) == "body" for tag in tags) and tags.count(listed) < 3:
            break
        inner = next((child for child in children if child.tag == listed), None)
        if inner is None or not any(_holds_body(child) for child in children):
            break
        node = inner if tags.count(listed) > 1 else next(child for child in children if _holds_body(child))
    return node.tag


def _holds_body(node: Node) -> bool:
    return any(_FIELD.get(child.tag.lower()) == "body" for child in node.walk() if child is not node)


def fill_item(item: Item, node: Node) -> None:
    """Take over what the elements of one story say."""
    fields = _collect(node)
    item.add(Type.HEADLINE, *(found.traced() for found in fields.get("headline", [])[:1]))
    item.add(
        Type.SUBHEADLINE, *(block.text for found in fields.get("subheadline", [])[:1] for block in read_content(found))
    )
    item.add(Type.BYLINE, *(found.traced() for found in fields.get("byline", [])[:1]))
    item.add(Type.EDITORS_NOTE, *(block.text for found in fields.get("note", []) for block in read_content(found)))
    item.body += read_content(max(fields["body"], key=lambda found: len(found.words()))) if fields.get("body") else []
    item.keywords += [word for found in fields.get("keywords", []) for word in re.split(r"[/,;]", found.words())]
    item.set(
        guid=_first(fields, "guid") or node.get("id"),
        slug=_first(fields, "slug"),
        url=_first(fields, "url"),
        language=_first(fields, "language") or node.get("xml:lang"),
        dateline_place=_first(fields, "place"),
    )
    senders = [found.words() for found in fields.get("agency", [])]
    item.agencies += [name for name in (*senders, node.tag.removesuffix("News")) if short_agency(name)]
    item.set(outlet=senders[0] if senders else "")
    item.date(*(found.words() for found in fields.get("date", [])))
    version = _first(fields, "version")
    if version.isdigit() and int(version) > 1:
        item.versions.append(f"version {version}")


def _collect(node: Node) -> dict[str, list[Node]]:
    """The elements by the field that they name, in the order of the names, outermost first."""
    found: dict[str, list[Node]] = {}
    level = list(node.nodes())
    while level:
        for child in level:
            field = _FIELD.get(child.tag.lower())
            if field:
                found.setdefault(field, []).append(child)
        level = [
            inner
            for child in level
            if child.tag.lower() not in _FIELD and child.tag.lower() not in ("image", "images", "contact", "contacts")
            for inner in child.nodes()
        ]
    for field, nodes in found.items():
        nodes.sort(key=lambda child: _NAMES[field].index(child.tag.lower()))
    return {field: [child for child in nodes if child.words()] for field, nodes in found.items()}


def _first(fields: dict[str, list[Node]], name: str) -> str:
    return fields[name][0].words() if fields.get(name) else ""
