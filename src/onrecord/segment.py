"""Stage 2. Story -> sentences and tokens, as spans of `Story.text`.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; which of them also end
sentences is decided by the next word. Quotation marks never matter for that: a quotation may hold several sentences
and go on over paragraphs. Sentences never cross paragraphs.

The rules are for English wires; other languages get the same ends and the guard for ordinals ("14. Januar").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from onrecord.story import Span, Story


class Sentence(NamedTuple):
    """A sentence: its span in `Story.text`, and the index of its paragraph."""

    span: Span
    paragraph: int


@dataclass(frozen=True)
class Segments:
    """The sentences of a story; the tokens of each are found when they are asked for."""

    text: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def tokens(self) -> tuple[tuple[Span, ...], ...]:
        """The token spans of each sentence, in the order of `sentences`."""
        return tuple(tuple(split_tokens(self.text[start:end], start)) for (start, end), _ in self.sentences)

    def find_sentence(self, offset: int) -> int | None:
        """Index of the sentence that holds the character at `offset`; None between sentences."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        found = low < len(self.sentences) and self.sentences[low].span.start <= offset
        return low if found else None

    def hold(self, place: Span) -> Span:
        """The sentence in which `place` begins; the place itself where no sentence holds it."""
        number = self.find_sentence(place.start)
        return place if number is None else self.sentences[number].span


def segment_story(story: Story) -> Segments:
    """The sentences of the body, paragraph by paragraph."""
    sentences = [
        Sentence(span, at)
        for at, place in enumerate(story.paragraphs)
        for span in split_sentences(place.words(story.text), place.start)
    ]
    return Segments(story.text, tuple(sentences))


@dataclass(frozen=True)
class _Words:
    """The lists of `data/segment.yaml`, and the pattern for a speaker and verb behind a quotation."""

    titles: frozenset[str]
    before_number: frozenset[str]
    open: frozenset[str]
    starters: frozenset[str]
    spoken: re.Pattern[str]


@cache
def _load_words() -> _Words:
    import yaml

    text = (files("onrecord") / "data" / "segment.yaml").read_text("utf-8")
    lists = {name: frozenset(words) for name, words in yaml.load(text, Loader=yaml.CSafeLoader).items()}
    verbs = "|".join(lists.pop("speech"))
    spoken = re.compile(rf"\s*(?:[A-Z][\w'’.-]*\s+|(?:a|an|the|of|for)\s+){{1,6}}(?:{verbs})\b")
    return _Words(spoken=spoken, **lists)


_CALENDAR = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\."
)

_END = re.compile(
    r"(?P<mark>[.!?…؟۔।]+)(?P<close>[\"'”“’‘»)\]›]*)(?:(?=(?P<gap>\s+)(?P<open>[\"'“‘«(\[‹—–-]*\s?)(?P<next>[^\s\"'”’»)\],;:.]+))|\s*$)|[。！？]+[」』”’）]*"
)
_LAST_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\]/—–]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_CLOCK = re.compile(r"(?:a\.m|p\.m|A\.M|P\.M)$")
_ITEM = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_ORDINAL = re.compile(
    r"(?:[Jj]an|[Ff]e[bv]|[Mm][aä]r|[Aa][pv]r|[Mm]a[ijy]|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ept?|[Oo][ck]t|[Nn]ov|[Dd]e[cz]|[a-zäö]+kuuta|Jahrhundert)"
)
_AFTER_CLOCK = re.compile(rf"(?:{_CALENDAR}|E[SD]T|GMT|UTC|ET|local)")


def split_sentences(text: str, offset: int = 0) -> Iterator[Span]:
    """The sentences of one paragraph.

    Args:
        text: the paragraph.
        offset: where it begins; added to every span.
    """
    at = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        if match.end() <= at or not _ends_sentence(text, match, at):
            continue
        yield Span(at + offset, match.end() + offset if match["mark"] is None else match.end("close") + offset)
        at = match.end() + len(match["gap"] or "") if match["mark"] else match.end()
        at += len(text[at:]) - len(text[at:].lstrip())
    rest = text[at:].rstrip()
    if rest:
        yield Span(at + offset, at + len(rest) + offset)


def _ends_sentence(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether the mark ends a sentence that began at `begin`."""
    follower = match["next"]
    if match["mark"] is None or follower is None:
        return True
    if follower[0].islower() or (
        match["mark"][0] in "!?" and match["close"] and _load_words().spoken.match(text, match.end("close"))
    ):
        return False
    if match["mark"] != ".":
        return True
    word = _LAST_WORD.search(text, begin, match.start())
    if word is None or match["close"].strip("'’)]"):
        return True
    if word.start() == begin and _ITEM.match(text[begin : match.start()]):
        return False
    return _ends_word(word.group(), follower, match["close"])


def _ends_word(word: str, follower: str, close: str) -> bool:
    """Whether a sentence can end at the full stop behind `word`, given the next word."""
    words = _load_words()
    if word in words.titles and not close:
        return False
    if word in words.before_number:
        return not follower[0].isdigit()
    if word.isdigit():
        return not (len(word) <= 2 and _ORDINAL.match(follower))
    if _CLOCK.search(word):
        return not _AFTER_CLOCK.match(follower)
    if _DOTTED.match(word) or word in words.open or (len(word) == 1 and word.isupper()):
        return follower.strip("'’") in words.starters
    return True


@cache
def _token_pattern() -> re.Pattern[str]:
    words = _load_words()
    short = sorted({*words.titles, *words.before_number, *words.open} - {"No", "al", "p", "c"}, key=len, reverse=True)
    return re.compile(
        r"(?:[^\W\d_]\.){2,}"
        r"|\d+(?:[.,:/]\d+)+(?:[^\W\d_]{1,3}\b)?"
        rf"|(?:{'|'.join(short)})\.(?=\s|,)"
        r"|['’]s\b"
        r"|[@#]\w+|https?://[^\s<>\"”]+|[\w.+-]+@[\w-]+\.[\w.]*\w"
        r"|\w+(?:(?:['’](?!s\b)|[-‐‑&])\w+)*"
        r"|\.{2,}|-{2,}|`{2}|'{2}|[^\w\s]"
    )


def split_tokens(text: str, start: int = 0) -> list[Span]:
    """The tokens of a text: words, numbers and marks; a possessive `'s` is a token of its own.

    Args:
        text: a sentence or paragraph.
        start: where it begins in the story; added to every span.
    """
    return [Span(match.start() + start, match.end() + start) for match in _token_pattern().finditer(text)]
