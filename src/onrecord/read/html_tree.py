"""HTML as it is found -> the same tree as XML gives, with the place of every piece of text.

A tolerant parser of its own, because neither lxml nor html5lib says where a word stood in the file. It follows the
parts of the HTML standard
that matter for reading text: void elements, implied ends of `p`, `li`, `td`, raw text in `script` and `style`,
entities without semicolon.
It runs in linear time on any input: each search has a bound or is made once.
"""

from __future__ import annotations

import html
import re

from onrecord.errors import LimitExceeded
from onrecord.read.markup import Fragment, Page
from onrecord.read.traced import Traced
from onrecord.read.tree import Node, Text

_TOKEN = re.compile(
    r"""<(?:(/?)([a-zA-Z][^\s/<>]*)((?:[^<>"']*+(?:"[^"]{0,200000}+"|'[^']{0,200000}+')){0,300}+[^<>"']*+)>"""
    r"|(/?)([a-zA-Z][^\s/<>]{0,80})([^<>]{0,20000})>|(!--)|(!\[CDATA\[)|[!?][^<>]{0,20000}>)"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")

VOID = frozenset({
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
})  # fmt: skip
_RAW = {
    tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE)
    for tag in ("script", "style", "title", "textarea", "noscript", "iframe", "xmp")
}
_READABLE_RAW = frozenset({"title", "textarea"})
_CLOSES_P = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hl1", "hl2",
    "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul", "body.content", "block",
})  # fmt: skip
_SIBLINGS = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
    "tbody": frozenset({"tbody", "thead", "tr", "td", "th"}),
}
_SCOPES = frozenset({"ul", "ol", "dl", "table", "select", "html", "body", "div", "section", "article", "main"})
_OUTER = {"li": frozenset({"ul", "ol", "menu"}), "dt": frozenset({"dl"}), "dd": frozenset({"dl"})}


_ELEMENTS = 60_000


class Element(Node):
    """An HTML element; its attributes are taken apart when somebody asks."""

    __slots__ = ("_read", "written")

    def __init__(self, tag: str, written: str, parent: Node | None, source: Page | Fragment) -> None:
        self.tag, self.prefix, self.parent, self.source = tag, "", parent, source
        self.children = []
        self.start = self.end = 0
        self.written = written
        self._read: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:  # type: ignore[override]
        """Names in lower case, values with entities resolved; of two alike the first counts."""
        if self._read is None:
            self._read = {}
            for name, double, single, bare in _ATTRIBUTE.findall(self.written):
                self._read.setdefault(name.lower(), html.unescape(double or single or bare))
        return self._read


def read_html(source: Page | Fragment, depth: int) -> Node:
    """The tree of a page or fragment. Elements deeper than `depth` are kept, but hang on their ancestor at that depth.

    Raises:
        LimitExceeded: more elements than any page with one story has.
    """
    return _Soup(source, min(depth, 500)).build()


def read_fragment(traced: Traced, depth: int = 200) -> Node:
    """The tree of HTML that stood inside a value."""
    return read_html(Fragment(traced), depth)


