"""What a news item says of itself, gathered piece by piece, and the draft that comes of it.

Every structured reader fills an `Item`; this module alone knows in which order the pieces stand in a story, which of
them repeat each other, and
when there is no story at all: an item without a line of body text (a picture, a package, a correction notice by link)
gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.config import Limits
from onrecord.errors import OnrecordError
from onrecord.read.agencies import name_agency, split_agencies
from onrecord.read.bylines import find_byline, split_names
from onrecord.read.clean import clean_text
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import read_stamp
from onrecord.read.draft import Block, Draft
from onrecord.read.traced import Traced
from onrecord.read.tree import Node
from onrecord.read.xml_tree import read_trees
from onrecord.story import FurnitureType, Run

_BEFORE = (
    FurnitureType.VERSION,
    FurnitureType.EMBARGO,
    FurnitureType.EDITORS_NOTE,
    FurnitureType.HEADLINE,
    FurnitureType.SUBHEADLINE,
    FurnitureType.BYLINE,
    FurnitureType.DATELINE,
)
_AFTER = (FurnitureType.CREDIT, FurnitureType.SIGN_OFF, FurnitureType.COPYRIGHT)
_SHOWN_ONCE = (FurnitureType.HEADLINE, FurnitureType.SUBHEADLINE, FurnitureType.EDITORS_NOTE)
_LEFT_TAGS = re.compile(
    r"</?(?:p|br|b|i|em|strong|span|endash|emdash|font|u|sup|sub|a|div)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?([a-z0-9-]+)\.(?:com|org|net|fr|de|es|it|be|nl|se|no|dk|fi|gr|ru|jp|ch|at|pt|co\.uk|com\.au|eu)(?:/.*)?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Item:
    """A news item on its way to a draft. `raw` are its bytes; `offset` is where they stand in the bytes that the
    trees count in.
    """

    format: str
    raw: bytes
    charset: str = "utf-8"
    offset: int = 0
    pieces: dict[FurnitureType, list[Traced]] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    bylines: tuple[str, ...] = ()
    keywords: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    published: datetime | None = None
    agencies: list[str] = field(default_factory=list)

    def add(self, kind: FurnitureType, *texts: Traced | None) -> None:
        """Furniture that the format names; empty texts are passed over."""
        self.pieces.setdefault(kind, []).extend(text for text in texts if text)

    def set(self, **values: str) -> None:
        """Fields outside the text; the first value of a name that is not empty stays."""
        for name, value in values.items():
            if value and value.strip() and name not in self.fields:
                self.fields[name] = " ".join(value.split())

    def sent_from(self, line: Traced | None, place: Traced | None) -> None:
        """The dateline that metadata give: the line as shown where it can be read, else the place by itself."""
        if line and any(map(str.isalpha, line.text)) and find_dateline(f"{line.text.rstrip(' -–—')} - "):
            self.add(FurnitureType.DATELINE, line)
        else:
            self.add(FurnitureType.DATELINE, place or (line if line and any(map(str.isalpha, line.text)) else None))
        self.set(dateline_place=place.text if place else "")

    def date(self, *stamps: str) -> None:
        """The story's date: the first stamp that can be read, unless it is known already."""
        for stamp in stamps:
            if self.published is None and stamp and stamp.strip():
                self.published = read_stamp(stamp)

    def by(self, *lines: str) -> None:
        """Names of those who wrote it, from lines of metadata; a line that is no list of names stays as it is."""
        for line in lines:
            words = " ".join(line.split())
            if words and not short_agency(words):
                self.bylines += find_byline(words) or split_names(words) or ((words,) if len(words) < 40 else ())

    def draft(self) -> Draft | None:
        """The draft, or None when there is no text."""
        blocks = self._order_blocks()
        if not any(block.type is None for block in blocks):
            return None
        agency = choose_agency(self.agencies)
        self.set(agency=agency)
        return Draft(
            self.format,
            self.raw,
            tuple(_shift(block, self.offset) for block in blocks),
            charset=self.charset,
            fields=self.fields,
            bylines=tuple(dict.fromkeys(self.bylines)),
            keywords=tuple(dict.fromkeys(filter(None, (" ".join(word.split()) for word in self.keywords)))),
            versions=tuple(dict.fromkeys(self.versions)),
            published=self.published,
        )

    def _order_blocks(self) -> list[Block]:
        pieces = {kind: _clean_all(texts) for kind, texts in self.pieces.items()}
        body = [Block(text, block.type) for block in self.body for text in _clean_all([block.text])]
        body = _retype_headlines(body, pieces.get(FurnitureType.HEADLINE, []))
        seen: set[str] = set()
        first = next((fold(block.text.text) for block in body if block.type is None), "")
        before = [
            Block(text, kind)
            for kind in _BEFORE
            for text in pieces.get(kind, [])
            if not _repeats(text, kind, seen, first)
        ]
        shown = {(block.type, fold(block.text.text)) for block in before}
        body = [block for block in body if block.type is None or (block.type, fold(block.text.text)) not in shown]
        after = [
            Block(text, kind) for kind in _AFTER for text in pieces.get(kind, []) if not _repeats(text, kind, seen, "")
        ]
        return [*before, *body, *after]


