"""Stage 7, third part. Parts of the day: "this morning", "Monday night", "early on Friday", "overnight"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.record import TimexType
from onrecord.timexes.calendars import find_holiday
from onrecord.timexes.days import find_weekday
from onrecord.timexes.patterns import Hit, find_rule
from onrecord.timexes.points import Point, from_date, shift_days
from onrecord.timexes.relative import find_day_word, list_words
from onrecord.timexes.scene import Scene
from onrecord.timexes.values import Meaning, mean_point


def day_of(hit: Hit, scene: Scene) -> date | None:
    """The day that a part of the day belongs to, where none is printed."""
    if scene.narrative:
        return scene.day.as_date() if scene.day else None
    return scene.anchor


def find_part(hit: Hit, scene: Scene) -> Meaning | None:
    """`part.*`: "this morning", "Monday night", "overnight", "the night"."""
    part = str(hit.value("t") or "NI")
    mod = str(hit.value("p") or "")
    word = hit.tokens.word(hit.last - 1)
    if word[:1].isupper() and hit.tokens.word(hit.first - 1).isalpha() and not hit.has("d") and not hit.has("m"):
        return None
    if hit.has("d"):
        return _part_of_day(hit, scene, part, mod)
    if hit.has("m"):
        from onrecord.timexes.values import choose_year

        return with_part(
            mean_point(choose_year(Point(month=hit.number("m"), day=hit.number("n")), hit, scene)), part, mod
        )
    day = day_of(hit, scene)
    count = hit.number("k") or 0 if hit.has("k") and not hit.rule.endswith(("tonight", "overnight")) else 0
    if list_words(hit, "k") & {"same", "that", "following", "next", "previous"} and scene.day:
        day = scene.day.as_date()
    moved = shift_days(day, count) if day else None
    point = from_date(moved) if moved else None
    if hit.rule in ("part.bare", "part.one", "part.dawn") and scene.narrative:
        point = None
    return with_part(mean_point(point) if point else Meaning(TimexType.DATE, "XXXX-XX-XX"), part, mod)


def _part_of_day(hit: Hit, scene: Scene, part: str, mod: str) -> Meaning | None:
    at = hit.places("d")[0]
    inner = find_rule(hit.tokens, at, at + len(hit.places("d")), ("day.weekday", "day.word", "day.holiday"))
    return with_part(find_date_of(inner, scene), part, mod) if inner else None


def find_date_of(hit: Hit, scene: Scene) -> Meaning | None:
    """The day that one word names."""
    if hit.rule == "day.weekday":
        return find_weekday(hit, scene)
    if hit.rule == "day.word":
        return find_day_word(hit, scene)
    return find_holiday(hit, scene)


def find_early_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`part.early`: "early Saturday", "late on Monday"."""
    at = hit.places("d")[0]
    inner = find_rule(hit.tokens, at, at + 1, ("day.weekday", "day.word"))
    found = find_date_of(inner, scene) if inner else None
    return replace(found, mod=str(hit.value("p"))) if found else None


def with_part(day: Meaning | None, part: str, mod: str = "") -> Meaning | None:
    """A day with a part of it (`TMO`) or a clock time (`T12:00`)."""
    if day is None:
        return None
    value = f"{day.value.partition('T')[0]}T{part}" if day.value else ""
    return Meaning(TimexType.TIME, value, mod, day.point)
