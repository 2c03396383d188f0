"""Stage 3, first half. Paragraphs -> windows of word pieces for the encoder.

A window holds whole paragraphs, packed until it is full; a paragraph that is too long is cut at the ends of
sentences. Each window opens with the end of what stands before it, so that a pronoun or a running quotation is seen
in its context; those pieces are read, not coded. Beside its vocabulary id each piece has a surface feature, because
the vocabulary is uncased: its letter case, and whether it stands inside double quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]

CLS: Final = 101
SEP: Final = 102
MARKERS: Final = {"<s>": 1, "</s>": 2, "<t>": 3, "</t>": 4}

CASES: Final = 6
QUOTES: Final = 3
FEATURES: Final = CASES * QUOTES + 1

SIZE: Final = 160
CONTEXT: Final = 24

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")


@dataclass(frozen=True)
class Pieces:
    """Word pieces of one paragraph, all arrays of one length; offsets are in the story's text."""

    ids: Ints
    features: Ints
    starts: Ints
    ends: Ints
    words: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, first: int, last: int) -> Pieces:
        """Pieces `[first, last)`."""
        part = slice(first, last)
        return Pieces(self.ids[part], self.features[part], self.starts[part], self.ends[part], self.words[part])


@dataclass(frozen=True)
class Window:
    """One input of the encoder: `[CLS]`, context and paragraphs with `[SEP]` between them.

    Attributes:
        core: first and last-plus-one piece whose labels count; pieces before it are context.
    """

    pieces: Pieces
    core: tuple[int, int]

    def __len__(self) -> int:
        return len(self.pieces)

    @cached_property
    def word_places(self) -> Ints:
        """Indices of first pieces of words inside the core."""
        first, last = self.core
        return np.flatnonzero(self.pieces.words[first:last]) + first


def split_pieces(tokenizer: Tokenizer, text: str, spans: Sequence[tuple[int, int]]) -> list[Pieces]:
    """Word pieces of each span of `text`; spans without any give an empty list of pieces."""
    encodings = tokenizer.encode_batch([text[start:end] for start, end in spans], add_special_tokens=False)
    return [
        _make_pieces(text, start, encoding.ids, encoding.offsets, encoding.word_ids)
        for (start, _), encoding in zip(spans, encodings, strict=True)
    ]


def _make_pieces(
    text: str, base: int, ids: list[int], offsets: list[tuple[int, int]], words: list[int | None]
) -> Pieces:
    places = np.array(offsets, dtype=np.int64).reshape(-1, 2) + base
    numbers = np.array([-1 if word is None else word for word in words], dtype=np.int64)
    first = np.ones(len(ids), dtype=np.bool_)
    first[1:] = numbers[1:] != numbers[:-1]
    shapes = [text[start:end] for start, end in places]
    return Pieces(np.array(ids, dtype=np.int64), mark_features(shapes), places[:, 0], places[:, 1], first)


_MARK = re.compile(r"</?[st]>")


def split_marked(tokenizer: Tokenizer, text: str) -> Pieces:
    """Pieces of a sentence with `<s> </s>` round its actor and `<t> </t>` round its recipient; markers become
    pieces of their own.

    Offsets are those in the sentence without its markers.
    """
    plain, places, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        places.append((len(plain), MARKERS[match.group()]))
        at = match.end()
    plain += text[at:]
    pieces = split_pieces(tokenizer, plain, [(0, len(plain))])[0]
    order: list[tuple[int, int, int]] = [(int(start), 1, number) for number, start in enumerate(pieces.starts)]
    order += [(place, 0 if marker in {1, 3} else -1, -marker) for place, marker in places]
    order.sort(key=lambda item: (item[0], item[1]))
    picks = [number for _, _, number in order]
    return Pieces(
        np.array([pieces.ids[n] if n >= 0 else -n for n in picks], dtype=np.int64),
        np.array([pieces.features[n] if n >= 0 else 0 for n in picks], dtype=np.int64),
        np.array([place for place, _, _ in order], dtype=np.int64),
        np.array(
            [pieces.ends[n] if n >= 0 else place for (place, _, _), n in zip(order, picks, strict=True)], dtype=np.int64
        ),
        np.array([bool(n >= 0 and pieces.words[n]) for n in picks], dtype=np.bool_),
    )


