"""PLV (Hu et al., ACL 2024): PLOVER roots of sentences with a marked actor and recipient.

    python -m benchmarks.plv /path/to/test.tsv

Binary is cooperation against conflict, quad the four classes of PLOVER, root the fifteen roots (PLV's YIELD is our
CONCEDE and RETREAT). Macro F1.
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

from benchmarks.scoring import macro_f1, print_result
from onrecord.encode import Encoder
from onrecord.events import code_marked

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


def read_rows(path: Path) -> list[tuple[str, str]]:
    """Marked sentence and gold root of each row."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["marked_sentence"].strip(), row["gold_root"].strip()) for row in rows]


def main() -> None:
    """Score the model in the package on one TSV."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    rows = read_rows(arguments.path)
    encoder = Encoder()
    began = time.perf_counter()
    found = [kind for kind, _ in code_marked(encoder, [text for text, _ in rows])]
    seconds = time.perf_counter() - began
    roots = list(zip((root for _, root in rows), found, strict=True))
    quads = [(QUADS.get(gold, 0), QUADS[guess]) for gold, guess in roots]
    print_result(
        {
            "n": len(rows),
            "binary_f1": round(macro_f1((gold <= 2, guess <= 2) for gold, guess in quads), 4),
            "quad_f1": round(macro_f1(quads), 4),
            "root_f1": round(macro_f1(roots), 4),
            "seconds": round(seconds, 2),
        }
    )


if __name__ == "__main__":
    main()
