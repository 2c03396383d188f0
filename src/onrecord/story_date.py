"""Stage 4. Story -> the same story with its own date, as far as the text fixes it.

A dateline without a year ("Jan 14") leaves one day for every year. What else the story says weighs these years: the
weekday that the lead names, the offices held by the people in it, the years it mentions, an address or copyright line
with a year. Each kind of evidence multiplies the weight of a year; when one year carries nearly all of it, it is taken,
else the years that remain are listed, most likely first. The figures for weekdays were counted in 304 of our own
stories (docs/dates.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.actors.base import OPEN, Base
from onrecord.actors.names import fold, split_name
from onrecord.date_clues import Clues, OfficeRow, find_clues
from onrecord.read.dates import search_date
from onrecord.story import Precision, Published, Story

Offices = Callable[[str], Sequence[OfficeRow]]

FIRST_YEAR: Final = 1945
#: A name spelt otherwise must be this alike to count as evidence.
_ALIKE: Final = 0.93
_SURE: Final = 0.9
_KEEP: Final = 0.02
#: Chance that the weekday of a past event lies 0, 1, 2 ... days before the story, in the lead and further down.
_LEAD: Final = (0.88, 0.07, 0.02, 0.012, 0.01, 0.004, 0.004)
_BODY: Final = (0.22, 0.42, 0.2, 0.08, 0.04, 0.02, 0.02)
#: The same ahead, for events to come.
_AHEAD: Final = (0.12, 0.26, 0.19, 0.2, 0.12, 0.05, 0.06)


@dataclass(frozen=True)
class Year:
    """One year that is possible, its weight, and what speaks for it."""

    year: int
    weight: float
    evidence: tuple[str, ...]


def infer_date(story: Story, offices: Offices | None = None, *, today: date | None = None) -> Story:
    """The story with `published` filled as far as its evidence goes.

    Args:
        story: as read; a dateline or metadata may give day, or month and day, or nothing.
        offices: gives the first and last day of each office that a person of this name held; None knows nobody.
        today: no story is later; the day it was received, else the present one.
    """
    published = story.published
    if published.day:
        return _update(story, _note_conflict(story, published))
    if not (published.month and published.month_day):
        return story
    latest = (story.received.date() if story.received else None) or today or date.today()
    years = weigh_years(published.month, published.month_day, find_clues(story, offices), latest)
    return _update(story, choose_year(published, years)) if years else _impossible(story)


def list_terms(base: Base, name: str) -> list[OfficeRow]:
    """First and last day of every office that people of this name held, as the base of actors knows them."""
    key = fold(name)
    if key in base.aliases or key in base.places:
        return []
    people = base.find_people(key) or [at for at, fit in base.find_alike(tuple(split_name(name)))[:1] if fit >= _ALIKE]
    tenures = [tenure for at in people for tenure in base.find_tenures(at)]
    return [(_read_number(tenure.start), _read_number(tenure.end)) for tenure in tenures]


def _read_number(number: int) -> date | None:
    """20220114 -> a day; None for an open end, and for what is known to the year only and has no such day."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if number in (0, OPEN):
        return None
    try:
        return date(year, month or 1, day or 1)
    except ValueError:
        return None


def _update(story: Story, published: Published) -> Story:
    return story if published == story.published else story.model_copy(update={"published": published})


def _note_conflict(story: Story, published: Published) -> Published:
    """Say so when the dateline names another day than the metadata; the metadata stands."""
    printed = search_date(story.text[slice(*story.dateline.span)]) if story.dateline else None
    day = published.day
    if day is None or printed is None or not printed.day or "metadata" not in published.evidence:
        return published
    known = (printed.year or day.year, printed.month, printed.day)
    try:
        apart = abs((date(*known) - day).days)
    except ValueError:
        apart = 99
    if min(apart, abs(apart - 365)) <= 2:
        return published
    words = (
        story.text[slice(printed.start + story.dateline.span.start, printed.end + story.dateline.span.start)]
        if story.dateline
        else ""
    )
    return published.model_copy(update={"evidence": (*published.evidence, f"contradicts dateline {words.strip()!r}")})


