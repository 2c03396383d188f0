"""HTML pages: title, author, date and address from the page's own data, the text from the page itself, menus and boxes left out.

    page -> tree (html_tree) -> fields (page_meta), passages -> the text among them (main_text) -> draft

Every kept paragraph leads to its bytes. What is left out stays in `Story.raw`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from onrecord.config import Limits
from onrecord.errors import EmptyInput, LimitExceeded
from onrecord.read.dates import read_stamp
from onrecord.read.draft import Block, Draft
from onrecord.read.html_tree import read_html
from onrecord.read.items import Item, fold, short_agency
from onrecord.read.main_text import choose_text, squeeze
from onrecord.read.markup import Page
from onrecord.read.page_meta import PageMeta, read_meta, strip_site
from onrecord.read.passages import Passage, find_passages
from onrecord.read.tree import Node
from onrecord.read.xhtml import read_blocks
from onrecord.story import FurnitureType as Type

NAME = "html"
_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h1|center|table)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)")
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|sub-?(?:title|head(?:line)?|heading)|deck|dek|intro(?:duction)?|summary|excerpt|teaser|lead-?(?:text|in)|lede|kicker|chapo|entradilla|"
    r"ingress|einleitung|sommario|occhiello|tagline|strapline|blurb)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:by-?line|author(?:s|-?name)?|contributor(?:s|-?name)?|reporter|writer)(?:$|[\s_-])", re.IGNORECASE)


def matches(head: bytes) -> bool:
    """True when one of the elements that pages begin with stands near the start."""
    head = head.replace(b"\x00", b"")[:4096]
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:1] == b"<" and bool(_START.search(head))


def read(raw: bytes, limits: Limits, *, charset: str = "") -> Iterator[Draft]:
    """The story of a page.

    Args:
        raw: the page.
        limits: what is accepted.
        charset: the character set that came with it, outside the page.

    Raises:
        EmptyInput: no text can be found in it.
        LimitExceeded: larger than `limits.story_bytes`.
    """
    if len(raw) > limits.story_bytes:
        what = f"the page has {len(raw):,} bytes, more than the {limits.story_bytes:,} allowed for one story"
        raise LimitExceeded(what, hint="raise ONRECORD_LIMITS_STORY_BYTES")
    page = Page(raw, charset or declared_charset(raw))
    root = read_html(page, limits.depth)
    meta = read_meta(root)
    item = Item(NAME, raw, page.charset)
    passages = find_passages(root)
    text = choose_text(passages, root, page.text, meta.body)
    _fill_headline(item, passages, text, meta)
    _fill_body(item, text, root)
    _fill_lines(item, passages, text, meta)
    _fill_fields(item, passages, meta)
    draft = item.draft()
    if draft is None:
        raise EmptyInput("there is no text in this page", hint="it may be a list of links, or be filled in by a script")
    yield draft


def declared_charset(raw: bytes) -> str:
    """The character set that a page names for itself, empty when it does not."""
    head = raw[:4096]
    match = _DECLARED.search(head) or _XML_DECLARED.search(head)
    return match.group(1).decode("ascii") if match else ""


def _fill_headline(item: Item, passages: list[Passage], text: list[Passage], meta: PageMeta) -> None:
    """The headline as displayed: the heading that is most like the titles that the page states; else the best stated title."""
    titles = [strip_site(title, meta.site) for title in meta.titles if title]
    limit = text[0].place if text else len(passages)
    headings = [passage for passage in passages if passage.node.tag in ("h1", "h2") or passage.kind is Type.HEADLINE]
    headings = headings or [passage for passage in passages[: limit + 1] if 3 <= len(passage.words.split()) <= 30]
    scored = [(_likeness(passage, titles, limit), -at, passage) for at, passage in enumerate(headings)]
    best = max(scored, key=lambda one: one[:2], default=None)
    if best and best[0] > 0.45:
        item.add(Type.HEADLINE, best[2].traced())
    elif titles:
        item.set(headline=titles[0])
    elif best and best[2].node.tag == "h1":
        item.add(Type.HEADLINE, best[2].traced())


def _likeness(passage: Passage, titles: list[str], limit: int) -> float:
    """How much a heading is like a stated title, in [0, 1.3]; `h1` before the text counts more."""
    words = set(fold(passage.words).split())
    if not words:
        return 0.0
    like = max((len(words & other) / len(words | other) for title in titles if (other := set(fold(title).split()))), default=0.4 if passage.node.tag == "h1" else 0.0)
    return like + (0.2 if passage.node.tag == "h1" else 0.0) + (0.1 if passage.place <= limit else 0.0)


def _fill_body(item: Item, text: list[Passage], root: Node) -> None:
    headline = {fold(line.text) for line in item.pieces.get(Type.HEADLINE, [])} | {fold(item.fields.get("headline", ""))}
    for passage in text:
        if fold(passage.words) in headline:
            continue
        kind = passage.kind if passage.kind in (Type.SUBHEADLINE, Type.EDITORS_NOTE, Type.SIGN_OFF) else None
        if kind is Type.SUBHEADLINE and (len(passage.words.split()) > 25 or passage.node.tag == "p"):
            kind = None
        if passage.kind is Type.HEADLINE:
            kind = Type.SUBHEADLINE
        if not item.body and len(text) > 2 and _is_standfirst(passage):
            kind = Type.SUBHEADLINE
        item.body.append(Block(passage.traced(), kind))
    if not any(block.type is None for block in item.body):
        body = root.seek("body") or root
        item.body = [block for block in read_blocks(body) if len(block.text.text) > 1]


def _is_standfirst(passage: Passage) -> bool:
    """True for the line under a headline, as its element or class says."""
    if passage.node.tag in ("h2", "h3", "h4"):
        return True
    return any(_STANDFIRST.search(f" {node.attributes.get('class', '')} ") for node in passage.chain[:2])


def _fill_lines(item: Item, passages: list[Passage], text: list[Passage], meta: PageMeta) -> None:
    """Standfirst and byline, as they are displayed above the text."""
    chosen = {passage.place for passage in text}
    first = text[0].place if text else len(passages)
    stated = {squeeze(summary) for summary in (*meta.summaries, meta.subtitle) if summary}
    for passage in passages[:first]:
        if passage.place not in chosen and len(passage.words) > 20 and (squeeze(passage.words) in stated or (_is_standfirst(passage) and passage.kind is None)):
            item.add(Type.SUBHEADLINE, passage.traced())
            break
    item.by(*meta.authors)
    if item.bylines:
        return
    for passage in passages:
        if abs(passage.place - first) < 25 and len(passage.words) < 120 and any(_AUTHOR.search(_hint(node)) for node in passage.chain[:3]):
            before = len(item.bylines)
            item.by(passage.words)
            if len(item.bylines) > before:
                item.add(Type.BYLINE, passage.traced())
                return


def _hint(node: Node) -> str:
    return f" {node.attributes.get('class', '')} {node.attributes.get('itemprop', '')} {node.attributes.get('rel', '')} "


def _fill_fields(item: Item, passages: list[Passage], meta: PageMeta) -> None:
    item.set(url=meta.url, outlet=meta.site, language=meta.language.replace("_", "-"))
    item.keywords += meta.keywords
    item.published = meta.published or _find_time(passages)
    item.agencies += [name for name in (*meta.organisations, meta.site) if short_agency(name)]
    if meta.dateline:
        item.set(dateline_place=meta.dateline)


def _find_time(passages: list[Passage]) -> datetime | None:
    """The first time element of the page that gives a date."""
    root = passages[0].chain[-1] if passages and passages[0].chain else None
    for node in root.walk() if root is not None else ():
        if node.tag == "time" and (stamp := read_stamp(node.get("datetime") or node.words())):
            return stamp
    return None
