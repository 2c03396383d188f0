"""Examples -> windows with targets, and windows -> batches.

Targets stand at the first piece of each word; index 0 of a window's words is `[CLS]`, which stands for "none" in
links and for the whole sequence in pair classification. -100 is the target of a word that teaches nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.labels import CLASSES, LAYERS, PAIR_TYPES
from onrecord.windows import MARKERS, Window, cut_windows, split_marked, split_pieces
from training.examples import Example, Labelled
from training.network import find_base

IGNORE = -100


def load_tokenizer() -> Tokenizer:
    """The base model's tokenizer, without its truncation and padding."""
    tokenizer = Tokenizer.from_file(str(find_base() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclass
class Item:
    """A window and what it should say; indices count words, 0 is `[CLS]`.

    Attributes:
        words: pieces at which the words start, `[CLS]` first.
        tags: layer -> target a word.
        classes: head -> (word, label) pairs.
        chosen: link -> (asking word, answering words) for links where an asker picks one of all words.
        scored: link -> (asking word, candidate word, 0 or 1) for links where each candidate is judged by itself.
        pair: (actor marker's piece, recipient marker's piece, label).
    """

    window: Window
    words: np.ndarray
    corpus: str
    weight: float = 1.0
    tags: dict[str, np.ndarray] = field(default_factory=dict)
    classes: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    chosen: dict[str, list[tuple[int, list[int]]]] = field(default_factory=dict)
    scored: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    pair: tuple[int, int, int] | None = None


def make_items(tokenizer: Tokenizer, example: Example, *, size: int, context: int, rng: random.Random) -> list[Item]:
    """All windows of an example with their targets."""
    if example.pair is not None:
        return [_make_pair(tokenizer, example)]
    paragraphs = split_pieces(tokenizer, example.text, example.paragraphs)
    windows = cut_windows(paragraphs, size=size, context=context)
    return [_make_item(window, example, rng) for window in windows]


def _make_pair(tokenizer: Tokenizer, example: Example) -> Item:
    pieces = split_marked(tokenizer, example.text)
    window = cut_windows([pieces], size=500, context=0)[0]
    ids = window.pieces.ids.tolist()
    places = np.concatenate([[0], window.word_places])
    actor = ids.index(MARKERS["<s>"]) if MARKERS["<s>"] in ids else 0
    recipient = ids.index(MARKERS["<t>"]) if MARKERS["<t>"] in ids else 0
    item = Item(window, places, example.corpus, example.weight)
    item.pair = (actor, recipient, PAIR_TYPES.index(str(example.pair)))
    return item


def _make_item(window: Window, example: Example, rng: random.Random) -> Item:
    words = np.concatenate([[0], window.word_places])
    item = Item(window, words, example.corpus, example.weight)
    starts = window.pieces.starts[words[1:]]
    for layer, spans in example.layers.items():
        item.tags[layer] = _tag_words(starts, spans, layer)
        if layer in example.partial:
            outside = item.tags[layer] == 0
            outside &= np.array([rng.random() < 0.7 for _ in range(len(words))])
            item.tags[layer][outside] = IGNORE
    index = {int(start): number + 1 for number, start in enumerate(starts)}
    for head, start, label in example.classes:
        if start in index and label in CLASSES[head]:
            item.classes.setdefault(head, []).append((index[start], CLASSES[head].index(label)))
    _add_links(item, example, index)
    return item


def _tag_words(starts: np.ndarray, spans: Sequence[Labelled], layer: str) -> np.ndarray:
    """Target of each word, `[CLS]` (ignored) first."""
    tags = np.zeros(len(starts) + 1, dtype=np.int64)
    tags[0] = IGNORE
    kinds = LAYERS[layer]
    for start, end, kind in spans:
        first, last = np.searchsorted(starts, start), np.searchsorted(starts, end)
        if first == last:
            continue
        begins = len(starts) > 0 and starts[first] <= start and (first > 0 or starts[0] == start)
        ends = last < len(starts) or True
        base = 1 + 4 * kinds.index(kind)
        tags[first + 1 : last + 1] = base + 1
        if last - first == 1 and begins:
            tags[first + 1] = base + 3
            continue
        if begins:
            tags[first + 1] = base
        if ends and (last < len(starts) or end <= starts[-1] + 40):
            tags[last] = base + 2
    return tags


def _add_links(item: Item, example: Example, index: dict[int, int]) -> None:
    answers: dict[str, dict[int, set[int]]] = {}
    for name, asks, answer in example.links:
        if asks in index and (answer in index or answer == -1):
            answers.setdefault(name, {}).setdefault(index[asks], set()).add(index.get(answer, 0))
    mentions = sorted(index[span.start] for span in example.layers.get("mention", []) if span.start in index)
    for name, found in answers.items():
        if name.startswith("trigger_"):
            item.scored[name] = [
                (asks, mention, int(mention in gold))
                for asks, gold in found.items()
                for mention in sorted({*mentions, *gold} - {0})
            ]
        else:
            item.chosen[name] = [(asks, sorted(gold - {0}) or [0]) for asks, gold in found.items()]
    if example.clusters is not None:
        item.chosen["coreference"] = _choose_antecedents(example.clusters, index)


def _choose_antecedents(clusters: list[list[int]], index: dict[int, int]) -> list[tuple[int, list[int]]]:
    chosen = []
    for cluster in clusters:
        inside = sorted(index[start] for start in cluster if start in index)
        for number, word in enumerate(inside):
            chosen.append((word, inside[max(0, number - 3) : number] or [0]))
    return chosen


@dataclass
class Batch:
    """Padded tensors `(batch, pieces)`, word indices `(batch, words)`, and the items they came from."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    words: Tensor
    word_mask: Tensor
    items: list[Item]


def pad_batch(items: list[Item]) -> Batch:
    """Stack items of similar length."""
    length = max(len(item.window) for item in items)
    words = max(len(item.words) for item in items)
    ids, features, mask = (np.zeros((len(items), length), dtype=np.int64) for _ in range(3))
    places = np.zeros((len(items), words), dtype=np.int64)
    word_mask = np.zeros((len(items), words), dtype=np.bool_)
    for row, item in enumerate(items):
        size = len(item.window)
        ids[row, :size], features[row, :size], mask[row, :size] = item.window.pieces.ids, item.window.pieces.features, 1
        places[row, : len(item.words)], word_mask[row, : len(item.words)] = item.words, True
    return Batch(*(torch.from_numpy(array) for array in (ids, features, mask, places, word_mask)), items)


def make_batches(items: list[Item], budget: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of about `budget` pieces, of similar length, in random order."""
    order = sorted(range(len(items)), key=lambda number: len(items[number].window) + rng.random() * 24)
    batches: list[list[Item]] = [[]]
    for number in order:
        item = items[number]
        longest = max([len(item.window), *(len(other.window) for other in batches[-1])])
        if batches[-1] and longest * (len(batches[-1]) + 1) > budget:
            batches.append([])
        batches[-1].append(item)
    rng.shuffle(batches)
    return (pad_batch(batch) for batch in batches if batch)
