"""How much two pieces of wording say the same: shared content words, the rare ones counting more.

Weights come from `data/ledger_weights.tsv`: for each common stem, how few stories of the project's own training corpus
it occurs in, from 0 (nearly all) to 1 (hardly any); a stem that is not listed counts 1. Agencies choose other words
for the same thing, so that the shorter wording is asked how much of it the longer one holds, and that is averaged with
the share of all words that both have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import yaml

from onrecord.store.rows import fold

Content = Mapping[str, float]

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
_SHORTEST: Final = 3


@cache
def load_words() -> Mapping[str, tuple[str, ...]]:
    """Stop words, number words and endings."""
    text = (resources.files("onrecord") / "data" / "ledger_words.yaml").read_text(encoding="utf-8")
    return {name: tuple(words.split()) for name, words in yaml.safe_load(text).items()}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(load_words()["stop"])


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    parts = (ending.partition(">") for ending in load_words()["endings"])
    return tuple((ending, other) for ending, _, other in parts)


@cache
def _numbers() -> Mapping[str, str]:
    return {word: str(number) for number, word in enumerate(load_words()["numbers"])}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its endings. Crude on purpose: it only has to bring the forms of one word together."""
    if word in _numbers():
        return _numbers()[word]
    if word[0].isdigit():
        return word.replace(",", "")
    for _ in range(2):
        word = _strip(word)
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


def _strip(word: str) -> str:
    for ending, other in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: len(word) - len(ending)] + other
    return word


def list_stems(words: str) -> list[str]:
    """The stems of the content words, in order."""
    return [stem(word) for word in _WORD.findall(fold(words)) if word not in _stop_words()]


@cache
def load_weights() -> Mapping[str, float]:
    """Weight of each common stem."""
    lines = (resources.files("onrecord") / "data" / "ledger_weights.tsv").read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines)}


@lru_cache(maxsize=20_000)
def weigh(words: str) -> Content:
    """The stems of the content words with their weights. Never change what it gives: it is kept for the next asker."""
    weights = load_weights()
    return {name: weights.get(name, 1.0) for name in list_stems(words)}


def rarest(content: Content, count: int) -> list[str]:
    """The stems that tell most, most telling first; numbers and the commonest words tell too little to search by."""
    telling = [name for name, weight in content.items() if weight > 0.25 and not name[0].isdigit()]
    return sorted(telling, key=lambda name: (-content[name], name))[:count]


def compare(first: Content, second: Content) -> float:
    """How much two contents have in common, 0 to 1."""
    shared = sum(weight for name, weight in first.items() if name in second)
    one, other = sum(first.values()), sum(second.values())
    if not shared:
        return 0.0
    return 0.5 * shared / min(one, other) + 0.5 * shared / (one + other - shared)


def contain(part: Content, whole: Content) -> float:
    """How much of `part` stands in `whole`, 0 to 1."""
    total = sum(part.values())
    return sum(weight for name, weight in part.items() if name in whole) / total if total else 0.0


def find_numbers(words: str) -> frozenset[str]:
    """The numbers in a wording, as digits."""
    return frozenset(name for name in list_stems(words) if name[0].isdigit())


def join(contents: Iterable[Content]) -> Content:
    """Several contents as one."""
    return {name: weight for content in contents for name, weight in content.items()}
