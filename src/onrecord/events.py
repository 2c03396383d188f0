"""Stage 5. What the encoder says -> Event: type, mode, actors, recipients, status, and who reported it.

A trigger gives the event; its first word carries type, mode and status; each mention in the same window is judged
as actor and as recipient by itself, so that several events in one sentence keep their own roles. The mode is the
likeliest of those that the type has. `reported_by` is the innermost statement whose content holds the trigger: what
a speaker alleges is not what the story says in its own voice.

Source: PLOVER manual (2021 draft), chapters "Event Categories" and "Auxiliary modes"; docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from onrecord.decode import score_classes
from onrecord.encode import COLUMNS, Encoded, Encoder, Found
from onrecord.labels import CLASSES, PAIR_TYPES, PAIRS
from onrecord.ontology import Ontology
from onrecord.record import Event, Reference, Statement, Status
from onrecord.segment import Segments
from onrecord.story import Span, Story
from onrecord.windows import MARKERS, cut_windows, split_marked

STAGE: Final = "events"

#: A mention is taken for a role from this probability on.
ROLE: Final = 0.5
#: Farther away than this many words, a mention plays no role.
REACH: Final = 60

_WORDS = re.compile(r"[a-z]{4,}")
_CLAUSE = re.compile(
    r"[,;:.!?\"”]| - | -- | — |\s(?:but|while|although|though|after|before|because|adding|saying|who|which)\b"
)


def find_events(
    segments: Segments, encoded: Encoded, statements: Sequence[Statement], ontology: Ontology
) -> tuple[Event, ...]:
    """The events of the story in text order; the same event told twice is merged later, when its actors are known."""
    triggers = encoded.find_layer("trigger")
    events = [_make_event(segments, encoded, trigger, statements, ontology) for trigger in triggers]
    return tuple(event.model_copy(update={"id": f"e{number}"}) for number, event in enumerate(events, 1))


def _make_event(
    segments: Segments, encoded: Encoded, trigger: Found, statements: Sequence[Statement], ontology: Ontology
) -> Event:
    kind, kind_score = encoded.classify("type", trigger.first)
    mode, mode_score = _pick_mode(encoded, trigger.first, ontology.types[kind].modes)
    status, status_score = encoded.classify("status", trigger.first)
    actors, recipients = _find_roles(encoded, trigger)
    span = find_clause(segments, trigger.span, [*actors, *recipients])
    contexts = ontology.find_contexts(span.words(segments.text))
    return Event(
        id="e0",
        span=span,
        score=min(1.0, (trigger.score + kind_score) / 2),
        stage=STAGE,
        type=kind,
        mode=mode,
        contexts=contexts,
        quad=ontology.types[kind].quad,
        intensity=ontology.score(kind, mode),
        cameo=ontology.find_cameo(kind, mode, contexts),
        trigger=trigger.span,
        actors=tuple(Reference(span=found) for found in actors),
        recipients=tuple(Reference(span=found) for found in recipients),
        status=Status(status),
        reported_by=find_reporter(trigger.span, statements),
        why=(
            f"trigger {trigger.span.words(segments.text)!r} (score {trigger.score:.2f})",
            f"type {kind} (score {kind_score:.2f})" + (f", mode {mode} (score {mode_score:.2f})" if mode else ""),
            f"status {status} (score {status_score:.2f})",
        ),
    )


def _pick_mode(encoded: Encoded, word: int, modes: Collection[str]) -> tuple[str, float]:
    """The likeliest of the type's own modes, or none of them."""
    if not modes:
        return "", 1.0
    chances = encoded.weigh("mode", word)
    labels = ("none", *modes)
    places = [CLASSES["mode"].index(label) for label in labels]
    own = chances[places] / max(float(chances[places].sum()), 1e-9)
    best = int(own.argmax())
    return ("" if best == 0 else labels[best]), float(own[best])


