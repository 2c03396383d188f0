"""Trains the encoder and all heads together; `make train` runs it.

One pool of windows from all corpora, batched by length; every window teaches the heads that its corpus annotates.
AdamW, linear warm-up and decay, an exponential moving average of the weights (the average is what is kept), bf16
arithmetic. A run writes its checkpoint after each epoch and goes on from there when it is started again with the
same folder.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from training import gum, own, plv, polnear
from training.evaluate import run_items, score_items
from training.examples import Example
from training.losses import add_losses
from training.network import Encoder
from training.targets import Item, load_tokenizer, make_batches, make_items

DATA = Path(os.environ.get("ONRECORD_CORPORA", "../shared/data"))
SIZES = (64, 96, 128, 160, 192)


def load_corpus(name: str, fold: int, folds: int) -> tuple[list[Example], list[Example]]:
    """Training and held-out examples of one corpus; `plv` is held out by fold, others have dev parts of their own."""
    if name == "polnear":
        return list(polnear.read_examples(DATA / "polnear/train")), list(polnear.read_examples(DATA / "polnear/dev"))
    if name == "gum":
        return list(gum.read_examples(DATA / "gum/train")), list(gum.read_examples(DATA / "gum/dev"))
    if name == "stories":
        return list(own.read_stories("train")), list(own.read_stories("dev"))
    if name == "sentences":
        return list(own.read_sentences()), []
    if name == "pairs":
        return list(own.mark_pairs()), []
    examples = list(plv.read_examples(DATA / "plv/train.tsv"))
    random.Random(7).shuffle(examples)
    if folds == 0:
        return examples, []
    held = examples[fold::folds]
    return [example for number, example in enumerate(examples) if number % folds != fold], held


class Average:
    """Exponential moving average of a network's weights."""

    def __init__(self, network: Encoder, decay: float) -> None:
        self.network = copy.deepcopy(network).eval()
        self.decay = decay
        self.steps = 0

    def update(self, network: Encoder) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            kept = list(self.network.state_dict().values())
            torch._foreach_lerp_(kept, list(network.state_dict().values()), 1 - decay)


def make_optimizer(network: Encoder, rate: float, decay: float) -> torch.optim.Optimizer:
    """AdamW; the heads and surface features start from nothing and learn faster."""
    fresh = [value for name, value in network.named_parameters() if name.startswith(("heads", "features"))]
    plain = [value for name, value in network.named_parameters() if not name.startswith(("heads", "features"))]
    groups = [{"params": plain, "lr": rate}, {"params": fresh, "lr": rate * 8}]
    return torch.optim.AdamW(groups, lr=rate, weight_decay=decay, fused=True)


def train(arguments: argparse.Namespace) -> None:
    """Run all epochs, score the average on the held-out parts after each, keep weights and log in `arguments.out`."""
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = load_tokenizer()
    train_sets, held_sets = {}, {}
    for spec in arguments.corpora:
        name, _, times = spec.partition(":")
        train_sets[name], held_sets[name] = load_corpus(name, arguments.fold, arguments.folds)
        train_sets[name] = train_sets[name] * int(float(times or 1)) or train_sets[name]
    held = {name: _window(tokenizer, examples, [160], 0) for name, examples in held_sets.items() if examples}
    network = Encoder(arguments.dropout).to(device)
    network.load_base()
    if arguments.init:
        network.load_state_dict(load_file(arguments.init))
    average = Average(network, arguments.average)
    optimizer = make_optimizer(network, arguments.rate, arguments.decay)
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    start = _resume(out, network, average, optimizer)
    steps = 0
    for epoch in range(start, arguments.epochs):
        items = [
            item
            for examples in train_sets.values()
            for item in _window(tokenizer, examples, SIZES, arguments.seed * 100 + epoch)
        ]
        batches = list(make_batches(items, arguments.budget, rng))
        total = len(batches) * arguments.epochs
        steps = epoch * len(batches)
        began, sums = time.time(), {}
        for number, batch in enumerate(batches):
            for group, scale in zip(optimizer.param_groups, (1.0, 8.0), strict=True):
                group["lr"] = arguments.rate * scale * _schedule(steps + number, total)
            network.train()
            with torch.autocast(device, dtype=torch.bfloat16):
                outputs = network(batch.ids.to(device), batch.features.to(device), batch.mask.to(device))
            loss, parts = add_losses(outputs, batch, arguments.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            average.update(network)
            for name, value in parts.items():
                sums.setdefault(name, []).append(value)
            if number % 50 == 0:
                print(
                    f"epoch {epoch} batch {number}/{len(batches)} loss {loss.item():.3f} {time.time() - began:.0f}s",
                    flush=True,
                )
        scores = {name: score_items(run_items(average.network, held_items)) for name, held_items in held.items()}
        entry = {
            "epoch": epoch,
            "seconds": round(time.time() - began),
            "losses": {name: round(float(np.mean(values)), 4) for name, values in sums.items()},
            "held_out": scores,
        }
        print(json.dumps(entry), flush=True)
        _save(out, network, average, optimizer, epoch, entry)
    _write_manifest(out, arguments, train_sets)


def _window(tokenizer: object, examples: list[Example], sizes: tuple[int, ...] | list[int], seed: int) -> list[Item]:
    rng = random.Random(seed)
    items: list[Item] = []
    for example in examples:
        size = rng.choice(list(sizes))
        items += make_items(tokenizer, example, size=size, context=min(24, size // 6), rng=rng)  # type: ignore[arg-type]
    return items


def _schedule(step: int, total: int) -> float:
    warm = max(1, total // 20)
    return min(1.0, (step + 1) / warm) * max(0.02, 1 - step / total)


def _resume(out: Path, network: Encoder, average: Average, optimizer: torch.optim.Optimizer) -> int:
    state = out / "optimizer.pt"
    if not state.exists():
        return 0
    network.load_state_dict(load_file(str(out / "last.safetensors")))
    average.network.load_state_dict(load_file(str(out / "average.safetensors")))
    saved = torch.load(state, weights_only=True)
    optimizer.load_state_dict(saved["optimizer"])
    average.steps = saved["steps"]
    return int(saved["epoch"]) + 1


def _save(
    out: Path,
    network: Encoder,
    average: Average,
    optimizer: torch.optim.Optimizer,
    epoch: int,
    entry: dict[str, object],
) -> None:
    save_file(network.state_dict(), str(out / "last.safetensors"))
    save_file(average.network.state_dict(), str(out / "average.safetensors"))
    torch.save({"optimizer": optimizer.state_dict(), "epoch": epoch, "steps": average.steps}, out / "optimizer.pt")
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps(entry) + "\n")


def _write_manifest(out: Path, arguments: argparse.Namespace, sets: dict[str, list[Example]]) -> None:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    manifest = {
        "command": " ".join(["python", "-m", "training.train", *sys.argv[1:]]),
        "commit": commit,
        "seed": arguments.seed,
        "examples": {name: len(examples) for name, examples in sets.items()},
        "torch": torch.__version__,
    }
    (out / "run.json").write_text(json.dumps(manifest, indent=2) + "\n")


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", nargs="+", default=["polnear", "gum", "stories:3", "sentences", "pairs", "plv:2"])
    parser.add_argument("--out", default="runs/model")
    parser.add_argument("--init", default="", help="weights to start from instead of the base model")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--budget", type=int, default=3072, help="word pieces a batch")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument(
        "--folds", type=int, default=0, help="hold out one of so many parts of PLV; 0 trains on all of it"
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()
