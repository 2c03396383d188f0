"""The losses of all heads over one batch, each averaged over what it judges, then weighted and added."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.labels import CLASSES, LINK_SIZE, LINKS, PAIRS, lay_columns
from training.targets import IGNORE, Batch

COLUMNS = lay_columns()

#: Weight of each head in the sum.
WEIGHTS = {
    "source": 1.0,
    "cue": 1.0,
    "content": 1.5,
    "inner": 0.3,
    "mention": 0.7,
    "trigger": 1.0,
    "name": 0.5,
    "aside": 0.5,
    "act": 0.3,
    "negated": 0.1,
    "type": 0.3,
    "status": 0.3,
    "mention_kind": 0.1,
    "mode": 0.2,
    "pair": 0.5,
    "cue_source": 0.3,
    "content_cue": 0.3,
    "trigger_actor": 0.5,
    "trigger_recipient": 0.5,
    "coreference": 0.2,
}


def add_losses(outputs: Tensor, batch: Batch, smoothing: float = 0.0) -> tuple[Tensor, dict[str, float]]:
    """Sum of the weighted losses, and each of them for the log. `outputs` is `(batch, pieces, columns)`."""
    rows = torch.gather(outputs, 1, batch.words[:, :, None].expand(-1, -1, outputs.shape[2]))
    losses = {**_judge_layers(rows, batch), **_judge_classes(rows, batch, smoothing), **_judge_links(rows, batch)}
    pair = _judge_pairs(outputs, batch, smoothing)
    if pair is not None:
        losses["pair"] = pair
    total = sum((WEIGHTS[name] * loss for name, loss in losses.items()), outputs.sum() * 0.0)
    return total, {name: float(loss.detach()) for name, loss in losses.items()}


def _part(rows: Tensor, name: str) -> Tensor:
    start, end = COLUMNS[name]
    return rows[..., start:end].float()


def _judge_layers(rows: Tensor, batch: Batch) -> dict[str, Tensor]:
    losses = {}
    for layer in {layer for item in batch.items for layer in item.tags}:
        targets = torch.full(rows.shape[:2], IGNORE)
        for row, item in enumerate(batch.items):
            if layer in item.tags:
                targets[row, : len(item.tags[layer])] = torch.from_numpy(item.tags[layer])
        targets = targets.to(rows.device)
        if (targets != IGNORE).any():
            losses[layer] = functional.cross_entropy(
                _part(rows, layer).flatten(0, 1), targets.flatten(), ignore_index=IGNORE
            )
    return losses


def _judge_classes(rows: Tensor, batch: Batch, smoothing: float) -> dict[str, Tensor]:
    losses = {}
    for head in CLASSES:
        found = [
            (row, word, label) for row, item in enumerate(batch.items) for word, label in item.classes.get(head, [])
        ]
        if found:
            index = torch.tensor(found, device=rows.device)
            logits = _part(rows, head)[index[:, 0], index[:, 1]]
            losses[head] = functional.cross_entropy(logits, index[:, 2], label_smoothing=smoothing)
    return losses


def score_links(rows: Tensor, name: str) -> Tensor:
    """Scores `(batch, asking word, answering word)`."""
    return _part(rows, f"{name}.asks") @ _part(rows, f"{name}.answers").transpose(1, 2) / LINK_SIZE**0.5


def _judge_links(rows: Tensor, batch: Batch) -> dict[str, Tensor]:
    losses = {}
    for name in LINKS:
        chosen = [(row, asks, gold) for row, item in enumerate(batch.items) for asks, gold in item.chosen.get(name, [])]
        scored = [(row, *triple) for row, item in enumerate(batch.items) for triple in item.scored.get(name, [])]
        if chosen:
            losses[name] = _judge_chosen(score_links(rows, name), batch, chosen, past=name == "coreference")
        elif scored:
            index = torch.tensor(scored, device=rows.device)
            logits = score_links(rows, name)[index[:, 0], index[:, 1], index[:, 2]]
            losses[name] = functional.binary_cross_entropy_with_logits(logits, index[:, 3].float())
    return losses


def _judge_chosen(scores: Tensor, batch: Batch, chosen: list[tuple[int, int, list[int]]], *, past: bool) -> Tensor:
    """Negative log of the probability on the gold answers; `past` allows only words before the asking one."""
    rows = torch.tensor([row for row, _, _ in chosen], device=scores.device)
    asks = torch.tensor([word for _, word, _ in chosen], device=scores.device)
    logits = scores[rows, asks]
    allowed = batch.word_mask.to(scores.device)[rows]
    if past:
        allowed = allowed & (torch.arange(scores.shape[2], device=scores.device)[None, :] < asks[:, None])
    logits = logits.masked_fill(~allowed, -1e4)
    gold = torch.zeros_like(logits, dtype=torch.bool)
    for number, (_, _, answers) in enumerate(chosen):
        gold[number, answers] = True
    return (torch.logsumexp(logits, 1) - torch.logsumexp(logits.masked_fill(~gold, -1e4), 1)).mean()


def _judge_pairs(outputs: Tensor, batch: Batch, smoothing: float) -> Tensor | None:
    found = [(row, *item.pair) for row, item in enumerate(batch.items) if item.pair]
    if not found:
        return None
    index = torch.tensor(found, device=outputs.device)
    places = (index[:, 1], index[:, 2], torch.zeros_like(index[:, 1]))
    logits = sum(_part(outputs[index[:, 0], place], head) for head, place in zip(PAIRS, places, strict=True))
    return functional.cross_entropy(logits, index[:, 3], label_smoothing=smoothing)
