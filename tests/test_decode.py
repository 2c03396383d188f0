"""Logits to spans: legal paths only, scores in range, spans open at a window's edge."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.decode import allow_moves, find_path, find_spans
from onrecord.labels import LAYERS, name_tags


def write_logits(layer: str, tags: list[str]) -> np.ndarray:
    order = name_tags(layer)
    logits = np.zeros((len(tags), len(order)), dtype=np.float32)
    for word, tag in enumerate(tags):
        logits[word, order.index(tag)] = 5.0
    return logits


def test_a_span_runs_from_its_b_to_its_e() -> None:
    spans = find_spans(write_logits("cue", ["O", "B", "I", "E", "O", "S"]), "cue")
    assert [span[:3] for span in spans] == [(1, 4, ""), (5, 6, "")]
    assert all(0.9 < span.score <= 1 for span in spans)


def test_two_spans_that_touch_stay_two() -> None:
    spans = find_spans(write_logits("name", ["S-person", "B-place", "E-place"]), "name")
    assert [span[:3] for span in spans] == [(0, 1, "person"), (1, 3, "place")]


def test_an_illegal_tag_is_overruled_by_its_neighbours() -> None:
    logits = write_logits("content", ["B", "O", "E", "O"])
    logits[1, name_tags("content").index("I")] = 4.0
    assert [span[:2] for span in find_spans(logits, "content")] == [(0, 3)]


def test_a_span_cut_by_the_window_is_open_on_that_side() -> None:
    (first,) = find_spans(write_logits("content", ["O", "B", "I"]), "content")
    (second,) = find_spans(write_logits("content", ["I", "E", "O"]), "content")
    assert (first.opens, first.closes) == (True, False)
    assert (second.opens, second.closes) == (False, True)


def test_no_words_no_spans() -> None:
    assert find_spans(np.zeros((0, 5), dtype=np.float32), "cue") == []


@given(st.sampled_from(sorted(LAYERS)), st.data())
def test_every_path_is_legal_and_spans_never_overlap(layer: str, data: st.DataObject) -> None:
    width = len(name_tags(layer))
    logits = data.draw(arrays(np.float32, (data.draw(st.integers(1, 12)), width), elements=st.floats(-8, 8, width=32)))
    path = find_path(logits, layer)
    assert allow_moves(layer)[path[:-1], path[1:]].all()
    spans = find_spans(logits, layer)
    assert all(one.last <= other.first for one, other in pairwise(spans))
