"""XML -> a small tree in which every piece of text knows its bytes.

Built on expat from the standard library. Nothing is fetched: a document type with a system identifier is passed over,
because real NITF has one, and entity declarations are refused, because no wire needs them and bombs do. Names of HTML
entities are understood without a declaration, as wires are full of `&nbsp;` and `&eacute;`.

Items of a large file are handed over one by one (`cut`), so that memory follows the largest item and not the file.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from xml.parsers import expat

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, LimitExceeded
from onrecord.read.markup import Buffer
from onrecord.read.tree import Node, Text

_STEP = 1 << 20
_LONGEST = 4 << 20
_PARTS = 800_000
_JUNK = 9
_REPAIRABLE = (4, 11, 14)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_STANDALONE = re.compile(rb"""^\s*<\?xml[^>]{0,200}?(\sstandalone\s*=\s*["']yes["'])""")
_BARE = re.compile(rb"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z_:][A-Za-z0-9_:.-]{0,60});)")
_BAD_NUMBER = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8]|[bBcCeEfF]|1[0-9a-fA-F])|[0-9]{8,}|[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2});"
)
_AMPERSAND = "\x7f"
_REST = re.compile(rb"[\s\x00-\x1f\x7f]*(?:N{4}[\s\x00-\x1f]*)?")


def declared_charset(raw: bytes) -> str:
    """The character set that an XML declaration names, empty when none does."""
    match = _DECLARED.search(raw[:400].lstrip(b"\x00\x01\x02"))
    return match.group(1).decode("ascii") if match else ""


def read_tree(raw: bytes, limits: Limits) -> Node:
    """The root of the first document in `raw`."""
    for root in read_trees(raw, limits):
        return root
    raise EmptyInput("there is no element in it", hint="give a file that holds a story")


def read_trees(raw: bytes, limits: Limits, cut: frozenset[str] = frozenset()) -> Iterator[Node]:
    """The elements named in `cut`, each as soon as it ends; then the roots of what is left of each document.

    A file may hold several documents, one after the other.

    Raises:
        BrokenInput: not well-formed (with line and column), or it declares entities.
        LimitExceeded: deeper than `limits.depth`, or an item with more elements than memory allows.
    """
    source = Buffer(raw, declared_charset(raw))
    start: int | None = _find_start(source.data, 0)
    if start is None:
        raise EmptyInput("there is no element in it", hint="give a file that holds a story")
    while start is not None:
        builder = _Builder(source, limits, cut, start)
        yield from builder.run()
        start = _find_start(source.data, builder.stop)


def _find_start(data: bytes, at: int) -> int | None:
    """Where the next document begins; None at the end of the data."""
    match = _REST.match(data, at)
    at = match.end() if match else at
    if at < len(data) and data[at : at + 1] != b"<":
        before = data.count(b"\n", 0, at) + 1
        raise BrokenInput(
            f"text outside the document at line {before}: {data[at : at + 20]!r}",
            hint="the file may be two files joined, or cut",
        )
    return at if at < len(data) else None