def _clean_all(texts: Iterable[Traced]) -> list[Traced]:
    return [cleaned for text in texts if (cleaned := _clean(text))]


def _clean(text: Traced) -> Traced:
    cleaned = clean_text(text)
    if "<" in cleaned.text:
        cleaned = cleaned.replace(_LEFT_TAGS, " ")
    cleaned = cleaned.strip()
    if cleaned is text or all(run.start < run.end for run in cleaned.runs):
        return cleaned
    return Traced(cleaned.text, tuple(run for run in cleaned.runs if run.start < run.end))


def _retype_headlines(body: list[Block], known: list[Traced]) -> list[Block]:
    """A heading of the body that is not the headline stands below it."""
    named = {fold(text.text) for text in known}
    kept = []
    for block in body:
        if block.type is not FurnitureType.HEADLINE:
            kept.append(block)
        elif fold(block.text.text) not in named:
            kept.append(Block(block.text, FurnitureType.SUBHEADLINE) if named else block)
            named.add(fold(block.text.text))
    return kept


def _repeats(text: Traced, kind: FurnitureType, seen: set[str], first: str) -> bool:
    """True for a piece that says again what another piece, or the first paragraph, says."""
    words = fold(text.text)
    if kind is FurnitureType.SUBHEADLINE and first.startswith(words.rstrip(". …")):
        return True
    if kind is FurnitureType.DATELINE and first.startswith(words.rstrip("-–— ")):
        return True
    known = seen if kind in _SHOWN_ONCE else {word for word in seen if word.startswith(f"{kind}:")}
    if f"{kind}:{words}" in seen or any(word.partition(":")[2] == words for word in known):
        return True
    seen.add(f"{kind}:{words}")
    return False


def fold(text: str) -> str:
    """Words without case and white space differences, for comparison."""
    return " ".join(text.casefold().split())


def _shift(block: Block, offset: int) -> Block:
    if not offset:
        return block
    runs = tuple(Run(run.start, run.end, run.raw_start - offset, run.raw_end - offset) for run in block.text.runs)
    return Block(Traced(block.text.text, runs), block.type)


def choose_agency(names: Iterable[str]) -> str:
    """The first name that is an agency's, as its short form; else the first name there is."""
    names = [" ".join(name.split()) for name in names if name and name.strip()]
    for name in names:
        if known := short_agency(name):
            return known
    return names[0] if names else ""


def short_agency(name: str) -> str:
    """The short name of an agency written out, as a domain (`afp.com`) or as a code (`nprov:dpa`); empty when it is
    none.
    """
    domain = _DOMAIN.match(name)
    code = name.rsplit(":", 1)[-1] if ":" in name else ""
    for form in filter(None, (name, domain.group(1) if domain else "", code)):
        known = name_agency(form) or "".join(split_agencies(form)[:1])
        if known:
            return known
    return ""


def read_items(raw: bytes, limits: Limits, name: str, cut: frozenset[str]) -> Iterator[tuple[Node, Item]]:
    """Each element named in `cut` with a fresh item; the item's bytes are its own, or the whole file when it is the
    only one.
    """
    trees = (node for node in read_trees(raw, limits, cut) if node.tag in cut)
    first = next(trees, None)
    if first is None:
        return
    second, error = None, None
    try:
        second = next(trees, None)
    except OnrecordError as found:
        error = found
    if second is None and error is None:
        yield first, Item(name, raw, _charset_of(first))
        return
    for node in filter(None, (first, second)):
        yield node, _slice(node, raw, name)
    if error:
        raise error
    for node in trees:
        yield node, _slice(node, raw, name)


def _charset_of(node: Node) -> str:
    return getattr(node.source, "charset", "utf-8")


def _slice(node: Node, raw: bytes, name: str) -> Item:
    assert node.source is not None
    low, high = node.source.place(node.start), node.source.place(node.end)
    return Item(name, raw[low:high], _charset_of(node), low)
