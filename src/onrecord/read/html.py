"""HTML pages: title, author, date and address from the page's own data, the text from the page itself, menus and
boxes left out.

    page -> tree (html_tree) -> fields (page_meta), passages -> the text among them (main_text) -> draft

Every kept paragraph leads to its bytes. What is left out stays in `Story.raw`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import read_stamp
from onrecord.read.draft import Block, Draft
from onrecord.read.html_tree import read_html
from onrecord.read.items import Item, fold, short_agency
from onrecord.read.json_tree import Scanner
from onrecord.read.main_text import choose_text, squeeze
from onrecord.read.markup import Page
from onrecord.read.page_meta import PageMeta, read_meta, strip_site
from onrecord.read.passages import Passage, find_passages
from onrecord.read.tree import Node
from onrecord.read.xhtml import read_blocks, read_lines, read_markup
from onrecord.story import FurnitureType as Type

NAME = "html"
_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h1|center|table)\b", re.IGNORECASE
)
_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)")
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|sub-?(?:title|head(?:line)?|heading)|deck|dek|intro(?:duction)?|summary|excerpt|teaser|lead-?(?:text|in)|lede|kicker|chapo|entradilla|"
    r"ingress|einleitung|sommario|occhiello|tagline|strapline|blurb|key-?points|takeaways|highlights|bullets)",
    re.IGNORECASE,
)
_PARAGRAPH = 80
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PAGE = frozenset({"", "html", "body", "main", "article"})
_BODY = re.compile(r'"articleBody"\s*:\s*(?=")')
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/_-]|\D)")
_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:s|-?name)?|contributor(?:s|-?name)?|reporter|writer)(?:$|[\s_-])", re.IGNORECASE
)


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
    if _weigh(item) * 2 < len(meta.body):
        item.body = _read_stated(page, limits) or item.body
    _fill_lines(item, passages, text, meta)
    _fill_fields(item, root, passages, text, meta)
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
    """The headline as displayed: the heading that is most like the titles that the page states; else the best stated
    title.
    """
    titles = [strip_site(title, meta.site) for title in meta.titles if title]
    limit = text[find_lead(text)].place if text else len(passages)
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
    """How much a heading is like a stated title, in [0, 1.6].

    An `h1`, a place above the text, and being the begin of a title count more.
    """
    words = fold(passage.words)
    if not words:
        return 0.0
    folded = [fold(title) for title in titles] or ([words] if passage.node.tag == "h1" else [])
    shared = max((_overlap(set(words.split()), set(title.split())) for title in folded), default=0.0)
    begins = 0.3 if any(title.startswith(words) for title in folded) else 0.0
    return shared + begins + (0.2 if passage.node.tag == "h1" else 0.0) + (0.1 if passage.place <= limit else 0.0)


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _fill_body(item: Item, text: list[Passage], root: Node) -> None:
    headline = {fold(line.text) for line in item.pieces.get(Type.HEADLINE, [])} | {
        fold(item.fields.get("headline", ""))
    }
    lead = find_lead(text)
    for at, passage in enumerate(text):
        if fold(passage.words) in headline:
            continue
        kind = _type_passage(passage, before=at < lead)
        if passage.node.tag == "pre":
            item.body += read_lines(passage.node)
        else:
            item.body.append(Block(passage.traced(), kind))
    if not any(block.type is None for block in item.body):
        body = root.seek("body") or root
        item.body = [block for block in read_blocks(body) if len(block.text.text) > 1]


def find_lead(text: list[Passage]) -> int:
    """Index of the first paragraph: the first passage that is long, ends as a sentence, or begins with a dateline."""
    for at, passage in enumerate(text):
        long = len(passage.words) >= _PARAGRAPH or (len(passage.words) >= 20 and _SENTENCE.search(passage.words))
        heading = passage.node.tag in _HEADINGS or (len(text) - at > 2 and _is_standfirst(passage))
        if not heading and (long or find_dateline(passage.words, alone=False)):
            return at
    return 0


def _type_passage(passage: Passage, *, before: bool) -> Type | None:
    """Standfirst, and lines with date, place and author, before the first paragraph; crossheads and notes behind it."""
    if before:
        return Type.SUBHEADLINE if passage.node.tag in _HEADINGS or _is_standfirst(passage) else Type.HEADER
    if passage.kind in (Type.SUBHEADLINE, Type.HEADLINE):
        return Type.SUBHEADLINE if len(passage.words.split()) <= 25 and passage.node.tag != "p" else None
    return passage.kind if passage.kind in (Type.EDITORS_NOTE, Type.SIGN_OFF) else None


def _weigh(item: Item) -> int:
    return sum(len(block.text.text) for block in item.body if block.type is None)


def _read_stated(page: Page, limits: Limits) -> list[Block]:
    """The `articleBody` of a page whose text is put in by a script."""
    found: list[Block] = []
    for match in _BODY.finditer(page.text):
        scanner = Scanner(page, limits)
        scanner.at = match.end()
        with suppress(BrokenInput):
            blocks = read_markup(scanner.read_string().traced())
            found = max(found, blocks, key=lambda some: sum(len(block.text.text) for block in some))
    return found


def _is_standfirst(passage: Passage) -> bool:
    """True for the line under a headline, as its class says."""
    return any(
        _STANDFIRST.search(f" {node.attributes.get('class', '')} ")
        for node in passage.chain[:3]
        if node.tag not in _PAGE
    )


def _fill_lines(item: Item, passages: list[Passage], text: list[Passage], meta: PageMeta) -> None:
    """Standfirst and byline, as they are displayed above the text."""
    chosen = {passage.place for passage in text}
    first = text[0].place if text else len(passages)
    stated = {squeeze(summary) for summary in (*meta.summaries, meta.subtitle) if summary}
    for passage in passages[:first]:
        if (
            passage.place not in chosen
            and len(passage.words) > 20
            and (squeeze(passage.words) in stated or (_is_standfirst(passage) and passage.kind is None))
        ):
            item.add(Type.SUBHEADLINE, passage.traced())
            break
    houses = {fold(name) for name in (meta.site, *meta.organisations)}
    item.by(*(name for name in meta.authors if fold(name) not in houses))
    if item.bylines:
        return
    for passage in passages:
        if (
            abs(passage.place - first) < 25
            and len(passage.words) < 120
            and any(_AUTHOR.search(_hint(node)) for node in passage.chain[:3])
        ):
            before = len(item.bylines)
            item.by(passage.words)
            if len(item.bylines) > before:
                item.add(Type.BYLINE, passage.traced())
                return


def _hint(node: Node) -> str:
    return (
        f" {node.attributes.get('class', '')} {node.attributes.get('itemprop', '')} {node.attributes.get('rel', '')} "
    )


def _fill_fields(item: Item, root: Node, passages: list[Passage], text: list[Passage], meta: PageMeta) -> None:
    item.set(url=meta.url, outlet=meta.site, language=meta.language.replace("_", "-"))
    item.keywords += meta.keywords
    item.published = meta.published or _find_time(root, text) or _find_date(passages, text, meta.url)
    item.agencies += [name for name in (*meta.organisations, meta.site) if short_agency(name)]
    if meta.dateline:
        item.set(dateline_place=meta.dateline)


def _find_time(root: Node, text: list[Passage]) -> datetime | None:
    """The time element that stands nearest above the text, else the first below."""
    first = text[0].texts[0].start if text and text[0].texts else 0
    times = [node for node in root.walk() if node.tag == "time"]
    above = [node for node in times if node.start < first]
    for node in [*reversed(above), *times]:
        if stamp := read_stamp(node.get("datetime") or node.words()):
            return stamp
    return None


def _find_date(passages: list[Passage], text: list[Passage], url: str) -> datetime | None:
    """A printed date in a short line near the headline, or the date in the page's address."""
    first = text[find_lead(text)].place if text else len(passages)
    near = [passage.words for passage in passages[max(0, first - 12) : first + 1] if len(passage.words) < 100]
    stamps = (read_stamp(words) for words in (*reversed(near), *("-".join(found) for found in _URL_DATE.findall(url))))
    return next((stamp for stamp in stamps if stamp and stamp.year > 1990), None)
