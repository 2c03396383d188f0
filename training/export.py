"""Writes a trained network as int8 ONNX with tokenizer and manifest, and measures how far it is from the trained one.

Dynamic quantisation: weights int8 per channel, activations at run time. The word embeddings are quantised as well;
they are half of the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from onrecord.encode import expect_labels
from onrecord.labels import LAYERS, lay_columns
from training.calibrate import calibrate, raise_recall
from training.evaluate import run_items
from training.network import Encoder, find_base
from training.targets import Item, load_tokenizer, make_items, pad_batch
from training.train import load_corpus

TARGET = Path("src/onrecord/data/model")


def write_onnx(network: Encoder, path: Path) -> None:
    """Trace the network with free batch and length."""
    ids = torch.randint(1000, 2000, (2, 16))
    axes = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids), torch.ones_like(ids)),
        str(path),
        input_names=["ids", "features", "mask"],
        output_names=["rows"],
        dynamic_axes={"ids": axes, "features": axes, "mask": axes, "rows": axes},
        opset_version=17,
        dynamo=False,
    )


def quantize(source: Path, target: Path) -> None:
    """Weights to int8."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather", "Attention"],
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )


def fuse(source: Path, target: Path) -> None:
    """Let ONNX Runtime's transformer optimiser fuse attention, normalisation and GELU."""
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    model = optimize_model(
        str(source), "bert", num_heads=12, hidden_size=384, optimization_options=options, opt_level=0
    )
    model.save_model_to_file(str(target))


def measure_parity(network: Encoder, path: Path) -> dict[str, float]:
    """Share of equal tags by layer between torch and the exported model, on held-out text, in percent."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    items = _hold_items(("polnear", "stories"), 6)
    equal: dict[str, list[float]] = {layer: [] for layer in LAYERS}
    network.eval()
    for item in items:
        batch = pad_batch([item])
        arrays = {"ids": batch.ids.numpy(), "features": batch.features.numpy(), "mask": batch.mask.numpy()}
        with torch.no_grad():
            ours = network(batch.ids, batch.features, batch.mask)[0].numpy()[item.words[1:]]
        theirs = session.run(None, arrays)[0][0][item.words[1:]]
        for layer in LAYERS:
            columns = slice(*lay_columns()[layer])
            equal[layer].append(float((ours[:, columns].argmax(1) == theirs[:, columns].argmax(1)).mean()))
    return {layer: round(100 * float(np.mean(values)), 2) for layer, values in equal.items()}


def _hold_items(corpora: tuple[str, ...], limit: int) -> list[Item]:
    tokenizer, rng = load_tokenizer(), random.Random(1)
    held = [example for name in corpora for example in load_corpus(name, 0, 0)[1][:limit]]
    return [item for example in held for item in make_items(tokenizer, example, size=160, context=24, rng=rng)]


def export(weights: Path, target: Path, version: str) -> None:
    """Write `model.onnx`, `tokenizer.json` and `manifest.json` into `target`."""
    network = Encoder(0.0).eval()
    network.load_state_dict(load_file(str(weights)))
    raise_recall(network)
    calibration = calibrate(network, run_items(network, _hold_items(("polnear", "stories"), 16)))
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        write_onnx(network, plain)
        fuse(plain, fused)
        quantize(fused, target / "model.onnx")
    shutil.copy(find_base() / "tokenizer.json", target / "tokenizer.json")
    run = weights.parent / "run.json"
    log = weights.parent / "log.jsonl"
    manifest = {
        "version": version,
        "labels": expect_labels(),
        "files": {
            name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
        },
        "training": json.loads(run.read_text()) if run.exists() else {},
        "held_out": json.loads(log.read_text().splitlines()[-1])["held_out"] if log.exists() else {},
        "calibration": calibration,
        "parity": measure_parity(network, target / "model.onnx"),
    }
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(json.dumps({"parity": manifest["parity"], "bytes": (target / "model.onnx").stat().st_size}))


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--version", default="0.1.0")
    arguments = parser.parse_args()
    export(arguments.weights, arguments.target, arguments.version)


if __name__ == "__main__":
    main()
