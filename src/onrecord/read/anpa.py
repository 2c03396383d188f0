"""ANPA 1312: the message format of American agencies (AP, also AAP, CP, NZPA), framed by control characters.

SYN SYN SOH  W2870 US _asian                  service letter and number
f l DC3 DC1 BC-LT--Argentina-Cancer 11-13 1049 selector, category, format, keywords, date, words
STX ^BC-LT--Argentina-Cancer Beauty,466<      keywords again; `^` centres, `<` and `=` end a line
    ^For Argentine chemo patients, ...<       headline
    ^By PAUL BYRNE=                           byline
TAB BUENOS AIRES, Argentina (AP) _ ...        a tab begins a paragraph, BS a row of a table
ETX AP-WF-11-13-13 1509GMT<
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.config import Limits
from onrecord.read.agencies import name_agency
from onrecord.read.bylines import find_byline, is_job_line
from onrecord.read.charset import decode_bytes
from onrecord.read.clean import clean_text
from onrecord.read.draft import Block, Draft, Drafts
from onrecord.read.lines import WIDE
from onrecord.read.marks import find_type
from onrecord.read.slugs import is_slug
from onrecord.read.teleprinter import frame_message, read_filed, split_messages
from onrecord.read.text import check_lines, check_size
from onrecord.read.traced import Traced, join_lines
from onrecord.story import FurnitureType

NAME = "anpa"

_FRAME = re.compile(
    rb"[\x00\x7f\s]*\x16*\x01[^\x01\x02]{0,12}\x1f[^\x01\x02]{0,300}\x02|[\x00\s]*\x16{2}\x01[^\x02]{0,400}\x02"
)
_BREAK = re.compile(r"\r?\n")
_END = re.compile(r"[<=\s]+$")
_FIXES = (
    (re.compile(r"\x10 ?| ?\x10"), " "),
    (re.compile(r"``|''"), '"'),
    (re.compile(r"(?<=\s)_(?=\s)"), "—"),
    (re.compile("`"), "'"),
)
_HEAD = 60
_FIELD = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]+")
_START = re.compile(r"^[\x02\x0c\s^]*[\b^\t]?\s*\^?")
_KEYWORDS = re.compile(r"(?P<slug>[^\s\x00-\x1f]\S.*?)\s+(?P<month>\d\d)-(?P<day>\d\d)\s+(?P<words>\d{3,4})?\s*$")


def matches(head: bytes) -> bool:
    """True for SYN SYN SOH and a unit separator before the start of text."""
    return bool(_FRAME.match(head))


def read(raw: bytes, limits: Limits) -> Drafts:
    """The messages of a file."""
    for message in split_messages(raw):
        yield read_message(message, limits)


def read_message(raw: bytes, limits: Limits) -> Draft:
    """One message."""
    check_size(raw, limits)
    decoded = decode_bytes(raw)
    check_lines(decoded.text, limits)
    begin, end, stop = frame_message(decoded.text.text)
    header = clean_text(decoded.text.cut(0, begin).replace(_FIELD, " ")).strip()
    lines = _mark_opening(_read_lines(decoded.text.cut(begin, end)))
    trailer = clean_text(decoded.text.cut(end, stop).replace(_END, "")).strip()
    named = any(block.type is FurnitureType.HEADLINE for block in lines)
    blocks = [
        *[Block(line.strip(), FurnitureType.HEADER) for line in header.split(_BREAK) if line.strip()],
        *lines,
        *([Block(trailer.replace(_END, ""), FurnitureType.HEADER)] if trailer else []),
    ]
    return Draft(
        NAME,
        raw,
        tuple(blocks),
        charset=decoded.charset,
        plain=not named,
        fields=_name_sender(trailer.text),
        published=read_filed(trailer.text),
    )


def _name_sender(trailer: str) -> dict[str, str]:
    """The agency that filed a message: `AP-WF-11-13-13`."""
    agency = name_agency(trailer.split("-")[0])
    return {"agency": agency} if agency else {}


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that belong together and how the first of them begins: `^` centred, tab a paragraph, BS a row, else
    empty.
    """

    mark: str
    lines: tuple[Traced, ...]
    ended: bool

    @property
    def text(self) -> Traced:
        """The lines as one, without the marks that end them."""
        return join_lines(self.lines)


def _read_lines(text: Traced) -> list[_Piece]:
    """The lines of a message; in a wrapped one a line that no mark begins goes on the one before it."""
    lines = text.split(_BREAK)
    wrapped = max(map(len, lines)) <= WIDE + 10
    pieces: list[_Piece] = []
    for line in lines:
        mark, clean = _find_mark(line.text), _clean_line(line)
        if not clean:
            pieces.append(_Piece("", (), ended=True))
        elif wrapped and not mark and pieces and not pieces[-1].ended:
            last = pieces.pop()
            pieces.append(_Piece(last.mark, (*last.lines, clean), _is_ended(line, last.mark)))
        else:
            pieces.append(_Piece(mark, (clean,), _is_ended(line, mark)))
    return [piece for piece in pieces if piece.lines]


def _find_mark(line: str) -> str:
    """How a line begins: `^`, BS, or a tab, for which some agencies send blanks."""
    line = line.strip("\x02\x0c\r")
    bare = line.lstrip(" ")
    if bare[:1] in ("^", "\b", "\t"):
        return bare[0]
    return "\t" if len(line) - len(bare) >= 2 else ""


def _is_ended(line: Traced, mark: str) -> bool:
    return mark == "\b" or line.text.rstrip().endswith(("<", "=", "\x10"))


def _clean_line(line: Traced) -> Traced:
    """A line without its marks, with quotation marks, dashes and spaces as print has them."""
    line = line.replace(_START, "").replace(_END, "")
    for pattern, new in _FIXES:
        line = line.replace(pattern, new)
    return clean_text(line).strip()


def _mark_opening(pieces: list[_Piece]) -> list[Block]:
    """Keywords, headline and notes before the byline or the first paragraph; the rest is text."""
    first = next((at for at, piece in enumerate(pieces[:_HEAD]) if piece.mark != "^"), len(pieces[:_HEAD]))
    byline = next((at for at, piece in enumerate(pieces[:first]) if find_byline(piece.text.text)), None)
    if byline is not None:
        first = byline + 1
        while first < len(pieces) and pieces[first].mark == "^" and is_job_line(pieces[first].text.text):
            first += 1
    types = _name_lines([piece.text.text for piece in pieces[:first]])
    types += [None] * (len(pieces) - first)
    return [Block(piece.text, type_) for piece, type_ in zip(pieces, types, strict=True)]


def _name_lines(lines: list[str]) -> list[FurnitureType | None]:
    """Types of the centred lines at the top: keywords, then the headline, then what they say they are."""
    types: list[FurnitureType | None] = []
    for at, words in enumerate(lines):
        if find_byline(words) or (FurnitureType.BYLINE in types and is_job_line(words)):
            types.append(FurnitureType.BYLINE)
        elif at == 0 and (len(lines) > 1 or is_slug(words)):
            types.append(FurnitureType.SLUG)
        elif find_type(words):
            types.append(find_type(words))
        else:
            types.append(FurnitureType.SUBHEADLINE if FurnitureType.HEADLINE in types else FurnitureType.HEADLINE)
    return types
