"""Stage 3. Story -> what the encoder says of each word, from one pass of one small model.

The only module that knows ONNX Runtime. All later stages read `Encoded`: words with their places in `Story.text`,
spans by layer, class probabilities at a word, and link scores between words. The model's files are checked against
`manifest.json` when they are loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from onrecord.decode import Floats, find_spans, score_classes
from onrecord.errors import ModelError
from onrecord.labels import CLASSES, LAYERS, LINK_SIZE, PAIR_TYPES, lay_columns, name_tags
from onrecord.story import Span, Story
from onrecord.windows import Ints, Pieces, Window, cut_windows, split_pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

COLUMNS: Final = lay_columns()
BATCH: Final = 8
_HINT: Final = "reinstall onrecord, or train a model of this version with: make train"


@dataclass(frozen=True)
class Found:
    """A span of one layer: words `[first, last)` of the story, the characters, the kind, and a score in [0, 1]."""

    layer: str
    first: int
    last: int
    span: Span
    kind: str
    score: float


@dataclass(frozen=True)
class Encoded:
    """What the encoder says of one story.

    Attributes:
        starts, ends: places of the words in `Story.text`, `(words,)`.
        rows: logits and link vectors, `(words, columns)`.
        windows: number of the window that each word was read in, `(words,)`.
        nulls: the rows of `[CLS]`, which stands for "none" in links, `(windows, columns)`.
    """

    starts: Ints
    ends: Ints
    rows: Floats
    windows: Ints
    nulls: Floats

    def find_layer(self, layer: str) -> tuple[Found, ...]:
        """All spans of a layer, in order; a span cut by a window's edge is joined."""
        return self._layers[layer]

    @cached_property
    def _layers(self) -> dict[str, tuple[Found, ...]]:
        return {layer: tuple(self._join(layer)) for layer in LAYERS}

    def _join(self, layer: str) -> list[Found]:
        found: list[Found] = []
        start, end = COLUMNS[layer]
        edges = np.flatnonzero(np.diff(self.windows, prepend=-1, append=-1)) if len(self.windows) else np.zeros(1, int)
        open_before = False
        for low, high in pairwise(edges):
            spans = find_spans(self.rows[low:high, start:end], layer)
            for span in spans:
                first, last = int(low + span.first), int(low + span.last)
                joins = open_before and span.first == 0 and not span.opens and found and found[-1].last == first
                if joins and found[-1].kind == span.kind:
                    first = found.pop().first
                found.append(self._make(layer, first, last, span.kind, span.score))
            open_before = bool(spans) and spans[-1].last == high - low and not spans[-1].closes
        return found

    def _make(self, layer: str, first: int, last: int, kind: str, score: float) -> Found:
        return Found(layer, first, last, Span(int(self.starts[first]), int(self.ends[last - 1])), kind, score)

    def classify(self, head: str, word: int) -> tuple[str, float]:
        """The likeliest label of a class head at a word, and its probability."""
        chances = self.weigh(head, word)
        best = int(chances.argmax())
        return CLASSES[head][best], float(chances[best])

    def weigh(self, head: str, word: int) -> Floats:
        """Probabilities of all labels of a class head at a word, in the order of `CLASSES[head]`."""
        return score_classes(self.rows[word, slice(*COLUMNS[head])])

    def choose(self, name: str, asks: int, answers: Sequence[int]) -> Floats:
        """Probability of each answering word, and of none (last), that the asking word is linked to it."""
        vector = self.rows[asks, slice(*COLUMNS[f"{name}.asks"])]
        columns = slice(*COLUMNS[f"{name}.answers"])
        null = self.nulls[self.windows[asks], columns]
        scores = np.concatenate([self.rows[list(answers), columns] @ vector, [null @ vector]]) / LINK_SIZE**0.5
        return score_classes(scores.astype(np.float32))

    def judge(self, name: str, asks: int, answers: Sequence[int]) -> Floats:
        """Probability of each answering word by itself."""
        vector = self.rows[asks, slice(*COLUMNS[f"{name}.asks"])]
        scores = self.rows[list(answers), slice(*COLUMNS[f"{name}.answers"])] @ vector / LINK_SIZE**0.5
        result: Floats = 1 / (1 + np.exp(-scores))
        return result

    def find_word(self, offset: int) -> int:
        """Number of the word that holds or follows a character."""
        return int(np.searchsorted(self.ends, offset, side="right"))


def expect_labels() -> dict[str, Any]:
    """The label order that the code reads; a model must say the same in its manifest."""
    layers = {layer: list(name_tags(layer)) for layer in LAYERS}
    classes = {head: list(labels) for head, labels in CLASSES.items()}
    return {
        "layers": layers,
        "classes": classes,
        "pairs": list(PAIR_TYPES),
        "columns": max(end for _, end in COLUMNS.values()),
    }


