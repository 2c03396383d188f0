"""RSS 0.9x, 1.0 and 2.0, Atom, and WordPress exports: each item or entry with text is a story.

The whole text stands in `content:encoded` or in Atom's `content`; `description` and `summary` then are the lead above
it, and the text where nothing else is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.read.draft import Block, Draft
from onrecord.read.items import Item, read_items, short_agency
from onrecord.read.traced import Traced
from onrecord.read.tree import Node
from onrecord.read.xhtml import read_content
from onrecord.read.xml_tree import find_root
from onrecord.story import FurnitureType as Type

NAME = "feed"
_CUT = frozenset({"item", "entry"})
_ROOTS = ("rss", "RDF", "feed", "channel", "entry")
_STAMPS = ("pubDate", "published", "date", "issued", "created", "updated", "modified", "post_date_gmt")
_NO_STORY = ("attachment", "nav_menu_item", "custom_css", "wp_navigation", "wp_global_styles")


def matches(head: bytes) -> bool:
    """True when the root is that of a feed."""
    return find_root(head) in _ROOTS


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The items of a feed that hold text.

    Raises:
        BrokenInput: not well-formed, with line and column.
        LimitExceeded: too deep or too large.
    """
    for node, item in read_items(raw, limits, NAME, _CUT):
        if _child_words(node, "post_type") in _NO_STORY:
            continue
        fill_item(item, node)
        if draft := item.draft():
            yield draft


def fill_item(item: Item, node: Node) -> None:
    """Take over what one item or entry says."""
    titles = [*_plain(node, "title"), *(title for title in node.find_all("ContentMetadata/title"))]
    item.add(Type.HEADLINE, *(_read_line(title) for title in titles[:1]))
    bodies = [read_content(child) for child in node.nodes() if _is_body(child)]
    leads = [
        read_content(child)
        for child in node.nodes()
        if child.tag in ("description", "summary") and child.prefix in ("", "atom")
    ]
    body = max([blocks for blocks in bodies if blocks], key=_weigh, default=[])
    for blocks in leads:
        if not body or _weigh(blocks) > 2 * _weigh(body):
            body = blocks
        elif blocks is not body:
            item.add(Type.SUBHEADLINE, *(block.text for block in blocks[:1]))
    item.body += body
    _fill_fields(item, node)


def _is_body(node: Node) -> bool:
    """`content:encoded`, Atom's `content`; not `media:content`."""
    if node.tag == "encoded":
        return node.prefix == "content"
    return (
        node.tag in ("content", "fulltext", "full-text", "body")
        and node.prefix in ("", "atom", "xhtml")
        and bool(node.children)
    )


def _weigh(blocks: list[Block]) -> int:
    return sum(len(block.text.text) for block in blocks)


def _read_line(node: Node) -> Traced:
    blocks = read_content(node)
    return blocks[0].text if blocks else node.traced()


def _plain(node: Node, tag: str) -> list[Node]:
    return [
        child
        for child in node.nodes()
        if child.tag == tag and child.prefix in ("", "atom", "rss", "rdf") and child.words()
    ]


def _fill_fields(item: Item, node: Node) -> None:
    channel = node.parent or Node("")
    outer = channel.find("channel") or channel
    site, publisher = _child_words(outer, "title"), _child_words(node, "source", "publisher", "credit")
    languages = (
        node.get("xml:lang"),
        _child_words(node, "language"),
        _child_words(outer, "language"),
        outer.get("xml:lang"),
    )
    item.set(
        guid=_child_words(node, "guid", "id", "original_article_id"),
        url=_find_link(node),
        language=next(filter(None, languages), ""),
        outlet=publisher or site,
    )
    item.by(*(_name(found) for found in node.nodes() if found.tag in ("creator", "author", "byline")))
    subjects = [child for child in node.nodes() if child.tag in ("category", "subject", "keywords")]
    item.keywords += [child.get("term") or child.get("label") or child.words() for child in subjects]
    item.agencies += [name for name in (publisher, site) if short_agency(name)]
    item.date(*(_child_words(node, stamp) for stamp in _STAMPS))
    item.date(*(found.words() for found in node.find_all("NewsManagement/published")))


def _name(person: Node) -> str:
    """The name of an author; RSS writes it behind an address: `desk@example.org (Jane Roe)`."""
    inner = person.find("name")
    words = (inner if inner is not None else person).words()
    return words.split(" (", 1)[-1].rstrip(")") if "@" in words else words


def _child_words(node: Node, *tags: str) -> str:
    for tag in tags:
        for child in node.nodes():
            if child.tag == tag and child.prefix not in ("media", "itunes") and (words := child.words()):
                return words
    return ""


def _find_link(node: Node) -> str:
    links = [child for child in node.nodes() if child.tag == "link"]
    for link in links:
        if link.get("href") and link.get("rel") in ("", "alternate"):
            return link.get("href")
    plain = next((link.words() for link in links if link.words()), "")
    if plain:
        return plain
    guid = next((child for child in node.nodes() if child.tag in ("guid", "id")), None)
    words = guid.words() if guid is not None and guid.get("isPermaLink").lower() != "false" else ""
    return words if words.startswith("http") else ""
