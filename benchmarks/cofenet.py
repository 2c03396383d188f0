"""Quotation extraction by the CofeNet protocol (Wang et al., COLING 2022): exact spans over given tokens.

    python -m benchmarks.cofenet /path/to/valid.jsonl
    python -m benchmarks.cofenet /path/to/polnear/dev

Each line is one paragraph with `tokens` and `labels` (B-source, I-content ...). The tokens are joined to text, read
by the encoder, and its spans laid back on the tokens. A folder in PolNeAR's own form is cut into such lines, a
paragraph each, one annotation for each text. Where two roles claim one token the likelier span keeps it, since a
label is one a token.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.attribution import read_relations, wrap_text
from benchmarks.scoring import Tally, print_result
from onrecord.encode import Encoder, Found, join_windows
from onrecord.story import Span
from onrecord.windows import Window, cut_windows, split_pieces

ROLES = ("source", "cue", "content")
_MARKS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\w+(?:[-.]\w+)*(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+(?:[-.,]\w+)*|\S"
)

Spans = set[tuple[str, int, int]]
Line = tuple[list[str], list[str]]


def read_lines(path: Path) -> list[Line]:
    """Tokens and labels of each line."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(line["tokens"], line["labels"]) for line in lines]


def read_folder(path: Path) -> list[Line]:
    """Tokens and labels of each paragraph of a PolNeAR folder; of several annotations of a text the first is taken."""
    lines: list[Line] = []
    annotations = {
        file.stem.rsplit("_", 1)[0]: file for file in sorted((path / "attributions").glob("*.ann"), reverse=True)
    }
    for name, file in sorted(annotations.items()):
        text = (path / "text" / f"{name}.txt").read_text(encoding="utf-8")
        spans = [(role, span) for relation in read_relations(file) for role in ROLES for span in relation[role]]
        for paragraph in wrap_text(text).paragraphs:
            words = [
                (paragraph.start + match.start(), match.group()) for match in _TOKEN.finditer(paragraph.words(text))
            ]
            lines.append(([word for _, word in words], _label_words([start for start, _ in words], spans)))
    return lines


def _label_words(starts: Sequence[int], spans: Sequence[tuple[str, Span]]) -> list[str]:
    labels = ["O"] * len(starts)
    for role, span in sorted(spans, key=lambda item: item[1].start - item[1].end):
        inside = [number for number, start in enumerate(starts) if span.start <= start < span.end]
        for number in inside:
            labels[number] = f"{'B' if number == inside[0] else 'I'}-{role}"
    return labels


def read_labels(labels: Sequence[str]) -> Spans:
    """Spans `(role, first, last)` of B- and I- labels; an I- that follows nothing of its kind begins a span."""
    spans: list[list[object]] = []
    before = "O"
    for number, label in enumerate(labels):
        position, _, role = label.partition("-")
        if position == "I" and before.endswith("-" + role) and before != "O":
            spans[-1][2] = number + 1
        elif position in {"B", "I"}:
            spans.append([role, number, number + 1])
        before = label
    return {(str(role), int(str(first)), int(str(last))) for role, first, last in spans}


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Text of the tokens, with the places where each stands."""
    text, places = "", []
    for token in tokens:
        token = _MARKS.get(token, token)
        glue = "" if not text or token in {",", ".", "'s", "n't", ";", ":", "?", "!", ")"} else " "
        places.append((len(text) + len(glue), len(text) + len(glue) + len(token)))
        text += glue + token
    return text, places


def lay_spans(found: Sequence[Found], places: Sequence[tuple[int, int]]) -> Spans:
    """Spans on tokens; the likelier of two that overlap wins."""
    starts = np.array([start for start, _ in places])
    ends = np.array([end for _, end in places])
    taken = np.zeros(len(places), dtype=bool)
    spans: Spans = set()
    for item in sorted(found, key=lambda item: -item.score):
        first, last = (
            int(np.searchsorted(ends, item.span.start, side="right")),
            int(np.searchsorted(starts, item.span.end)),
        )
        if last > first and not taken[first:last].any():
            taken[first:last] = True
            spans.add((item.layer, first, last))
    return spans


def predict(encoder: Encoder, samples: Sequence[Sequence[str]]) -> list[Spans]:
    """Spans of each sample."""
    texts = [join_tokens(tokens) for tokens in samples]
    windows: list[Window] = []
    counts = []
    for text, _ in texts:
        own = cut_windows(split_pieces(encoder.tokenizer, text, [(0, len(text))]), size=256) if text else []
        windows += own
        counts.append(len(own))
    outputs = encoder.run([window.pieces for window in windows])
    results, at = [], 0
    for (_, places), count in zip(texts, counts, strict=True):
        encoded = join_windows(windows[at : at + count], outputs[at : at + count])
        at += count
        results.append(lay_spans([item for role in ROLES for item in encoded.find_layer(role)], places))
    return results


def main() -> None:
    """Score the model in the package on one file of JSON lines."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--model", type=Path, default=None, help="folder of another model")
    arguments = parser.parse_args()
    lines = read_folder(arguments.path) if arguments.path.is_dir() else read_lines(arguments.path)
    tallies = {role: Tally() for role in ROLES}
    for (_, labels), found in zip(
        lines, predict(Encoder(arguments.model), [tokens for tokens, _ in lines]), strict=True
    ):
        gold = read_labels(labels)
        for role, tally in tallies.items():
            tally.add({span for span in gold if span[0] == role}, {span for span in found if span[0] == role})
    shown = {role: {f"exact_{name}": value for name, value in tally.show().items()} for role, tally in tallies.items()}
    print_result({"n": len(lines), **shown})


if __name__ == "__main__":
    main()