class _Soup:
    def __init__(self, source: Page | Fragment, depth: int) -> None:
        self.source, self.text, self.depth = source, source.text, depth
        self.root: Node = Element("", "", None, source)
        self.path = [self.root]
        self.open: dict[str, int] = {}
        self.no_comment_end = False
        self.count = 0

    def build(self) -> Node:
        at = 0
        text, token = self.text, _TOKEN
        while (match := token.search(text, at)) is not None:
            if match.start() > at:
                self._add_text(at, match.start())
            at = self._take(match)
        self._add_text(at, len(text))
        return self.root

    def _take(self, match: re.Match[str]) -> int:
        """Handle one tag, comment or section; the place after it."""
        closing, tag, written = (match[1], match[2], match[3]) if match[2] else (match[4], match[5], match[6])
        if tag:
            tag = tag.lower()
            if closing:
                self._close(tag)
                return match.end()
            return self._open_tag(tag, written, match)
        if match[7]:
            return self._skip_comment(match.end())
        if match[8]:
            end = self.text.find("]]>", match.end())
            end = end if end >= 0 else len(self.text)
            self._add_literal(match.end(), end)
            return min(end + 3, len(self.text))
        return match.end()

    def _skip_comment(self, at: int) -> int:
        if not self.no_comment_end:
            end = self.text.find("-->", max(at - 2, 0))
            if end >= 0:
                return max(end + 3, at)
            self.no_comment_end = True
        end = self.text.find(">", at)
        return end + 1 if end >= 0 else len(self.text)

    def _open_tag(self, tag: str, written: str, match: re.Match[str]) -> int:
        if tag in _CLOSES_P and self.open.get("p"):
            self._close_inner("p")
        if tag in _SIBLINGS:
            self._close_siblings(tag)
        self.count += 1
        if self.count > _ELEMENTS:
            raise LimitExceeded(f"more than {_ELEMENTS:,} elements in one page", hint="this is no page with one story")
        node = Element(tag, written, self.path[-1], self.source)
        node.start = match.start()
        self.path[-1].children.append(node)
        if tag in VOID or (written.endswith("/") and tag not in _RAW):
            return match.end()
        if tag in _RAW:
            return self._take_raw(node, match.end())
        if len(self.path) < self.depth:
            self.path.append(node)
            self.open[tag] = self.open.get(tag, 0) + 1
        return match.end()

    def _take_raw(self, node: Element, at: int) -> int:
        """The inside of an element in which tags are no tags."""
        found = _RAW[node.tag].search(self.text, at)
        end = found.start() if found else len(self.text)
        if end > at:
            self.path.append(node)
            (self._add_text if node.tag in _READABLE_RAW else self._add_literal)(at, end)
            self.path.pop()
        close = self.text.find(">", end)
        return close + 1 if close >= 0 else len(self.text)

    def _close_siblings(self, tag: str) -> None:
        """`<li>` ends an open `<li>` of the same list, `<td>` an open cell of the same row."""
        closed, outer = _SIBLINGS[tag], _OUTER.get(tag, frozenset({"table"}))
        if not any(self.open.get(name) for name in closed):
            return
        for index in range(len(self.path) - 1, 0, -1):
            name = self.path[index].tag
            if name in outer:
                return
            if name in closed and (index == 1 or self.path[index - 1].tag not in closed):
                self._pop_to(index)
                return

    def _close_inner(self, tag: str) -> None:
        for index in range(len(self.path) - 1, 0, -1):
            if self.path[index].tag == tag:
                self._pop_to(index)
                return
            if self.path[index].tag in ("td", "th", "table", "object", "button"):
                return

    def _close(self, tag: str) -> None:
        if not self.open.get(tag):
            if tag in ("p", "br"):
                self.path[-1].children.append(Element(tag, "", self.path[-1], self.source))
            return
        inline = tag not in _CLOSES_P and tag not in _SCOPES
        for index in range(len(self.path) - 1, 0, -1):
            name = self.path[index].tag
            if name == tag:
                self._pop_to(index)
                return
            if (inline and name in _CLOSES_P) or (name == "table" and tag not in _SCOPES):
                return

    def _pop_to(self, index: int) -> None:
        for node in self.path[index:]:
            self.open[node.tag] -= 1
        del self.path[index:]

    def _add_literal(self, start: int, end: int) -> None:
        self.path[-1].children.append(Text(self.source, start, start, self.text[start:end]))

    def _add_text(self, start: int, end: int) -> None:
        if start >= end:
            return
        data = self.text[start:end]
        if "&" not in data:
            self.path[-1].children.append(Text(self.source, start, start, data))
            return
        children, at = self.path[-1].children, 0
        for match in _ENTITY.finditer(data):
            new = html.unescape(match.group())
            if new == match.group():
                continue
            if match.start() > at:
                children.append(Text(self.source, start + at, start + at, data[at : match.start()]))
            children.append(Text(self.source, start + match.start(), start + match.end(), new))
            at = match.end()
        if at < len(data):
            children.append(Text(self.source, start + at, start + at, data[at:]))
