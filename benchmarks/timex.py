"""Time expressions by the TempEval-3 protocol (UzZaman et al., SemEval 2013).

    python -m benchmarks.timex /path/to/folder

The folder holds TimeML files: the day of writing in `<DCT>`, the body in `<TEXT>` with `<TIMEX3>` (or `<TIMEX2 VAL=>`)
round the expressions. `strict` is the share of expressions with the same extent, `relaxed` those that overlap; type
and value F1 count, of the overlapping ones, those that agree.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.scoring import print_result
from onrecord.errors import BrokenInput
from onrecord.timexes import find_timexes

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")


@dataclass(frozen=True)
class Expression:
    """One time expression: offsets in the body, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True)
class Document:
    """The body of a TimeML file, its day of writing, and the gold expressions."""

    name: str
    text: str
    anchor: date | None
    gold: tuple[Expression, ...]


def read_document(path: Path) -> Document:
    """Read one TimeML file; no entity is fetched or expanded from outside.

    Raises:
        BrokenInput: the file is no well-formed XML or has no `<TEXT>`.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenInput(f"no well-formed XML: {error}", where=str(path)) from error
    body = next(root.iter("TEXT"), None)
    if body is None:
        raise BrokenInput("no <TEXT> in it", where=str(path), hint="give a folder of TimeML files")
    pieces: list[str] = []
    gold = list(_walk(body, pieces))
    return Document(path.stem, "".join(pieces), _read_day(root), tuple(gold))


def _walk(element: _Element, pieces: list[str]) -> Iterator[Expression]:
    """Collect text; yield the expressions inside with their offsets."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        yield from _walk(child, pieces)
        pieces.append(child.tail or "")
    if element.tag in ("TIMEX3", "TIMEX2"):
        value = element.get("value") or element.get("VAL") or element.get("val") or ""
        yield Expression(start, sum(map(len, pieces)), element.get("type") or "", value)


def _read_day(root: _Element) -> date | None:
    for element in root.iter("DCT"):
        inner = next(element.iter("TIMEX3"), element)
        match = _DAY.search(inner.get("value") or "".join(str(part) for part in element.itertext()))
        if match:
            return date(*(int(part) for part in match.groups()))
    return None


def split_body(text: str) -> list[tuple[int, int]]:
    """Paragraphs: what stands between line breaks, in files with one line a paragraph, else between blank lines."""
    return [match.span() for match in re.finditer(r"\S[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*", text)]


def predict(document: Document) -> list[Expression]:
    """Our expressions."""
    found = find_timexes(document.text, split_body(document.text), document.anchor)
    return [Expression(*timex.span, timex.type.value, timex.value) for timex in found]


def match_spans(gold: Sequence[Expression], predicted: Sequence[Expression]) -> list[tuple[Expression, Expression]]:
    """Pairs that overlap, each expression once; equal extents first."""
    pairs: list[tuple[Expression, Expression]] = []
    places = {(item.start, item.end): item for item in predicted}
    left = [item for item in gold if (item.start, item.end) not in places]
    pairs += [(item, places[item.start, item.end]) for item in gold if (item.start, item.end) in places]
    taken = {id(item) for _, item in pairs}
    for item in left:
        other = next((p for p in predicted if id(p) not in taken and p.start < item.end and item.start < p.end), None)
        if other:
            taken.add(id(other))
            pairs.append((item, other))
    return pairs


def score(documents: Sequence[Document], predictions: Sequence[Sequence[Expression]]) -> dict[str, object]:
    """Precision, recall and F1 over all documents."""
    gold = sum(len(document.gold) for document in documents)
    found = sum(map(len, predictions))
    pairs = [
        pair
        for document, predicted in zip(documents, predictions, strict=True)
        for pair in match_spans(document.gold, predicted)
    ]
    counts = {
        "strict": sum((a.start, a.end) == (b.start, b.end) for a, b in pairs),
        "relaxed": len(pairs),
        "type": sum(a.type == b.type for a, b in pairs),
        "value": sum(a.value == b.value for a, b in pairs),
    }
    result: dict[str, object] = {f"{name}_f1": _f1(count, found, gold) for name, count in counts.items()}
    result |= {"strict_precision": _share(counts["strict"], found), "strict_recall": _share(counts["strict"], gold)}
    return result | {"gold": gold, "predicted": found}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _f1(correct: int, found: int, gold: int) -> float:
    return _share(2 * correct, found + gold)


def read_folder(folder: Path) -> list[Document]:
    """All `.tml` files of a folder, in order of name.

    Raises:
        BrokenInput: there is none.
    """
    paths = sorted(folder.glob("*.tml"))
    if not paths:
        raise BrokenInput("no .tml file here", where=str(folder), hint="give a folder of TimeML files")
    return [read_document(path) for path in paths]


def main(argv: Sequence[str] | None = None) -> None:
    """Score a folder and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, help="folder of TimeML files (.tml)")
    documents = read_folder(parser.parse_args(argv).path)
    began = time.perf_counter()
    predictions = [predict(document) for document in documents]
    seconds = time.perf_counter() - began
    print_result({"n": len(documents)} | score(documents, predictions) | {"seconds": round(seconds, 3)})


if __name__ == "__main__":
    main()
