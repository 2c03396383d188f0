"""What a request asks for, checked: numbers, pages, searches. A wrong value gives a problem that names the field."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError
from starlette.requests import Request

from onrecord.errors import SettingsError
from onrecord.labels import TYPES
from onrecord.record import Act, Status
from onrecord.store import Query
from onrecord.store.query import check_choice
from onrecord.story import Span
from onrecord.web.problem import Problem

KINDS: Final = ("story", "statement", "event")
_ALLOWED: Final[dict[str, frozenset[str]]] = {
    "act": frozenset(Act),
    "type": frozenset(TYPES),
    "status": frozenset(Status),
    "kind": frozenset(KINDS),
}
_WORDS: Final = ("speaker", "actor", "start", "end", "outlet", "place")
#: Deepest page and largest key; more is a mistake, and costs the database much.
_DEEPEST: Final = 500
_LARGEST: Final = 2**31


def read_number(value: str, field: str) -> int:
    """A key from an address.

    Raises:
        Problem: it is no number.
    """
    if not (value.isascii() and value.isdecimal() and int(value[:12]) < _LARGEST):
        raise Problem(404, f"{value[:40]!r} is no key of {field}")
    return int(value)


def read_page(request: Request) -> int:
    """The page of a list, from 1.

    Raises:
        Problem: it is no page.
    """
    value = request.query_params.get("page") or "1"
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:6]) <= _DEEPEST):
        raise Problem(400, f"{value[:20]!r} is no page", where="page", hint=f"pages go from 1 to {_DEEPEST}")
    return int(value)


def read_query(request: Request, size: int) -> Query:
    """The search that a request asks for.

    Raises:
        Problem: a field has a value that is not allowed.
    """
    asked = request.query_params
    values: dict[str, Any] = {name: clean_words(asked.get(name, "")) for name in _WORDS}
    values["text"] = clean_words(asked.get("q", ""))
    try:
        for name, allowed in _ALLOWED.items():
            values[name] = check_choice(asked.get(name, ""), allowed, name) or (None if name == "kind" else "")
        return Query(**values, limit=size, offset=(read_page(request) - 1) * size)
    except SettingsError as error:
        raise Problem(400, error.what, where=error.where, hint=error.hint) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise Problem(400, f"{str(first['input'])[:40]!r}: {first['msg']}", where=str(first["loc"][0])) from error


def read_span(value: str, length: int) -> tuple[Span, ...]:
    """The characters that an address points at, as `120-180`; nothing when it points outside the text."""
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(value) < 20):
        return ()
    span = Span(int(start), min(int(end), length))
    return (span,) if span.start < span.end else ()


def clean_words(words: str) -> str:
    """Words without control characters, which the database does not take, and not longer than a search may be."""
    return "".join(char for char in words if char.isprintable() or char == " ").strip()[:500]