class Encoder:
    """The loaded model: tokenizer and ONNX session. Pickles by its folder, so that each worker loads its own."""

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        """Load and check a model.

        Args:
            folder: a folder with `manifest.json`, `model.onnx` and `tokenizer.json`; None takes the one in the
                package.
            threads: of ONNX Runtime; 0 takes one a core.

        Raises:
            ModelError: a file is missing or damaged, or the labels are of another version.
        """
        self.folder = folder or Path(str(resources.files("onrecord") / "data" / "model"))
        self.threads = threads
        self.manifest = check_manifest(self.folder)
        self.session = _open_session(self.folder / "model.onnx", threads)
        self.tokenizer = _open_tokenizer(self.folder / "tokenizer.json")

    def __reduce__(self) -> tuple[object, ...]:
        return _reload, (self.folder, self.threads)

    def encode(self, story: Story) -> Encoded:
        """Read the paragraphs of a story."""
        return self.encode_text(story.text, story.paragraphs)

    def encode_text(self, text: str, spans: Sequence[tuple[int, int]]) -> Encoded:
        """Read the given spans of any text."""
        windows = cut_windows(split_pieces(self.tokenizer, text, spans))
        return join_windows(windows, self.run([window.pieces for window in windows]))

    def run(self, inputs: Sequence[Pieces]) -> list[Floats]:
        """Outputs `(pieces, columns)` of each input; batched by length."""
        order = sorted(range(len(inputs)), key=lambda number: len(inputs[number]))
        outputs: dict[int, Floats] = {}
        for low in range(0, len(order), BATCH):
            batch = order[low : low + BATCH]
            outputs |= zip(batch, self._run_batch([inputs[number] for number in batch]), strict=True)
        return [outputs[number] for number in range(len(inputs))]

    def _run_batch(self, batch: Sequence[Pieces]) -> list[Floats]:
        length = max(len(pieces) for pieces in batch)
        arrays = {name: np.zeros((len(batch), length), dtype=np.int64) for name in ("ids", "features", "mask")}
        for row, pieces in enumerate(batch):
            arrays["ids"][row, : len(pieces)] = pieces.ids
            arrays["features"][row, : len(pieces)] = pieces.features
            arrays["mask"][row, : len(pieces)] = 1
        (rows,) = self.session.run(None, arrays)
        return [rows[number, : len(pieces)] for number, pieces in enumerate(batch)]


def _reload(folder: Path, threads: int) -> Encoder:
    return Encoder(folder, threads=threads)


def join_windows(windows: Sequence[Window], outputs: Sequence[Floats]) -> Encoded:
    """Keep the rows of words, one after the other."""
    places = [window.word_places for window in windows]
    starts = [window.pieces.starts[words] for window, words in zip(windows, places, strict=True)]
    ends = [_end_words(window, words) for window, words in zip(windows, places, strict=True)]
    columns = max(end for _, end in COLUMNS.values())
    return Encoded(
        np.concatenate([*starts, np.zeros(0, np.int64)]),
        np.concatenate([*ends, np.zeros(0, np.int64)]),
        np.concatenate(
            [*(rows[words] for rows, words in zip(outputs, places, strict=True)), np.zeros((0, columns), np.float32)]
        ),
        np.repeat(np.arange(len(windows)), [len(words) for words in places]),
        np.stack([rows[0] for rows in outputs]) if outputs else np.zeros((0, columns), np.float32),
    )


def _end_words(window: Window, words: Ints) -> Ints:
    """A word ends where its last piece ends."""
    last = np.concatenate([words[1:], [window.core[1]]]) - 1
    specials = window.pieces.features[last] == 0
    result: Ints = window.pieces.ends[last - specials.astype(np.int64)]
    return result


def check_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder, after every file and the label order are checked.

    Raises:
        ModelError: something is missing, damaged or of another version.
    """
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"no model here: {error.strerror}", where=str(path), hint=_HINT) from error
    except ValueError as error:
        raise ModelError(f"not JSON: {error}", where=str(path), hint=_HINT) from error
    if manifest.get("labels") != expect_labels():
        raise ModelError(
            f"labels of model {manifest.get('version')!r} are not those of this code", where=str(path), hint=_HINT
        )
    for name, digest in manifest.get("files", {}).items():
        _check_file(folder / name, digest)
    return manifest


def _check_file(path: Path, digest: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"cannot be read: {error.strerror}", where=str(path), hint=_HINT) from error
    if found != digest:
        raise ModelError(f"damaged: SHA-256 is {found[:12]}..., expected {digest[:12]}...", where=str(path), hint=_HINT)


def _open_session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"ONNX Runtime refuses it: {error}", where=str(path), hint=_HINT) from error


def _open_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        raise ModelError(f"no tokenizer: {error}", where=str(path), hint=_HINT) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