def _find_roles(encoded: Encoded, trigger: Found) -> tuple[list[Span], list[Span]]:
    """Spans of actors and recipients; a mention that is likely both is what it is likelier to be."""
    near = [
        mention
        for mention in encoded.find_layer("mention")
        if abs(mention.first - trigger.first) <= REACH
        and encoded.windows[mention.first] == encoded.windows[trigger.first]
    ]
    if not near:
        return [], []
    words = [mention.first for mention in near]
    as_actor = encoded.judge("trigger_actor", trigger.first, words)
    as_recipient = encoded.judge("trigger_recipient", trigger.first, words)
    actors = [m.span for m, a, r in zip(near, as_actor, as_recipient, strict=True) if a >= ROLE and a >= r]
    recipients = [m.span for m, a, r in zip(near, as_actor, as_recipient, strict=True) if r >= ROLE and r > a]
    return actors, recipients


def find_clause(segments: Segments, trigger: Span, roles: Sequence[Span]) -> Span:
    """The trigger with its roles in the same sentence, and the words after them up to the end of the clause."""
    sentence = segments.hold(trigger)
    parts = [trigger, *(role for role in roles if sentence.holds(role))]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    after = _CLAUSE.search(segments.text, end, sentence.end)
    return Span(start, after.start() if after else sentence.end)


def find_reporter(trigger: Span, statements: Sequence[Statement]) -> str | None:
    """Id of the innermost statement whose content holds the trigger."""
    holders = [(span.end - span.start, item.id) for item in statements for span in item.content if span.holds(trigger)]
    return min(holders)[1] if holders else None


def merge_events(story: Story, events: Sequence[Event]) -> tuple[Event, ...]:
    """One event for several mentions of it: same type, status and parties, days that agree, and much the same words.

    Two meetings of the same parties are one unless their days differ; other events also need half of their words in
    common, since a party may well make two demands of another in one story.
    """
    kept: list[Event] = []
    for event in events:
        twin = next((n for n, other in enumerate(kept) if _is_same(story, other, event)), None)
        if twin is None:
            kept.append(event)
            continue
        note = f"told again at {tuple(event.span)}"
        better = event.day if not kept[twin].day else kept[twin].day
        kept[twin] = kept[twin].model_copy(update={"day": better, "why": (*kept[twin].why, note)})
    return tuple(kept)


def _is_same(story: Story, one: Event, other: Event) -> bool:
    if one.type != other.type or one.status != other.status or (one.day and other.day and one.day != other.day):
        return False
    if _list_parties(one) != _list_parties(other) or not _list_parties(one):
        return False
    left, right = (set(_WORDS.findall(event.span.words(story.text).lower())) for event in (one, other))
    return one.type == "CONSULT" or 2 * len(left & right) >= min(len(left), len(right))


def _list_parties(event: Event) -> frozenset[str]:
    return frozenset(reference.actor for reference in (*event.actors, *event.recipients) if reference.actor)


def code_marked(encoder: Encoder, sentences: Sequence[str]) -> list[tuple[str, float]]:
    """The root of what a marked actor does to a marked recipient, and its probability.

    Args:
        encoder: the loaded model.
        sentences: each with `<s>actor</s>` and `<t>recipient</t>` in it, as in the PLV set (Hu et al., ACL 2024).

    Example:
        >>> code_marked(Encoder(), ["<s>Oslo</s> accused <t>Minsk</t> of jamming its radio beacons."])  # doctest: +SKIP
        [('ACCUSE', 0.97)]
    """
    inputs = [cut_windows([split_marked(encoder.tokenizer, text)], size=500, context=0)[0].pieces for text in sentences]
    results = []
    for pieces, rows in zip(inputs, encoder.run(inputs), strict=True):
        ids = pieces.ids.tolist()
        places = [ids.index(MARKERS[mark]) if MARKERS[mark] in ids else 0 for mark in ("<s>", "<t>")] + [0]
        logits = [rows[place, slice(*COLUMNS[head])] for head, place in zip(PAIRS, places, strict=True)]
        chances = score_classes(logits[0] + logits[1] + logits[2])
        results.append((PAIR_TYPES[int(chances.argmax())], float(chances.max())))
    return results
