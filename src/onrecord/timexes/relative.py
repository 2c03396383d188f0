"""Stage 7, third part. Hits that count from another date: "last week", "two years ago", "the next day".

"Last" and "ago" count from the day of writing (in a narrative from the date before); "later", "the next" and "the
same" always from the date before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from onrecord.record import TimexType
from onrecord.timexes.lengths import read_quantity
from onrecord.timexes.patterns import Hit
from onrecord.timexes.points import Point, from_date, name_week, shift_days, shift_months
from onrecord.timexes.scene import Scene
from onrecord.timexes.tense import read_tense
from onrecord.timexes.values import Meaning, mean_point
from onrecord.timexes.years import find_month, format_decade

_FROM_THEN: Final = frozenset({"that", "same", "following", "ensuing", "subsequent", "previous", "preceding", "very"})


def list_words(hit: Hit, group: str) -> set[str]:
    return {hit.tokens.word(at).lower() for at in hit.places(group)}


def shift_unit(point: Point | None, unit: str, count: int, scene: Scene) -> Point | Meaning | None:
    """The day, week, month, year ... so many units from a point, as exactly as the unit."""
    if point is None or point.year is None:
        return None
    if unit == "Y":
        return Point(point.year + count)
    if unit in ("DE", "CE"):
        return _shift_decades(point.year, unit, count, scene)
    if unit == "M":
        return shift_months(point, count) if point.month else _blur(point, "M")
    if unit == "Q":
        return _shift_quarters(point, count)
    day = point.as_date()
    if day is None:
        return _blur(point, unit)
    moved = shift_days(day, count * {"D": 1, "W": 7, "FN": 14, "WE": 7}.get(unit, 1))
    if moved is None or unit == "D":
        return from_date(moved) if moved else None
    week = name_week(moved)
    return replace(week, code=week.code + "-WE") if unit == "WE" else week


def _shift_decades(year: int, unit: str, count: int, scene: Scene) -> Meaning:
    if unit == "DE":
        first = year // 10 * 10 + 10 * count
        return Meaning(TimexType.DATE, format_decade(first, scene), point=Point(first))
    return Meaning(TimexType.DATE, f"{year // 100 + count:02d}")


def _shift_quarters(point: Point, count: int) -> Point:
    number = int(point.code[1]) if point.code.startswith("Q") else ((point.month or 1) + 2) // 3
    whole = (point.year or 0) * 4 + number - 1 + count
    return Point(whole // 4, code=f"Q{whole % 4 + 1}")


def _blur(point: Point, unit: str) -> Meaning | None:
    """A count in days from a date that is only known to the month or year."""
    if point.year is None:
        return None
    tail = {"D": "-XX-XX", "M": "-XX", "W": "-WXX"}.get(unit, "")
    if unit == "D" and point.month:
        tail = f"-{point.month:02d}-XX"
    return Meaning(TimexType.DATE, Point(point.year).value + tail)


def _as_meaning(found: Point | Meaning | None, mod: str = "") -> Meaning | None:
    if isinstance(found, Meaning):
        return replace(found, mod=mod or found.mod)
    return mean_point(found, mod)


def _base(hit: Hit, scene: Scene, group: str = "k") -> Point | None:
    """Whole day to count from: the last one mentioned after "that", "the same" or "following", else now."""
    words = list_words(hit, group)
    the_next = {"the", "its"} & {hit.tokens.word(hit.first).lower()} and words & {"next"}
    return _best_then(hit, scene) if words & _FROM_THEN or the_next or scene.narrative else scene.now


def _best_then(hit: Hit, scene: Scene) -> Point | None:
    unit = hit.value("u")
    if unit in ("D", "W") and scene.day and (scene.last is None or scene.last.year == scene.day.year):
        return scene.day
    then = scene.then
    rough = then is None or (unit in ("D", "W") and not then.day) or (unit == "M" and not then.month)
    return scene.now if rough and not scene.narrative else then


def find_deictic(hit: Hit, scene: Scene) -> Meaning | None:
    """`unit.deictic`, `unit.same`: "last week", "this year", "the following month", "the same day"."""
    unit, count, words = str(hit.value("u")), _count(hit), list_words(hit, "k")
    if unit == "H" or (unit == "D" and words & {"past"}):
        return None
    if hit.tokens.word(hit.first).lower() in {"the", "its"} and words & {"last", "past"} and not scene.narrative:
        return _last_stretch(hit, scene, unit, words)
    if words & {"past"}:
        return Meaning(TimexType.DURATION, f"P1{unit}" if unit != "FN" else "P2W")
    if words & {"that", "this"} and scene.then is None:
        return None
    return _as_meaning(shift_unit(_base(hit, scene), unit, count, scene)) or _unknown(unit, count)


def _count(hit: Hit) -> int:
    return hit.number("k") or 0 if hit.has("k") and not list_words(hit, "k") & {"same", "very"} else 0


def _last_stretch(hit: Hit, scene: Scene, unit: str, words: set[str]) -> Meaning | None:
    """ "the last week" is a stretch up to now; "the last day" is the last of something."""
    if unit == "D" and "last" in words:
        return None
    return Meaning(TimexType.DURATION, "P2W" if unit == "FN" else "P3M" if unit == "Q" else f"P1{unit}")


def _unknown(unit: str, count: int) -> Meaning | None:
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit)
    return Meaning(TimexType.DATE, value) if value else None


def find_around_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.around`: "the day before yesterday", "the day after tomorrow"."""
    if hit.value("u") != "D" or scene.anchor is None:
        return None
    step = (hit.number("k") or int(hit.value("k") or 0)) + (1 if hit.has("a") else -1)
    return _as_meaning(shift_unit(from_date(scene.anchor), "D", step, scene))


