"""E-mail: wires sent to an address, forwarded by colleagues, or carried as attachments.

The text part is read like plain text. Where its transfer encoding leaves bytes as they are, the map is exact;
quoted-printable and base64 map line by line, or as a whole where that is impossible.
"""

from __future__ import annotations

import email.policy
import re
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from onrecord.config import Limits
from onrecord.errors import BrokenInput, EmptyInput, UnknownFormat
from onrecord.read.agencies import name_agency
from onrecord.read.clean import clean_text
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import read_stamp
from onrecord.read.draft import Block, Draft, Drafts
from onrecord.read.head import mark_head
from onrecord.read.lines import join_wrapped
from onrecord.read.parts import Part, make_parts
from onrecord.read.text import check_lines, check_size
from onrecord.read.traced import Traced, trace_whole
from onrecord.read.transfer import decode_payload
from onrecord.story import FurnitureType as Type
from onrecord.story import Run

NAME = "email"

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]*\S?")
_MAIL = frozenset(
    (
        b"received",
        b"return-path",
        b"message-id",
        b"mime-version",
        b"delivered-to",
        b"from",
        b"content-type",
        b"x-mailer",
        b"reply-to",
    )
)
_ALSO = frozenset((b"subject", b"to", b"date", b"cc", b"content-transfer-encoding"))
_FORWARDED = re.compile(
    r"(?im)^[ \t>]*(?:-{2,} ?(?:forwarded message|original message|weitergeleitete nachricht|message transféré).*"
    r"|begin forwarded message:)[ \t]*$"
)
_INNER = re.compile(r"(?im)^[ \t>*]*(from|date|sent|subject|to|cc|von|datum|betreff|an|gesendet)\*?:[ \t]*(.*)$")
_QUOTED = re.compile(r"(?m)^(?:> ?)+")
_SIGNATURE = re.compile(r"(?m)^-- ?$")
_LINE = re.compile(r"\n")
_SUBJECT = re.compile(rb"(?im)^subject:[ \t]*((?:.*)(?:\r?\n[ \t].*)*)")
_KEYS = {"von": "from", "datum": "date", "gesendet": "date", "betreff": "subject", "an": "to"}
_PREFIX = re.compile(r"^(?:(?:fwd?|re|wg|aw|tr|fw)\s*:\s*)+", re.IGNORECASE)


def matches(head: bytes) -> bool:
    """True when the first lines are header fields of a message, one of them such as only mail has."""
    lines = head.lstrip(b" \t\r\n\xef\xbb\xbf")[:8192].splitlines()[:80]
    if lines and lines[0].startswith(b"From ") and b"@" in lines[0]:
        lines = lines[1:]
    names: list[bytes] = []
    for line in lines:
        if not line.strip():
            break
        match = _FIELD.match(line)
        if match:
            names.append(match[1].lower())
        elif not line[:1].isspace():
            return False
    found = set(names)
    return len(found & _MAIL) >= 1 and len(found & (_MAIL | _ALSO)) >= 2


def read(raw: bytes, limits: Limits) -> Drafts:
    """The story in the text of a message, then those in its attachments.

    Raises:
        EmptyInput: neither holds text.
        BrokenInput: the message cannot be taken apart.
    """
    found = False
    for draft in _read_message(raw, limits, limits.nesting):
        found = True
        yield draft
    if not found:
        raise EmptyInput(
            "the message has no text and no attachment that can be read", hint="give a message with a story in it"
        )


def _read_message(raw: bytes, limits: Limits, nesting: int) -> Drafts:
    check_size(raw, limits, times=8)
    message = _parse(raw)
    body = _find_text(message)
    text = _decode_part(raw, body) if body is not None else Traced("")
    if any(map(str.isalnum, text.text)):
        check_lines(text, limits)
        yield _make_draft(raw, message, body, text)
    for part in message.walk():
        if part is not body and nesting and isinstance(part, EmailMessage):
            yield from _read_attachment(part, limits, nesting - 1)


def _parse(raw: bytes) -> EmailMessage:
    skip = len(raw) - len(raw.lstrip(b" \t\r\n\xef\xbb\xbf"))
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(raw[skip:])
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError) as error:
        raise BrokenInput(
            f"not a message that can be taken apart: {error}", hint="save the message again as .eml"
        ) from error
    if not isinstance(message, EmailMessage):
        raise BrokenInput("not a message", hint="save the message again as .eml")
    return message


def _find_text(message: EmailMessage) -> EmailMessage | None:
    """The first plain part that is no attachment and holds text, else the first HTML part."""
    parts = [
        part
        for part in message.walk()
        if isinstance(part, EmailMessage) and not part.is_multipart() and not part.get_filename()
    ]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if (
                part.get_content_type() == kind
                and part.get_content_disposition() != "attachment"
                and str(part.get_payload()).strip()
            ):
                return part
    return None


