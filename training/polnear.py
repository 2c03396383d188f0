"""PolNeAR 1.0 (Newell et al., LREC 2018): brat stand-off -> examples with sources, cues and contents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, Labelled, Link, find_paragraphs

Relation = dict[str, list[tuple[int, int]]]


def read_relations(path: Path) -> list[Relation]:
    """The attribution relations of one `.ann` file: role -> spans, discontinuous parts in order."""
    spans: dict[str, list[tuple[int, int]]] = {}
    relations: list[Relation] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if line.startswith("T") and len(parts) > 1:
            _, places = parts[1].split(" ", 1)
            spans[parts[0]] = [(int(a), int(b)) for a, b in (place.split() for place in places.split(";"))]
        elif line.startswith("E") and len(parts) > 1:
            relations.append(_read_event(parts[1]))
    return [_resolve(relation, spans) for relation in relations]


def _read_event(text: str) -> dict[str, list[tuple[int, int]]]:
    relation: dict[str, list[tuple[int, int]]] = {}
    for part in text.split():
        role, _, target = part.partition(":")
        relation.setdefault(role.rstrip("0123456789").lower(), []).append(target)  # type: ignore[arg-type]
    return relation


def _resolve(relation: Relation, spans: dict[str, list[tuple[int, int]]]) -> Relation:
    roles = ("source", "cue", "content")
    return {
        role: sorted(place for key in relation.get(role, []) for place in spans.get(str(key), [])) for role in roles
    }


def read_examples(folder: Path) -> Iterator[Example]:
    """One example for each annotation file of a PolNeAR folder (`text/`, `attributions/`)."""
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        text = (folder / "text" / f"{name}.txt").read_text(encoding="utf-8")
        yield _make_example(path.stem, text, read_relations(path))


def _make_example(name: str, text: str, relations: list[Relation]) -> Example:
    layers: dict[str, list[Labelled]] = {"source": [], "cue": [], "content": []}
    links: list[Link] = []
    for relation in relations:
        for role in layers:
            layers[role] += [Labelled(*place) for place in relation[role]]
        if not relation["cue"]:
            continue
        cue = relation["cue"][0][0]
        links += [Link("cue_source", cue, place[0]) for place in relation["source"]] or [Link("cue_source", cue, -1)]
        links += [Link("content_cue", place[0], cue) for place in relation["content"]]
    return Example(
        name,
        "polnear",
        text,
        find_paragraphs(text),
        {role: sorted(set(spans)) for role, spans in layers.items()},
        links=links,
    )
