"""What a date expression is resolved against: the day of writing, the last date mentioned, and the tense around it.

A story about its own time counts from the day it was written; a history counts from the last date that it named.
Which of the two a text is, is told by its years: most of them long before the day of writing make a narrative
(the split between news and narratives is that of HeidelTime, Stroetgen and Gertz 2013).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.timexes.points import Point, from_date

_YEAR = re.compile(r"(?<![\d.,$£€#])(1[0-9]\d\d|20\d\d)(?![\d,]\d|\w)|\b\d{3}\s?B\.?C\b")
_NEWS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]omorrow|"
    r"[Ll]ast (?:week|month|year)|[Tt]his (?:week|month|year))\b"
)
#: A bare year this far from the story's line is a look aside until another one near it follows.
_JUMP: Final = 15


@dataclass
class Scene:
    """State while a text is read from left to right.

    Attributes:
        anchor: day of writing, where known.
        narrative: dates hang on the dates before them, not on the day of writing.
        last: the last point mentioned, with as much as is known of it.
        day: the last whole day mentioned.
        sentence: number of the token that the present sentence begins at.
    """

    anchor: date | None
    narrative: bool = False
    last: Point | None = None
    day: Point | None = None
    sentence: int = 0
    sentence_year: int | None = None
    aside: int | None = None

    @property
    def now(self) -> Point | None:
        """The point that "this", "last" and bare months count from."""
        if self.narrative and self.last:
            return self.last
        return from_date(self.anchor) if self.anchor else None

    @property
    def then(self) -> Point | None:
        """The point that "later", "the next" and "the same" count from."""
        return self.last or (from_date(self.anchor) if self.anchor else None)

    def note(self, point: Point, *, dated: bool = True) -> None:
        """Remember the point that was just mentioned; `dated` when it says when its sentence plays."""
        if point.year is None or self._looks_aside(point):
            return
        self.last = point
        self.sentence_year = point.year if dated or point.month else self.sentence_year
        if point.day:
            self.day = point

    def _looks_aside(self, point: Point) -> bool:
        """True for a bare year far from the line of a narrative, unless the one before was near it."""
        year, last = point.year or 0, self.last.year if self.last else None
        if not self.narrative or last is None or point.month or abs(year - last) <= _JUMP:
            self.aside = None
            return False
        repeated = self.aside is not None and abs(year - self.aside) <= _JUMP
        self.aside = year
        return not repeated


def is_narrative(text: str, anchor: date | None) -> bool:
    """True when the years named in a text lie mostly far before the day of writing."""
    years = [int(year) if year else -1 for year in _YEAR.findall(text)]
    if len(years) < 6 or not anchor:
        return len(years) >= 6 and not anchor
    past = sum(year < anchor.year for year in years)
    return past / len(years) > 0.7 and len(years) > 2 * len(_NEWS.findall(text))
