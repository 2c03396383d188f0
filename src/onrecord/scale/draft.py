"""A record written by hand: words in, spans out. For the generator of synthetic records and for tests.

    draft = Draft("Foreign Minister Ana Brod asked Lowland to open the ferry line.", day="2022-01-14", agency="HPA")
    draft.add_actor("Ana Brod", country="HRV")
    draft.add_statement("open the ferry line", source="Ana Brod", act="demand")
    record = draft.build()

Words are looked up in the text; those that stand in it more than once mean the first place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from onrecord.record import (
    Actor,
    Event,
    Evidence,
    Negotiation,
    Outstanding,
    Place,
    Position,
    Record,
    Reference,
    Round,
    Statement,
    Versions,
)
from onrecord.story import Precision, Published, Run, Span, Story, hash_text


class Draft:
    """A record in the making. Actors are named by their names, claims get ids in order (`s1`, `e1` ...)."""

    def __init__(self, text: str, *, day: str = "", model: str = "draft", **fields: Any) -> None:
        self.text = text
        self.model = model
        self.published = Published(day=date.fromisoformat(day), precision=Precision.DAY) if day else Published()
        self.fields = fields
        self.actors: dict[str, Actor] = {}
        self.places: list[Place] = []
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.positions: list[Position] = []
        self.negotiations: list[Negotiation] = []

    def find(self, words: str) -> Span:
        """Where the words stand.

        Raises:
            ValueError: nowhere.
        """
        start = self.text.index(words)
        return Span(start, start + len(words))

    def add_actor(self, name: str, **fields: Any) -> str:
        """Add an actor; gives its id."""
        return self.actors.setdefault(name, Actor(id=f"a{len(self.actors) + 1}", name=name, **fields)).id

    def add_place(self, name: str, **fields: Any) -> str:
        """Add a place; gives its id."""
        place = Place(id=f"l{len(self.places) + 1}", span=self.find(name), name=name, **fields)
        self.places.append(place)
        return place.id

    def add_statement(self, content: str | Sequence[str], *, source: str = "", **fields: Any) -> str:
        """Add a statement with these words as content; gives its id."""
        spans = tuple(self.find(part) for part in ([content] if isinstance(content, str) else content))
        claim = Statement(
            id=f"s{len(self.statements) + 1}",
            span=Span(spans[0].start, spans[-1].end),
            content=spans,
            sources=self._refer([source] if source else []),
            addressees=self._refer(fields.pop("addressees", ())),
            relay=self._refer(fields.pop("relay", ())),
            **fields,
        )
        self.statements.append(claim)
        return claim.id

    def add_event(self, words: str, kind: str, who: str, *whom: str, **fields: Any) -> str:
        """Add an event of `who` towards `whom`; gives its id."""
        trigger = self.find(fields.pop("trigger", words))
        claim = Event(
            id=f"e{len(self.events) + 1}",
            span=self.find(words),
            trigger=trigger,
            type=kind,
            actors=self._refer([who]),
            recipients=self._refer(whom),
            **fields,
        )
        self.events.append(claim)
        return claim.id

    def add_position(self, words: str, stance: str, holder: str, *addressees: str, **fields: Any) -> str:
        """Add a position on these words; gives its id."""
        span = self.find(words)
        said = fields.pop("evidence", "")
        evidence = (Evidence(claim="s1", span=self.find(said), state=fields.get("state")),) if said else ()
        claim = Position.model_validate(
            {
                "id": f"p{len(self.positions) + 1}",
                "span": span,
                "content": (span,),
                "stance": stance,
                "holder": self.add_actor(holder),
                "addressees": tuple(self.add_actor(name) for name in addressees),
                "evidence": evidence,
                **fields,
            }
        )
        self.positions.append(claim)
        return claim.id

    def add_negotiation(
        self,
        issue: str,
        parties: Sequence[str],
        *,
        rounds: Iterable[dict[str, Any]] = (),
        outstanding: Sequence[str] = (),
    ) -> str:
        """Add talks on an issue that the text names; `rounds` give `words`, `day` and other fields of a Round."""
        number = len(self.negotiations) + 1
        people = tuple(self.add_actor(name) for name in parties)
        held = [
            Round.model_validate(
                {"id": f"r{place}", "parties": people, "span": self.find(one["words"])}
                | {name: value for name, value in one.items() if name != "words"}
            )
            for place, one in enumerate(rounds, 1)
        ]
        claim = Negotiation(
            id=f"n{number}",
            span=self.find(issue),
            issue=issue,
            parties=people,
            rounds=tuple(held),
            positions=tuple(position.id for position in self.positions),
            outstanding=tuple(Outstanding(span=self.find(words)) for words in outstanding),
        )
        self.negotiations.append(claim)
        return claim.id

    def build(self) -> Record:
        """The record."""
        raw = self.text.encode()
        story = Story(
            id=hash_text(self.text),
            text=self.text,
            raw=raw,
            runs=(Run(0, len(self.text), 0, len(raw)),),
            format="text",
            paragraphs=(Span(0, len(self.text)),),
            published=self.published,
            **self.fields,
        )
        return Record(
            story=story,
            actors=tuple(self.actors.values()),
            places=tuple(self.places),
            statements=tuple(self.statements),
            events=tuple(self.events),
            positions=tuple(self.positions),
            negotiations=tuple(self.negotiations),
            versions=Versions(package="0", model=self.model, ontology="0"),
        )

    def _refer(self, names: Iterable[str]) -> tuple[Reference, ...]:
        return tuple(
            Reference(span=self._mention(name), actor=self.actors[name].id if name in self.actors else None)
            for name in names
        )

    def _mention(self, name: str) -> Span:
        """Where the name stands, or its last word; the start of the text when neither does."""
        for words in (name, name.split()[-1]):
            if words in self.text:
                return self.find(words)
        return Span(0, 1)
