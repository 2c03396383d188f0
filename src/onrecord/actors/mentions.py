"""Stage 6. A mention's parts -> what its words say: person, head, owner, country, sector, title, mark.

Nothing is looked up by date here; that is done in `persons.py` and `actors.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.actors.base import Base, Entity
from onrecord.actors.names import TITLES, fold
from onrecord.actors.words import Parse, Parser, Part
from onrecord.record import ActorKind

_BODY_HEADS = re.compile(
    r"\b(?:government|ministry|department|army|military|navy|air force|police|party|court|parliament|senate|union|"
    r"agency|service|company|bank|office|embassy|commission|committee|council|association|federation|university|church|"
    r"assembly|congress|junta|administration|authority|opposition|cabinet|press|radio|television|tribunal|intelligence|"
    r"delegation|mission|presidency|institute|regime)$"
)
_DETERMINERS = re.compile(
    r"^(?:the|a|an|some|its|his|her|their|our|this|that|these|those|several|many|two|three|four|both|other|another)\s+",
    re.I,
)
#: Ranks of officers before a name, folded.
_RANKS = frozenset(
    [
        "gen",
        "general",
        "lt",
        "lieutenant",
        "col",
        "colonel",
        "maj",
        "major",
        "capt",
        "captain",
        "brig",
        "brigadier",
        "adm",
        "admiral",
        "rear",
        "sgt",
        "sergeant",
        "commodore",
    ]
)
#: Heads that stay the government's, whoever stands before them: "rebel negotiator" is a rebel, a "war minister" not.
_OFFICES = re.compile(
    r"minist|presiden|secretary|governor|junta|government|king|queen|premier|chancellor|mayor|pm$|regime"
)
_PLURAL = re.compile(r"(?:[^s]s|men|women|people|children|troops|forces|authorities|police)$")


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


class Reader:
    """Reads what the words of mentions say, with the names of one base."""

    def __init__(self, base: Base) -> None:
        self.base, self.parser = base, Parser(base)

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
        """The sector: the owner's for an official of a body, else the head's, a modifier's for heads like "leader"."""
        if owner and owner.sector == "IGO":
            return "IGO"
        if head is None:
            return ""
        if owner and (head.kind == "inherit" or head.value == "GOV"):
            return ""
        roles = [part for part in heads if part.kind == "role"]
        if head.kind == "role" and head.value == "GOV" and len(roles) > 1 and not _OFFICES.search(parse.key(head)):
            return roles[-2].value
        if head.kind == "role":
            return head.value
        after = [part for part in post if part.kind == "role"]
        return roles[-1].value if roles else after[0].value if after else head.value


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


def names_body(reading: Reading) -> bool:
    """True when the name of a body follows the common word: "the rebel group M23", "opposition Kuomintang"."""
    assert reading.head is not None
    at = reading.parse.parts.index(reading.head)
    after = reading.parse.parts[at + 1 :]
    return len(after) > 0 and after[0].kind == "body" and len(after) == 1


def is_single(reading: Reading) -> bool:
    """True when the head is one person in an office, not a body or several."""
    assert reading.head is not None
    words = reading.parse.key(reading.head)
    return (
        not _BODY_HEADS.search(words)
        and not _PLURAL.search(words)
        and not re.match(r"(?:an?|two|three|some)\b", reading.parse.text.lower())
    )


def judge_kind(reading: Reading) -> ActorKind:
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


def strip_determiners(text: str) -> str:
    words = " ".join(text.split()).strip(" ,;:")
    return _DETERMINERS.sub("", words)


def spell_name(parse: Parse, part: Part, base: Base) -> str:
    """A name as it stands in the text, hyphens kept, titles at its start dropped."""
    tokens = parse.tokens[part.start : part.end]
    whole = " ".join(parse.text[tokens[0].start : tokens[-1].end].split())
    if base.find_people(fold(whole)):
        return whole
    while len(tokens) > 1 and tokens[0].key in TITLES:
        tokens = tokens[1:]
    return " ".join(parse.text[tokens[0].start : tokens[-1].end].split())


def names_rank(reading: Reading) -> bool:
    """True when a military rank stands before the name."""
    return reading.person is not None and any(
        token.key in _RANKS for token in reading.parse.tokens[max(0, reading.person.start - 2) : reading.person.start]
    )
