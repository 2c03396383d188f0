"""Whole records against gold (form: DESIGN.md section 8): statements, events, positions, rounds, outstanding items.

    python -m benchmarks.record /path/to/folder

The folder holds `NAME.txt` and `NAME.gold.json`. A gold item matches a predicted one when its words (`content`,
`quote`) lie in the predicted span by half or more; each predicted item serves one gold item, the closest pairs
first. Rounds have no words: they match when they share half of the parties, same date first. Over the matched items
the accuracy of each further field is reported; an absent or null field is not scored. Strings name actors by
resolved name or by code, with case, diacritics, hyphens and a leading "the" folded.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import onrecord
from benchmarks.scoring import Tally, print_result
from onrecord.pipeline import Pipeline
from onrecord.record import Record, Reference, Round
from onrecord.story import Span

Gold = dict[str, Any]
_WORD = re.compile(r"\w+")


def fold(name: str) -> str:
    """A name as it is compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"^the\s+", "", re.sub(r"[-\s]+", " ", plain.casefold()).strip())


class Page:
    """One record with what is needed to compare it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.text = record.story.text
        self.words = [match.span() for match in _WORD.finditer(self.text)]
        self.actors = {actor.id: actor for actor in record.actors}

    def cover(self, spans: Iterable[Span]) -> set[int]:
        """Numbers of the words inside the spans."""
        return {n for start, end in spans for n, (a, b) in enumerate(self.words) if a >= start and b <= end}

    def find(self, words: str) -> set[int]:
        """Numbers of the words where a gold text stands first."""
        parts = [re.escape(part) for part in _WORD.findall(words)]
        match = re.search(r"\W+".join(parts), self.text) if parts else None
        return self.cover([Span(*match.span())]) if match else set()

    def names(self, reference: str | Reference | None) -> set[str]:
        """All that an actor may be called: name, code, and the words themselves."""
        key = reference.actor if isinstance(reference, Reference) else reference
        found = {fold(reference.span.words(self.text))} if isinstance(reference, Reference) else set()
        actor = self.actors.get(key or "")
        return found | ({fold(actor.name), fold(actor.code)} - {""} if actor else set())


def match_items(gold: Sequence[set[int]], found: Sequence[set[int]]) -> list[tuple[int, int]]:
    """Pairs of gold and predicted items by their words, the closest first."""
    ranked = [
        (len(g & f) / len(g | f), -gn, -fn)
        for gn, g in enumerate(gold)
        for fn, f in enumerate(found)
        if g and 2 * len(g & f) >= len(g)
    ]
    pairs: list[tuple[int, int]] = []
    for _, gn, fn in sorted(ranked, reverse=True):
        if all(-gn != a and -fn != b for a, b in pairs):
            pairs.append((-gn, -fn))
    return pairs


class Board:
    """Counts for one kind of item: matches, and right or wrong by field."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.fields: dict[str, list[bool]] = {}

    def count(self, gold: int, found: int, matched: int) -> None:
        """Add the items of one story."""
        self.tally.gold += gold
        self.tally.found += found
        self.tally.right += matched

    def judge(self, gold: Gold, field: str, test: Callable[[Any], bool]) -> None:
        """Add one field, unless the gold leaves it open."""
        if gold.get(field) is not None:
            self.fields.setdefault(field, []).append(bool(test(gold[field])))

    def show(self) -> dict[str, float]:
        """Precision, recall, F1 and the accuracy of each field."""
        shares = {name: round(sum(values) / len(values), 4) for name, values in sorted(self.fields.items())}
        return {**self.tally.show(), **shares}


def same_names(page: Page, gold: Iterable[str], found: Sequence[str | Reference]) -> bool:
    """True when both sides name the same actors, one for one."""
    left = [page.names(item) for item in found]
    wanted = {fold(str(name)) for name in gold}
    return all(any(name in names for names in left) for name in wanted) and all(names & wanted for names in left)


def same_date(gold: str, found: str) -> bool:
    """Equal, to the precision of the gold."""
    return str(found)[: len(str(gold))] == str(gold)


def score_statements(page: Page, gold: Sequence[Gold], board: Board) -> None:
    """Match by content; judge source, act, relay, addressee, day."""
    found = page.record.statements
    pairs = match_items([page.find(item["content"]) for item in gold], [page.cover(item.content) for item in found])
    board.count(len(gold), len(found), len(pairs))
    for left, right in pairs:
        item, own = gold[left], found[right]
        board.judge(item, "source", lambda name, own=own: any(fold(name) in page.names(s) for s in own.sources))  # type: ignore[misc]
        board.judge(item, "act", lambda act, own=own: act == own.act)  # type: ignore[misc]
        board.judge(item, "relay", lambda names, own=own: same_names(page, names, own.relay))  # type: ignore[misc]
        board.judge(item, "addressee", lambda name, own=own: any(fold(name) in page.names(a) for a in own.addressees))  # type: ignore[misc]
        board.judge(item, "said", lambda day, own=own: same_date(day, str(own.said or "")))  # type: ignore[misc]


