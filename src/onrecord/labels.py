"""The labels of the encoder's heads, in their published order.

Training writes this order into the model's manifest and loading checks it: a model with another order is refused.
Layers are read token by token (BIOES, one layer a role, so that a source may stand inside a content); classes are
read at the first token of a span; links are scored between first tokens of two spans.
"""

from __future__ import annotations

from typing import Final

POSITIONS: Final = ("B", "I", "E", "S")

TYPES: Final = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)

#: Span layers: the kinds of span that a layer tells apart; `("",)` where there is one kind only.
LAYERS: Final[dict[str, tuple[str, ...]]] = {
    "source": ("",),
    "cue": ("",),
    "content": ("",),
    "inner": ("",),
    "mention": ("",),
    "trigger": ("",),
    "name": ("person", "organization", "place", "misc"),
    "aside": ("relay", "occasion", "condition", "addressee", "place"),
}

#: Classes read at the first token of a span of the layer named.
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "act": (
        "assert",
        "demand",
        "offer",
        "promise",
        "threaten",
        "accuse",
        "reject",
        "deny",
        "agree",
        "hope",
        "assess",
        "ask",
        "decline",
    ),
    "negated": ("no", "yes"),
    "type": TYPES,
    "status": ("happened", "ongoing", "planned", "hypothetical", "conditional", "denied", "demanded"),
    "mention_kind": ("person", "state", "body", "group"),
    "mode": (
        "none",
        "visit",
        "third-party",
        "multilateral",
        "phone",
        "withdraw",
        "release",
        "disarm",
        "ceasefire",
        "access",
        "resign",
        "assist",
        "change",
        "yield",
        "meet",
        "disapprove",
        "investigate",
        "allege",
        "restrict",
        "arrest",
        "relations",
        "expel",
        "territory",
        "violence",
        "demo",
        "riot",
        "strike",
        "hunger",
        "boycott",
        "obstruct",
        "vandalize",
        "convict",
        "discontinue",
        "troops",
        "weapons",
        "police",
        "militia",
        "seize",
        "censor",
        "curfew",
        "martial-law",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
}

#: The fifteen roots of the PLV set (Hu et al., ACL 2024): PLOVER with CONCEDE and RETREAT as YIELD.
PAIR_TYPES: Final = (*TYPES[:3], "YIELD", "COOPERATE", "AID", *TYPES[7:])

#: Marked-pair classification: read at the actor's marker, the recipient's marker and the sequence's first token,
#: and added up.
PAIRS: Final = ("pair_actor", "pair_recipient", "pair_text")

#: Links: name -> (layer of the asking span, layer of the answering spans).
LINKS: Final[dict[str, tuple[str, str]]] = {
    "cue_source": ("cue", "source"),
    "content_cue": ("content", "cue"),
    "trigger_actor": ("trigger", "mention"),
    "trigger_recipient": ("trigger", "mention"),
    "coreference": ("mention", "mention"),
}

LINK_SIZE: Final = 64


def name_tags(layer: str) -> tuple[str, ...]:
    """The tags of a layer in column order: `O`, then B, I, E, S of each kind."""
    kinds = LAYERS[layer]
    return ("O", *(f"{position}-{kind}" if kind else position for kind in kinds for position in POSITIONS))


def lay_columns() -> dict[str, tuple[int, int]]:
    """First and last-plus-one column of each head in the encoder's output."""
    sizes = {layer: len(name_tags(layer)) for layer in LAYERS}
    sizes |= {name: len(labels) for name, labels in CLASSES.items()}
    sizes |= {name: len(PAIR_TYPES) for name in PAIRS}
    for name in LINKS:
        sizes |= {f"{name}.asks": LINK_SIZE, f"{name}.answers": LINK_SIZE}
    columns, at = {}, 0
    for name, size in sizes.items():
        columns[name] = (at, at + size)
        at += size
    return columns
