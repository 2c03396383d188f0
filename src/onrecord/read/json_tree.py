"""JSON -> dicts, lists and values, in which every string knows its bytes.

A string is a `Quoted`: an ordinary `str` that can be asked for its characters with their bytes, through all escapes.
The scanner is a loop with a stack, so depth costs no recursion, and errors name line and column.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from onrecord.config import Limits
from onrecord.errors import BrokenInput, LimitExceeded
from onrecord.read.markup import Page
from onrecord.read.traced import Traced, concat, trace_whole

Json: TypeAlias = Any
_BLANK = re.compile(r"[ \t\r\n\f\x00\ufeff]*")
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORD = re.compile(r"true|false|null|NaN|-?Infinity")
_WORDS: dict[str, Json] = {"true": True, "false": False}
_PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LONGEST_NUMBER = 400
_VALUES = 2_000_000


class Quoted(str):
    """A JSON string with its place: `start` is the character after the opening quote, in `page`."""

    __slots__ = ("page", "start", "written")
    page: Page
    start: int
    written: str

    def traced(self) -> Traced:
        """The characters with their bytes."""
        if "\\" not in self.written:
            return self.page.trace(self.start, str(self))
        parts: list[Traced | str] = []
        at = 0
        for match in _ESCAPE.finditer(self.written):
            if match.start() > at:
                parts.append(self.page.trace(self.start + at, self.written[at : match.start()]))
            low = self.page.place(self.start + match.start())
            parts.append(trace_whole(_unescape(match), low, self.page.place(self.start + match.end())))
            at = match.end()
        if at < len(self.written):
            parts.append(self.page.trace(self.start + at, self.written[at:]))
        return concat(parts)


class Object(dict[str, Json]):
    """A JSON object with its place, as characters `[start, end)` of its page."""

    __slots__ = ("end", "start")
    start: int
    end: int


def _unescape(match: re.Match[str]) -> str:
    high, low, single, other = match.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF))
    if single:
        code = int(single, 16)
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    return _PLAIN.get(other, other)


def read_json(page: Page, limits: Limits) -> Json:
    """The one value of a page.

    Raises:
        BrokenInput: not JSON, with line and column.
        LimitExceeded: deeper than `limits.depth`, or more values than memory allows.
    """
    scanner = Scanner(page, limits)
    value = scanner.read_value(0)
    rest = scanner.skip(scanner.at)
    if rest < len(page.text):
        raise scanner.broken("more text behind the value", rest)
    return value


class Scanner:
    """Reads values from a page; `at` is the character after the last one."""

    def __init__(self, page: Page, limits: Limits) -> None:
        self.page, self.text, self.limits = page, page.text, limits
        self.at = self.count = 0

    def skip(self, at: int) -> int:
        """The next character that is no white space."""
        match = _BLANK.match(self.text, at)
        return match.end() if match else at

    def broken(self, what: str, at: int) -> BrokenInput:
        """An error at a character."""
        line = self.text.count("\n", 0, at) + 1
        column = at - self.text.rfind("\n", 0, at)
        return BrokenInput(
            f"not JSON at line {line}, column {column}: {what}", hint="the file may be cut; ask for it again"
        )

    def read_value(self, at: int) -> Json:
        """The value that begins at `at`."""
        stack: list[tuple[Json, str | None]] = []
        self.at = self.skip(at)
        while True:
            value, opened = self._begin()
            if opened and not self._is_closed(value):
                if len(stack) >= self.limits.depth:
                    raise LimitExceeded(
                        f"values are nested deeper than {self.limits.depth}",
                        hint="raise ONRECORD_LIMITS_DEPTH if this is a story",
                    )
                stack.append((value, self._key() if isinstance(value, dict) else None))
                continue
            while stack:
                holder, key = stack[-1]
                if key is None:
                    holder.append(value)
                else:
                    holder[key] = value
                if self._goes_on(holder):
                    stack[-1] = (holder, self._key() if isinstance(holder, dict) else None)
                    break
                value = stack.pop()[0]
            else:
                return value

    def _begin(self) -> tuple[Json, bool]:
        self.count += 1
        if self.count > _VALUES:
            raise LimitExceeded(f"more than {_VALUES:,} values in one item", hint="split the file")
        self.at = self.skip(self.at)
        first = self.text[self.at : self.at + 1]
        if first in ("{", "["):
            value: Json = Object() if first == "{" else []
            if isinstance(value, Object):
                value.start = value.end = self.at
            self.at += 1
            return value, True
        return self._simple(first), False

    def _simple(self, first: str) -> Json:
        if first == '"':
            return self.read_string()
        match = _NUMBER.match(self.text, self.at) or _WORD.match(self.text, self.at)
        if not match:
            raise self.broken(
                "it ends before the value is closed"
                if not first
                else f"unexpected {self.text[self.at : self.at + 12]!r}",
                self.at,
            )
        self.at = match.end()
        word = match.group()
        if word[-1].isdigit():
            return float(word) if any(sign in word for sign in ".eE") or len(word) > _LONGEST_NUMBER else int(word)
        return _WORDS.get(word)

    def read_string(self) -> Quoted:
        """The string that begins at `at`."""
        match = _STRING.match(self.text, self.at)
        if not match:
            raise self.broken("a string is not closed", self.at)
        written = match.group(1)
        if len(written) > self.limits.story_bytes:
            most = self.limits.story_bytes
            what = f"a string has {len(written):,} characters, more than the {most:,} allowed for one story"
            raise LimitExceeded(what, hint="raise ONRECORD_LIMITS_STORY_BYTES if this is a story")
        value = Quoted(_ESCAPE.sub(_unescape, written) if "\\" in written else written)
        value.page, value.start, value.written = self.page, self.at + 1, written
        self.at = match.end()
        return value

    def _is_closed(self, value: Json) -> bool:
        """True when the object or list that was just opened is empty."""
        self.at = self.skip(self.at)
        if self.text[self.at : self.at + 1] != ("}" if isinstance(value, dict) else "]"):
            return False
        self._end(value)
        return True

    def _end(self, value: Json) -> None:
        self.at += 1
        if isinstance(value, Object):
            value.end = self.at

    def _key(self) -> str:
        self.at = self.skip(self.at)
        if self.text[self.at : self.at + 1] != '"':
            raise self.broken("a name in quotation marks is missing", self.at)
        key = str(self.read_string())
        self.at = self.skip(self.at)
        if self.text[self.at : self.at + 1] != ":":
            raise self.broken(f"a colon is missing after {key[:40]!r}", self.at)
        self.at += 1
        return key

    def _goes_on(self, holder: Json) -> bool:
        """True when a comma follows; False when the object or list ends here."""
        self.at = self.skip(self.at)
        sign = self.text[self.at : self.at + 1]
        close = "}" if isinstance(holder, dict) else "]"
        if sign == ",":
            self.at = self.skip(self.at + 1)
            if self.text[self.at : self.at + 1] != close:
                return True
            sign = close
        if sign != close:
            raise self.broken(
                "it ends before the value is closed" if not sign else f"a comma or {close!r} is missing", self.at
            )
        self._end(holder)
        return False
