"""Scores a network on held-out examples with the run-time decoder.

Exact spans by layer; classes and links at gold spans; marked pairs.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch
from benchmarks.plv import QUADS
from benchmarks.scoring import macro_f1
from torch import Tensor

from onrecord.decode import find_spans
from onrecord.labels import CLASSES, LAYERS, LINKS, PAIR_TYPES, PAIRS, lay_columns
from training.losses import score_links
from training.network import Encoder
from training.targets import IGNORE, Batch, Item, pad_batch

COLUMNS = lay_columns()


def run_items(network: Encoder, items: list[Item], budget: int = 6144) -> list[tuple[Item, np.ndarray]]:
    """Each item with its output rows at words, `(words, columns)`, `[CLS]` first."""
    network.eval()
    order = sorted(items, key=lambda item: len(item.window))
    results: list[tuple[Item, np.ndarray]] = []
    waiting: list[Item] = []
    for item in [*order, None]:
        if waiting and (item is None or (len(waiting) + 1) * len(item.window) > budget):
            results += _run_batch(network, pad_batch(waiting))
            waiting = []
        if item is not None:
            waiting.append(item)
    return results


def _run_batch(network: Encoder, batch: Batch) -> list[tuple[Item, np.ndarray]]:
    device = next(network.parameters()).device
    with torch.no_grad():
        outputs: Tensor = network(batch.ids.to(device), batch.features.to(device), batch.mask.to(device)).float().cpu()
    pieces = [outputs[row].numpy() for row in range(len(batch.items))]
    return [(item, _rows(item, rows)) for item, rows in zip(batch.items, pieces, strict=True)]


def _rows(item: Item, rows: np.ndarray) -> np.ndarray:
    if item.pair is None:
        return rows[item.words]
    actor, recipient, _ = item.pair
    return rows[[0, actor, recipient]]


def _count(counts: Counter[str], name: str, gold: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> None:
    counts[f"{name} right"] += len(gold & found)
    counts[f"{name} gold"] += len(gold)
    counts[f"{name} found"] += len(found)


def score_items(results: list[tuple[Item, np.ndarray]]) -> dict[str, float]:
    """F1 by layer, accuracy by class head and link, macro F1 of pairs; in percent."""
    counts: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    for item, rows in results:
        if item.pair is not None:
            logits = sum(rows[place, slice(*COLUMNS[head])] for head, place in zip(PAIRS, (1, 2, 0), strict=True))
            pairs.append((item.pair[2], int(np.argmax(logits))))
            continue
        _count_layers(counts, item, rows)
        _count_classes(counts, item, rows)
        _count_links(counts, item, rows)
    scores = {}
    for name in sorted({key.rsplit(" ", 1)[0] for key in counts}):
        right, gold, found = (counts[f"{name} {part}"] for part in ("right", "gold", "found"))
        scores[name] = round(200 * right / max(1, gold + found), 2)
    if pairs:
        scores |= score_pairs(pairs)
    return scores


def _count_layers(counts: Counter[str], item: Item, rows: np.ndarray) -> None:
    for layer, tags in item.tags.items():
        if (tags[1:] == IGNORE).any():
            continue
        gold = find_spans(np.eye(1 + 4 * len(LAYERS[layer]), dtype=np.float32)[tags[1:]] * 9, layer)
        found = find_spans(rows[1:, slice(*COLUMNS[layer])], layer)
        _count(counts, layer, {span[:3] for span in gold}, {span[:3] for span in found})


def _count_classes(counts: Counter[str], item: Item, rows: np.ndarray) -> None:
    for head in CLASSES:
        for word, label in item.classes.get(head, []):
            right = int(rows[word, slice(*COLUMNS[head])].argmax()) == label
            for part, value in (("right", right), ("gold", 1), ("found", 1)):
                counts[f"{head} {part}"] += int(value)


def _count_links(counts: Counter[str], item: Item, rows: np.ndarray) -> None:
    tensor = torch.from_numpy(rows)[None]
    for name in LINKS:
        if name in item.chosen:
            scores = score_links(tensor, name)[0].numpy()
            for word, gold in item.chosen[name]:
                limit = word if name == "coreference" else len(rows)
                counts[f"{name} right"] += int(scores[word, :limit].argmax() in gold)
                counts[f"{name} gold"] += 1
                counts[f"{name} found"] += 1
        elif name in item.scored:
            scores = score_links(tensor, name)[0].numpy()
            gold = {(a, b) for a, b, yes in item.scored[name] if yes}
            _count(counts, name, gold, {(a, b) for a, b, _ in item.scored[name] if scores[a, b] > 0})


def score_pairs(pairs: list[tuple[int, int]]) -> dict[str, float]:
    """Root, quad and binary macro F1 of pair classification, in percent."""
    roots = [(PAIR_TYPES[gold], PAIR_TYPES[found]) for gold, found in pairs]
    quads = [(QUADS[gold], QUADS[found]) for gold, found in roots]
    sides = [(gold <= 2, found <= 2) for gold, found in quads]
    return {
        "pair_root": round(100 * macro_f1(roots), 2),
        "pair_quad": round(100 * macro_f1(quads), 2),
        "pair_binary": round(100 * macro_f1(sides), 2),
    }
