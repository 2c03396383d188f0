"""A negotiation on an axis of days: the rounds above, below them every position with its turns."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from onrecord.errors import StoreError
from onrecord.export.dates import pin_day
from onrecord.ledger.talk import PositionLine, RoundLine, Talks
from onrecord.ledger.talks import read_talks
from onrecord.plot.drawing import (
    BLUE,
    GREEN,
    GREY,
    GROUND,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    Drawing,
    add_key,
    at,
    cite,
    scale_days,
    shorten,
    start_figure,
    wear_look,
)
from onrecord.store import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

#: Look of each state and turn: colour and mark.
_TURNS: Final = {
    "stated": ("white", "o"),
    "softened": (SKY, "v"),
    "hardened": (PURPLE, "^"),
    "answered": (BLUE, "D"),
    "accepted": (GREEN, "s"),
    "rejected": (VERMILION, "X"),
    "withdrawn": (GREY, "P"),
}
_STATES: Final = {
    "open": ORANGE,
    "answered": BLUE,
    "accepted": GREEN,
    "rejected": VERMILION,
    "withdrawn": GREY,
    "": PURPLE,
}
_OUTCOMES: Final = {
    "successful": (GREEN, "s"),
    "partial": (SKY, "D"),
    "adjourned": (ORANGE, "o"),
    "unsuccessful": (VERMILION, "X"),
    "unknown": (GREY, "o"),
}
#: Most positions in the picture; the table has them all.
SHOWN: Final = 24
COLUMNS: Final = ("day", "what", "who", "to whom", "words", "state or outcome", "outlet", "story")


def draw_talks(view: View, name: str) -> Drawing:
    """Rounds and positions of the talks with this id.

    Raises:
        StoreError: there are no such talks, or nothing in them has a day.
        ExportError: matplotlib is not installed.
    """
    with wear_look():
        return _draw(read_talks(view.connection, name))


def _draw(talks: Talks) -> Drawing:
    rounds = [line for line in talks.rounds if pin_day(line.day)]
    dated = [line for line in talks.positions if _start(line)]
    if not rounds and not dated:
        raise StoreError(
            f"nothing in the talks {talks.id} has a day", hint=f"onrecord talks {talks.id} shows what there is"
        )
    positions = dated[:SHOWN]
    figure, (axes,) = start_figure(2.3 + 0.42 * max(1, len(positions)))
    first = min([day for line in positions if (day := _start(line))] + [_pin(line.day) for line in rounds])
    last = _end(talks)
    room = max(timedelta(days=2), (last - first) * 0.06)
    _draw_rounds(axes, rounds, len(positions), (last - first) * 0.12)
    for number, line in enumerate(positions):
        _draw_position(axes, line, len(positions) - 1 - number, last + room)
    _label(axes, positions)
    scale_days(axes, first - room, last + room)
    _explain(axes, rounds, positions)
    more = f" {len(dated) - SHOWN} further positions are in the table only." if len(dated) > SHOWN else ""
    caption = (
        "Above: rounds, marked by how they were judged. Below: a bar for each position, from the day it was stated to "
        f"the day it was settled, or to the last report while it is open; marks are its turns.{more} "
        + cite([one.outlet for one in talks.stories], [one.day for one in talks.stories])
    )
    parties = ", ".join(talks.parties[:4])
    title = shorten(f"Talks on {talks.issue}" + (f" ({parties})" if parties else ""), 100)
    return Drawing(figure, title, caption, COLUMNS, _list_rows(talks))


def _pin(day: str) -> date:
    found = pin_day(day)
    if found is None:
        raise ValueError(f"{day!r} is no day")
    return found


def _start(line: PositionLine) -> date | None:
    days = [day for turn in line.history if (day := pin_day(turn.day))]
    days += [day for report in line.reports if (day := pin_day(report.day))]
    return min(days, default=None)


def _end(talks: Talks) -> date:
    """The last day of anything that is drawn."""
    days = [report.day for report in talks.stories] + [line.day for line in talks.rounds]
    days += [turn.day for line in talks.positions for turn in line.history]
    return max(day for one in days if (day := pin_day(one)))


def _draw_rounds(axes: Axes, rounds: list[RoundLine], height: int, near: timedelta) -> None:
    """Rounds on a line above the positions, each with a thread down through them."""
    axes.axhline(height + 0.35, color="#999999", linewidth=1, zorder=1)
    before, raised = date.min, False
    for line in sorted(rounds, key=lambda line: _pin(line.day)):
        day = _pin(line.day)
        raised = not raised and day - before < near
        before = day
        colour, marker = _OUTCOMES.get(line.outcome, _OUTCOMES["unknown"])
        axes.axvline(at(day), color="#bbbbbb", linewidth=0.8, linestyle=(0, (2, 2)), zorder=0)
        axes.scatter([at(day)], [height + 0.35], s=90, c=colour, marker=marker, edgecolors="black", zorder=3)
        words = f"round {line.number}" if line.number else "round"
        place = shorten(line.place, 18)
        label = f"{words}\n{place}" if place else words
        axes.annotate(
            label,
            (at(day), height + 0.35),
            xytext=(0, 28 if raised else 8),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
            bbox=GROUND,
        )


def _draw_position(axes: Axes, line: PositionLine, height: int, last: date) -> None:
    start = _start(line) or last
    settled = [
        day
        for turn in line.history
        if turn.change.value in ("answered", "accepted", "rejected", "withdrawn") and (day := pin_day(turn.day))
    ]
    end = last if line.state == "open" or not settled else max(settled)
    colour = _STATES.get(line.state, GREY)
    style = "-" if line.state != "open" else (0, (5, 1.5))
    axes.plot(
        [at(start), at(end)],
        [height, height],
        color=colour,
        linewidth=5,
        linestyle=style,
        solid_capstyle="butt",
        zorder=1,
    )
    seen: dict[date, int] = {}
    for turn in line.history:
        day = pin_day(turn.day)
        if day is None:
            continue
        fill, marker = _TURNS.get(turn.change.value, ("white", "o"))
        if turn.change.value == "stated" and not line.state:
            fill = PURPLE
        shift = seen.get(day, 0)
        seen[day] = shift + 1
        axes.plot(
            at(day),
            height + 0.24 * shift,
            marker=marker,
            markersize=7,
            markerfacecolor=fill,
            markeredgecolor="black",
            markeredgewidth=0.7,
            linestyle="none",
            zorder=4,
        )


def _label(axes: Axes, positions: list[PositionLine]) -> None:
    """Holder, stance and words of each position at the left."""
    labels = []
    for line in positions:
        holder = shorten(line.holder, 28)
        words = textwrap.wrap(f"{holder}, {line.stance}: {line.words}", 52)
        labels.append("\n".join(words[:2]) + (" …" if len(words) > 2 else ""))
    heights = [len(positions) - 1 - number for number in range(len(positions))]
    axes.set_yticks([*heights, len(positions) + 0.35], [*labels, "Rounds"], fontsize=7.5)
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.set_ylim(-0.6, len(positions) + 2.1)
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)


def _explain(axes: Axes, rounds: list[RoundLine], positions: list[PositionLine]) -> None:
    """The key, of what is drawn and nothing else."""
    from matplotlib.lines import Line2D

    used = {turn.change.value for line in positions for turn in line.history if line.state or turn.change != "stated"}
    judged = {line.outcome for line in rounds}
    handles = [_mark(fill, marker, change) for change, (fill, marker) in _TURNS.items() if change in used]
    if any(not line.state for line in positions):
        handles.append(_mark(PURPLE, "o", "refusal"))
    if any(line.state == "open" for line in positions):
        handles.append(Line2D([], [], color=ORANGE, linewidth=4, linestyle=(0, (2, 0.8)), label="open"))
    handles += [_mark(fill, marker, f"round {name}") for name, (fill, marker) in _OUTCOMES.items() if name in judged]
    add_key(axes, handles, 5)


def _mark(fill: str, marker: str, label: str) -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D(
        [],
        [],
        marker=marker,
        markersize=7,
        markerfacecolor=fill,
        markeredgecolor="black",
        linestyle="none",
        label=label,
    )


def _list_rows(talks: Talks) -> list[list[str]]:
    rows = []
    for held in talks.rounds:
        report = held.reports[0] if held.reports else None
        words = report.words if report else ""
        where = [report.outlet, report.story[:12]] if report else ["", ""]
        name = f"round {held.number or ''}".strip()
        rows.append([held.day, name, ", ".join(held.parties), "", words, held.outcome, *where])
    for line in talks.positions:
        for turn in line.history:
            what = f"{line.stance} {turn.change.value}"
            to_whom = ", ".join(line.addressees)
            where = [turn.report.outlet, turn.report.story[:12]]
            rows.append([turn.day, what, turn.by or line.holder, to_whom, turn.report.words, line.state, *where])
    for item in talks.outstanding:
        where = [item.reports[0].outlet, item.reports[0].story[:12]] if item.reports else ["", ""]
        rows.append([item.since, "outstanding", item.by, "", item.words, "open", *where])
    return sorted(rows, key=lambda row: row[0])
