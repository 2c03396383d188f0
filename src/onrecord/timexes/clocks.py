"""Stage 7, third part. Clock times: "10:15 p.m. EST", "0900 GMT", "noon", "six o'clock"."""

from __future__ import annotations

import re

from onrecord.record import TimexType
from onrecord.timexes.parts import day_of, with_part
from onrecord.timexes.patterns import Hit
from onrecord.timexes.points import from_date
from onrecord.timexes.scene import Scene
from onrecord.timexes.tokens import load_lexicon
from onrecord.timexes.values import Meaning, mean_point


def find_clock(hit: Hit, scene: Scene) -> Meaning | None:
    """`clock.plain`: a time of the day, with its zone where one is printed."""
    codes, first = load_lexicon().codes, hit.places("c")[0]
    zone = str(hit.value("z")) if hit.has("z") else ""
    half = next((str(hit.tokens.values[at]) for at in hit.places("c") if hit.tokens.types[at] == codes["AMPM"]), "")
    kind = hit.tokens.types[first]
    if kind == codes["NOON"]:
        return _on_day(str(hit.tokens.values[first]), zone, hit, scene)
    if kind == codes["HHMM"] and not _is_military(hit):
        return None
    time = read_clock(hit.tokens.word(first), half)
    if time is None or (kind == codes["CLOCK"] and not _is_time(hit, half)):
        return None
    return _on_day(time, zone, hit, scene)


def _is_military(hit: Hit) -> bool:
    return (
        hit.has("z")
        or hit.last - hit.first > 1
        or hit.tokens.word(hit.last).lower() in {"hours", "hrs", "gmt", "local"}
    )


def _is_time(hit: Hit, half: str) -> bool:
    """ "12:30" is a time unless it is a score or a race's time."""
    before, after = hit.tokens.word(hit.first - 1).lower(), hit.tokens.word(hit.last).lower()
    return bool(
        half
        or hit.has("z")
        or before
        in {
            "at",
            "by",
            "until",
            "from",
            "to",
            "around",
            "about",
            "before",
            "after",
            "since",
            "till",
            "between",
            "and",
            "approximately",
            "of",
        }
        or after in {"on", "local"}
    )


def read_clock(words: str, half: str = "") -> str | None:
    """`10:15` and PM -> 22:15; None for what is no time."""
    figures = [int(part) for part in re.findall(r"\d+", words)]
    if len(figures) == 1 and len(words) == 4:
        figures = [figures[0] // 100, figures[0] % 100]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "PM")
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def find_oclock(hit: Hit, scene: Scene) -> Meaning | None:
    """`clock.oclock`: "six o'clock", "four in the morning"."""
    hour = hit.number("c")
    if hour is None or not 1 <= hour <= 12:
        return None
    half = {"MO": "AM", "AF": "PM", "EV": "PM", "NI": "PM"}.get(str(hit.value("t") or hit.value("t2")), "")
    return _on_day(read_clock(str(hour), half) or "", "", hit, scene)


def _on_day(time: str, zone: str, hit: Hit, scene: Scene) -> Meaning | None:
    day = day_of(hit, scene)
    base = mean_point(from_date(day)) if day else Meaning(TimexType.DATE, "XXXX-XX-XX")
    return with_part(base, time + zone)
