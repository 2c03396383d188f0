"""Stage 7, third part. Sets and references: "daily", "every Friday", "now", "recently", "the future"."""

from __future__ import annotations

from typing import Final

from onrecord.record import TimexType
from onrecord.timexes.lengths import format_length, is_clock, read_quantity
from onrecord.timexes.patterns import Hit
from onrecord.timexes.scene import Scene
from onrecord.timexes.tokens import load_lexicon
from onrecord.timexes.values import Meaning


def find_set(hit: Hit, scene: Scene) -> Meaning | None:
    """`set.every`: "every Friday", "each year", "every two weeks"."""
    codes = load_lexicon().codes
    kind = hit.kind("u")
    value = hit.value("u")
    if kind == codes["WDAY"]:
        return Meaning(TimexType.SET, f"XXXX-WXX-{value}")
    if kind == codes["MONTH"]:
        return Meaning(TimexType.SET, f"XXXX-{value:02d}")
    if kind == codes["SEASON"]:
        return Meaning(TimexType.SET, f"XXXX-{value}")
    if kind == codes["PART"]:
        return Meaning(TimexType.SET, f"XXXX-XX-XXT{value}")
    count = 2 if hit.has("o") else read_quantity(hit, "n") or 1
    if isinstance(count, str):
        return None
    return Meaning(TimexType.SET, _set_value(format_length(count, str(value), clock=is_clock(hit)), scene))


_AS_TIMEX2: Final = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def _set_value(value: str, scene: Scene) -> str:
    return _AS_TIMEX2.get(value, value) if scene.narrative else value


def find_per(hit: Hit, scene: Scene) -> Meaning | None:
    """`set.per`: "per day"."""
    return Meaning(TimexType.SET, format_length(1, str(hit.value("u")), clock=is_clock(hit)))


def find_frequency(hit: Hit, scene: Scene) -> Meaning | None:
    """`set.word`: daily, weekly, annual."""
    value, after = str(hit.value("f")), hit.tokens.word(hit.last)
    if (after[:1].isupper() and hit.tokens.word(hit.first).islower()) or (
        hit.tokens.word(hit.first) == "daily" and after.lower() in {"on", "newspaper"}
    ):
        return None
    return Meaning(TimexType.SET, "XXXX-XX-XXTNI" if value.endswith("NI") else _set_value(value, scene))


def find_set_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`set.days`, `set.part`: "Fridays", "Monday mornings"."""
    part = f"T{hit.value('t')}" if hit.has("t") else ""
    return Meaning(TimexType.SET, f"XXXX-WXX-{hit.value('w')}{part}")


def find_period(hit: Hit, scene: Scene) -> Meaning | None:
    """`ref.period`: "this period", in a narrative."""
    return Meaning(TimexType.DATE, "PRESENT_REF") if scene.narrative else None


def find_reference(hit: Hit, scene: Scene) -> Meaning | None:
    """`ref.*`: now, currently, recently, the future, the past."""
    value = str(hit.value("r") or "PRESENT_REF")
    word, after = hit.tokens.word(hit.last - 1).lower(), hit.tokens.word(hit.last).lower()
    before = hit.tokens.word(hit.first - 1).lower()
    if word == "former" and not scene.narrative:
        return None
    if word == "present" and (
        (before not in {"at", "until", "till"} and hit.last - hit.first == 1)
        or (after.isalpha() and hit.last - hit.first > 1)
    ):
        return None
    if hit.tokens.word(hit.last - 1)[0].isupper() and before.isalpha():
        return None
    if word == "past" and (
        after.isalpha()
        and after not in {"and", "but", "that", "when", "has", "have", "is", "was", "were", "to", "it", "he"}
    ):
        return None
    if word == "current" and after == "account":
        return None
    return Meaning(TimexType.DATE, value)
