"""Stage 6. Words of a mention -> who is meant, held against the base for the story's day.

A mention is cut into parts (`actor_words`) and read (`mention_reading`), the person in it is looked up among those
who held an office on that day (`persons`), a role without a name is given its holder where one is certain, and the
rest is coded from the words: country by demonym, capital or "of ...", sector by the head. What cannot be settled
keeps its candidates and the reason.

Codes: docs/annotation.md ("Actors as codes"); PLOVER manual, section on sectors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from onrecord.actors.base import Base, Entity, Tenure, load_base, number_day, rank_holders
from onrecord.actors.mentions import (
    Reader,
    Reading,
    is_single,
    judge_kind,
    names_body,
    names_rank,
    spell_name,
    strip_determiners,
)
from onrecord.actors.names import fold
from onrecord.actors.offices import name_office
from onrecord.actors.persons import PROMINENT, Context, Finder, weight_office
from onrecord.actors.words import Part
from onrecord.record import Actor, ActorKind
from onrecord.record import Tenure as TenureMark

_GENERIC = frozenset(
    [
        "chief",
        "head",
        "leader",
        "boss",
        "secretary",
        "general",
        "director",
        "general",
        "president",
        "managing",
        "director",
        "executive",
        "director",
        "secretary-general",
        "director-general",
        "chairman",
        "chairperson",
        "chairwoman",
        "prosecutor",
    ]
) | {"secretary general", "director general", "managing director", "executive director", "chief prosecutor"}
_CHIEF = re.compile(
    r"^(?:secretary[- ]general|director[- ]general|director general|managing director|executive (?:director|secretary)|"
    r"commissioner-general|"
    r"chairperson|prosecutor|president|united nations high)\b(?!.*assembly)"
)


#: Capitals that also stand for a body: its name, words that speak of it, words that speak of the state.
SHARED_SEATS: Final = {"brussels": ("European Union", r"\bEU\b|\bEurope", r"\bBelgi")}


class Resolver:
    """Resolves mentions against one base."""

    def __init__(self, base: Base | None = None) -> None:
        self.base = base or load_base()
        self.reader, self.finder = Reader(self.base), Finder(self.base)
        self.parser = self.reader.parser

    def resolve(self, words: str, context: Context | None = None) -> Actor:
        """Who is meant by the words of one mention; `id` and `mentions` are left empty.

        Example:
            >>> actor = Resolver().resolve("the Russian foreign minister", Context(20220114))
            >>> actor.name, actor.code, actor.resolved_by
            ('Sergey Lavrov', 'RUS', 'office on date')
        """
        return self.resolve_reading(self.reader.read(words), context or Context())

    def resolve_reading(self, reading: Reading, context: Context) -> Actor:
        """Who is meant by a mention that was read before."""
        if reading.person:
            return self._resolve_person(reading, context)
        if reading.head and not names_body(reading):
            return self._resolve_role(reading, context)
        return self._resolve_entity(reading, context)

    def find_gender(self, actor: Actor) -> str:
        """`m` or `f` where the base knows the person that an actor was resolved to."""
        for at in self.base.find_people(fold(actor.name)):
            entity = self.base.find_entity(at)
            if entity.wikidata == actor.wikidata:
                return entity.gender
        return ""

    # -- reading ---------------------------------------------------------------------------------------------

    def _resolve_person(self, reading: Reading, context: Context) -> Actor:
        assert reading.person is not None
        name = reading.parse.words(reading.person)
        name = spell_name(reading.parse, reading.person, self.base)
        found, others, how = self.finder.find_person(name, reading, context)
        if found is None:
            return self._make_unknown(name, reading, context, others, how)
        return self._make_person(found, reading, context, others, how)

    def _make_person(self, at: int, reading: Reading, context: Context, others: Sequence[int], how: str) -> Actor:
        entity = self.base.find_entity(at)
        rows = self.base.find_tenures(at)
        held = self._pick_tenure(rows, reading, context)
        country, sector, tenure = self._place_person(rows, held, reading, context)
        body = self.base.find_entity(held.body) if held and held.body else reading.owner
        if entity.sector and not rows:
            country, sector = reading.country or entity.country, reading.sector or entity.sector
        return _make_actor(
            entity.name, ActorKind.PERSON, country, sector, body if sector == "IGO" else None,
            office=held.title if held else "", tenure=tenure, wikidata=entity.wikidata, resolved_by=how,
            candidates=tuple(self.base.find_entity(other).name for other in list(others)[:5]),
            score=0.95 if how == "name" else 0.8,
        )  # fmt: skip

    def _pick_tenure(self, rows: Sequence[Tenure], reading: Reading, context: Context) -> Tenure | None:
        """The office that the mention means: of the named country and title, else the weightiest held on the day."""
        if context.day is None and not reading.country:
            return max(rows, key=lambda row: (weight_office(row), row.start), default=None)
        active = [row for row in rows if row.holds(context.day)]
        office = name_office(reading.title) if reading.title else ""
        return max(
            active,
            key=lambda row: (
                row.office == office,
                row.country == reading.country,
                weight_office(row),
                row.origin == "own",
                row.start,
            ),
            default=None,
        )

    def _place_person(
        self, rows: Sequence[Tenure], held: Tenure | None, reading: Reading, context: Context
    ) -> tuple[str, str, TenureMark | None]:
        """Country, sector and tenure on the day."""
        last = max(
            (row for row in rows if context.day is None or row.start <= context.day),
            key=lambda row: row.end,
            default=None,
        )
        mark = {"former": TenureMark.FORMER, "designated": TenureMark.DESIGNATED, "acting": TenureMark.ACTING}.get(
            reading.mark
        )
        spoken = reading.sector if reading.head is not None and reading.head.kind == "role" else ""
        if held and mark is not TenureMark.FORMER:
            sector = (
                spoken
                if spoken not in ("", "GOV", "IGO") and held.sector in ("GOV",) and not held.body
                else held.sector
            )
            return held.country, sector, mark or TenureMark.HOLDER
        if held:
            return held.country, held.sector, TenureMark.HOLDER
        country = reading.country or (last.country if last else rows[0].country if rows else "")
        soon = next(
            (row for row in rows if context.day is not None and context.day < row.start <= _add_days(context.day, 120)),
            None,
        )
        if soon and mark is not TenureMark.FORMER and not spoken.strip("GOV"):
            return soon.country, soon.sector, TenureMark.DESIGNATED
        if mark is TenureMark.FORMER or (not spoken and last):
            return country, "ELI", TenureMark.FORMER
        if mark is TenureMark.DESIGNATED:
            return country, "GOV" if spoken == "GOV" else spoken or "PTY", mark
        return (
            country,
            spoken or (rows[0].sector if rows else "") or "ELI",
            mark or (TenureMark.FORMER if last and not spoken else None),
        )

    def _make_unknown(self, name: str, reading: Reading, context: Context, others: Sequence[int], how: str) -> Actor:
        """A person whom the base does not know: coded from the words."""
        sector = reading.sector or (self.base.find_sector(reading.owner, context.day) if reading.owner else "")
        if names_rank(reading) and sector in ("", "GOV"):
            sector = "MIL"
        sector, tenure = _mark_sector(sector, reading)
        country = reading.country or ("" if sector == "IGO" else context.home)
        return _make_actor(
            name, ActorKind.PERSON, country, sector, reading.owner if sector == "IGO" else None,
            office=reading.title, tenure=tenure, resolved_by=f"words: {how}", score=0.6,
            candidates=tuple(self.base.find_entity(at).name for at in list(others)[:5]),
        )  # fmt: skip

    # -- roles and bodies ------------------------------------------------------------------------------------

    def _resolve_role(self, reading: Reading, context: Context) -> Actor:
        """A role without a name: its holder where one is certain, else coded from the words."""
        assert reading.head is not None
        country = reading.country or (context.home if not (reading.owner and reading.owner.sector == "IGO") else "")
        holders = self.find_holders(replace(reading, country=country), context) if is_single(reading) else []
        named = [self.base.find_entity(row.entity).name for row in holders]
        if len(holders) == 1 and context.day is not None and not reading.mark:
            return self._make_person(
                holders[0].entity, replace(reading, country=country), context, (), "office on date"
            )
        if reading.head.entity:
            named_body = self.base.find_entity(reading.head.entity)
            shared = named_body.sector == "IGO" and not reading.country
            if shared or country in ("", named_body.country):
                return self._make_body(named_body, context, "name")
        sector = reading.sector or (self.base.find_sector(reading.owner, context.day) if reading.owner else "")
        sector, tenure = _mark_sector(sector, reading)
        phrase = strip_determiners(reading.parse.text)
        why = "several holders on the date" if len(named) > 1 else "role"
        return _make_actor(
            phrase, judge_kind(reading), country if sector not in ("IGO", "IMG", "UNK") else reading.country, sector,
            reading.owner if sector == "IGO" else None,
            office=reading.title if judge_kind(reading) is ActorKind.PERSON else "",
            tenure=tenure, resolved_by=why, candidates=tuple(named[:5]), score=0.7 if reading.country else 0.5,
        )  # fmt: skip

    def find_holders(self, reading: Reading, context: Context) -> list[Tenure]:
        """Who holds the office that a role without a name means; one row where it is certain."""
        if context.day is None:
            return []
        if reading.owner is not None and reading.owner.sector == "IGO":
            return self._find_officers(reading, context)
        office = name_office(reading.title)
        certain = office in PROMINENT or office.startswith(("minister:", "vice president", "crown prince"))
        if not certain or not reading.country or reading.owner is not None:
            return []
        if "leader" in reading.title.lower().split():
            return []
        return rank_holders(self.base.find_holders(reading.country, office, context.day))[:1]

    def _find_officers(self, reading: Reading, context: Context) -> list[Tenure]:
        """Officers of an international body: its head, or the one whose title has the words."""
        assert reading.owner is not None
        title = fold(reading.title)
        if title in _GENERIC:
            rows = self._all_officers(reading.owner.id, context)
            return rank_holders([row for row in rows if _CHIEF.match(row.title.lower())])[:1]
        words = set(title.split()) - {"of", "the", "for", "chief", "a"}
        if title in ("foreign policy chief", "high representative", "top diplomat"):
            words = {"high", "representative"}
        same = [row for row in self._all_officers(None, context) if self.finder.shares_code(row, reading.owner)]
        fits = [row for row in same if words and words <= set(fold(row.title).split())]
        return rank_holders(fits)[:1] if len({row.entity for row in fits}) == 1 else []

    def _all_officers(self, body: int | None, context: Context) -> list[Tenure]:
        return [row for row in self.base.find_officers(context.day) if body is None or row.body == body]

    def _resolve_entity(self, reading: Reading, context: Context) -> Actor:
        """A state, body or group by its name or adjective."""
        parts = [part for part in reading.parse.parts if part.entity]
        if not parts:
            return self._make_bare(reading, context)
        part = next((part for part in reversed(parts) if part.kind == "body"), parts[0])
        entity = self._pick_seat(part, reading, context) or self.base.find_entity(part.entity)
        sector = self.base.find_sector(entity, context.day)
        kind, name, how = ActorKind(entity.kind), entity.name, "name"
        if part.kind == "people":
            how = "demonym"
            if part.form == "peoples":
                kind, name, sector = ActorKind.GROUP, strip_determiners(reading.parse.text), "CVL"
        elif part.form == "seat":
            how = "capital or seat"
        if part.kind == "body" or entity.kind == "body":
            return self._make_body(entity, context, how)
        actor = _make_actor(
            name,
            kind,
            entity.country,
            sector,
            entity if sector == "IGO" else None,
            wikidata=entity.wikidata if sector != "CVL" else "",
            resolved_by=how,
        )
        return actor.model_copy(update={"code": entity.code}) if sector == "PRE" else actor

    def _pick_seat(self, part: Part, reading: Reading, context: Context) -> Entity | None:
        """The body that a capital stands for where the words around speak of it and not of its own state."""
        name, about, against = SHARED_SEATS.get(reading.parse.key(part), ("", "", ""))
        if not name or not re.search(about, context.text) or re.search(against, context.text):
            return None
        return next((self.base.find_entity(alias.entity) for alias in self.base.aliases.get(fold(name), ())), None)

    def _make_body(self, entity: Entity, context: Context, how: str) -> Actor:
        """A body or group of the base, with its sector on the day."""
        sector = self.base.find_sector(entity, context.day)
        return _make_actor(
            entity.name, ActorKind(entity.kind), entity.country, sector, entity if sector == "IGO" else None,
            wikidata=entity.wikidata, resolved_by=how,
        )  # fmt: skip

    def _make_bare(self, reading: Reading, context: Context) -> Actor:
        """Nothing that the base knows: a place gives the country, capitals a name."""
        place = next((part.value for part in reading.parse.parts if part.kind == "place"), "")
        phrase = strip_determiners(reading.parse.text)
        return _make_actor(
            phrase, ActorKind.UNKNOWN, place or context.home, "", None,
            resolved_by="unresolved: no name, role or state that the base knows", score=0.3,
        )  # fmt: skip


def _make_actor(name: str, kind: ActorKind, country: str, sector: str, body: Entity | None, **fields: object) -> Actor:
    """An actor with the code that country, sector and body give."""
    if sector == "IGO":
        code = body.code if body else name
        return Actor(id="", name=name, kind=kind, country="", sector=sector, code=code, **fields)
    suffix = "" if sector in ("GOV", "") else sector
    code = country + suffix if country else name
    return Actor(id="", name=name, kind=kind, country=country, sector=sector, code=code, **fields)


def _add_days(day: int, days: int) -> int:
    year, rest = divmod(day, 10000)
    month, first = divmod(rest, 100)
    return number_day(date(year, max(1, month), min(28, max(1, first))) + timedelta(days)) or day


def _mark_sector(sector: str, reading: Reading) -> tuple[str, TenureMark | None]:
    """A former official has no office: ELI; a designated or acting one keeps the sector."""
    if reading.mark == "former" and sector in ("GOV", "LEG", "MIL", "JUD", "SPY", "COP", "PTY", ""):
        return "ELI", TenureMark.FORMER
    marks = {"designated": TenureMark.DESIGNATED, "acting": TenureMark.ACTING, "former": TenureMark.FORMER}
    return sector, marks.get(reading.mark)


__all__ = ["Context", "Reading", "Resolver", "number_day"]
