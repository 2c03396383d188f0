"""Elements -> blocks: paragraphs, lines, cells and what the element names say is furniture.

One table serves XHTML, NITF, the Swedish TTNITF and HTML inside JSON, because their names do not clash. Inline
elements only hand their text on. Line breaks inside a paragraph are undone where a machine wrapped the text (AAP),
and kept where each line is a line of its own (results).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from onrecord.read.draft import Block
from onrecord.read.html_tree import read_fragment
from onrecord.read.lines import Line, group_lines, join_wrapped, measure_width, split_lines
from onrecord.read.traced import Traced, concat, join_lines
from onrecord.read.tree import Node, Text, collapse
from onrecord.story import FurnitureType

Skip = Callable[[Node], bool]

DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "object", "video", "audio", "canvas", "map",
    "button", "input", "select", "textarea", "embed", "param", "applet", "math", "img", "image", "picture",
    "media-reference", "media-metadata", "media-object", "title", "meta", "link", "custom-table", "datasource",
})  # fmt: skip
BREAKS = frozenset({"br", "hr"})
BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "body", "html", "head", "header", "footer", "blockquote", "ul", "ol",
    "menu", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup",
    "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hedline", "address", "details",
    "summary", "center", "form", "fieldset", "aside", "nav", "bq", "hgroup", "body.content", "body.head",
    "body.end", "block", "media", "media-caption", "media-producer", "note", "abstract", "byline", "byttl",
    "dateline", "distributor", "tagline", "credit", "copyrite", "nitf", "nitf-table", "tgroup", "row", "entry",
    "fn", "pre", "lit", "lines", "line", "bibliography", "text", "brodtext", "ingress", "rubrik", "mellis", "fraga",
    "svar", "citat", "tabell", "faktatext", "bakgrundtext", "bild", "bildtext", "dat", "ort", "source", "vinjett",
    "tag", "lead", "datacontent",
})  # fmt: skip
ROWS = frozenset({"tr", "row"})
CELLS = frozenset({"td", "th", "entry"})
PREFORMATTED = frozenset({"pre", "lit"})

_KINDS = {
    **dict.fromkeys(("figcaption", "media-caption", "media", "figure", "bild", "bildtext"), FurnitureType.CAPTION),
    **dict.fromkeys(("media-producer", "credit", "tagline"), FurnitureType.CREDIT),
    **dict.fromkeys(("h1", "hl1", "rubrik"), FurnitureType.HEADLINE),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6", "hl2", "mellis"), FurnitureType.SUBHEADLINE),
    **dict.fromkeys(("byline", "byttl"), FurnitureType.BYLINE),
    **dict.fromkeys(("dateline", "dat"), FurnitureType.DATELINE),
    "note": FurnitureType.EDITORS_NOTE,
    "copyrite": FurnitureType.COPYRIGHT,
    "header": FurnitureType.HEADER,
    "nav": FurnitureType.CONTROL,
    "vinjett": FurnitureType.KEYWORDS,
}
_HINTS = (
    (
        re.compile(
            r"(?:^|[ _-])(?:notepad|ed(?:itors?)?-?note|note-to-editors|correction)s?(?:$|[ _-])", re.IGNORECASE
        ),
        FurnitureType.EDITORS_NOTE,
    ),
    (re.compile(r"(?:^|[ _-])(?:by-?line|author(?:s|-name)?)(?:$|[ _-])", re.IGNORECASE), FurnitureType.BYLINE),
    (re.compile(r"(?:^|[ _-])(?:caption|image-caption)(?:$|[ _-])", re.IGNORECASE), FurnitureType.CAPTION),
    (
        re.compile(r"(?:^|[ _-])(?:credit(?:line|s)?|tagline|footer-txt)(?:$|[ _-])", re.IGNORECASE),
        FurnitureType.CREDIT,
    ),
    (re.compile(r"(?:^|[ _-])(?:closingline|sign-?off|shirttail)(?:$|[ _-])", re.IGNORECASE), FurnitureType.SIGN_OFF),
    (re.compile(r"(?:^|[ _-])copyright(?:$|[ _-])", re.IGNORECASE), FurnitureType.COPYRIGHT),
)
_PARAGRAPH_WORDS, _SCRAP, _CELL = 25, 30, 400


def read_blocks(node: Node, skip: Skip | None = None) -> list[Block]:
    """The blocks below an element, in document order, none of them empty.

    Args:
        node: the element; its own name does not matter.
        skip: elements for which this is true are left out with all that is in them.
    """
    walker = _Walker(skip)
    walker.visit(node, None)
    walker.end_paragraph(None)
    return _demote_headings(_join_lines(walker.paragraphs))


def read_content(node: Node, skip: Skip | None = None) -> list[Block]:
    """The blocks of an element that may hold elements, text with escaped mark-up, or plain text.

    Lines of plain text count: `DataContent` and `inlineData` keep paragraphs as lines.
    """
    if any(child.tag.lower() not in _FLAT for child in node.nodes()):
        return read_blocks(node, skip)
    literal = node.literal()
    if _MARKUP.search(literal.text):
        return read_blocks(read_fragment(literal), skip)
    return read_plain(literal)


def read_markup(traced: Traced, skip: Skip | None = None) -> list[Block]:
    """The blocks of a value that may be HTML or plain text."""
    if _MARKUP.search(traced.text) or _TAGGED.search(traced.text):
        return read_blocks(read_fragment(traced), skip)
    return read_plain(traced)


_FLAT = frozenset({"a", "b", "i", "em", "strong", "u", "span"})
_MARKUP = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|table|section|article|blockquote|pre)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_TAGGED = re.compile(r"</(?:a|b|i|em|strong|span)>", re.IGNORECASE)


def read_plain(traced: Traced) -> list[Block]:
    """The paragraphs of text without mark-up."""
    return join_wrapped(traced.replace(_RETURNS, "\n") if "\r" in traced.text else traced)


_RETURNS = re.compile(r"\r\n?")
_Paragraph = tuple[FurnitureType | None, list[Traced]]


class _Walker:
    def __init__(self, skip: Skip | None) -> None:
        self.skip = skip
        self.line: list[Text] = []
        self.lines: list[Traced] = []
        self.paragraphs: list[_Paragraph] = []

    def visit(self, node: Node, kind: FurnitureType | None) -> None:
        for child in node.children:
            if not isinstance(child, Text):
                self._enter(child, kind)
            elif self.line or not child.data.isspace():
                self.line.append(child)

    def _enter(self, node: Node, kind: FurnitureType | None) -> None:
        tag = node.tag if node.tag.islower() else node.tag.lower()
        if tag in BREAKS:
            self._break_line(kind)
        elif tag in DROPPED or (self.skip is not None and self.skip(node)):
            return
        elif tag not in BLOCKS:
            self.visit(node, kind)
        else:
            self.end_paragraph(kind)
            inner = find_kind(node, tag, kind)
            if tag in PREFORMATTED:
                self.paragraphs += [(inner, [block.text]) for block in read_lines(node)]
            elif tag in ROWS and not is_layout(node):
                self._take_row(node, inner)
            else:
                self.visit(node, inner)
            self.end_paragraph(inner)

    def _break_line(self, kind: FurnitureType | None) -> None:
        line = self._take_line()
        if line:
            self.lines.append(line)
        elif self.lines:
            self.end_paragraph(kind)

    def _take_line(self) -> Traced:
        line, self.line = self.line, []
        return collapse(line)

    def end_paragraph(self, kind: FurnitureType | None) -> None:
        """Close what stands open, as a paragraph of this kind."""
        if not self.line and not self.lines:
            return
        written = self._written_paragraphs(kind)
        if written:
            return
        line = self._take_line()
        if line:
            self.lines.append(line)
        if self.lines:
            self.paragraphs.append((kind, self.lines))
            self.lines = []

    def _written_paragraphs(self, kind: FurnitureType | None) -> bool:
        """One element that holds the whole story, its paragraphs set off by blank lines or indents (Reuters)."""
        if self.lines or sum(1 for text in self.line if "\n" in text.data) < 2:
            return False
        literal = concat(text.trace() for text in self.line)
        rows = split_lines(literal.text)[1:]
        indents = {row.indent > 1 for row in rows}
        if len(indents) < 2 and not any(row.apart for row in rows):
            return False
        self.line = []
        self.paragraphs += [(kind, [block.text]) for block in join_wrapped(literal)]
        return True

    def _take_row(self, node: Node, kind: FurnitureType | None) -> None:
        cells = [collapse(cell.texts()) for cell in node.nodes() if cell.tag.lower() in CELLS]
        if row := join_lines([cell for cell in cells if cell], "\t"):
            self.paragraphs.append((kind, [row]))


def read_lines(node: Node) -> list[Block]:
    """The paragraphs of preformatted text, whose lines count."""
    return read_plain(concat(Traced("\n") if piece is None else piece.trace() for piece in _lines_of(node)))


def _lines_of(node: Node) -> list[Text | None]:
    """Pieces of preformatted text; None for a break."""
    found: list[Text | None] = []
    stack: list[Node | Text] = [node]
    while stack:
        child = stack.pop()
        if isinstance(child, Text):
            found.append(child)
        elif child.tag.lower() in BREAKS:
            found.append(None)
        else:
            stack.extend(reversed(child.children))
    return found


def is_layout(row: Node) -> bool:
    """True for a row that only lays out a page: a cell of it holds paragraphs, lines or tables."""
    cells = [cell for cell in row.nodes() if cell.tag.lower() in CELLS]
    inside = [node.tag.lower() for cell in cells for node in cell.walk() if node is not cell]
    if len(cells) < 2 or inside.count("p") > len(cells) or "table" in inside or "article" in inside:
        return True
    return inside.count("br") > len(cells) or any(
        sum(len(text.data) for text in cell.texts()) > _CELL for cell in cells
    )


@lru_cache(4096)
def _read_class(name: str) -> FurnitureType | None:
    return next((kind for pattern, kind in _HINTS if pattern.search(name)), None)


def find_kind(node: Node, tag: str, outer: FurnitureType | None) -> FurnitureType | None:
    """What an element says of its content; what stands in furniture is furniture."""
    kind = _KINDS.get(tag)
    if kind is None and "class" in node.attributes:
        kind = _read_class(node.get("class"))
    if outer is FurnitureType.HEADER and kind is not FurnitureType.HEADLINE:
        return outer
    return outer if kind is None or outer in (FurnitureType.EDITORS_NOTE, FurnitureType.CAPTION) else kind


def _join_lines(paragraphs: list[_Paragraph]) -> list[Block]:
    """Lines broken by a machine joined again; the width is measured over the whole text."""
    if all(len(lines) == 1 for _, lines in paragraphs):
        return [Block(lines[0], kind) for kind, lines in paragraphs]
    blocks = []
    measured = [
        [Line(0, len(line), 0, number == 0, line.text) for number, line in enumerate(lines)] for _, lines in paragraphs
    ]
    width = measure_width([line for lines in measured for line in lines])
    for (kind, lines), rows in zip(paragraphs, measured, strict=True):
        at = 0
        for group in group_lines(rows, width):
            blocks.append(Block(join_lines(lines[at : at + len(group)]), kind))
            at += len(group)
    return blocks


def _demote_headings(blocks: list[Block]) -> list[Block]:
    """A heading that runs like a paragraph is one; and headings are the text where there is next to nothing else
    (alerts).
    """
    blocks = [
        Block(block.text) if block.type is FurnitureType.SUBHEADLINE and _runs_on(block.text.text) else block
        for block in blocks
    ]
    if sum(len(block.text.text) for block in blocks if block.type is None) > _SCRAP:
        return blocks
    return [Block(block.text) if block.type is FurnitureType.SUBHEADLINE else block for block in blocks]


def _runs_on(text: str) -> bool:
    return len(text.split()) > _PARAGRAPH_WORDS
