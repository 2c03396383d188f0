"""`--explain`, where nothing was found: which words came nearest to being a cue or a trigger, and by how much.

The record keeps what was found, not what the encoder thought of every word; the story is read again for this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from onrecord.decode import score_classes
from onrecord.encode import COLUMNS, Encoded, Encoder
from onrecord.record import Record
from onrecord.story import Span

#: How many words are named, and how likely they must be.
SHOWN: Final = 3
LEAST: Final = 0.05

_LAYERS: Final = (("cue", "a statement"), ("trigger", "an event"))


def explain_missed(encoder: Encoder, record: Record) -> tuple[str, ...]:
    """Lines on the likeliest cues and triggers that were not taken, and on layers where nothing is near."""
    if not record.story.paragraphs:
        return ("the story has no text outside its furniture",)
    encoded = encoder.encode(record.story)
    found = {
        "cue": [statement.cue for statement in record.statements if statement.cue],
        "trigger": [event.trigger for event in record.events],
    }
    return tuple(_explain_layer(record, encoded, layer, what, found[layer]) for layer, what in _LAYERS)


def _explain_layer(record: Record, encoded: Encoded, layer: str, what: str, taken: Iterable[Span]) -> str:
    spans = list(taken)
    words = [(chance, span) for chance, span in rank_words(encoded, layer) if not any(span.overlaps(t) for t in spans)]
    near = [f"“{span.words(record.story.text)}” {chance:.2f}" for chance, span in words[:SHOWN] if chance >= LEAST]
    if not near:
        return f"no other word looks like the {layer} of {what} (none above {LEAST:.2f})"
    return f"nearest to the {layer} of {what}, and not taken: {', '.join(near)}"


def rank_words(encoded: Encoded, layer: str) -> list[tuple[float, Span]]:
    """Words by the probability that they belong to a span of the layer, likeliest first."""
    if not len(encoded.rows):
        return []
    logits = encoded.rows[:, slice(*COLUMNS[layer])]
    chances = [1 - float(score_classes(row)[0]) for row in logits]
    order = np.argsort(chances)[::-1]
    return [(chances[word], Span(int(encoded.starts[word]), int(encoded.ends[word]))) for word in order]
