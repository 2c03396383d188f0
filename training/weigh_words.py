"""Writes `data/ledger_weights.tsv`: how telling each common stem is, by the stories of the project's own corpus."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

from onrecord.ledger.content import list_stems

ROOT = Path(__file__).parents[1]
#: Stems in fewer stories than this are left out: they count 1.
FEWEST = 3


def main() -> None:
    """Count in how many stories each stem occurs."""
    stories = sorted((ROOT / "training" / "corpus" / "stories").glob("*.txt"))
    counts = Counter(name for path in stories for name in set(list_stems(path.read_text(encoding="utf-8"))))
    top = math.log(len(stories) / FEWEST)
    lines = [
        f"{name}\t{math.log(len(stories) / count) / top:.3f}\n"
        for name, count in sorted(counts.items())
        if count > FEWEST and not name[0].isdigit()
    ]
    (ROOT / "src" / "onrecord" / "data" / "ledger_weights.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
