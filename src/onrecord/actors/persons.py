"""Stage 6. A person's name -> the person of the base who fits role, country and day.

Candidates are found by name and by sound, then weighed: the country and office that the words name, whether the
office was held on the day, and, for a bare surname, how well known its holder was then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.actors.base import Base, Entity, Tenure
from onrecord.actors.mentions import Reading
from onrecord.actors.names import fold, split_name
from onrecord.actors.offices import name_office

#: Offices that make a bare surname enough, the weightiest first.
PROMINENT: Final = (
    "president",
    "head of government",
    "supreme leader",
    "monarch",
    "minister:foreign",
    "minister:defence",
)
LESSER = re.compile(r"\b(?:deputy|vice|assistant|spokes\w+|envoy|special|commissioner for|adviser|advisor|under)\b")


#: States whose ministers are named by surname alone.
GREAT: Final = ("USA", "RUS", "CHN", "GBR", "FRA", "DEU")


@dataclass(frozen=True)
class Context:
    """What is known around a mention: the story's day as a number, the state that bodies without one belong to."""

    day: int | None = None
    home: str = ""
    text: str = ""


class Finder:
    """Finds persons in one base."""

    def __init__(self, base: Base) -> None:
        self.base = base

    def find_person(self, name: str, reading: Reading, context: Context) -> tuple[int | None, list[int], str]:
        """The person of this name that fits role, country and day; others that fit; how it was decided."""
        tokens = split_name(name)
        exact = self.base.find_people(fold(name)) or self.base.find_people(" ".join(tokens))
        if exact and (len(tokens) > 1 or len(exact) == 1):
            ranked = self._rank(exact, reading, context)
            if ranked and (len(tokens) > 1 or self._weigh(ranked[0], reading, context) > 1):
                return ranked[0], ranked[1:], "name"
        alike = [at for at, _ in self.base.find_alike(tuple(tokens))]
        if not alike:
            return None, [], "no such name in the base"
        ranked = self._rank(alike, reading, context)
        needed = 4 if len(tokens) == 1 else 2 - (len(alike) == 1)
        best = self._weigh(ranked[0], reading, context)
        if best < needed:
            return None, ranked, "no holder of this name fits country, office and date"
        second = self._weigh(ranked[1], reading, context) if len(ranked) > 1 else -1
        if best == second and len(tokens) == 1:
            return None, ranked, "several holders of this name fit"
        return ranked[0], ranked[1:], "office on date" if best >= 4 else "spelling of name"

    def _rank(self, ids: Sequence[int], reading: Reading, context: Context) -> list[int]:
        return sorted(dict.fromkeys(ids), key=lambda at: (-self._weigh(at, reading, context), -self._last_start(at)))

    def _last_start(self, at: int) -> int:
        return max((row.start for row in self.base.find_tenures(at)), default=0)

    def _weigh(self, at: int, reading: Reading, context: Context) -> int:
        """How well a person fits: country, the office named, in office on the day, prominence."""
        rows = self.base.find_tenures(at)
        if at < 0 or not rows:
            return 6
        weight = 0
        country = reading.country or ""
        same = [row for row in rows if not country or row.country == country]
        if country:
            weight += 2 if same else -3
        office = name_office(reading.title) if reading.title else ""
        active = [row for row in same if row.holds(context.day)]
        past = [row for row in same if context.day is None or row.start <= context.day]
        if context.day is not None and rows and not any(row.start <= context.day + 20000 for row in rows):
            weight -= 4
        if (office and any(row.office == office for row in (active if reading.mark != "former" else past))) or (
            reading.owner and any(row.body == reading.owner.id or self.shares_code(row, reading.owner) for row in past)
        ):
            weight += 3
        elif office and country and any(row.office == office for row in past):
            weight += 1
        return weight + (self._weigh_active(active, bare=not country and not office) if active else 0)

    def _weigh_active(self, active: Sequence[Tenure], *, bare: bool) -> int:
        """In office on the day: more when prominent, and when nothing but the name says who is meant."""
        prominent = any(row.office in PROMINENT or _leads_body(row) for row in active)
        listed = any(row.origin == "own" for row in active)
        great = any(row.country in GREAT for row in active)
        return 1 + prominent + bare * (prominent * (1 + (great or listed)) or 3 * listed)

    def shares_code(self, row: Tenure, owner: Entity) -> bool:
        return bool(row.body) and self.base.find_entity(row.body or 0).code == owner.code


def _leads_body(row: Tenure) -> bool:
    return bool(row.body) and not LESSER.search(row.title.lower())


def weight_office(row: Tenure) -> int:
    if _leads_body(row):
        return 9
    return len(PROMINENT) - PROMINENT.index(row.office) if row.office in PROMINENT else 0
