"""Stage 7, third part. Durations: "two years", "a six-month", "the past three months", "for weeks"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import TimexType
from onrecord.timexes.patterns import Hit
from onrecord.timexes.scene import Scene
from onrecord.timexes.tokens import Value, load_lexicon
from onrecord.timexes.values import Meaning

_MODS: Final = frozenset({"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"})


def read_quantity(hit: Hit, group: str) -> float | str | None:
    """The number that a group of number words gives; `X` for "several"; None when there is none."""
    values = hit.values(group)
    if "X" in values:
        return "X"
    if len(values) > 1 and hit.tokens.word(hit.places(group)[0]).lower() == "another":
        values = values[1:]
        return _add_up([value for value in values if isinstance(value, int | float)])
    places = [at for at in hit.places(group) if isinstance(hit.tokens.values[at], int | float)]
    if len(places) > 1:
        places = [at for at in places if hit.tokens.word(at).lower() not in {"a", "an"}]
    if not places:
        return None
    return _add_up([hit.tokens.values[at] for at in _first_of_range(hit, places)])


def _first_of_range(hit: Hit, places: list[int]) -> list[int]:
    """ "12 to 18" is read as its last number, since a duration has one value."""
    joins = {"to", "or", "-", "–"}
    for at in range(len(places) - 1, 0, -1):
        between = {hit.tokens.word(gap).lower() for gap in range(places[at - 1] + 1, places[at])}
        numerals = hit.tokens.word(places[at])[:1].isdigit() == hit.tokens.word(places[at - 1])[:1].isdigit()
        small = isinstance(hit.tokens.values[places[at - 1]], int) and int(hit.tokens.values[places[at - 1]]) < 20
        if between & joins and numerals and (small or hit.tokens.word(places[at])[:1].isdigit()):
            return places[at:]
    return places


def _add_up(values: list[Value]) -> float:
    total = current = 0.0
    for value in values:
        number = float(value)
        if number >= 100 and current and len(values) > 1:
            current *= number
        else:
            current += number
        if number >= 1000 and len(values) > 1:
            total, current = total + current, 0.0
    return total + current


def format_length(count: float | str, unit: str, *, clock: bool) -> str:
    """`P3W`, `PT72H`, `P2.5Y`, `PXD`."""
    if isinstance(count, float | int):
        if unit in ("FN", "Q"):
            count, unit = count * {"FN": 2, "Q": 3}[unit], {"FN": "W", "Q": "M"}[unit]
        count = int(count) if count == int(count) else round(count, 2)
    elif unit in ("FN", "Q"):
        unit = {"FN": "W", "Q": "M"}[unit]
    return f"P{'T' if clock else ''}{count}{unit}"


def is_clock(hit: Hit, group: str = "u") -> bool:
    codes = load_lexicon().codes
    return hit.kind(group) in (codes["HUNIT"], codes["HUNITS"])


def find_duration(hit: Hit, scene: Scene) -> Meaning | None:
    """`duration.plain`, `duration.the`, `duration.one`: "two years", "a six-month", "about 20 minutes"."""
    count = read_quantity(hit, "q") if hit.has("q") else 1.0
    if count is None or not _counts_time(hit):
        return None
    if _adds_half(hit):
        count = count + 0.5 if isinstance(count, float | int) else count
    mod = next((str(value) for value in hit.values("ab") if value in _MODS), "")
    if _is_rate(hit, scene):
        return Meaning(TimexType.SET, format_length(1, str(hit.value("u")), clock=is_clock(hit)), "")
    return Meaning(TimexType.DURATION, format_length(count, str(hit.value("u")), clock=is_clock(hit)), mod)


def _adds_half(hit: Hit) -> bool:
    tail = [hit.tokens.word(at).lower() for at in range(hit.places("u")[-1] + 1, hit.last)]
    return "half" in tail


_AFTER_UNIT: Final = re.compile(r"hand|place|best|largest|most|worst|class|rate|ballot|round|time", re.IGNORECASE)


def _counts_time(hit: Hit) -> bool:
    """ "three quarters of" and "a second term" count no time."""
    unit, after = str(hit.value("u")), hit.tokens.word(hit.last)
    plain = hit.tokens.word(hit.places("u")[-1]).lower()
    if unit == "Q" and (after in {"of", "million"} or plain == "quarter"):
        return False
    if plain == "second" and (not hit.has("q") or hit.tokens.word(hit.places("q")[-1]).lower() in {"a", "one"}):
        return bool(hit.has("q") and hit.tokens.word(hit.places("q")[-1]).lower() == "one" and not after.isalpha())
    if plain in {"weekend", "min", "minute"} and not hit.has("q"):
        return plain != "min"
    return not (
        plain == "second"
        and hit.tokens.word(hit.last)[:1].islower()
        and hit.has("q")
        and "-" not in hit.tokens.text[hit.tokens.starts[hit.first] : hit.tokens.ends[hit.last - 1]]
    )


def _is_rate(hit: Hit, scene: Scene) -> bool:
    """ "$5 a year", "twice a day": a set."""
    if hit.tokens.word(hit.first).lower() not in {"a", "an"} or hit.tokens.word(hit.first + 1).lower() in {
        "few",
        "couple",
    }:
        return False
    codes, before = load_lexicon().codes, hit.tokens.types[hit.first - 1 : hit.first]
    word = hit.tokens.word(hit.first - 1).lower()
    if before and before in {
        codes["AMOUNT"],
        codes["NUM"],
        codes["N12"],
        codes["N24"],
        codes["N31"],
        codes["N99"],
        codes["TIMES"],
        codes["YEAR"],
        codes["FRAC"],
    }:
        return hit.last - hit.first == 2
    return hit.last - hit.first == 2 and word in {
        "%",
        "percent",
        "million",
        "billion",
        "thousand",
        "dollars",
        "euros",
        "pounds",
        "times",
        "barrels",
        "tonnes",
        "tons",
        "people",
    }


def find_ordinal_length(hit: Hit, scene: Scene) -> Meaning | None:
    """`duration.ordinal`: "for a third day"."""
    return Meaning(TimexType.DURATION, f"P1{hit.value('u')}") if hit.value("u") in ("D", "W", "M", "Y") else None


def find_bare_length(hit: Hit, scene: Scene) -> Meaning | None:
    """`duration.bare`: "for years", "hours of talks"."""
    unit = str(hit.value("u"))
    before, after = hit.tokens.word(hit.first - 1).lower(), hit.tokens.word(hit.last).lower()
    if (
        (unit in ("Q", "S", "WE", "H") and not is_clock(hit))
        or before in {"its", "his", "her", "their", "early", "the", "teenage"}
        or after == "old"
    ):
        return None
    if hit.tokens.word(hit.first).lower() in {"minutes", "seconds", "hrs", "mins"} and after == "of":
        return None
    return Meaning(TimexType.DURATION, format_length("X", unit, clock=is_clock(hit)))


def find_past_length(hit: Hit, scene: Scene) -> Meaning | None:
    """`duration.past`: "the past three months", "recent years", "the coming days"."""
    word = hit.tokens.word(hit.places("k")[-1]).lower()
    unit = str(hit.value("u"))
    codes = load_lexicon().codes
    if word == "last" and len(hit.places("k")) == hit.places("k")[-1] - hit.first + 1 and not _after_in(hit):
        return None
    plural = hit.kind("u") in (codes["UNITS"], codes["HUNITS"])
    if hit.tokens.word(hit.last - 1).lower() in {"minute", "second"} and not hit.has("q"):
        return None
    if not plural:
        return None
    count = read_quantity(hit, "q") if hit.has("q") else None
    if count is None and word == "recent":
        return Meaning(TimexType.DATE, "PAST_REF")
    if count is None and word == "coming" and not scene.narrative:
        return Meaning(TimexType.DURATION, format_length("X", unit, clock=is_clock(hit)))
    return Meaning(TimexType.DURATION, format_length("X" if count is None else count, unit, clock=is_clock(hit)))


def _after_in(hit: Hit) -> bool:
    """ "last" without article is a verb, but not in "in last two years"."""
    return hit.tokens.word(hit.first - 1).lower() in {"in", "over", "during", "for"}


def find_long(hit: Hit, scene: Scene) -> Meaning | None:
    """`duration.long`: "week-long"."""
    return Meaning(TimexType.DURATION, format_length(1, str(hit.value("u")), clock=is_clock(hit)))
