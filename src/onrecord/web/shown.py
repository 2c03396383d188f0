"""Claims of a record in the words of the page beside the text: one titled list of facts each, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from onrecord.ontology import load_ontology
from onrecord.record import Actor, Event, Negotiation, Place, Position, Record, Reference, Statement, Timex
from onrecord.story import Span
from onrecord.web.rows import Fact, Shown

QUADS: Final = ("", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


class Describer:
    """Describes the claims of one record.

    Args:
        record: what was read.
        keys: key in the store of each actor of the record, by the actor's id; may lack some.
    """

    def __init__(self, record: Record, keys: Mapping[str, int]) -> None:
        self.record = record
        self.text = record.story.text
        self.keys = keys
        self.actors = {actor.id: actor for actor in record.actors}
        self.places = {place.id: place for place in record.places}
        self.statements = {statement.id: statement for statement in record.statements}

    def describe_all(self) -> list[Shown]:
        """All claims, in the order of the kinds, then of the text."""
        record = self.record
        made = [self._statement(claim) for claim in record.statements]
        made += [self._event(claim) for claim in record.events]
        made += [self._position(claim) for claim in record.positions]
        made += [shown for claim in record.negotiations for shown in self._negotiation(claim)]
        made += [self._actor(actor) for actor in record.actors]
        made += [self._timex(timex) for timex in record.timexes]
        made += [self._place(place) for place in record.places]
        return made

    def _quote(self, *spans: Span | None) -> str:
        return " … ".join(" ".join(span.words(self.text).split()) for span in spans if span)

    def _fact(self, label: str, value: str, *, quoted: bool = False, claim: str = "") -> Iterator[Fact]:
        if value:
            yield Fact(label, value, quoted=quoted, claim=claim)

    def _refer(self, label: str, references: Iterable[Reference]) -> Iterator[Fact]:
        for reference in references:
            actor = self.actors.get(reference.actor or "")
            words = self._quote(reference.span)
            if actor is None:
                yield Fact(label, words, quoted=True)
            else:
                yield Fact(label, self._name(actor), self.keys.get(actor.id, 0))

    def _name(self, actor: Actor) -> str:
        return f"{actor.name} ({actor.code})" if actor.code and actor.code != actor.name else actor.name

    def _party(self, label: str, ids: Iterable[str]) -> Iterator[Fact]:
        for one in ids:
            actor = self.actors.get(one)
            yield Fact(label, self._name(actor) if actor else one, self.keys.get(one, 0))

    def _statement(self, claim: Statement) -> Shown:
        facts = (
            *self._refer("who", claim.sources),
            *self._fact("cue", self._quote(claim.cue), quoted=True),
            *self._fact("content", self._quote(*claim.content), quoted=True),
            *self._refer("to", claim.addressees),
            *self._fact("occasion", self._quote(claim.occasion), quoted=True),
            *self._fact("said", claim.said.isoformat() if claim.said else ""),
            *self._refer("relayed by", claim.relay),
            *self._fact("condition", self._quote(claim.condition), quoted=True),
            *self._fact("negated", "yes" if claim.negated else ""),
            *self._fact("inside", claim.parent or "", claim=claim.parent or ""),
            *self._fact("kind", claim.kind),
        )
        return Shown(claim.id, "statement", str(claim.act), facts, claim.why, claim.score, claim.stage)

    def _event(self, claim: Event) -> Shown:
        place = self.places.get(claim.place or "")
        told = self.statements.get(claim.reported_by or "")
        codes = f"{QUADS[claim.quad]}, intensity {claim.intensity:+.1f}" + (
            f", CAMEO {claim.cameo}" * bool(claim.cameo)
        )
        facts = (
            *self._fact("status", str(claim.status)),
            *self._refer("actor", claim.actors),
            *self._refer("recipient", claim.recipients),
            *self._fact("words", self._quote(claim.span), quoted=True),
            *self._fact("trigger", self._quote(claim.trigger), quoted=True),
            *self._fact("day", claim.day),
            *self._fact("place", place.name if place else "", claim=claim.place or ""),
            *self._fact("context", ", ".join(claim.contexts)),
            *self._fact("reported by", claim.reported_by or "the story itself", claim=told.id if told else ""),
            *self._fact("codes", codes),
        )
        why = (*claim.why, *_define(claim))
        title = f"{claim.type}-{claim.mode}" if claim.mode else claim.type
        return Shown(claim.id, "event", title, facts, why, claim.score, claim.stage)

    def _position(self, claim: Position) -> Shown:
        evidence = [
            Fact(f"{one.state or 'evidence'}", self._quote(one.span), quoted=True, claim=one.claim)
            for one in claim.evidence
        ]
        facts = (
            *self._party("holder", (claim.holder,)),
            *self._party("to", claim.addressees),
            *self._fact("content", self._quote(*claim.content), quoted=True),
            *self._fact("condition", self._quote(claim.condition), quoted=True),
            *self._fact("state", str(claim.state) if claim.state else ""),
            *self._fact("negated", "yes" if claim.negated else ""),
            *evidence,
        )
        return Shown(claim.id, "position", str(claim.stance), facts, (), claim.score, claim.stage)

    def _negotiation(self, claim: Negotiation) -> Iterator[Shown]:
        facts = (
            *self._party("party", claim.parties),
            *self._party("mediator", claim.mediators),
            *self._party("host", claim.hosts),
            *(self._round(claim, number) for number in range(len(claim.rounds))),
            *(Fact("outstanding", self._quote(item.span), quoted=True) for item in claim.outstanding),
        )
        yield Shown(claim.id, "negotiation", claim.issue, facts, (), claim.score, claim.stage)

    def _round(self, claim: Negotiation, number: int) -> Fact:
        item = claim.rounds[number]
        parts = [item.day, self.places[item.place].name if item.place in self.places else "", item.format]
        parts += [item.outcome] if item.outcome != "unknown" else []
        said = ", ".join(part for part in parts if part) or self._quote(item.span)
        return Fact(f"round {item.number or number + 1}", said, claim=f"{claim.id}.{item.id}")

    def _actor(self, actor: Actor) -> Shown:
        facts = (
            Fact("name", self._name(actor), self.keys.get(actor.id, 0)),
            *self._fact("kind", str(actor.kind)),
            *self._fact("country", actor.country),
            *self._fact("sector", actor.sector),
            *self._fact("office", f"{actor.office} ({actor.tenure})" if actor.tenure else actor.office),
            *self._fact("Wikidata", actor.wikidata),
            *self._fact("or", ", ".join(actor.candidates)),
        )
        why = (f"found by {actor.resolved_by}",) if actor.resolved_by else ()
        return Shown(actor.id, "actor", actor.name, facts, why, actor.score, actor.stage)

    def _timex(self, timex: Timex) -> Shown:
        facts = (
            *self._fact("words", self._quote(timex.span), quoted=True),
            *self._fact("type", str(timex.type)),
            *self._fact("first day", timex.first.isoformat() if timex.first else ""),
            *self._fact("last day", timex.last.isoformat() if timex.last else ""),
        )
        why = (f"counted from {timex.anchor.isoformat()}",) if timex.anchor else ()
        return Shown(timex.id, "time", timex.value, facts, why, timex.score, timex.stage)

    def _place(self, place: Place) -> Shown:
        known = place.latitude is not None and place.longitude is not None
        point = f"{place.latitude:.2f}, {place.longitude:.2f}" if known else ""
        facts = (
            *self._fact("words", self._quote(place.span), quoted=True),
            *self._fact("country", place.country),
            *self._fact("latitude, longitude", point),
            *self._fact("GeoNames", str(place.geonames or "")),
        )
        return Shown(place.id, "place", place.name, facts, (), place.score, place.stage)


def _define(event: Event) -> Iterator[str]:
    """What the codebook says of the type: the reason behind the reason."""
    found = load_ontology().types.get(event.type)
    if found and found.definition:
        yield f"{event.type}: {found.definition}"


def find_shown(claims: Sequence[Shown], claim: str) -> Shown | None:
    """The claim with this id; a round or an open item leads to its negotiation."""
    return next((one for one in claims if one.id in (claim, claim.split(".", 1)[0])), None)
