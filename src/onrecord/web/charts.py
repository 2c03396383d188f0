"""Charts as plain numbers: the templates draw them as SVG, so that nothing has to be escaped or trusted twice.

Small and own, because the strict Content-Security-Policy rules out inline style and script, and every mark has to be a
link to its words with a name that a screen reader says. Units are those of the SVG's view box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 720
_MARGIN: Final = 16
_BAR_HEIGHT: Final = 60
_ROW: Final = 26
#: Marks nearer to one another than this stand on different lines.
_NEAR: Final = 22
_MONTH: Final = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
#: Room for the label of a tick, half of it on each side.
_LABEL: Final = 80
_STEPS: Final = ((10, 1), (45, 7), (400, 31), (1500, 92), (6000, 366))


@dataclass(frozen=True)
class Tick:
    """A line of the scale; its label stands at `at`, which keeps it inside the frame."""

    x: float
    label: str
    at: float


@dataclass(frozen=True)
class Point:
    """A mark on the axis; `kind` names its shape and colour, `link` where it leads."""

    x: float
    y: float
    kind: str
    label: str
    link: str


@dataclass(frozen=True)
class TimeAxis:
    """Things on an axis of days."""

    width: int
    height: int
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Bar:
    """One column: the numbers above and below the line, as heights."""

    x: float
    width: float
    up: float
    down: float
    label: str


@dataclass(frozen=True)
class Bars:
    """Columns over periods; `base` is the y of the line."""

    width: int
    height: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    two_sided: bool


def read_day(day: str) -> date | None:
    """The first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    parts = [*day.split("-"), "01", "01"][:3] if day else []
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def draw_axis(items: Sequence[tuple[str, str, str, str]]) -> TimeAxis | None:
    """Things on a time axis.

    Args:
        items: day, kind, label and link of each.

    Returns:
        None when no item has a day.
    """
    dated = sorted(((found, item) for item in items if (found := read_day(item[0]))), key=lambda pair: pair[0])
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    span = max((last - first).days, 1)
    scale = (WIDTH - 2 * _MARGIN) / span
    ends: list[float] = []
    points = []
    for day, (_, kind, label, link) in dated:
        x = round(_MARGIN + (day - first).days * scale, 1) if last > first else WIDTH / 2
        row = next((number for number, end in enumerate(ends) if x - end >= _NEAR), len(ends))
        ends[row : row + 1] = [x]
        points.append(Point(x, 18 + row * _ROW, kind, label, link))
    height = 18 + len(ends) * _ROW + 24
    return TimeAxis(WIDTH, height, tuple(points), _find_ticks(first, last, scale))


def _find_ticks(first: date, last: date, scale: float) -> tuple[Tick, ...]:
    """A tick at both ends, and between them as many as have room."""
    if first == last:
        return (Tick(WIDTH / 2, first.isoformat(), WIDTH / 2),)
    days = (last - first).days
    step = next((step for limit, step in _STEPS if days <= limit), max(366, days // 8))
    end = WIDTH - _MARGIN
    ticks = [Tick(_MARGIN, first.isoformat(), _LABEL / 2)]
    for number in range(step, days, step):
        x = round(_MARGIN + number * scale, 1)
        if x - ticks[-1].at > _LABEL and end - x > _LABEL * 1.5:
            ticks.append(Tick(x, (first + timedelta(days=number)).isoformat(), x))
    return (*ticks, Tick(end, last.isoformat(), WIDTH - _LABEL / 2))


def draw_bars(up: Mapping[str, float], down: Mapping[str, float] | None = None) -> Bars | None:
    """Columns by month, `up` above the line and `down` below it; None when there is nothing to show.

    Args:
        up: height by month, `YYYY-MM`.
        down: the same for what stands below the line.
    """
    up, below = _keep_months(up), _keep_months(down or {})
    found = sorted({*up, *below})
    if not found:
        return None
    months = _fill_months(found[0], found[-1])
    top = max([*up.values(), *below.values(), 1])
    step = (WIDTH - 2 * _MARGIN) / len(months)
    bars = tuple(
        Bar(
            x=round(_MARGIN + number * step + step * 0.1, 2),
            width=round(min(step * 0.8, 40), 2),
            up=round(up.get(month, 0) / top * _BAR_HEIGHT, 1),
            down=round(below.get(month, 0) / top * _BAR_HEIGHT, 1),
            label=_label_bar(month, up.get(month, 0), below.get(month, 0) if down is not None else None),
        )
        for number, month in enumerate(months)
    )
    every = max(1, len(months) // 8)
    spots = [(bars[number].x + bars[number].width / 2, months[number]) for number in range(0, len(months), every)]
    ticks = tuple(Tick(x, month, min(max(x, 26), WIDTH - 26)) for x, month in spots)
    height = _BAR_HEIGHT * (2 if down is not None else 1) + 36
    return Bars(WIDTH, height, _BAR_HEIGHT + 8, bars, ticks, down is not None)


def _keep_months(heights: Mapping[str, float]) -> dict[str, float]:
    return {month: height for month, height in heights.items() if _MONTH.fullmatch(month)}


def _label_bar(month: str, up: float, down: float | None) -> str:
    return f"{month}: {up:g}" if down is None else f"{month}: +{up:g} / -{down:g}"


def _fill_months(first: str, last: str) -> list[str]:
    """All months between two, both included; only those at the ends when that is more than forty years."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    months = [f"{year}-{month:02d}" for year in years for month in range(1, 13)]
    months = [month for month in months if first <= month <= last]
    return months if len(months) <= 480 else [first, last]
