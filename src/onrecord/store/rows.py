"""A record as rows of the tables, and back.

The story's bytes, its reading and the claims are kept compressed and whole; the rows beside them are what is searched
and linked. A role whose actor is not resolved is kept under the words of the story, so that nothing is lost to search.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from onrecord.record import Actor, Event, Negotiation, Position, Record, Reference, Statement
from onrecord.story import Span, Story

_LEVEL: Final = 6
#: Characters of what is wanted that are kept to tell talks apart.
_CONTEXT: Final = 1_000

Row = dict[str, Any]


@dataclass
class Rows:
    """The rows of one record, by table; keys are filled in by the writer."""

    story: Row
    record: Row
    claims: dict[str, list[Row]] = field(default_factory=dict)
    roles: list[Row] = field(default_factory=list)
    actors: dict[str, Row] = field(default_factory=dict)
    appearances: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)


def fold(words: str) -> str:
    """Words for comparison: without case and diacritics, one space between two of them, no leading "the"."""
    if not words.isascii():
        words = "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))
    plain = words.casefold()
    folded = " ".join(plain.replace("-", " ").replace("’", "'").split())
    return folded.removeprefix("the ")


def date_story(story: Story) -> str:
    """The story's day; where the year is open the likeliest; else the day it came in; else nothing."""
    published = story.published
    if published.day:
        return published.day.isoformat()
    if published.years and published.month and published.month_day:
        try:
            return date(published.years[0], published.month, published.month_day).isoformat()
        except ValueError:
            return str(published.years[0])
    return story.received.date().isoformat() if story.received else ""


def build_rows(record: Record, *, origin: str = "") -> Rows:
    """The rows of a record. `origin` is the file or feed that the story came from."""
    story = record.story
    rows = Rows(story=_build_story(story, origin), record=_build_record(record))
    builder = _Builder(record, rows, rows.story["day"])
    builder.add_actors()
    builder.add_claims()
    return rows


def _build_story(story: Story, origin: str) -> Row:
    return {
        "id": story.id,
        "headline": story.headline,
        "text": story.text,
        "day": date_story(story),
        "agency": story.agency,
        "outlet": story.outlet,
        "slug": story.slug,
        "language": story.language,
        "guid": story.guid,
        "url": story.url,
        "marks": json.dumps(story.versions, ensure_ascii=False) if story.versions else "",
        "origin": origin,
    }


def _build_record(record: Record) -> Row:
    source = record.story.model_dump_json(exclude={"raw", "text"}, exclude_defaults=True)
    body = record.model_dump_json(exclude={"story"}, exclude_defaults=True)
    return {
        "raw": zlib.compress(record.story.raw, _LEVEL),
        "source": zlib.compress(source.encode(), _LEVEL),
        "body": zlib.compress(body.encode(), _LEVEL),
        "package": record.versions.package,
        "model": record.versions.model,
        "ontology": record.versions.ontology,
    }


def read_story(text: str, raw: bytes, source: bytes) -> Story:
    """The story that was kept."""
    values = json.loads(zlib.decompress(source))
    story = Story.model_validate_json(json.dumps({**values, "raw": "", "text": ""}))
    return story.model_copy(update={"text": text, "raw": zlib.decompress(raw)})


def read_record(story: Story, body: bytes) -> Record:
    """The record that was kept of a story."""
    values = json.loads(zlib.decompress(body))
    blank = Story(id="", text="", raw=b"", runs=(), format="")
    record = Record.model_validate_json(json.dumps({**values, "story": json.loads(blank.model_dump_json())}))
    return record.model_copy(update={"story": story})


def identify_actor(actor: Actor) -> str:
    """What makes two actors of different stories the same: the Wikidata id, else name and country."""
    return actor.wikidata or f"{fold(actor.name)}|{actor.country}"


def _join(text: str, spans: Iterable[Span]) -> str:
    return " ".join(" ".join(text[start:end].split()) for start, end in spans)


