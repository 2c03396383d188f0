"""Conflict and cooperation of two sides over time: what each does to the other, and how it adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from onrecord.ledger.timeline import TimelineEvent
from onrecord.plot.drawing import (
    BLACK,
    BLUE,
    ORANGE,
    SKY,
    VERMILION,
    Drawing,
    add_key,
    at,
    scale_days,
    start_figure,
    wear_look,
)
from onrecord.plot.sides import STEP_DAYS, Asked, begin_step, choose_step, cite_events, find_names, pin, read_events
from onrecord.plot.timeline import COLUMNS, row_event
from onrecord.store import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Layers of the bars: quad class, colour, hatching, name. Words lie next to the line, deeds outside.
_LAYERS = (
    (1, SKY, "", "verbal cooperation"),
    (2, BLUE, "", "material cooperation"),
    (3, ORANGE, "////", "verbal conflict"),
    (4, VERMILION, "xxxx", "material conflict"),
)


def draw_dyad(view: View, asked: Asked) -> Drawing:
    """Conflict below the line, cooperation above it, for each direction; the balance of scores as a line.

    Raises:
        StoreError: a side is not in the store, or there are no events.
        ExportError: matplotlib is not installed.
    """
    with wear_look():
        return _draw(view, asked)


def _draw(view: View, asked: Asked) -> Drawing:
    events = read_events(view, asked)
    names = find_names(view, asked.first), find_names(view, asked.second)
    groups = split_sides(events, *names)
    titles = (f"{asked.first} to {asked.second}", f"{asked.second} to {asked.first}", "both together")
    shown = [(title, own) for title, own in zip(titles, groups, strict=True) if own]
    days = [pin(event) for event in events]
    step = choose_step(min(days), max(days))
    figure, panels = start_figure(1.7 + 1.75 * len(shown), len(shown))
    for axes, (title, own) in zip(panels, shown, strict=True):
        _draw_bars(axes, own, step)
        axes.set_title(title)
        axes.set_ylabel(f"events a {step}")
    _share_heights(panels)
    room = timedelta(days=2 * STEP_DAYS[step])
    scale_days(panels[-1], min(days) - room, max(days) + room)
    _explain(panels)
    caption = (
        f"Events a {step}, each counted once: cooperation above the line, conflict below. The dots are the mean score "
        f"of conflict and cooperation (-10 to 10, right). {cite_events(view, events)}"
    )
    title = f"Conflict and cooperation: {asked.first} and {asked.second}"
    return Drawing(figure, title, caption, COLUMNS, [row_event(event) for event in events])


def split_sides(
    events: Sequence[TimelineEvent], first: frozenset[str], second: frozenset[str]
) -> tuple[list[TimelineEvent], list[TimelineEvent], list[TimelineEvent]]:
    """Events by direction: of the first to the second, of the second to the first, and of both as actors."""
    groups: tuple[list[TimelineEvent], list[TimelineEvent], list[TimelineEvent]] = ([], [], [])
    for event in events:
        forth = not first.isdisjoint(event.actors) and not second.isdisjoint(event.recipients)
        back = not second.isdisjoint(event.actors) and not first.isdisjoint(event.recipients)
        groups[0 if forth and not back else 1 if back and not forth else 2].append(event)
    return groups


def _draw_bars(axes: Axes, events: Sequence[TimelineEvent], step: str) -> None:
    counts: dict[date, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    scores: dict[date, list[float]] = defaultdict(list)
    for event in events:
        begins = begin_step(pin(event), step)
        counts[begins][event.quad] += 1
        scores[begins].append(event.intensity)
    bins = sorted(counts)
    base = {1: [0.0] * len(bins), -1: [0.0] * len(bins)}
    for quad, colour, hatch, name in _LAYERS:
        sign = 1 if quad < 3 else -1
        heights = [float(sign * counts[begins][quad]) for begins in bins]
        if any(heights):
            axes.bar(
                [at(begins) for begins in bins],
                heights,
                bottom=base[sign],
                width=STEP_DAYS[step] * 0.86,
                color=colour,
                hatch=hatch,
                edgecolor="white" if not hatch else "#5a2a00",
                linewidth=0.4,
                label=name,
                align="center" if step == "day" else "edge",
            )
        base[sign] = [low + height for low, height in zip(base[sign], heights, strict=True)]
    axes.axhline(0, color=BLACK, linewidth=0.8)
    _draw_scores(axes, scores, step)


def _draw_scores(axes: Axes, scores: dict[date, list[float]], step: str) -> None:
    """The mean score of each step, on an axis of its own at the right."""
    right = axes.twinx()
    middle = 0 if step == "day" else STEP_DAYS[step] / 2
    bins = sorted(scores)
    means = [sum(scores[begins]) / len(scores[begins]) for begins in bins]
    right.plot(
        [at(begins) + middle for begins in bins],
        means,
        color=BLACK,
        marker="o",
        markersize=3,
        markerfacecolor="white",
        linewidth=1,
    )
    right.set_ylim(-11, 11)
    right.set_yticks([-10, 0, 10])
    right.set_ylabel("mean score")
    right.spines["right"].set_visible(True)
    axes.plot([], [], color=BLACK, marker="o", markersize=3, markerfacecolor="white", label="mean score")


def _explain(panels: Sequence[Axes]) -> None:
    """The key of what is drawn in any of the panels."""
    found: dict[object, Any] = {}
    for axes in panels:
        handles, labels = axes.get_legend_handles_labels()
        found.update(zip(labels, handles, strict=True))
    order = [*(name for *_, name in _LAYERS), "mean score"]
    add_key(panels[0], [found[name] for name in order if name in found], 5, above=1.16)


def _share_heights(panels: Sequence[Axes]) -> None:
    """The same scale in all panels, with the line in the middle, so that they can be compared."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    most = max(max(abs(limit) for limit in axes.get_ylim()) for axes in panels)
    for axes in panels:
        axes.set_ylim(-most * 1.08, most * 1.08)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5, symmetric=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))
