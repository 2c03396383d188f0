"""Stage 6. Words of a mention -> who is meant, held against the base for the story's day.

A mention is cut into parts (`actor_words`), the person in it is looked up among those who held an office on that
day, a role without a name is given its holder where one is certain, and the rest is coded from the words: country
by demonym, capital or "of ...", sector by the head. What cannot be settled keeps its candidates and the reason.

Codes: CONVENTIONS in docs/annotation.md ("Actors as codes"); PLOVER manual, section on sectors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from onrecord.actor_base import Base, Entity, Tenure, load_base, number_day, rank_holders
from onrecord.actor_words import Parse, Parser, Part
from onrecord.names import TITLES, fold, match_names, split_name
from onrecord.offices import name_office
from onrecord.record import Actor, ActorKind
from onrecord.record import Tenure as TenureMark

#: Offices that make a bare surname enough, the weightiest first.
PROMINENT: Final = (
    "president",
    "head of government",
    "supreme leader",
    "monarch",
    "minister:foreign",
    "minister:defence",
)
_BODY_HEADS = re.compile(
    r"\b(?:government|ministry|department|army|military|navy|air force|police|party|court|parliament|senate|union|agency|service|company|"
    r"bank|office|embassy|commission|committee|council|association|federation|university|church|assembly|congress|junta|administration|"
    r"authority|opposition|cabinet|press|radio|television|tribunal|intelligence|delegation|mission|presidency|institute|regime)$"
)
_DETERMINERS = re.compile(
    r"^(?:the|a|an|some|its|his|her|their|our|this|that|these|those|several|many|two|three|four|both|other|another)\s+",
    re.I,
)
_PLURAL = re.compile(r"(?:[^s]s|men|women|people|children|troops|forces|authorities|police)$")
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
    r"^(?:secretary[- ]general|director[- ]general|director general|managing director|executive (?:director|secretary)|commissioner-general|"
    r"chairperson|prosecutor|president|united nations high)\b(?!.*assembly)"
)
_LESSER = re.compile(r"\b(?:deputy|vice|assistant|spokes\w+|envoy|special|commissioner for|adviser|advisor|under)\b")


@dataclass(frozen=True)
class Context:
    """What is known around a mention: the story's day as a number, the state that bodies without one belong to, words."""

    day: int | None = None
    home: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """What the words of a mention say, before anyone is looked up."""

    parse: Parse
    person: Part | None
    head: Part | None
    owner: Entity | None
    country: str
    sector: str
    title: str
    mark: str
    settled: bool = True


