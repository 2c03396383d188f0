"""What a story says of its own year: weekdays, dated offices, years named, addresses and notices.

The clues are only collected here; `story_date` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.story import Span, Story
from onrecord.timexes.patterns import Hit, find_hits, find_start
from onrecord.timexes.scene import Scene
from onrecord.timexes.tense import read_tense
from onrecord.timexes.tokens import split_tokens
from onrecord.timexes.values import load_context
from onrecord.timexes.years import find_year

OfficeRow = tuple[date | None, date | None]

#: Dates in the first so many characters of the body belong to the news itself.
_LEAD: Final = 300
_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[/-](?:0?[1-9]|1[0-2]|[a-z]{3})[/-])", re.IGNORECASE)
_NOTICE = re.compile(r"(?:©|\(c\)|copyright)\D{0,20}((?:19|20)\d\d)", re.IGNORECASE)
_NAME = re.compile(r"(?P<name>\b[A-Z][\w'’-]+\.?(?: (?:(?:[A-Z]\.|al-|el-|bin|von|van|de|da) )?[A-Z][\w'’-]+){1,6})")
_OFFICE = re.compile(
    r"president|minister|chancellor|premier|secretary|chief|king|queen|emir|sultan|crown prince|governor|ambassador|"
    r"envoy|speaker|"
    r"commissioner|director|general|leader|head|chair|spokes|pope|commander|attorney|mayor|representative|senator",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:former|ex|late|then|designate|elect|outgoing|candidate)\b[ -]?", re.IGNORECASE)


@dataclass(frozen=True)
class Clues:
    """Evidence for the year of a story.

    Attributes:
        weekdays: weekday (1 is Monday), told as past, in the lead.
        pairs: month, day and weekday printed together.
        offices: people named with a title, and when they held offices.
        past, coming, named: years told as past, as coming, and all.
        stamps: years of addresses and copyright notices.
    """

    weekdays: tuple[tuple[int, bool, bool], ...] = ()
    pairs: tuple[tuple[int, int, int], ...] = ()
    offices: tuple[tuple[str, tuple[OfficeRow, ...]], ...] = ()
    past: frozenset[int] = frozenset()
    coming: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    stamps: frozenset[int] = frozenset()


def find_clues(story: Story, offices: Callable[[str], Sequence[OfficeRow]] | None = None) -> Clues:
    """All evidence in a story; `offices` gives the terms of a person by name."""
    hits = list(_find_dates(story))
    years = [found for hit, scene in hits if (found := _read_year(hit, scene))]
    return Clues(
        weekdays=tuple(_find_weekdays(story, hits)),
        pairs=tuple(dict.fromkeys(pair for hit, _ in hits if (pair := _read_pair(hit)))),
        offices=tuple(_find_offices(story, offices)) if offices else (),
        past=frozenset(year for year, tense in years if tense == "past"),
        coming=frozenset(year for year, tense in years if tense == "future"),
        named=frozenset(year for year, _ in years),
        stamps=_find_stamps(story),
    )


def _find_dates(story: Story) -> Iterator[tuple[Hit, Scene]]:
    """Hits of the date grammar in the body, without their meanings."""
    for start, end in story.paragraphs:
        tokens = split_tokens(story.text, start, end)
        scene = Scene(None)
        at = find_start(tokens, 0)
        while at >= 0:
            hits = find_hits(tokens, at)
            if hits:
                yield hits[0], scene
            at = find_start(tokens, hits[0].last if hits else at + 1)


def _find_weekdays(story: Story, hits: Sequence[tuple[Hit, Scene]]) -> Iterator[tuple[int, bool, bool]]:
    """Each weekday once: the first time it is named, without "last" or "next"."""
    first = story.paragraphs[0].start if story.paragraphs else 0
    seen: set[tuple[int, bool]] = set()
    for hit, scene in hits:
        if hit.rule not in ("day.weekday", "part.day", "part.early") or hit.has("k") or hit.has("k2"):
            continue
        number = hit.number("w") or hit.number("d")
        if not isinstance(number, int) or not 1 <= number <= 7 or not hit.tokens.word(hit.last - 1):
            continue
        if not any(hit.tokens.word(at).lower().endswith("day") for at in range(hit.first, hit.last)):
            continue
        past = read_tense(hit, scene).name != "future"
        if (number, past) not in seen:
            seen.add((number, past))
            yield number, past, hit.tokens.starts[hit.first] - first < _LEAD


def _read_pair(hit: Hit) -> tuple[int, int, int] | None:
    """Month, day and weekday of "Friday, Jan. 14"."""
    if hit.rule not in ("day.mdy", "day.dmy") or not hit.has("w") or hit.has("y"):
        return None
    month, day, number = hit.number("m"), hit.number("d"), hit.number("w")
    return (month, day, number) if month and day and number else None


def _read_year(hit: Hit, scene: Scene) -> tuple[int, str] | None:
    """An explicit year, and whether it is told as past or to come; a named age is not told at all."""
    year = hit.number("y") if hit.has("y") else None
    if year is None or not 1900 <= year <= 2100 or hit.rule.startswith("decade"):
        return None
    if hit.rule.startswith("year") and find_year(hit, scene) is None:
        return None
    return year, _tell_side(hit, scene)


def _tell_side(hit: Hit, scene: Scene) -> str:
    """`past`, `future` or empty where the words round a year do not say ("borders of before 1997")."""
    before = hit.tokens.word(hit.first - 1).lower()
    if before in {"before", "beyond", "for", "pre", "-"}:
        return ""
    tense = read_tense(hit, scene)
    return tense.name if tense.strong else ""


def _find_offices(
    story: Story, offices: Callable[[str], Sequence[OfficeRow]]
) -> Iterator[tuple[str, tuple[OfficeRow, ...]]]:
    """People who are named with an office in the body, and the terms that are known of them."""
    seen: set[str] = set()
    for start, end in story.paragraphs:
        for match in _NAME.finditer(story.text, start, end):
            name = match["name"]
            if name in seen or not _holds_office(story.text, match):
                continue
            for part in _shorten(name):
                rows = tuple(offices(part))
                if rows:
                    seen.add(name)
                    yield part, rows
                    break


def _shorten(name: str) -> list[str]:
    """The last name in a row of capitalised words: what stands behind its titles, without a weekday after it.

    The whole of it or nothing, since a part of a longer name is often the name of somebody else.
    """
    words = name.split()
    titles = [
        at
        for at, word in enumerate(words)
        if _OFFICE.search(word) or word.rstrip(".").lower() in load_context()["titles"]
    ]
    words = words[titles[-1] + 1 :] if titles else words
    while words and words[-1].endswith("day"):
        words = words[:-1]
    return [" ".join(words)] if 2 <= len(words) <= 4 else []


def _holds_office(text: str, match: re.Match[str]) -> bool:
    """True with a title before or behind the name, and none that says it is no longer or not yet held."""
    before = text[max(0, match.start("name") - 60) : match.end("name")]
    behind = text[match.end("name") : match.end("name") + 30]
    before = re.split(r"[.;,] ", before)[-1]
    near = before + behind.split(".")[0]
    return bool(_OFFICE.search(near)) and not _FORMER.search(before)


def _find_stamps(story: Story) -> frozenset[int]:
    """Years of the address and of copyright notices outside the body."""
    body = [Span(*paragraph) for paragraph in story.paragraphs]
    notices = [
        match for match in _NOTICE.finditer(story.text) if not any(span.holds(Span(*match.span())) for span in body)
    ]
    return frozenset(int(match[1]) for match in (*_ADDRESS.finditer(story.url), *notices))