def find_day_word(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.word`: today, yesterday, tomorrow."""
    step = int(hit.value("k") or 0)
    before = hit.tokens.word(hit.first - 1)
    if hit.tokens.word(hit.first)[0].isupper() and before.isalpha() and hit.first > scene.sentence:
        return None
    if scene.anchor is None:
        return Meaning(TimexType.DATE, "XXXX-XX-XX")
    if scene.narrative:
        return Meaning(TimexType.DATE, "PRESENT_REF") if step == 0 else None
    return _as_meaning(shift_unit(from_date(scene.anchor), "D", step, scene))


def find_next_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`unit.day`: "the day before", "the day after"."""
    after = hit.tokens.word(hit.last)
    if hit.value("u") not in ("D", "W", "M", "Y") or (
        after.isalpha() and hit.tokens.word(hit.last - 1).lower() != "following"
    ):
        return None
    return _as_meaning(shift_unit(_best_then(hit, scene), str(hit.value("u")), 1 if hit.has("a") else -1, scene))


def find_bare_unit(hit: Hit, scene: Scene) -> Meaning | None:
    """`unit.bare`: "the year", "the week", where it means the present one."""
    unit = str(hit.value("u"))
    if unit == "WE":
        return _weekend(hit, scene)
    before = hit.tokens.word(hit.first - 1).lower()
    after = hit.tokens.word(hit.last).lower()
    if unit not in ("Y", "M", "W", "Q", "DE") or (after in {"of", "when", "that", "in"} and before != "end"):
        return None
    if before not in {"of", "for", "in", "during", "through", "throughout", "this"}:
        return None
    return _as_meaning(shift_unit(scene.then if scene.narrative else scene.now, unit, 0, scene))


def _weekend(hit: Hit, scene: Scene) -> Meaning | None:
    """The weekend: the one just past for a past verb, else the one ahead."""
    if scene.anchor is None:
        return Meaning(TimexType.DATE, "XXXX-WXX-WE")
    back = read_tense(hit, scene).name != "future" and scene.anchor.isoweekday() < 6
    return _as_meaning(shift_unit(from_date(scene.anchor), "WE", -1 if back else 0, scene))


def find_end(hit: Hit, scene: Scene) -> Meaning | None:
    """`unit.end`: "year's end", "year-end"."""
    unit = str(hit.value("u"))
    if unit not in ("Y", "M", "W", "Q", "DE"):
        return None
    return _as_meaning(shift_unit(scene.then if scene.narrative else scene.now, unit, 0, scene), str(hit.value("e")))


def find_later_in(hit: Hit, scene: Scene) -> Meaning | None:
    """`unit.start`: "later in the year", "earlier in the day"."""
    unit = str(hit.value("u"))
    mod = "END" if hit.value("p") in ("END",) else "START"
    return _as_meaning(shift_unit(scene.then if scene.narrative else scene.now, unit, 0, scene), mod)


def find_week_of(hit: Hit, scene: Scene) -> Meaning | None:
    """`unit.week`: "the last week of August", "the first day of May"."""
    month = find_month(hit, scene)
    if month is None or month.point is None:
        return None
    number = hit.number("n")
    if hit.value("u") == "D" and number and number > 0:
        return mean_point(replace(month.point, day=number))
    if hit.value("u") == "W" and scene.narrative:
        return Meaning(TimexType.DURATION, "P1W", point=month.point)
    return month if hit.value("u") == "W" else None


def find_shift(hit: Hit, scene: Scene) -> Meaning | None:
    """`shift.*`: "two years ago", "three days later", "a year earlier", "hours before"."""
    unit, count = str(hit.value("u")), read_quantity(hit, "q") if hit.has("q") else None
    word = hit.tokens.word(hit.places("dir")[-1]).lower() if hit.has("dir") else "hence"
    back = word in {"ago", "earlier", "before", "previously", "previous", "preceding"}
    if word in {"before", "after"} and _opens_clause(hit):
        return None
    if isinstance(count, str) or count is None:
        return _vague_shift(hit, back, unit, scene)
    if count == int(count * 2) / 2 and unit == "Y" and count != int(count):
        unit, count = "M", count * 12
    base = _shift_base(hit, scene, word)
    if (hit.kind("u") and unit in ("H", "S")) or (unit == "M" and _is_minutes(hit)):
        return _shift_clock(base, scene)
    if scene.last and scene.last.code[:1] == "Q" and unit == "Y" and count == 1 and word == "earlier":
        return mean_point(replace(scene.last, year=(scene.last.year or 0) - 1))
    return _as_meaning(shift_unit(base, unit, -int(count) if back else int(count), scene))


def _is_minutes(hit: Hit) -> bool:
    return any(hit.tokens.word(at).lower().startswith("min") for at in hit.places("u"))


def _opens_clause(hit: Hit) -> bool:
    """ "two days after the raid" counts from the raid, which has no date here."""
    after = hit.tokens.word(hit.last)
    return after.isalpha() and after.lower() not in {"and", "but", "by", "with", "in", "on", "at"}


def _shift_base(hit: Hit, scene: Scene, word: str) -> Point | None:
    if (word == "ago" and not scene.narrative) or hit.has("now"):
        return scene.now
    unit = hit.value("u")
    if unit in ("D", "W") and scene.day and (scene.last is None or scene.last.year == scene.day.year):
        return scene.day
    return scene.then


def _shift_clock(base: Point | None, scene: Scene) -> Meaning | None:
    day = base.as_date() if base else None
    return Meaning(TimexType.TIME, f"{day.isoformat()}TXX" if day else "XXXX-XX-XXTXX")


def _vague_shift(hit: Hit, back: bool, unit: str, scene: Scene) -> Meaning | None:
    return Meaning(TimexType.DATE, "PAST_REF" if back else "FUTURE_REF")