class _Builder:
    """Collects the rows of one record's claims."""

    def __init__(self, record: Record, rows: Rows, day: str) -> None:
        self.record = record
        self.rows = rows
        self.day = day
        self.text = record.story.text
        self.identities: dict[str, str] = {}
        self.days = {timex.id: timex for timex in record.timexes}
        self.places = {place.id: place for place in record.places}
        self.talks = {name: talks.id for talks in record.negotiations for name in talks.positions}

    def add_actors(self) -> None:
        for actor in self.record.actors:
            identity = identify_actor(actor)
            self.identities[actor.id] = identity
            self.rows.actors[identity] = {
                "identity": identity,
                "name": actor.name,
                "folded": fold(actor.name),
                "kind": actor.kind.value,
                "country": actor.country,
                "sector": actor.sector,
                "code": actor.code,
                "wikidata": actor.wikidata,
            }
            self.rows.appearances.append(
                {
                    "actor": identity,
                    "day": self.day,
                    "office": actor.office,
                    "tenure": actor.tenure.value if actor.tenure else "",
                    "country": actor.country,
                    "sector": actor.sector,
                    "resolved_by": actor.resolved_by,
                }
            )
        self.rows.places = [
            {
                "claim": place.id,
                "name": place.name,
                "country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "geonames": place.geonames,
            }
            for place in self.record.places
        ]

    def add_claims(self) -> None:
        claims = self.rows.claims
        claims["statement"] = [self._statement(claim) for claim in self.record.statements]
        claims["event"] = [self._event(claim) for claim in self.record.events]
        claims["position"] = [self._position(claim) for claim in self.record.positions]
        claims["negotiation"] = [self._negotiation(claim) for claim in self.record.negotiations]
        claims["round"] = [row for claim in self.record.negotiations for row in self._rounds(claim)]
        claims["outstanding"] = [row for claim in self.record.negotiations for row in self._outstanding(claim)]

    def _name(self, words: str) -> str:
        """The identity of an actor that is known by its words only."""
        identity = f"{fold(words)}|"
        self.rows.actors.setdefault(
            identity,
            {
                "identity": identity,
                "name": words,
                "folded": fold(words),
                "kind": "unknown",
                "country": "",
                "sector": "",
                "code": "",
                "wikidata": "",
            },
        )
        return identity

    def _actor(self, actor: str | None) -> str:
        return self.identities.get(actor or "") or (self._name(actor) if actor else "")

    def _refer(self, kind: str, claim: str, role: str, references: Iterable[Reference]) -> str:
        """Add the roles of a claim; gives the first one's identity."""
        first = ""
        for place, reference in enumerate(references):
            words = _join(self.text, (reference.span,))
            identity = self.identities.get(reference.actor or "") or self._name(words)
            self._role(kind, claim, role, (identity, words), place)
            first = first or identity
        return first

    def _refer_ids(self, kind: str, claim: str, role: str, actors: Iterable[str]) -> None:
        for place, actor in enumerate(actors):
            self._role(kind, claim, role, (self._actor(actor), ""), place)

    def _role(self, kind: str, claim: str, role: str, who: tuple[str, str], place: int) -> None:
        self.rows.roles.append(
            {"kind": kind, "claim": claim, "role": role, "actor": who[0], "place": place, "words": who[1]}
        )

    def _base(self, claim: str, span: Span, words: str, day: str, score: float) -> Row:
        return {
            "claim": claim,
            "start": span.start,
            "end": span.end,
            "words": words,
            "day": day or self.day,
            "dated": int(bool(day)),
            "score": score,
            "cluster": 0,
            "hidden": 0,
        }

    def _statement(self, claim: Statement) -> Row:
        said = claim.said.isoformat() if claim.said else ""
        speaker = self._refer("statement", claim.id, "source", claim.sources)
        self._refer("statement", claim.id, "addressee", claim.addressees)
        self._refer("statement", claim.id, "relay", claim.relay)
        return {
            **self._base(claim.id, claim.span, _join(self.text, claim.content or (claim.span,)), said, claim.score),
            "act": claim.act.value,
            "kind": claim.kind.value,
            "cue": _join(self.text, (claim.cue,)) if claim.cue else "",
            "occasion": _join(self.text, (claim.occasion,)) if claim.occasion else "",
            "parent": claim.parent or "",
            "negated": int(claim.negated),
            "speaker": speaker,
        }

    def _event(self, claim: Event) -> Row:
        self._refer("event", claim.id, "actor", claim.actors)
        self._refer("event", claim.id, "recipient", claim.recipients)
        place = self.places.get(claim.place or "")
        return {
            **self._base(claim.id, claim.span, _join(self.text, (claim.span,)), claim.day, claim.score),
            "trigger": _join(self.text, (claim.trigger,)),
            "type": claim.type,
            "mode": claim.mode,
            "contexts": " ".join(claim.contexts),
            "quad": claim.quad,
            "intensity": claim.intensity,
            "cameo": claim.cameo,
            "status": claim.status.value,
            "place": place.name if place else "",
            "country": place.country if place else "",
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "reported_by": claim.reported_by or "",
        }

    def _position(self, claim: Position) -> Row:
        self._refer_ids("position", claim.id, "addressee", claim.addressees)
        self._refer_ids("position", claim.id, "holder", (claim.holder,))
        evidence = [
            {"claim": one.claim, "words": _join(self.text, (one.span,)), "state": one.state.value if one.state else ""}
            for one in claim.evidence
        ]
        return {
            **self._base(claim.id, claim.span, _join(self.text, claim.content or (claim.span,)), "", claim.score),
            "holder": self._actor(claim.holder),
            "negotiation": self.talks.get(claim.id, ""),
            "stance": claim.stance.value,
            "state": claim.state.value if claim.state else "",
            "condition": _join(self.text, (claim.condition,)) if claim.condition else "",
            "negated": int(claim.negated),
            "evidence": json.dumps(evidence, ensure_ascii=False) if evidence else "",
        }

    def _negotiation(self, claim: Negotiation) -> Row:
        for role in ("party", "mediator", "host"):
            named = {"party": claim.parties, "mediator": claim.mediators, "host": claim.hosts}[role]
            self._refer_ids("negotiation", claim.id, role, named)
        row = self._base(claim.id, claim.span, _join(self.text, (claim.span,)), "", claim.score)
        spans = [span for one in self.record.positions if one.id in claim.positions for span in one.content]
        spans += [item.span for item in claim.outstanding]
        return {**row, "issue": claim.issue, "context": _join(self.text, spans)[:_CONTEXT]}

    def _rounds(self, negotiation: Negotiation) -> Iterator[Row]:
        for claim in negotiation.rounds:
            name = f"{negotiation.id}.{claim.id}"
            self._refer_ids("round", name, "party", claim.parties)
            if claim.assessed_by:
                self._refer_ids("round", name, "judge", (claim.assessed_by,))
            place = self.places.get(claim.place or "")
            yield {
                **self._base(name, claim.span, _join(self.text, (claim.span,)), claim.day, claim.score),
                "negotiation": negotiation.id,
                "number": claim.number or 0,
                "place": place.name if place else "",
                "format": claim.format,
                "outcome": claim.outcome.value,
                "assessed_by": self._actor(claim.assessed_by),
            }

    def _outstanding(self, negotiation: Negotiation) -> Iterator[Row]:
        for number, item in enumerate(negotiation.outstanding, 1):
            claim = f"{negotiation.id}.o{number}"
            row = self._base(claim, item.span, _join(self.text, (item.span,)), "", negotiation.score)
            yield {**row, "negotiation": negotiation.id, "about": item.claim or ""}