def score_events(page: Page, gold: Sequence[Gold], board: Board) -> None:
    """Match by quote; judge type, actors, recipients, date, status."""
    found = page.record.events
    pairs = match_items([page.find(item["quote"]) for item in gold], [page.cover([item.span]) for item in found])
    board.count(len(gold), len(found), len(pairs))
    for left, right in pairs:
        item, own = gold[left], found[right]
        board.judge(item, "type", lambda kind, own=own: kind == own.type)  # type: ignore[misc]
        board.judge(item, "actors", lambda names, own=own: same_names(page, names, own.actors))  # type: ignore[misc]
        board.judge(item, "recipients", lambda names, own=own: same_names(page, names, own.recipients))  # type: ignore[misc]
        board.judge(item, "date", lambda day, own=own: same_date(day, own.day))  # type: ignore[misc]
        board.judge(item, "status", lambda status, own=own: status == own.status)  # type: ignore[misc]


def score_positions(page: Page, gold: Sequence[Gold], board: Board) -> None:
    """Match by content; judge holder, addressees, stance, state."""
    found = page.record.positions
    pairs = match_items([page.find(item["content"]) for item in gold], [page.cover(item.content) for item in found])
    board.count(len(gold), len(found), len(pairs))
    for left, right in pairs:
        item, own = gold[left], found[right]
        board.judge(item, "holder", lambda name, own=own: fold(name) in page.names(own.holder))  # type: ignore[misc]
        board.judge(item, "addressees", lambda names, own=own: same_names(page, names, own.addressees))  # type: ignore[misc]
        board.judge(item, "stance", lambda stance, own=own: stance == own.stance)  # type: ignore[misc]
        board.judge(item, "state", lambda state, own=own: state == own.state)  # type: ignore[misc]


def score_rounds(page: Page, gold: Sequence[Gold], board: Board) -> None:
    """Match by parties, same date first; judge parties, date, outcome."""
    found = [item for negotiation in page.record.negotiations for item in negotiation.rounds]
    shares = {(-gn, -fn): share_parties(page, g, f) for gn, g in enumerate(gold) for fn, f in enumerate(found)}
    dated = {key: same_date(gold[-key[0]].get("date") or "?", found[-key[1]].day) for key in shares}
    ranked = sorted(((dated[key], share, *key) for key, share in shares.items() if share >= 0.5), reverse=True)
    pairs: list[tuple[int, int]] = []
    for _, _, left, right in ranked:
        if all(-left != a and -right != b for a, b in pairs):
            pairs.append((-left, -right))
    board.count(len(gold), len(found), len(pairs))
    for left, right in pairs:
        item, own = gold[left], found[right]
        board.judge(item, "parties", lambda names, own=own: same_names(page, names, own.parties))  # type: ignore[misc]
        board.judge(item, "date", lambda day, own=own: same_date(day, own.day))  # type: ignore[misc]
        board.judge(item, "outcome", lambda outcome, own=own: outcome == own.outcome)  # type: ignore[misc]


def share_parties(page: Page, gold: Gold, found: Round) -> float:
    """Parties in common over the larger number of parties."""
    wanted = {fold(str(name)) for name in gold.get("parties") or []}
    own = [page.names(party) for party in found.parties]
    common = sum(1 for names in own if names & wanted)
    return common / max(len(wanted), len(own), 1)


def score_outstanding(page: Page, gold: Sequence[str], board: Board) -> None:
    """Match by words."""
    found = [item for negotiation in page.record.negotiations for item in negotiation.outstanding]
    pairs = match_items([page.find(words) for words in gold], [page.cover([item.span]) for item in found])
    board.count(len(gold), len(found), len(pairs))


def main() -> None:
    """Score the pipeline on one folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    pipeline = Pipeline()
    boards = {name: Board() for name in ("statements", "events", "positions", "rounds", "outstanding")}
    scorers: dict[str, Callable[[Page, Any, Board], None]] = {
        "statements": score_statements,
        "events": score_events,
        "positions": score_positions,
        "rounds": score_rounds,
        "outstanding": score_outstanding,
    }
    paths = sorted(arguments.path.glob("*.gold.json"))
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        story = next(onrecord.read(path.with_name(path.name.removesuffix(".gold.json") + ".txt")))
        page = Page(pipeline.process(story))
        for name, score in scorers.items():
            score(page, gold.get(name) or [], boards[name])
    print_result({"n": len(paths), **{name: board.show() for name, board in boards.items()}})


if __name__ == "__main__":
    main()