def _impossible(story: Story) -> Story:
    published = story.published
    note = f"no year has a day {published.month_day}/{published.month}"
    return _update(story, published.model_copy(update={"evidence": (*published.evidence, note)}))


def weigh_years(month: int, day: int, clues: Clues, latest: date) -> list[Year]:
    """The years in which the day exists and no hard evidence speaks against it, heaviest first."""
    found = []
    for year in range(FIRST_YEAR, latest.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if (candidate - latest).days > 1:
            continue
        found.append(_weigh(candidate, clues, latest))
    total = sum(year.weight for year in found)
    ranked = [Year(year.year, year.weight / total, year.evidence) for year in found if year.weight > 0] if total else []
    return sorted(ranked, key=lambda year: -year.weight)


def _weigh(day: date, clues: Clues, latest: date) -> Year:
    weight, evidence = 1.0, []
    for number, past, lead in clues.weekdays:
        weight *= _weigh_weekday(day, number, past=past, lead=lead) * 7
        evidence += ["weekday"] if day.isoweekday() == number else []
    for name, rows in clues.offices:
        held = any((start is None or start <= day) and (end is None or day <= end) for start, end in rows)
        weight *= 1.0 if held else 0.002
        evidence += [f"office of {name}"] if held else []
    for pair_month, pair_day, number in clues.pairs:
        weight *= 1.0 if _pair_fits(day, pair_month, pair_day, number) else 0.01
        evidence += ["weekday of a date in the text"]
    weight *= _weigh_years_named(day.year, clues)
    if day.year in clues.stamps:
        weight *= 500
        evidence.append("year of an address or notice")
    if day.year in clues.named:
        evidence.append("year in the text")
    return Year(day.year, weight * _prior(day.year, clues, latest), tuple(dict.fromkeys(evidence)))


def _weigh_weekday(day: date, number: int, *, past: bool, lead: bool) -> float:
    if past:
        return (_LEAD if lead else _BODY)[(day.isoweekday() - number) % 7]
    return _AHEAD[(number - day.isoweekday()) % 7]


def _pair_fits(day: date, month: int, month_day: int, number: int) -> bool:
    """Whether "Friday, Jan. 14" holds in the year of the story or the one beside it that is nearer."""
    for year in (day.year, day.year - 1, day.year + 1):
        try:
            other = date(year, month, month_day)
        except ValueError:
            continue
        if abs((other - day).days) <= 183:
            return other.isoweekday() == number
    return True


def _weigh_years_named(year: int, clues: Clues) -> float:
    """A year told in the past tense is not later than the story; one told of as coming is not earlier."""
    if clues.past and year < max(clues.past):
        return 0.01
    if clues.coming and year > min(clues.coming):
        return 0.03
    return 1.0


def _prior(year: int, clues: Clues, latest: date) -> float:
    """Stories name years near their own, and recent ones are read more often than old ones."""
    recent = float(0.97 ** (latest.year - year))
    return recent * (0.15 + 0.8 ** (year - max(clues.past))) if clues.past and year >= max(clues.past) else recent


def choose_year(published: Published, years: Sequence[Year]) -> Published:
    """The date with its year where one carries nearly all the weight, else with the years that remain."""
    best = years[0]
    if best.weight >= _SURE:
        return published.model_copy(
            update={
                "day": date(best.year, published.month or 1, published.month_day or 1),
                "years": (best.year,),
                "precision": Precision.DAY,
                "evidence": (*published.evidence, *best.evidence),
            }
        )
    kept = [year for year in years if year.weight >= _KEEP * best.weight]
    update = {"years": tuple(year.year for year in kept), "evidence": (*published.evidence, *best.evidence)}
    return published.model_copy(update=update)


__all__ = ["Offices", "infer_date", "list_terms", "weigh_years"]
