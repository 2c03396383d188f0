"""Events on an axis of days, a line for each type, from the most cooperative to the most hostile."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.labels import TYPES
from onrecord.ledger.timeline import TimelineEvent
from onrecord.ontology import load_ontology
from onrecord.plot.drawing import (
    QUAD_MARKERS,
    QUAD_NAMES,
    QUADS,
    Drawing,
    add_key,
    at,
    scale_days,
    shorten,
    start_figure,
    wear_look,
)
from onrecord.plot.sides import Asked, cite_events, pin, read_events
from onrecord.store import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Up to so many events, each one is named beside its mark.
NAMED = 14


def draw_timeline(view: View, asked: Asked) -> Drawing:
    """The events of one side, or between two, day by day.

    Raises:
        StoreError: a side is not in the store, or there are no events.
        ExportError: matplotlib is not installed.
    """
    with wear_look():
        return _draw(view, asked)


def _draw(view: View, asked: Asked) -> Drawing:
    events = read_events(view, asked)
    ontology = load_ontology()
    kinds = sorted({event.type for event in events}, key=lambda kind: (ontology.types[kind].quad, TYPES.index(kind)))
    figure, (axes,) = start_figure(1.9 + 0.42 * len(kinds))
    lines = {kind: len(kinds) - 1 - number for number, kind in enumerate(kinds)}
    for place in range(len(kinds)):
        axes.axhline(place, color="#eeeeee", linewidth=6, zorder=0)
    for quad in sorted({event.quad for event in events if event.quad in QUADS}):
        own = [event for event in events if event.quad == quad]
        heights = _stack(own, lines)
        axes.scatter(
            [at(pin(event)) for event in own],
            heights,
            s=[min(160, 34 + 14 * (event.reports - 1)) for event in own],
            c=QUADS[quad],
            marker=QUAD_MARKERS[quad],
            edgecolors="black",
            linewidths=0.5,
            label=QUAD_NAMES[quad],
            zorder=3,
        )
    if len(events) <= NAMED:
        _name_events(axes, events, lines)
    axes.set_yticks(list(lines.values()), list(lines))
    axes.set_ylim(-0.7, len(kinds) - 0.3)
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    days = [pin(event) for event in events]
    room = max(timedelta(days=2), (max(days) - min(days)) * 0.04)
    scale_days(axes, min(days) - room, max(days) + room)
    add_key(axes, axes.get_legend_handles_labels()[0], 4)
    sides = " and ".join(name for name in (asked.first, asked.second) if name)
    sources = cite_events(view, events)
    caption = f"Each mark is one event, however many stories carry it; larger marks are told by more. {sources}"
    return Drawing(figure, f"Events: {sides}", caption, COLUMNS, [row_event(event) for event in events])


COLUMNS = ("day", "type", "mode", "status", "actors", "recipients", "intensity", "reports", "words", "story")


def row_event(event: TimelineEvent) -> list[str]:
    """An event as a row of the table."""
    return [
        event.day,
        event.type,
        event.mode,
        event.status,
        ", ".join(event.actors),
        ", ".join(event.recipients),
        f"{event.intensity:+g}",
        str(event.reports),
        event.words,
        event.story[:12],
    ]


def _stack(events: list[TimelineEvent], lines: dict[str, int]) -> list[float]:
    """Heights on the line of each type; those of one day fan out so that none hides another."""
    seen: dict[tuple[str, date], int] = defaultdict(int)
    heights = []
    for event in events:
        number = seen[event.type, pin(event)]
        seen[event.type, pin(event)] += 1
        offset = (number + 1) // 2 * (0.12 if number % 2 else -0.12)
        heights.append(lines[event.type] + max(-0.4, min(0.4, offset)))
    return heights


def _name_events(axes: Axes, events: list[TimelineEvent], lines: dict[str, int]) -> None:
    """Words beside the marks, on the side where there is room; none where they would run into others."""
    days = [pin(event) for event in events]
    middle = min(days) + (max(days) - min(days)) / 2
    near = (max(days) - min(days)) * 0.35
    named: dict[tuple[str, bool], date] = {}
    for event, day in zip(events, days, strict=True):
        left = day > middle
        if (event.type, left) in named and day - named[event.type, left] <= near:
            continue
        named[event.type, left] = day
        axes.annotate(
            shorten(event.words, 46),
            (at(day), lines[event.type]),
            xytext=(-8 if left else 8, 7),
            textcoords="offset points",
            ha="right" if left else "left",
            fontsize=6.5,
            color="#333333",
        )