def _decode_part(raw: bytes, part: EmailMessage) -> Traced:
    payload = str(part.get_payload()).encode("utf-8", errors="surrogateescape")
    offset = raw.find(payload)
    encoding = str(part.get("Content-Transfer-Encoding", ""))
    text = decode_payload(payload, encoding, str(part.get_content_charset() or ""), max(offset, 0))
    return text if offset >= 0 else Traced(text.text)


def _make_draft(raw: bytes, message: EmailMessage, body: EmailMessage | None, text: Traced) -> Draft:
    html = body is not None and body.get_content_type() == "text/html"
    before, inner, rest = ([], {}, text) if html else _open_forwarded(clean_text(text, entities=False))
    subject = _find_subject(raw, message)
    blocks = _read_html(rest) if html else _read_plain(rest)
    date = inner.get("date") or inner.get("sent") or str(message.get("Date", ""))
    sender = inner.get("from") or str(message.get("From", ""))
    draft = Draft(
        NAME,
        raw,
        (),
        charset=str(body.get_content_charset() or "utf-8") if body is not None else "utf-8",
        fields={"agency": name_agency(re.sub(r"\s*<.*", "", sender).strip('" '))},
        published=read_stamp(date),
    )
    title = inner.get("subject")
    lines = [block for block in before if not (title and title in block.text.text)]
    named = next((_cut_value(block) for block in before if title and title in block.text.text), None) or subject
    return _head_draft(draft, lines, named, blocks)


def _head_draft(draft: Draft, before: list[Block], subject: Block | None, blocks: list[Block]) -> Draft:
    """The subject is the headline, unless the text has one of its own above a dateline."""
    parts = mark_head(make_parts(blocks))
    own = any(part.value_of(Type.HEADLINE) for part in parts) and any(
        part.value_of(Type.DATELINE) or part.words for part in parts
    )
    dated = own and _is_dated(parts)
    top = [] if subject is None else [Block(subject.text, Type.HEADER if dated else Type.HEADLINE)]
    return replace(draft, blocks=(*before, *top, *blocks), plain=dated)


def _is_dated(parts: list[Part]) -> bool:
    """True when the first paragraph begins with a dateline that names an agency or a day."""
    first = next((part.words for part in parts if part.words), "")
    found = find_dateline(first, alone=False)
    return bool(found and (found.agencies or found.date))


def _find_subject(raw: bytes, message: EmailMessage) -> Block | None:
    words = _PREFIX.sub("", " ".join(str(message.get("Subject", "")).split()))
    match = _SUBJECT.search(raw)
    if not words or not match:
        return None
    at = match[1].find(words.encode("utf-8", errors="replace"))
    if at >= 0 and words.isascii():
        start = match.start(1) + at
        return Block(Traced(words, (Run(0, len(words), start, start + len(words)),)))
    return Block(trace_whole(words, *match.span(1)))


def _open_forwarded(text: Traced) -> tuple[list[Block], dict[str, str], Traced]:
    """What stands before a forwarded message and its header lines, their values, and the forwarded text."""
    marks = list(_FORWARDED.finditer(text.text))
    start = marks[-1].end() if marks else len(text.text) - len(text.text.lstrip())
    inner: dict[str, str] = {}
    at = start
    for match in _INNER.finditer(text.text, start):
        if text.text[at : match.start()].count("\n") > 2 or text.text[at : match.start()].strip(" >\n\t"):
            break
        inner.setdefault(_KEYS.get(match[1].lower(), match[1].lower()), match[2].strip())
        at = match.end()
    if len(inner) < 2:
        return [], {}, text
    lines = [line.strip() for line in text.cut(0, at).split(_LINE)]
    return [Block(line, Type.HEADER) for line in lines if line.text], inner, text.cut(at)


def _cut_value(block: Block) -> Block:
    match = re.match(r"[>\s*]*\w+\*?:\s*", block.text.text)
    return Block(block.text.cut(match.end() if match else 0))


def _read_plain(text: Traced) -> list[Block]:
    """Paragraphs of the text, quotation marks of replies taken off; the sender's signature is a header."""
    quoted = len(_QUOTED.findall(text.text)) * 2 > text.text.count("\n")
    text = text.replace(_QUOTED, "") if quoted else text
    cut = next((match.start() for match in _SIGNATURE.finditer(text.text)), len(text.text))
    signature = [Block(line.strip(), Type.HEADER) for line in text.cut(cut).split(_LINE) if line.text.strip(" -")]
    return [*join_wrapped(text.cut(0, cut)), *signature]


def _read_html(text: Traced) -> list[Block]:
    from onrecord.read.xhtml import read_markup

    return read_markup(text)


def _read_attachment(part: EmailMessage, limits: Limits, nesting: int) -> Drafts:
    """The stories of an attachment; pictures and the like are passed over."""
    from onrecord.read.detect import find_reader

    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
            yield from _read_message(inner[0].as_bytes(), limits, nesting)
        return
    data = (
        part.get_payload(decode=True)
        if part.get_filename() or part.get_content_maintype() in ("application",)
        else None
    )
    if not isinstance(data, bytes) or not data.strip():
        return
    try:
        yield from find_reader(data).read(data, limits)
    except UnknownFormat:
        return
