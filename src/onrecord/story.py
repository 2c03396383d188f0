"""What a story is: canonical text, its furniture, and the way back to the bytes that came in.

`Story.text` is the whole story in Unicode NFC, furniture included, one blank line between paragraphs. Offsets
everywhere in onrecord are half-open `[start, end)` in code points of this text. `paragraphs` are the spans of the
body proper: only they reach the model. `runs` lead from any offset to the bytes of `raw` and back.

Source: DESIGN.md section 2; IPTC 7901 and NewsML-G2 for the names of the furniture.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of all values: immutable, hashable by content, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class Span(NamedTuple):
    """Half-open `[start, end)` in code points of `Story.text`. `text[span.start:span.end]` are the words."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """True when `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def words(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class Run(NamedTuple):
    """One stretch of `Story.text` and the bytes of `Story.raw` that it came from.

    When both lengths are equal each character is one byte; otherwise (entities, multi-byte characters, escapes) the
    stretch maps as a whole.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int


class FurnitureType(StrEnum):
    """The parts of a wire that are not its body."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    SLUG = "slug"
    KEYWORDS = "keywords"
    PRIORITY = "priority"
    BYLINE = "byline"
    DATELINE = "dateline"
    EDITORS_NOTE = "editors_note"
    VERSION = "version"
    EMBARGO = "embargo"
    COPYRIGHT = "copyright"
    CREDIT = "credit"
    CAPTION = "caption"
    MORE = "more"
    END = "end"
    SIGN_OFF = "sign_off"
    CONTROL = "control"
    HEADER = "header"


class Furniture(Frozen):
    """One piece of furniture: its type, where it stands, and its value without marks (`as.hm` for `(end) as.hm`)."""

    type: FurnitureType
    span: Span
    value: str


class Precision(StrEnum):
    """How exactly a date is known."""

    TIME = "time"
    DAY = "day"
    MONTH_DAY = "month_day"
    YEAR = "year"


class Published(Frozen):
    """The story's own date.

    `day` is empty while the year is open; then `month` and `month_day` hold what is printed and `years` the years
    that remain, most likely first. `evidence` says in words what the date rests on ("dateline", "metadata",
    "weekday", "office of Sergey Lavrov" ...).
    """

    day: date | None = None
    time: datetime | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    month_day: Annotated[int, Field(ge=1, le=31)] | None = None
    years: tuple[int, ...] = ()
    precision: Precision | None = None
    evidence: tuple[str, ...] = ()


class Dateline(Frozen):
    """Places (without state and country), agencies and the span of a dateline."""

    span: Span
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


class Story(Frozen):
    """One wire story as read.

    Attributes:
        id: SHA-256 of `text`, in hexadecimal.
        text: canonical text, furniture included.
        raw: the bytes of this story as they came in (the item, when a file holds many).
        runs: the offset map, in order of `start`.
        format: name of the reader, as `onrecord formats` lists it.
        charset: the character set that `raw` was decoded with.
        language: ISO 639-1 code, empty when undecided.
        paragraphs: spans of the body, in order; the only text that the model sees.
        received: when the file reached us or was last changed, where known.
        url: where the text came from, where known.
    """

    id: str
    text: str
    raw: bytes = Field(repr=False)
    runs: tuple[Run, ...] = Field(repr=False)
    format: str
    charset: str = "utf-8"
    language: str = "en"
    headline: str = ""
    slug: str = ""
    bylines: tuple[str, ...] = ()
    agency: str = ""
    dateline: Dateline | None = None
    published: Published = Published()
    paragraphs: tuple[Span, ...] = ()
    sign_off: str = ""
    editors_notes: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    keywords: tuple[str, ...] = ()
    url: str = ""
    outlet: str = ""
    guid: str = ""
    received: datetime | None = None

    @property
    def body(self) -> str:
        """The paragraphs, a blank line between two of them. Offsets in it are not offsets in `text`."""
        return "\n\n".join(self.text[start:end] for start, end in self.paragraphs)

    def find_raw(self, span: Span) -> Span:
        """The bytes `[start, end)` of `raw` that the characters of `span` came from.

        Raises:
            ValueError: the span is empty, outside the text, or holds nothing that came from the raw bytes.
        """
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(
                f"story {self.id[:12]}: span {tuple(span)} is not inside the text of {len(self.text)} characters"
            )
        places = [_project(run, span) for run in self.runs if run.start < span.end and span.start < run.end]
        if not places:
            raise ValueError(f"story {self.id[:12]}: span {tuple(span)} holds only characters that the reader put in")
        return Span(min(start for start, _ in places), max(end for _, end in places))

    def find_text(self, raw_start: int, raw_end: int) -> Span | None:
        """The characters of `text` that came from the bytes `[raw_start, raw_end)`; None when none did."""
        places = [
            _unproject(run, raw_start, raw_end)
            for run in self.runs
            if run.raw_start < raw_end and raw_start < run.raw_end
        ]
        if not places:
            return None
        return Span(min(start for start, _ in places), max(end for _, end in places))


def _project(run: Run, span: Span) -> tuple[int, int]:
    if run.end - run.start != run.raw_end - run.raw_start:
        return run.raw_start, run.raw_end
    shift = run.raw_start - run.start
    return max(run.start, span.start) + shift, min(run.end, span.end) + shift


def _unproject(run: Run, raw_start: int, raw_end: int) -> tuple[int, int]:
    if run.end - run.start != run.raw_end - run.raw_start:
        return run.start, run.end
    shift = run.start - run.raw_start
    return max(run.raw_start, raw_start) + shift, min(run.raw_end, raw_end) + shift


def hash_text(text: str) -> str:
    """The id of a story with this canonical text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