class _Builder:
    """One document's parser. `stop` is the place in the buffer after the document."""

    def __init__(self, source: Buffer, limits: Limits, cut: frozenset[str], start: int) -> None:
        self.source, self.limits, self.cut, self.start = source, limits, cut, start
        self.data = source.data
        self.stop = len(self.data)
        self.done: list[Node] = []
        self.repaired = False

    def run(self) -> Iterator[Node]:
        """Parse; a document with a bare ampersand or a forbidden number is repaired and parsed once more from its
        start.
        """
        handed = 0
        while True:
            try:
                for number, node in enumerate(self._parse(), 1):
                    if number > handed:
                        handed = number
                        yield node
                return
            except expat.ExpatError as error:
                if self.repaired or error.code not in _REPAIRABLE:
                    raise self._explain(error) from None
                self.repaired, self.data = True, _repair(self.data)

    def _parse(self) -> Iterator[Node]:
        self.root = Node("", source=self.source)
        self.path, self.done, self.cdata = [self.root], [], False
        self.count = self.size = 0
        self.parser = self._make_parser()
        view = memoryview(_blank_standalone(self.data, self.start))
        for at in range(self.start, len(view), _STEP):
            try:
                self.parser.Parse(view[at : at + _STEP], at + _STEP >= len(view))
            except expat.ExpatError as error:
                yield from self._drain()
                if error.code != _JUNK:
                    raise
                self.stop = self.start + self.parser.ErrorByteIndex
                break
            yield from self._drain()
            if at + _STEP - self.start - self.parser.CurrentByteIndex > _LONGEST:
                what = f"a tag or comment is longer than {_LONGEST >> 20} MiB at {self._where()}"
                raise LimitExceeded(what, hint="the file is no wire, or damaged")
        yield from self._finish()

    def _drain(self) -> Iterator[Node]:
        done, self.done = self.done, []
        yield from done

    def _finish(self) -> Iterator[Node]:
        """The root, once the document has ended."""
        for node in self.root.nodes():
            node.parent = None
            yield node

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = False
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = self._leave_out
        parser.EntityDeclHandler = self._refuse
        parser.SkippedEntityHandler = self._name
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text
        parser.StartCdataSectionHandler = self._open_cdata
        parser.EndCdataSectionHandler = self._close_cdata
        return parser

    def _leave_out(self, context: str | None, *_: object) -> int:
        """An empty document type in place of any that is named: expat then leaves names of entities to `_name`."""
        if context is None:
            self.parser.ExternalEntityParserCreate(context).Parse(b"", True)
        return 1

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) > self.limits.depth:
            what = f"elements are nested deeper than {self.limits.depth} at {self._where()}"
            raise LimitExceeded(what, hint="raise ONRECORD_LIMITS_DEPTH if this is a story")
        self._weigh(0)
        prefix, colon, tag = name.partition(":")
        parent = self.path[-1]
        if self.repaired:
            attributes = {key: value.replace(_AMPERSAND, "&") for key, value in attributes.items()}
        node = Node(tag if colon else name, prefix if colon else "", attributes, parent, self.source)
        node.start = self.start + self.parser.CurrentByteIndex
        parent.children.append(node)
        self.path.append(node)

    def _close(self, name: str) -> None:
        node = self.path.pop()
        at = self.start + self.parser.CurrentByteIndex
        node.end = at
        if node.tag in self.cut and not any(above.tag in self.cut for above in self.path):
            node.end = max(self.data.find(b">", at) + 1, at)
            self.path[-1].children.pop()
            self.done.append(node)
            self.count = self.size = 0

    def _weigh(self, size: int) -> None:
        """Hold one item to what memory allows."""
        self.count += 1
        self.size += size
        if self.count > _PARTS:
            raise LimitExceeded(
                f"more than {_PARTS:,} elements and lines in one item at {self._where()}", hint="split the file"
            )
        if self.size > self.limits.story_bytes:
            what = f"an item has more than the {self.limits.story_bytes:,} bytes of text allowed at {self._where()}"
            raise LimitExceeded(what, hint="raise ONRECORD_LIMITS_STORY_BYTES if this is a story")

    def _text(self, data: str) -> None:
        self.count += 1
        self.size += len(data)
        if self.count > _PARTS or self.size > self.limits.story_bytes:
            self._weigh(0)
        at = self.start + self.parser.CurrentByteIndex
        whole = not self.cdata and self.data[at] == 38
        end = self.data.find(b";", at) + 1 if whole else at
        if self.repaired:
            data = data.replace(_AMPERSAND, "&")
        self.path[-1].children.append(Text(self.source, at, end, data))

    def _name(self, name: str, is_parameter: bool) -> None:
        """An entity without a declaration: an HTML name, or kept as it stands."""
        if is_parameter or len(self.path) < 2:
            return
        at = self.start + self.parser.CurrentByteIndex
        data = html.entities.html5.get(f"{name};", f"&{name};")
        self.path[-1].children.append(Text(self.source, at, at + len(name.encode()) + 2, data))

    def _open_cdata(self) -> None:
        self.cdata = True

    def _close_cdata(self) -> None:
        self.cdata = False

    def _refuse(self, name: str, *_: object) -> None:
        what = f"the document declares an entity ({name!r}) at {self._where()}"
        raise BrokenInput(what, hint="remove the declaration; no wire needs one")

    def _where(self) -> str:
        return f"line {self.parser.CurrentLineNumber}, column {self.parser.CurrentColumnNumber + 1}"

    def _explain(self, error: expat.ExpatError) -> BrokenInput:
        open_tag = self.path[-1].tag if len(self.path) > 1 else ""
        inside = f" inside <{open_tag}>" if open_tag else ""
        reason = "it ends before its last element is closed" if error.code in (3, 5) else expat.ErrorString(error.code)
        where = f"line {error.lineno}, column {error.offset + 1}"
        return BrokenInput(
            f"not well-formed XML{inside} at {where}: {reason}", hint="the file may be cut; ask for it again"
        )


def _blank_standalone(data: bytes, start: int) -> bytes:
    """`standalone="yes"` would make expat refuse the names of HTML entities; blanks keep all places."""
    match = _STANDALONE.search(data[start : start + 400])
    if not match:
        return data
    low, high = start + match.start(1), start + match.end(1)
    return data[:low] + b" " * (high - low) + data[high:]


def _repair(data: bytes) -> bytes:
    """Bare ampersands and references to forbidden characters, replaced at the same length."""
    data = _BAD_NUMBER.sub(lambda match: b" " * len(match.group()), data)
    return _BARE.sub(_AMPERSAND.encode(), data)


_PROLOG = re.compile(
    rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[\"']|\"[^\"]*\"|'[^']*'|\[.*?\])*>)", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(rb"\s*<(?:[A-Za-z_][\w.-]{0,80}:)?([A-Za-z_][\w.-]{0,80})(?=[\s/>])")


def find_root(head: bytes) -> str:
    """The name of the root element without its prefix, as far as the head of a file shows it; empty for anything
    else.
    """
    head = head[:16_384].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x01\x02\x0b\x0c")
    at = 0
    while match := _PROLOG.match(head, at):
        at = match.end()
    root = _ROOT.match(head, at)
    return root.group(1).decode("ascii") if root else ""
