"""The PLV set (Hu et al., ACL 2024): sentences with a marked actor and recipient and a PLOVER root."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from training.examples import Example


def read_examples(path: Path) -> Iterator[Example]:
    """One example a row of `train.tsv`; the text keeps its markers."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["marked_sentence"].strip()
            yield Example(row["sentence_id"], "plv", text, [(0, len(text))], pair=row["gold_root"])
