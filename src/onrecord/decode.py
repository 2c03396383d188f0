"""Stage 3, second half. Logits of one layer -> spans of words.

BIOES tags, best legal path. The argmax path is the best path whenever it is legal, which is most of the time; only
where it is not do we search (Viterbi). A span may run out of the window on either side: it is then open there, and
the neighbour's half is joined to it.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from onrecord.labels import LAYERS, name_tags

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Tags = np.ndarray[tuple[int], np.dtype[np.intp]]

#: Outside words that are searched on either side of a broken move.
MARGIN: Final = 20


class WordSpan(NamedTuple):
    """Words `[first, last)` of a window, kind, mean probability of the tags, and whether both ends are inside."""

    first: int
    last: int
    kind: str
    score: float
    opens: bool = True
    closes: bool = True


@cache
def allow_moves(layer: str) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which tag may follow which: `(tag, next tag)`."""
    tags = [tag.partition("-") for tag in name_tags(layer)]
    allowed = np.zeros((len(tags), len(tags)), dtype=np.bool_)
    for row, (position, _, kind) in enumerate(tags):
        for column, (after, _, after_kind) in enumerate(tags):
            runs = position in {"B", "I"}
            allowed[row, column] = (after in {"I", "E"} and kind == after_kind) if runs else after in {"O", "B", "S"}
    return allowed


def find_path(logits: Floats, layer: str) -> Tags:
    """The best legal tag of each word; `logits` is `(words, tags)`.

    Where the likeliest tags break a rule, the path is searched anew between the nearest words outside any span.
    """
    best: Tags = logits.argmax(axis=1)
    allowed = allow_moves(layer)
    broken = np.flatnonzero(~allowed[best[:-1], best[1:]])
    done = 0
    for place in broken:
        if place >= done:
            first, done = _find_edges(best, int(place))
            best[first:done] = _search_path(logits[first:done], allowed, best[[first, done - 1]])
    return best


def _find_edges(tags: Tags, place: int) -> tuple[int, int]:
    """Words `[first, last)` round a broken move: to an outside word, and `MARGIN` more where those are outside too."""
    first, last = place, place + 1
    while first > 0 and (tags[first] != 0 or place - first < MARGIN):
        first -= 1
    while last < len(tags) - 1 and (tags[last] != 0 or last - place < MARGIN):
        last += 1
    return first, last + 1


def _search_path(logits: Floats, allowed: np.ndarray[tuple[int, int], np.dtype[np.bool_]], ends: Tags) -> Tags:
    """Viterbi; words at the ends keep the tag "outside" where they have it, so that the path fits its neighbours."""
    penalty = np.where(allowed, 0.0, -1e9)
    scores = logits.astype(np.float64)
    for word, tag in ((0, ends[0]), (-1, ends[1])):
        if tag == 0:
            scores[word, 1:] -= 1e6
    back = np.zeros(logits.shape, dtype=np.intp)
    best = scores[0]
    for word in range(1, len(logits)):
        moves = best[:, None] + penalty
        back[word] = moves.argmax(axis=0)
        best = moves.max(axis=0) + scores[word]
    path = np.empty(len(logits), dtype=np.intp)
    path[-1] = best.argmax()
    for word in range(len(logits) - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path


def find_spans(logits: Floats, layer: str) -> list[WordSpan]:
    """The spans of one layer in one window, in order."""
    if not len(logits):
        return []
    path = find_path(logits, layer)
    places = np.flatnonzero(path)
    if not len(places):
        return []
    kinds = LAYERS[layer]
    likely = _score_tags(logits[places], path[places])
    spans: list[WordSpan] = []
    begun = 0
    for number, place in enumerate(places):
        position = (path[place] - 1) % 4
        fresh = position in (0, 3) or number == 0 or places[number - 1] != place - 1
        if fresh:
            begun = number
        last = number + 1 == len(places) or places[number + 1] != place + 1
        if position >= 2 or last:
            kind = kinds[(path[place] - 1) // 4]
            opens = (path[places[begun]] - 1) % 4 in (0, 3)
            spans.append(
                WordSpan(
                    int(places[begun]),
                    int(place) + 1,
                    kind,
                    float(likely[begun : number + 1].mean()),
                    opens,
                    position >= 2,
                )
            )
    return spans


def _score_tags(logits: Floats, tags: Tags) -> Floats:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    shifted /= shifted.sum(axis=1, keepdims=True)
    result: Floats = shifted[np.arange(len(tags)), tags]
    return result


def score_classes(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result