def mark_features(shapes: Sequence[str]) -> Ints:
    """Letter case (6) times quotation state (3), plus one; 0 is for special pieces.

    Example:
        >>> mark_features(["He", "said", '"', "no", '"']).tolist()
        [2, 1, 18, 7, 18]
    """
    features = np.empty(len(shapes), dtype=np.int64)
    inside = False
    for number, shape in enumerate(shapes):
        state = int(inside)
        if shape == '"' or shape in _OPENING or shape in _CLOSING:
            inside = shape in _OPENING or (shape == '"' and not inside)
            state = 2
        features[number] = 1 + state * CASES + _name_case(shape)
    return features


def _name_case(shape: str) -> int:
    if not shape[:1].isalnum():
        return 5
    if shape.isdigit():
        return 4
    if shape.islower():
        return 0
    if shape.isupper():
        return 2 if len(shape) > 1 else 1
    return 1 if shape[0].isupper() else 3


def cut_windows(paragraphs: Sequence[Pieces], *, size: int = SIZE, context: int = CONTEXT) -> list[Window]:
    """Pack paragraphs into windows of at most `size` pieces, `[CLS]` and context included."""
    windows: list[Window] = []
    room = size - context - 3
    waiting: list[Pieces] = []
    before: Pieces | None = None
    for part in (part for paragraph in paragraphs for part in _split_long(paragraph, room)):
        if waiting and sum(len(item) + 1 for item in waiting) + len(part) > room:
            windows.append(_join_window(before, waiting, context))
            before, waiting = waiting[-1], []
        waiting.append(part)
    if waiting:
        windows.append(_join_window(before, waiting, context))
    return windows


def _split_long(paragraph: Pieces, room: int) -> list[Pieces]:
    parts, at = [], 0
    while len(paragraph) - at > room:
        end = _find_break(paragraph, at, at + room)
        parts.append(paragraph.cut(at, end))
        at = end
    if len(paragraph) > at:
        parts.append(paragraph.cut(at, len(paragraph)))
    return parts


def _find_break(paragraph: Pieces, first: int, last: int) -> int:
    """The last end of a sentence in the window's second half, else the last start of a word."""
    gaps = np.flatnonzero(
        paragraph.words[first + 1 : last + 1] & (paragraph.starts[first + 1 : last + 1] > paragraph.ends[first:last])
    )
    upper = (paragraph.features[first + 1 : last + 1][gaps] - 1) % CASES
    enders = paragraph.features[first:last][gaps]
    good = gaps[((upper == 1) | (upper == 5)) & ((enders - 1) % CASES == 5)]
    good = good[good >= (last - first) // 2]
    if len(good):
        return int(first + 1 + good[-1])
    return int(first + 1 + gaps[-1]) if len(gaps) else last


_SPECIAL = np.zeros(1, dtype=np.int64)


def _make_special(piece: int, at: int) -> Pieces:
    place = np.array([at], dtype=np.int64)
    return Pieces(np.array([piece], dtype=np.int64), _SPECIAL, place, place, np.zeros(1, dtype=np.bool_))


def _join_window(before: Pieces | None, parts: list[Pieces], context: int) -> Window:
    at = int(parts[0].starts[0])
    joined = [_make_special(CLS, at)]
    if before is not None and context:
        joined += [before.cut(max(0, len(before) - context), len(before)), _make_special(SEP, at)]
    first = sum(len(part) for part in joined)
    for number, part in enumerate(parts):
        if number:
            joined.append(_make_special(SEP, int(part.starts[0])))
        joined.append(part)
    joined.append(_make_special(SEP, int(parts[-1].ends[-1])))
    ids, features, starts, ends = (
        np.concatenate([getattr(part, name) for part in joined]) for name in ("ids", "features", "starts", "ends")
    )
    pieces = Pieces(ids, features, starts, ends, np.concatenate([part.words for part in joined]))
    return Window(pieces, (first, len(pieces) - 1))
