"""Statements on PolNeAR (Newell et al., LREC 2018): spans by role, and whole relations.

    python -m benchmarks.attribution /path/to/polnear/dev

The folder holds `text/*.txt` and `attributions/*.ann`. `exact_f1` counts contiguous spans, `token_f1` words.
`linked_f1` counts a gold relation as found when a statement's source, cue and content each overlap it by half or
more of the longer one's words; a relation without a source matches one without. A text with several annotators
counts once for each.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Hashable
from pathlib import Path

from benchmarks.scoring import Tally, print_result
from onrecord.encode import Encoder
from onrecord.record import Statement
from onrecord.segment import segment_story
from onrecord.statements import find_statements
from onrecord.story import Span, Story, hash_text

ROLES = ("source", "cue", "content")
Relation = dict[str, list[Span]]
Words = set[int]

_WORD = re.compile(r"\w+|[^\w\s]")


def read_relations(path: Path) -> list[Relation]:
    """The attribution relations of one brat file; discontinuous parts in order."""
    spans: dict[str, list[Span]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if line.startswith("T"):
            places = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [Span(*map(int, place.split())) for place in places]
        elif line.startswith("E"):
            events.append([(part.partition(":")[0], part.partition(":")[2]) for part in fields[1].split()])
    return [
        {
            role: sorted(
                span for name, key in event if name.rstrip("0123456789").lower() == role for span in spans.get(key, [])
            )
            for role in ROLES
        }
        for event in events
    ]


def wrap_text(text: str) -> Story:
    """A story whose paragraphs are the lines of a text."""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"\S[^\n]*", text)]
    return Story(id=hash_text(text), text=text, raw=b"", runs=(), format="text", paragraphs=tuple(lines))


def list_parts(statement: Statement) -> Relation:
    """A statement in the form of a gold relation."""
    return {
        "source": [source.span for source in statement.sources],
        "cue": [statement.cue] if statement.cue else [],
        "content": list(statement.content),
    }


class Grid:
    """The words of a text, so that spans can be compared by the words they cover."""

    def __init__(self, text: str) -> None:
        self.words = [match.span() for match in _WORD.finditer(text)]

    def cover(self, spans: list[Span]) -> Words:
        """Numbers of the words inside the spans."""
        return {
            n for span in spans for n, (start, end) in enumerate(self.words) if start >= span.start and end <= span.end
        }


def overlap(gold: Words, found: Words) -> bool:
    """True when both share half or more of the longer one, or both are empty."""
    if not gold or not found:
        return not gold and not found
    return 2 * len(gold & found) >= max(len(gold), len(found))


def count_linked(gold: list[dict[str, Words]], found: list[dict[str, Words]]) -> int:
    """How many gold relations have a statement of their own that matches in all three parts."""
    left = list(found)
    right = 0
    for relation in gold:
        match = next((item for item in left if all(overlap(relation[role], item[role]) for role in ROLES)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right


def main() -> None:
    """Score the model in the package on one folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--model", type=Path, default=None, help="folder of another model")
    arguments = parser.parse_args()
    encoder = Encoder(arguments.model)
    exact, words = ({role: Tally() for role in ROLES} for _ in range(2))
    linked = Tally()
    paths = sorted((arguments.path / "attributions").glob("*.ann"))
    for path in paths:
        text = (arguments.path / "text" / f"{path.stem.rsplit('_', 1)[0]}.txt").read_text(encoding="utf-8")
        story = wrap_text(text)
        statements = find_statements(story, segment_story(story), encoder.encode(story))
        found = [list_parts(statement) for statement in statements]
        gold, grid = read_relations(path), Grid(text)
        for role in ROLES:
            spans: list[set[Hashable]] = [
                {span for relation in side for span in relation[role]} for side in (gold, found)
            ]
            exact[role].add(*spans)
            covers: list[set[Hashable]] = [
                set(grid.cover([s for r in side for s in r[role]])) for side in (gold, found)
            ]
            words[role].add(*covers)
        parts = [[{role: grid.cover(relation[role]) for role in ROLES} for relation in side] for side in (gold, found)]
        linked.right += count_linked(*parts)
        linked.gold += len(gold)
        linked.found += len(found)
    roles = {role: {"exact_f1": round(exact[role].f1, 4), "token_f1": round(words[role].f1, 4)} for role in ROLES}
    print_result({"n": len(paths), **roles, "linked_f1": round(linked.f1, 4)})


if __name__ == "__main__":
    main()