class Resolver:
    """Resolves mentions against one base."""

    def __init__(self, base: Base | None = None) -> None:
        self.base = base or load_base()
        self.parser = Parser(self.base)

    def resolve(self, words: str, context: Context | None = None) -> Actor:
        """Who is meant by the words of one mention; `id` and `mentions` are left empty.

        Example:
            >>> actor = Resolver().resolve("the Russian foreign minister", Context(20220114))
            >>> actor.name, actor.code, actor.resolved_by
            ('Sergey Lavrov', 'RUS', 'office on date')
        """
        return self.resolve_reading(self.read(words), context or Context())

    def resolve_reading(self, reading: Reading, context: Context) -> Actor:
        """Who is meant by a mention that was read before."""
        if reading.person:
            return self._resolve_person(reading, context)
        if reading.head:
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

    def read(self, words: str) -> Reading:
        """The person, head, owner, country, sector and title that the words name."""
        parse = self.parser.parse(words)
        person = _pick_person(parse, self.base)
        segment = _pick_segment(parse, person)
        core, post = _cut_post(segment)
        heads = [part for part in core if part.kind in ("role", "inherit")]
        head = heads[-1] if heads else None
        owner, country = self._find_owner(parse, core, post, head, person)
        sector = self._judge(parse, heads, post, owner, head)
        mark = next((part.value for part in core if part.kind == "mark"), "")
        return Reading(parse, person, head, owner, country, sector, _name_title(parse, segment, head), mark)

    def _find_owner(
        self, parse: Parse, core: Sequence[Part], post: Sequence[Part], head: Part | None, person: Part | None
    ) -> tuple[Entity | None, str]:
        """The body that the head belongs to, and the country: before the head, after "of", in other segments."""
        bodies = [part for part in core if part.entity and part.kind == "body"]
        states = [part for part in core if part.kind in ("state", "people", "place")]
        after = _first_after(post, diplomat=bool(head and parse.key(head) in self.parser.lexicon.diplomats))
        if states and bodies and head and parse.key(head) in self.parser.lexicon.diplomats:
            first = min((*states, *bodies), key=lambda part: part.start)
            bodies = [] if first in states else bodies
        if not states and not bodies and after:
            (bodies if after.kind == "body" else states).append(after)
        elif not bodies and after and after.kind == "body" and head and head.kind == "inherit":
            bodies.append(after)
        rest = [part for part in parse.parts if part not in core and part not in post and part is not person]
        if not states and not bodies:
            others = [part for part in rest if part.kind in ("state", "people", "body", "place")][:1]
            states += [part for part in others if part.kind != "body"]
            bodies += [part for part in others if part.kind == "body"]
        owner = self.base.find_entity(bodies[-1].entity) if bodies else None
        country = states[0].value if states else owner.country if owner else ""
        if owner and owner.sector == "IGO":
            country = ""
        return owner, country

    def _judge(
        self, parse: Parse, heads: Sequence[Part], post: Sequence[Part], owner: Entity | None, head: Part | None
    ) -> str:
        """The sector: the owner's for an official of a body, the head's otherwise, a modifier's for heads like "leader"."""
        if owner and owner.sector == "IGO":
            return "IGO"
        if head is None:
            return ""
        if owner and (head.kind == "inherit" or head.value == "GOV"):
            return ""
        if head.kind == "role":
            return head.value
        roles = [part for part in heads if part.kind == "role"]
        after = [part for part in post if part.kind == "role"]
        return roles[-1].value if roles else after[0].value if after else head.value

    # -- persons ---------------------------------------------------------------------------------------------

    def _resolve_person(self, reading: Reading, context: Context) -> Actor:
        assert reading.person is not None
        name = reading.parse.words(reading.person)
        name = _spell(reading.parse, reading.person)
        found, others, how = self.find_person(name, reading, context)
        if found is None:
            return self._make_unknown(name, reading, context, others, how)
        return self._make_person(found, reading, context, others, how)

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
            reading.owner and any(row.body == reading.owner.id or self._shares_code(row, reading.owner) for row in past)
        ):
            weight += 3
        elif office and country and any(row.office == office for row in past):
            weight += 1
        if active:
            weight += 1
            if any(row.office in PROMINENT or (row.body and not _LESSER.search(row.title.lower())) for row in active):
                weight += 1 + (not country and not office) * (
                    1
                    + any(
                        row.country in ("USA", "RUS", "CHN", "GBR", "FRA", "DEU") or row.origin == "own"
                        for row in active
                    )
                )
        return weight

    def _shares_code(self, row: Tenure, owner: Entity) -> bool:
        return bool(row.body) and self.base.find_entity(row.body or 0).code == owner.code

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
            return max(rows, key=lambda row: (_weight_office(row), row.start), default=None)
        active = [row for row in rows if row.holds(context.day)]
        office = name_office(reading.title) if reading.title else ""
        return max(
            active,
            key=lambda row: (row.office == office, row.country == reading.country, _weight_office(row), row.start),
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
        holders = self.find_holders(replace(reading, country=country), context) if _is_single(reading) else []
        named = [self.base.find_entity(row.entity).name for row in holders]
        if len(holders) == 1 and context.day is not None and not reading.mark:
            actor = self._make_person(
                holders[0].entity, replace(reading, country=country), context, (), "office on date"
            )
            return actor
        if reading.head.entity:
            named_body = self.base.find_entity(reading.head.entity)
            if country in ("", named_body.country):
                return self._make_body(named_body, context, "name")
        sector = reading.sector or (self.base.find_sector(reading.owner, context.day) if reading.owner else "")
        sector, tenure = _mark_sector(sector, reading)
        phrase = _strip_determiners(reading.parse.text)
        why = "several holders on the date" if len(named) > 1 else "role"
        return _make_actor(
            phrase, _judge_kind(reading), country if sector not in ("IGO", "IMG", "UNK") else reading.country, sector,
            reading.owner if sector == "IGO" else None, office=reading.title if _judge_kind(reading) is ActorKind.PERSON else "",
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
        same = [row for row in self._all_officers(None, context) if self._shares_code(row, reading.owner)]
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
        entity = self.base.find_entity(part.entity)
        sector = self.base.find_sector(entity, context.day)
        kind, name, how = ActorKind(entity.kind), entity.name, "name"
        if part.kind == "people":
            how = "demonym"
            if part.form == "peoples":
                kind, name, sector = ActorKind.GROUP, _strip_determiners(reading.parse.text), "CVL"
        elif part.form == "seat":
            how = "capital or seat"
        if part.kind == "body":
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
        phrase = _strip_determiners(reading.parse.text)
        return _make_actor(
            phrase, ActorKind.UNKNOWN, place or context.home, "", None,
            resolved_by="unresolved: no name, role or state that the base knows", score=0.3,
        )  # fmt: skip


def _make_actor(name: str, kind: ActorKind, country: str, sector: str, body: Entity | None, **fields: object) -> Actor:
    """An actor with the code that country, sector and body give."""
    if sector == "IGO":
        code = body.code if body else name
        return Actor(id="", name=name, kind=kind, country="", sector=sector, code=code, **fields)  # type: ignore[arg-type]
    suffix = "" if sector in ("GOV", "") else sector
    code = country + suffix if country else name
    return Actor(id="", name=name, kind=kind, country=country, sector=sector, code=code, **fields)  # type: ignore[arg-type]


def _add_days(day: int, days: int) -> int:
    year, rest = divmod(day, 10000)
    month, first = divmod(rest, 100)
    return number_day(date(year, max(1, month), min(28, max(1, first))) + timedelta(days)) or day


def _weight_office(row: Tenure) -> int:
    if row.body and not _LESSER.search(row.title.lower()):
        return 9
    return len(PROMINENT) - PROMINENT.index(row.office) if row.office in PROMINENT else 0


def _mark_sector(sector: str, reading: Reading) -> tuple[str, TenureMark | None]:
    """A former official has no office: ELI; a designated or acting one keeps the sector."""
    if reading.mark == "former" and sector in ("GOV", "LEG", "MIL", "JUD", "SPY", "COP", "PTY", ""):
        return "ELI", TenureMark.FORMER
    marks = {"designated": TenureMark.DESIGNATED, "acting": TenureMark.ACTING, "former": TenureMark.FORMER}
    return sector, marks.get(reading.mark)


def _pick_person(parse: Parse, base: Base) -> Part | None:
    """The part that is a person's name: known whole, after a title or role, or a name alone."""
    names = [part for part in parse.parts if part.kind == "name"]
    for part in names:
        if (
            base.find_people(" ".join(token.key for token in parse.tokens[part.start : part.end]))
            and part.end - part.start > 1
        ):
            return part
    for part in names:
        if (
            part.end - part.start == 1
            and re.fullmatch(r"[A-Z]{3,}", parse.tokens[part.start].text)
            and len(parse.parts) > 1
        ):
            continue
        before = parse.parts[parse.parts.index(part) - 1] if parse.parts.index(part) else None
        after = next((other for other in parse.parts if other.start == part.end), None)
        if before is not None and before.kind == "title":
            return part
        if _stands_alone(parse, part, before, after):
            return part
    return None


def _stands_alone(parse: Parse, part: Part, before: Part | None, after: Part | None) -> bool:
    """A name that modifies nothing: not followed by a role, not after "of", not one half of an organisation."""
    if after is not None and (after.kind in ("role", "inherit") or (after.kind == "name" and after.start == part.end)):
        return False
    if parse.tokens[part.end - 1].owns and after is not None and after.kind != "break":
        return False
    if before is None or before.kind == "break":
        return part.end - part.start > 1 or len(parse.parts) == 1
    if before.kind in ("role", "inherit"):
        return not _is_office_word(parse, before, part)
    return before.kind in ("people", "state", "body") and part.end - part.start > 1


def _is_office_word(parse: Parse, before: Part, part: Part) -> bool:
    """ "Bank Mellat", "Banner Brigades": a capitalised body word before the name belongs to it."""
    capital = parse.tokens[before.end - 1].capital
    return capital and before.value in ("BUS", "EDU", "MED", "SOC", "LAB") and part.end - part.start == 1


def _pick_segment(parse: Parse, person: Part | None) -> list[Part]:
    """The parts between breaks that describe the actor: where the person's role stands, or the first with a role."""
    segments: list[list[Part]] = [[]]
    for part in parse.parts:
        if part.kind == "break":
            segments.append([])
        elif part is not person or segments[-1]:
            segments[-1].append(part)
    with_role = [segment for segment in segments if any(part.kind in ("role", "inherit") for part in segment)]
    chosen = with_role[0] if with_role else max(segments, key=len)
    return [part for part in chosen if part is not person]


def _cut_post(segment: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """The parts before the first link after a head, and those after it."""
    for at, part in enumerate(segment):
        if part.kind == "link" and any(
            other.kind in ("role", "inherit", "body", "state", "people") for other in segment[:at]
        ):
            return list(segment[:at]), list(segment[at:])
    return list(segment), []


def _first_after(post: Sequence[Part], *, diplomat: bool) -> Part | None:
    """The first state or body after a link; after "to", "with" or "against" only when nothing else is there."""
    link, after = "", None
    for part in post:
        if part.kind == "link":
            link = part.value
        elif part.kind in ("state", "people", "body", "place") and link not in (
            "to",
            "with",
            "against",
            "on",
            "between",
            "near",
            "over",
        ):
            if diplomat and link in ("in", "at", "for"):
                continue
            if part.kind == "place" and link not in ("of", "in", "from", "at"):
                continue
            after = after or part
    return after


def _name_title(parse: Parse, segment: Sequence[Part], head: Part | None) -> str:
    """The words of the office: the head with what stands around it, without states, marks and the name."""
    if head is None:
        return ""
    kept: list[str] = []
    skip = False
    for part in segment:
        if part.kind in ("state", "people", "body", "place", "title", "mark"):
            if kept and kept[-1] in ("of", "for", "in", "at", "the"):
                kept = kept[: -(2 if kept[-2:-1] == ["of"] else 1)]
            continue
        words = parse.words(part)
        if words.lower() in ("the", "a", "an", "its", "his", "her") and not kept:
            continue
        if part.kind == "link" and part.value in ("who", "which", "whose", "said", "told", "has", "was", "is"):
            break
        kept.append(words)
    while kept and kept[-1].lower() in ("of", "for", "in", "at", "the", "to", "and"):
        kept.pop()
    return " ".join(kept)


def _is_single(reading: Reading) -> bool:
    """True when the head is one person in an office, not a body or several."""
    assert reading.head is not None
    words = reading.parse.key(reading.head)
    return (
        not _BODY_HEADS.search(words)
        and not _PLURAL.search(words)
        and not re.match(r"(?:an?|two|three|some)\b", reading.parse.text.lower())
    )


def _judge_kind(reading: Reading) -> ActorKind:
    assert reading.head is not None
    words = reading.parse.words(reading.head).lower()
    if _BODY_HEADS.search(words):
        return ActorKind.BODY
    if _PLURAL.search(words):
        return ActorKind.GROUP
    return (
        ActorKind.PERSON
        if reading.head.value not in ("BUS", "MED", "EDU", "NGO", "SOC", "PTY", "LAB") or reading.head.kind == "inherit"
        else ActorKind.BODY
    )


def _strip_determiners(text: str) -> str:
    words = " ".join(text.split()).strip(" ,;:")
    return _DETERMINERS.sub("", words)


def _spell(parse: Parse, part: Part) -> str:
    """A name as it stands in the text, hyphens kept, titles at its start dropped."""
    tokens = parse.tokens[part.start : part.end]
    while len(tokens) > 1 and tokens[0].key in TITLES:
        tokens = tokens[1:]
    return " ".join(parse.text[tokens[0].start : tokens[-1].end].split())


__all__ = ["Context", "Reading", "Resolver", "match_names", "number_day"]
