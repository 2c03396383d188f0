"""Who speaks of, speaks to and acts on whom, as a graph: GraphML and GEXF. Needs the extra `export`.

A node is an actor, the same in all stories; an edge is a relation from one to another, with how often it is told, from
when to when, and, of acts, how cooperative they are. Between two actors there is at most one edge of each relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.errors import ExportError
from onrecord.export.entries import Entry, clean
from onrecord.export.files import replace_file
from onrecord.export.gdelt import pair_actors
from onrecord.export.wish import TAKEN_PLACE, Wish, pick_events, pick_statements
from onrecord.record import Actor
from onrecord.store.rows import identify_actor

if TYPE_CHECKING:
    import networkx


class Tie(NamedTuple):
    """One telling that somebody stands in a relation to somebody; `intensity` of acts only."""

    one: Actor
    relation: str
    other: Actor
    day: str
    intensity: float | None = None
    quad: int = 0


@dataclass
class _Edge:
    """What all tellings of one relation between two come to."""

    weight: int = 0
    first: str = ""
    last: str = ""
    scores: list[float] = field(default_factory=list)
    conflict: int = 0

    def add(self, tie: Tie) -> None:
        self.weight += 1
        self.first = min(filter(None, (self.first, tie.day)), default="")
        self.last = max(self.last, tie.day)
        self.conflict += tie.quad > 2
        if tie.intensity is not None:
            self.scores.append(tie.intensity)


def write_graphml(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the graph as GraphML; gives the number of edges.

    Raises:
        ExportError: networkx is not installed, or the file cannot be written.
    """
    nx = load_networkx()
    graph = build_graph(entries, wish)
    with replace_file(path) as draft:
        nx.write_graphml(graph, draft, named_key_ids=True)
    return int(graph.number_of_edges())


def write_gexf(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the graph as GEXF 1.2; gives the number of edges.

    Raises:
        ExportError: networkx is not installed, or the file cannot be written.
    """
    nx = load_networkx()
    graph = build_graph(entries, wish)
    with replace_file(path) as draft:
        nx.write_gexf(graph, draft, version="1.2draft")
    return int(graph.number_of_edges())


def load_networkx() -> Any:
    """The library.

    Raises:
        ExportError: it is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise ExportError("graphs need networkx", hint="pip install 'onrecord[export]'") from error
    return networkx


def build_graph(entries: Iterable[Entry], wish: Wish) -> networkx.MultiDiGraph[str]:
    """The graph of all ties; the key of an edge is its relation."""
    nx = load_networkx()
    graph = nx.MultiDiGraph()
    edges: dict[tuple[str, str, str], _Edge] = {}
    for entry in entries:
        for tie in find_ties(entry, wish):
            ends = [_add_node(graph, actor) for actor in (tie.one, tie.other)]
            if ends[0] != ends[1]:
                edges.setdefault((ends[0], ends[1], tie.relation), _Edge()).add(tie)
    for number, ((one, other, relation), edge) in enumerate(edges.items()):
        values = {"weight": edge.weight, "relation": relation, "first": edge.first, "last": edge.last}
        if edge.scores:
            mean = round(sum(edge.scores) / len(edge.scores), 3)
            values |= {"intensity": mean, "conflict": edge.conflict, "cooperation": edge.weight - edge.conflict}
        graph.add_edge(one, other, key=relation, id=f"e{number}", **values)
    return graph


def find_ties(entry: Entry, wish: Wish) -> Iterator[Tie]:
    """The ties that a record tells of: acts that took place, words to somebody, words about somebody."""
    acts = wish if wish.statuses else wish.model_copy(update={"statuses": TAKEN_PLACE})
    for event in pick_events(entry, acts):
        for one, other in pair_actors(entry, event):
            if one and other:
                yield Tie(one, "acts on", other, entry.date_claim(event), event.intensity, event.quad)
    spoken_of = [
        (mention.span, entry.actors[mention.actor])
        for mention in entry.record.mentions
        if mention.actor in entry.actors
    ]
    for statement in pick_statements(entry, wish):
        day = entry.date_claim(statement)
        speakers = [entry.find_actor(one) for one in statement.sources]
        content = statement.content
        named = {actor.id: actor for span, actor in spoken_of if any(part.holds(span) for part in content)}
        for speaker in speakers:
            yield from (Tie(speaker, "speaks to", entry.find_actor(one), day) for one in statement.addressees)
            yield from (Tie(speaker, "speaks of", actor, day) for actor in named.values())


def _add_node(graph: Any, actor: Actor) -> str:
    """Add an actor, unless it is there; gives its key."""
    key = clean(identify_actor(actor))
    if key not in graph:
        labels = {name: clean(getattr(actor, name)) for name in ("country", "sector", "code", "wikidata")}
        graph.add_node(key, label=clean(actor.name), kind=actor.kind.value, **labels)
    return key
