"""What every picture has in common: look, caption, table; and how it is written as SVG, PNG or a page.

Colours are those of Okabe and Ito (2008), which people with any kind of colour vision tell apart; shapes and hatching
say the same again, so that a picture survives a black-and-white printer. Text stays text in SVG.
"""

from __future__ import annotations

import html
import io
import re
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onrecord.errors import ExportError, SettingsError
from onrecord.export.files import replace_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLACK: Final = "#000000"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#767676"

#: Colours of the four quad classes: cooperation blue, conflict red, words light, deeds dark.
QUADS: Final = {1: SKY, 2: BLUE, 3: ORANGE, 4: VERMILION}
QUAD_NAMES: Final = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
QUAD_MARKERS: Final = {1: "o", 2: "s", 3: "^", 4: "X"}

#: Ground of words that stand over lines.
GROUND: Final[Any] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
#: Suffixes that can be written.
SUFFIXES: Final = (".svg", ".png", ".html")
#: Width in inches: a page of A4 across, without its margins.
WIDTH: Final = 9.6
_DPI: Final = 200
_CAPTION: Final = 150
_EPOCH: Final = date(1970, 1, 1)
_LOOK: Final[Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.axisbelow": True,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "onrecord",
    "text.parse_math": False,
    "figure.facecolor": "white",
}


@dataclass
class Drawing:
    """A picture: the figure, title and caption in words, and the table of what is drawn."""

    figure: Figure
    title: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]] = field(default_factory=list)


@contextmanager
def wear_look() -> Iterator[None]:
    """Draw in the look of all pictures; matplotlib's own settings are back afterwards.

    Raises:
        ExportError: matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise ExportError("plots need matplotlib", hint="pip install 'onrecord[plot]'") from error
    with matplotlib.rc_context(_LOOK), warnings.catch_warnings():
        # Names in scripts that the font lacks come out as boxes in PNG, and right in SVG and HTML.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def start_figure(height: float, panels: int = 1) -> tuple[Figure, list[Axes]]:
    """An empty figure of this height in inches, with panels above each other on one axis of days."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(panels, 1, sharex=True, squeeze=False)
    return figure, list(axes[:, 0])


def add_key(axes: Axes, handles: Sequence[Any], columns: int, *, above: float = 1.0) -> None:
    """The key, above the panel at its left."""
    axes.legend(
        handles=list(handles),
        loc="lower left",
        bbox_to_anchor=(0, above),
        ncols=columns,
        fontsize=8,
        borderaxespad=0.2,
        borderpad=0.2,
        handletextpad=0.4,
        columnspacing=1.4,
    )


def at(day: date) -> float:
    """Where a day stands on the axis: days since 1970, as matplotlib counts them."""
    return float((day - _EPOCH).days)


