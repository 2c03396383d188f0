"""W3C Web Annotation in JSON-LD: every claim as an annotation on the characters of its story.

Each target has a `TextPositionSelector` (code points of the canonical text, as the model asks) and a
`TextQuoteSelector` with the words round it, so that the place is found again where the text was reflowed. Content that
a cue splits is several targets of one annotation.

Source: W3C Recommendation "Web Annotation Data Model", 23 February 2017, sections 3.2, 4.2.4 and 4.2.5.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from onrecord.export.entries import Entry
from onrecord.export.files import write_text
from onrecord.export.wish import Wish, pick_events, pick_positions, pick_rounds, pick_statements
from onrecord.record import Actor, Event, Position, Statement
from onrecord.story import Span

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
#: Characters before and after the words that are given with them.
AROUND: Final = 32
_WIKIDATA: Final = "http://www.wikidata.org/entity/"

Annotation = dict[str, Any]


def write_annotations(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write one annotation page with all claims that are wanted, an annotation a line; gives their number.

    Raises:
        ExportError: the file cannot be written.
    """
    head = {"@context": CONTEXT, "id": "urn:onrecord:annotations", "type": "AnnotationPage"}
    number = 0
    with write_text(path) as stream:
        stream.write(json.dumps(head)[:-1] + ', "items": [')
        for entry in entries:
            for annotation in list_annotations(entry, wish):
                stream.write(",\n" if number else "\n")
                stream.write(json.dumps(annotation, ensure_ascii=False))
                number += 1
        stream.write("\n]}\n")
    return number


def list_annotations(entry: Entry, wish: Wish) -> Iterator[Annotation]:
    """The annotations of a record that are wanted."""
    for statement in pick_statements(entry, wish):
        yield _annotate(entry, statement.id, _describe_statement(entry, statement), statement.content)
    for event in pick_events(entry, wish):
        yield _annotate(entry, event.id, _describe_event(entry, event), (event.span,))
    for position in pick_positions(entry, wish):
        yield _annotate(entry, position.id, _describe_position(entry, position), position.content)
    for talks, held in pick_rounds(entry, wish):
        tags = [_tag("round"), _tag(f"outcome: {held.outcome.value}"), _describe(talks.issue)]
        people = [_identify("party", entry.find_party(one)) for one in held.parties]
        yield _annotate(entry, f"{talks.id}.{held.id}", [*tags, *people], (held.span,))


def _annotate(entry: Entry, claim: str, bodies: list[Annotation], spans: Iterable[Span]) -> Annotation:
    story = entry.record.story
    targets = [_target(entry, span) for span in spans]
    return {
        "id": f"urn:onrecord:story:{story.id}:{claim}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": "https://pypi.org/project/onrecord/", "type": "Software", "name": "onrecord"},
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(entry: Entry, span: Span) -> Annotation:
    story = entry.record.story
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.words(story.text),
        "prefix": story.text[max(0, span.start - AROUND) : span.start],
        "suffix": story.text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": f"urn:onrecord:story:{story.id}", "selector": [position, quote]}


def _tag(value: str) -> Annotation:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def _describe(value: str) -> Annotation:
    return {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value}


def _identify(role: str, actor: Actor) -> Annotation:
    """Who is in a claim: the Wikidata entity where it is known, else the name."""
    named = f"{role}: {actor.name}"
    if actor.wikidata:
        return {"type": "SpecificResource", "purpose": "identifying", "source": f"{_WIKIDATA}{actor.wikidata}"} | {
            "rdfs:label": named
        }
    return {"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": named}


def _describe_statement(entry: Entry, claim: Statement) -> list[Annotation]:
    roles = (("source", claim.sources), ("addressee", claim.addressees), ("relay", claim.relay))
    people = [_identify(role, entry.find_actor(one)) for role, named in roles for one in named]
    return [_tag("statement"), _tag(f"act: {claim.act.value}"), *people]


def _describe_event(entry: Entry, claim: Event) -> list[Annotation]:
    kind = f"{claim.type} {claim.mode}".strip()
    roles = (("actor", claim.actors), ("recipient", claim.recipients))
    people = [_identify(role, entry.find_actor(one)) for role, named in roles for one in named]
    return [_tag("event"), _tag(f"type: {kind}"), _tag(f"status: {claim.status.value}"), *people]


def _describe_position(entry: Entry, claim: Position) -> list[Annotation]:
    state = [_tag(f"state: {claim.state.value}")] if claim.state else []
    people = [_identify("holder", entry.find_party(claim.holder))]
    people += [_identify("addressee", entry.find_party(one)) for one in claim.addressees]
    return [_tag("position"), _tag(f"stance: {claim.stance.value}"), *state, *people]
