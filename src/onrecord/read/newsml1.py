"""NewsML 1.x: AFP, Belga, ANP, EFE, Keystone-ATS, TASS, Kyodo, ANA-MPA, Business Wire, PA and others.

Source: IPTC NewsML 1.2 Functional Specification. Components nest freely, so a story is found by what its parts are:
the components below the same `NewsLines` belong together, and their roles (title, lead, body, caption) say what each
is. DataContent holds NITF, XHTML, escaped HTML or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.config import Limits
from onrecord.read.draft import Block, Draft
from onrecord.read.items import Item, fold, read_items
from onrecord.read.nitf import fill_item as fill_nitf
from onrecord.read.tree import Node
from onrecord.read.xhtml import read_content
from onrecord.read.xml_tree import find_root
from onrecord.story import FurnitureType as Type

NAME = "newsml-1.2"
_CUT = frozenset({"NewsItem"})
_MEDIA = re.compile(
    r"photo|picture|image|graphi|video|audio|sound|clip|anima|thumb|quicklook|preview|icon|logo|caption|legend|component|binary",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:title|head-?line|titre)$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:lead|intro|chapo)$", re.IGNORECASE)
_ABSTRACT = re.compile(r"^(?:abstract|summary|sub-?(?:title|headline)|teaser)$", re.IGNORECASE)
_NOTICE = re.compile(r"advis|note|product|editor", re.IGNORECASE)
_ALERT = re.compile(r"alert|flash|tip|snap", re.IGNORECASE)


def matches(head: bytes) -> bool:
    """True when the root is `NewsML`, or a `NewsItem` sent by itself."""
    return find_root(head) in ("NewsML", "NewsItem")


def read(raw: bytes, limits: Limits) -> Iterator[Draft]:
    """The text stories of a NewsML file, in order.

    Raises:
        BrokenInput: not well-formed, with line and column.
        LimitExceeded: too deep or too large.
    """
    for node, item in read_items(raw, limits, NAME, _CUT):
        for parts in _find_stories(node):
            story = Item(NAME, item.raw, item.charset, item.offset)
            _fill_item(story, node, parts)
            if draft := story.draft():
                yield draft


def _find_stories(node: Node) -> list[list[Node]]:
    """The leaves with text, those of one story together."""
    stories: dict[int, list[Node]] = {}
    owners: dict[int, Node] = {}
    for leaf in _find_leaves(node):
        owner = _owner(leaf, node)
        owners[id(owner)] = owner
        stories.setdefault(id(owner), []).append(leaf)
    return list(stories.values())


def _find_leaves(node: Node) -> Iterator[Node]:
    """The components that hold text, and none that belong to a picture or video."""
    for child in node.nodes():
        if child.tag not in ("NewsComponent", "NewsItem") or _is_media(child):
            continue
        if any(_is_text(content) for content in child.find_all("ContentItem")):
            yield child
        yield from _find_leaves(child)


def _role(component: Node) -> str:
    role = component.find("Role")
    return role.get("FormalName") if role is not None else ""


def _is_media(component: Node) -> bool:
    return bool(_MEDIA.search(_role(component)))


def _is_text(content: Node) -> bool:
    kinds = [kind.get("FormalName") for tag in ("MediaType", "MimeType", "Format") for kind in content.find_all(tag)]
    if (
        any(_MEDIA.search(kind) or kind.lower() in ("jpeg", "gif", "png", "mp4") for kind in kinds)
        or content.find("DataContent") is None
    ):
        return False
    encoding = content.find("Encoding")
    return encoding is None or "base64" not in encoding.get("Notation").lower()


def _owner(leaf: Node, item: Node) -> Node:
    """The component whose lines head this leaf."""
    for node in _upwards(leaf, item):
        if node.find("NewsLines") is not None:
            return node
    return item


def _upwards(node: Node | None, last: Node) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.parent if node is not last else None


def _fill_item(item: Item, node: Node, leaves: list[Node]) -> None:
    chain = list(_upwards(leaves[0], node))
    _fill_lines(item, chain)
    _fill_body(item, leaves)
    _fill_fields(item, node, chain)
    _fill_notes(item, node, chain)
    if not item.body and any(_ALERT.search(_role(component)) for component in chain):
        item.body += [Block(text) for text in item.pieces.pop(Type.HEADLINE, [])[:1]]


def _nearest(chain: list[Node], path: str) -> list[Node]:
    """The elements at `path` of the innermost component that has them; TASS writes `DescriptiveMetada`."""
    other = path.replace("DescriptiveMetadata", "DescriptiveMetada")
    return next((found for component in chain if (found := component.find_all(path) or component.find_all(other))), [])


def _fill_lines(item: Item, chain: list[Node]) -> None:
    def lines(tag: str) -> list[Node]:
        return [line for line in _nearest(chain, f"NewsLines/{tag}") if line.words()]

    item.add(Type.HEADLINE, *(line.traced() for line in lines("HeadLine")[:1]))
    item.add(Type.SUBHEADLINE, *(line.traced() for line in lines("SubHeadLine")))
    item.add(Type.BYLINE, *(line.traced() for line in lines("ByLine")))
    shown, place = lines("DateLine"), _find_place(chain)
    item.sent_from(shown[0].traced() if shown else None, place.trace_attribute("Value") if place is not None else None)
    item.add(Type.COPYRIGHT, *(line.traced() for line in lines("CopyrightLine") + lines("RightsLine")))
    item.keywords += [line.words() for line in lines("KeywordLine")]
    item.set(slug=next((line.words() for line in lines("SlugLine")), ""))
    item.agencies += [line.words() for line in lines("CreditLine")]
    for line in lines("NewsLine"):
        kind = line.find("NewsLineType")
        notice = kind is not None and _NOTICE.search(kind.get("FormalName"))
        item.add(
            Type.EDITORS_NOTE if notice else Type.SUBHEADLINE,
            *(text.traced() for text in line.find_all("NewsLineText")),
        )


def _fill_body(item: Item, leaves: list[Node]) -> None:
    """Titles, leads and bodies in the order of a story; of equivalent contents the first counts."""
    bodies: list[list[Block]] = []
    leads: list[Block] = []
    for leaf in leaves:
        role = _role(leaf)
        blocks = _read_contents(item, leaf)
        if _TITLE.match(role):
            kind = Type.SUBHEADLINE if item.pieces.get(Type.HEADLINE) else Type.HEADLINE
            item.add(kind, *(block.text for block in blocks[:1] if not _is_known(item, block)))
        elif _ABSTRACT.match(role):
            item.add(Type.SUBHEADLINE, *(block.text for block in blocks))
        elif _LEAD.match(role):
            leads += blocks
        elif not bodies or not _same(bodies[0], blocks):
            bodies.append(blocks)
    body = [block for blocks in bodies for block in blocks]
    item.body += leads if leads and body and not _same(leads, body) else [] if body else leads
    item.body += body


def _is_known(item: Item, block: Block) -> bool:
    return fold(block.text.text) in {fold(text.text) for text in item.pieces.get(Type.HEADLINE, [])}


def _same(one: list[Block], other: list[Block]) -> bool:
    """True when both begin with the same paragraph."""
    return bool(one and other) and fold(one[0].text.text)[:60] == fold(other[0].text.text)[:60]


def _read_contents(item: Item, leaf: Node) -> list[Block]:
    for content in leaf.find_all("ContentItem"):
        data = content.find("DataContent")
        if data is None or not _is_text(content):
            continue
        nitf = data.find("nitf")
        if nitf is not None:
            before = len(item.body)
            fill_nitf(item, nitf)
            blocks, item.body = item.body[before:], item.body[:before]
        else:
            blocks = read_content(data.find("html/body", "body/body.content", "body") or data)
        if blocks:
            return blocks
    return []


def _fill_fields(item: Item, node: Node, chain: list[Node]) -> None:
    identifier = node.find("Identification/NewsIdentifier") or Node("NewsIdentifier")
    management = node.find("NewsManagement") or Node("NewsManagement")
    envelope = next(
        (top.find("NewsEnvelope") for top in _upwards(node, Node("")) if top.find("NewsEnvelope") is not None), None
    ) or Node("NewsEnvelope")
    properties = _properties(chain)
    languages = [language.get("FormalName") for language in _nearest(chain, "DescriptiveMetadata/Language")]
    item.set(
        guid=_words(identifier, "PublicIdentifier") or _words(identifier, "NewsItemId"),
        language=next((name for component in chain if (name := component.get("xml:lang"))), "")
        or "".join(languages[:1])
        or node.get("xml:lang"),
        slug=properties.get("topic", "") or _words(node, "Identification/NameLabel"),
    )
    item.keywords += _find_keywords(chain)
    item.date(
        _words(management, "ThisRevisionCreated"),
        _words(management, "FirstCreated"),
        _words(identifier, "DateId"),
        _words(envelope, "DateAndTime"),
    )
    revision = _words(identifier, "RevisionId")
    if revision.isdigit() and int(revision) > 1:
        item.versions.append(f"version {revision}")
    parties = [
        name
        for path in ("Provider", "Source")
        for party in _nearest(chain, f"AdministrativeMetadata/{path}/Party")
        if (name := party.get("FormalName"))
    ]
    sender = envelope.find("SentFrom/Party")
    item.agencies += [
        *parties,
        _words(identifier, "ProviderId"),
        sender.get("FormalName") if sender is not None else "",
    ]


def _properties(chain: list[Node]) -> dict[str, str]:
    """Properties of the components, innermost first, by their name in lower case."""
    found: dict[str, str] = {}
    for component in chain:
        for path in ("AdministrativeMetadata/Property", "DescriptiveMetadata/Property"):
            for node in component.find_all(path):
                found.setdefault(node.get("FormalName").lower(), node.get("Value"))
    return found


def _find_keywords(chain: list[Node]) -> list[str]:
    words = [
        node.get("Value")
        for node in _nearest(chain, "DescriptiveMetadata/Property")
        if node.get("FormalName").lower() == "keyword"
    ]
    return words + [node.words() for node in _nearest(chain, "item_keywords/item_keyword")]


def _find_place(chain: list[Node]) -> Node | None:
    """The property with the town that the story was sent from; where an event took place is another thing."""
    places = [
        place
        for place in _nearest(chain, "DescriptiveMetadata/Location")
        if place.get("HowPresent").lower() in ("", "origin")
    ]
    nodes = [node for place in places for node in place.find_all("Property")] + _nearest(
        chain, "DescriptiveMetadata/Property"
    )
    return next((node for node in nodes if node.get("FormalName").lower() == "city" and node.get("Value")), None)


def _fill_notes(item: Item, node: Node, chain: list[Node]) -> None:
    status = node.find("NewsManagement/Status")
    name = status.get("FormalName") if status is not None else ""
    if name.lower() == "embargoed" and status is not None:
        item.add(Type.EMBARGO, status.trace_attribute("FormalName"))
    elif name.lower() not in ("", "usable"):
        item.versions.append(name)
    for comment in [
        comment
        for part in (node, *chain)
        for path in ("Comment", "ContentItem/Comment")
        for comment in part.find_all(path)
    ]:
        words = comment.words().lower()
        if "embargo" in words:
            item.add(Type.EMBARGO, comment.traced())
        elif _NOTICE.search(comment.get("FormalName")):
            item.add(Type.EDITORS_NOTE, comment.traced())
    for component in chain:
        for node_ in component.find_all("AdministrativeMetadata/Property"):
            if node_.get("FormalName").lower() == "editorialinfo":
                item.add(Type.EDITORS_NOTE, node_.trace_attribute("Value"))
        item.add(
            Type.COPYRIGHT, *(usage.traced() for usage in component.find_all("RightsMetadata/UsageRights/UsageType"))
        )


def _words(node: Node, path: str) -> str:
    found = node.find(path)
    return found.words() if found is not None else ""