def pick_ticks(first: date, last: date, most: int = 8) -> list[date]:
    """Round days between two, at most so many: days, Mondays, firsts of months, or firsts of years."""
    for step in (1, 2):
        if (last - first).days / step <= most:
            return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    for step in (7, 14):
        if (last - first).days / step <= most:
            monday = first + timedelta(days=-first.weekday() % 7)
            return [monday + timedelta(days=number) for number in range(0, (last - monday).days + 1, step)]
    months = [first.year * 12 + first.month, last.year * 12 + last.month - 1]
    steps = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 500, 1_000)))
    step = next((one for one in steps if (months[1] - months[0]) / one <= most), 12_000)
    begin = -(-months[0] // step) * step
    return [date(month // 12, month % 12 + 1, 1) for month in range(begin, months[1] + 1, step) if month >= 12]


def scale_days(axes: Axes, first: date, last: date) -> None:
    """Days on the axis across: from one to another, the year under the first tick and wherever it changes."""
    ticks = pick_ticks(first, last)
    form = "{day.day} {day:%b}" if (last - first).days <= 8 * 31 else "{day:%b}"
    labels = []
    for number, day in enumerate(ticks):
        is_new = not number or ticks[number - 1].year != day.year
        labels.append(form.format(day=day) + (f"\n{day.year}" if is_new else ""))
    axes.set_xticks([at(day) for day in ticks], labels)
    axes.set_xlim(at(first), at(last))
    for panel in axes.figure.axes:
        panel.grid(axis="x", color="#dddddd", linewidth=0.6)


def shorten(words: str, width: int) -> str:
    """Words cut at a space, with an ellipsis."""
    return textwrap.shorten(words, width, placeholder=" …") if len(words) > width else words


def cite(outlets: Sequence[str], days: Sequence[str]) -> str:
    """The sources of a picture in words: outlets with their numbers of stories, and the days."""
    counts: dict[str, int] = {}
    for outlet in outlets:
        counts[outlet or "outlet not named"] = counts.get(outlet or "outlet not named", 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{outlet} ({number})" for outlet, number in ranked[:8])
    more = f" and {len(ranked) - 8} more" if len(ranked) > 8 else ""
    known = sorted(day for day in days if day)
    span = f", {known[0]} to {known[-1]}" if known else ""
    stories = "1 story" if len(outlets) == 1 else f"{len(outlets)} stories"
    return f"Sources: {named or 'none'}{more}; {stories}{span}. Read by onrecord."


def save(drawing: Drawing, path: Path) -> None:
    """Write a picture; the suffix of the file says how.

    Raises:
        SettingsError: the suffix is none of `.svg`, `.png`, `.html`.
        ExportError: the file cannot be written.
    """
    suffix = check_suffix(path)
    with wear_look():
        _write_caption(drawing)
        if suffix == ".png":
            content = _render(drawing, "png")
        elif suffix == ".svg":
            content = _render(drawing, "svg")
        else:
            content = write_page(drawing, _render(drawing, "svg").decode("utf-8")).encode("utf-8")
    with replace_file(path) as draft:
        draft.write_bytes(content)


def check_suffix(path: Path) -> str:
    """The suffix of a file, in small letters.

    Raises:
        SettingsError: it is none that can be drawn.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SettingsError(f"{path.name!r} has no suffix that we can draw", where="--out", hint=" or ".join(SUFFIXES))
    return suffix


def _write_caption(drawing: Drawing) -> None:
    """Title above, sources below, within the figure."""
    drawing.figure.suptitle(drawing.title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    caption = "\n".join(textwrap.wrap(drawing.caption, _CAPTION))
    drawing.figure.supxlabel(caption, x=0.01, ha="left", fontsize=7.5, color="#444444")


def _render(drawing: Drawing, form: str) -> bytes:
    metadata: dict[str, Any] = {"Title": drawing.title, "Description": drawing.caption}
    if form == "svg":
        metadata["Date"] = None
    stream = io.BytesIO()
    drawing.figure.savefig(stream, format=form, dpi=_DPI, metadata=metadata)
    return stream.getvalue()


def write_page(drawing: Drawing, svg: str) -> str:
    """A page that stands alone: the picture as inline SVG, and what it shows as a table."""
    picture = svg[svg.index("<svg") :].replace("<svg ", f'<svg role="img" aria-label="{_escape(drawing.title)}" ', 1)
    picture = re.sub(r' (?:width|height)="[\d.]+pt"', "", picture, count=2)
    head = "".join(f"<th scope=col>{_escape(column)}</th>" for column in drawing.columns)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{_escape(str(cell))}</td>" for cell in row) + "</tr>" for row in drawing.rows
    )
    return (
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_escape(drawing.title)}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f"<figure>{picture}</figure>\n"
        f"<table><caption>What the picture shows</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
        "</table>\n</body></html>\n"
    )


_STYLE: Final = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:75rem;margin:1.5rem auto;padding:0 1rem;color:#111;"
    "background:#fff}figure{margin:0 0 1.5rem}svg{width:100%;height:auto}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{text-align:left;vertical-align:top;"
    "padding:.3rem .6rem;border-bottom:1px solid #ccc}@media print{body{margin:0;max-width:none}}"
)


def _escape(words: str) -> str:
    return html.escape(words, quote=True)
