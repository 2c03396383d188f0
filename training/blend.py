"""Averages the weights of two runs that share their beginning (Wortsman et al., CVPR 2022), head by head and layer by
layer.

    python -m training.blend runs/base/average.safetensors runs/joint/average.safetensors --share 0.3 --out runs/blend

The share is that of the first run in the encoder and in the heads of attribution, which both runs learned; all other
heads are the second run's.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from onrecord.labels import lay_columns

SHARED_HEADS = (
    "source",
    "cue",
    "content",
    "cue_source.asks",
    "cue_source.answers",
    "content_cue.asks",
    "content_cue.answers",
)


def blend(first: dict[str, Tensor], second: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """`share` of the first and the rest of the second, where both have learned."""
    mixed = {name: share * first[name] + (1 - share) * value for name, value in second.items()}
    for name in ("heads.weight", "heads.bias"):
        rows = torch.ones(second[name].shape[0], dtype=torch.bool)
        for head in SHARED_HEADS:
            rows[slice(*lay_columns()[head])] = False
        mixed[name][rows] = second[name][rows]
    return mixed


def main() -> None:
    """Parse the command line and blend."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    mixed = blend(load_file(str(arguments.first)), load_file(str(arguments.second)), arguments.share)
    save_file(mixed, str(arguments.out / "average.safetensors"))
    for name in ("run.json", "log.jsonl"):
        if (arguments.second.parent / name).exists():
            shutil.copy(arguments.second.parent / name, arguments.out / name)


if __name__ == "__main__":
    main()
