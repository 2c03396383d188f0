"""Who quotes whom: outlets at the left, those they quote at the right, those who passed it on between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from onrecord.errors import StoreError
from onrecord.plot.drawing import BLUE, GROUND, ORANGE, VERMILION, Drawing, cite, shorten, start_figure, wear_look
from onrecord.store import View, tables
from onrecord.store.query import last_day

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Most names in one column; the rest is in the table.
SHOWN: Final = 28
COLUMNS: Final = ("outlet", "passed on by", "speaker", "statements")
_COLOURS: Final = (BLUE, ORANGE, VERMILION)
_TITLES: Final = ("outlets", "who passed it on", "speakers")
_SHAPES: Final = ("s", "D", "o")


class Quoting(NamedTuple):
    """An outlet quotes a speaker so many times, by way of a relay where one is named."""

    outlet: str
    relay: str
    speaker: str
    times: int


def draw_network(view: View, *, start: str = "", end: str = "", speaker: str = "") -> Drawing:
    """Who quotes whom, the most quoted first.

    Raises:
        StoreError: nobody is quoted.
        ExportError: matplotlib is not installed.
    """
    with wear_look():
        return _draw(view, start, end, speaker)


def _draw(view: View, start: str, end: str, speaker: str) -> Drawing:
    found = read_quotings(view.connection, start=start, end=end, speaker=speaker)
    if not found:
        raise StoreError("nobody is quoted in these stories", hint="widen --from and --to, or leave --speaker out")
    kept = _keep_most(found)
    columns = [_rank(kept, place) for place in range(3)]
    height = max(len(column) for column in columns)
    figure, (axes,) = start_figure(1.9 + 0.26 * max(4, height))
    places = _place(columns)
    _draw_threads(axes, kept, places)
    _draw_names(axes, columns, places)
    hidden = len({one.speaker for one in found}) - len({one.speaker for one in kept})
    more = f" {hidden} less quoted speakers are in the table only." if hidden else ""
    caption = (
        "Threads are as thick as the number of statements, each counted once an outlet."
        f"{more} {_cite(view.connection, start, end)}"
    )
    rows = [[one.outlet, one.relay, one.speaker, str(one.times)] for one in found]
    title = f"Who quotes {speaker}" if speaker else "Who quotes whom"
    return Drawing(figure, title, caption, COLUMNS, rows)


def read_quotings(connection: Connection, *, start: str = "", end: str = "", speaker: str = "") -> list[Quoting]:
    """How often each outlet quotes each speaker, most first; statements nested in others are left out."""
    said, stories, people = tables.STATEMENTS.c, tables.STORIES.c, tables.ACTORS.c
    relays, relayed = aliased(tables.ROLES), aliased(tables.ACTORS)
    outlet = func.coalesce(func.nullif(stories.agency, ""), func.nullif(stories.outlet, ""), "outlet not named")
    relay = func.coalesce(relayed.c.name, "")
    passed_on = (relays.c.claim == said.key) & (relays.c.kind == "statement") & (relays.c.role == "relay")
    query = (
        select(outlet.label("outlet"), relay.label("relay"), people.name, func.count(func.distinct(said.cluster)))
        .select_from(tables.STATEMENTS)
        .join(tables.STORIES, stories.key == said.story)
        .join(tables.ACTORS, people.key == said.speaker)
        .outerjoin(relays, passed_on)
        .outerjoin(relayed, relayed.c.key == relays.c.actor)
        .where(said.hidden == 0, said.parent == "", stories.replaced_by == 0)
        .group_by(outlet, relay, people.name)
        .order_by(func.count(func.distinct(said.cluster)).desc(), people.name, outlet)
    )
    if start:
        query = query.where(said.day >= start)
    if end:
        query = query.where(said.day <= last_day(end))
    found = (Quoting(*row) for row in connection.execute(query))
    return [one for one in found if speaker.casefold() in one.speaker.casefold()]


def _keep_most(found: list[Quoting]) -> list[Quoting]:
    """The quotings of the speakers that are quoted most, and of the outlets that quote most."""
    for place in (2, 0, 1):
        names = {name for name, _ in _rank(found, place)[:SHOWN]}
        found = [one for one in found if not one[place] or one[place] in names]
    return found


def _rank(found: Iterable[Quoting], place: int) -> list[tuple[str, int]]:
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        if one[place]:
            counts[str(one[place])] += one.times
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _place(columns: list[list[tuple[str, int]]]) -> dict[tuple[int, str], tuple[float, float]]:
    """Where each name stands: three columns, each spread over the whole height."""
    places = {}
    for number, column in enumerate(columns):
        for row, (name, _) in enumerate(column):
            places[number, name] = (float(number), 1 - (row + 0.5) / len(column))
    return places


def _draw_threads(axes: Axes, found: list[Quoting], places: dict[tuple[int, str], tuple[float, float]]) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    most = max(one.times for one in found)
    for one in found:
        stops = [(0, one.outlet), *([(1, one.relay)] if one.relay else []), (2, one.speaker)]
        colour = ORANGE if one.relay else BLUE
        for left, right in pairwise(stops):
            (x0, y0), (x1, y1) = places[left], places[right]
            bend = (x1 - x0) * 0.45
            curve = Path([(x0, y0), (x0 + bend, y0), (x1 - bend, y1), (x1, y1)], [1, 4, 4, 4])
            width = 0.7 + 5 * one.times / most
            axes.add_patch(PathPatch(curve, fill=False, edgecolor=colour, alpha=0.45, linewidth=width, zorder=1))


def _draw_names(
    axes: Axes, columns: list[list[tuple[str, int]]], places: dict[tuple[int, str], tuple[float, float]]
) -> None:
    """Names outside the threads, with how often they quote or are quoted."""
    for number, column in enumerate(columns):
        for name, times in column:
            x, y = places[number, name]
            axes.plot(x, y, marker=_SHAPES[number], color=_COLOURS[number], markeredgecolor="black", zorder=3)
            shift, side = ((-8, "right"), (0, "center"), (8, "left"))[number]
            label = f"{shorten(name, 44)} ({times})"
            axes.annotate(
                label,
                (x, y),
                xytext=(shift, 6 if number == 1 else 0),
                textcoords="offset points",
                ha=side,
                va="bottom" if number == 1 else "center",
                fontsize=8,
                bbox=GROUND,
            )
        if column:
            axes.annotate(
                _TITLES[number], (number, 1.02), ha=("right", "center", "left")[number], va="bottom", fontweight="bold"
            )
    axes.set_xlim(-0.75, 3.1)
    axes.set_ylim(0, 1.08)
    axes.axis("off")


def _cite(connection: Connection, start: str, end: str) -> str:
    columns = tables.STORIES.c
    query = select(columns.agency, columns.outlet, columns.day).where(columns.replaced_by == 0)
    if start:
        query = query.where(columns.day >= start)
    if end:
        query = query.where(columns.day <= last_day(end))
    rows = connection.execute(query).all()
    return cite([row.agency or row.outlet for row in rows], [row.day for row in rows])
