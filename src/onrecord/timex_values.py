"""Stage 7, third part. Hits that name their date: days, months, years, seasons, quarters, decades, centuries.

What is not printed (the year of "June 5", the week of "Friday") is taken from the scene: in news the nearest such day
on the side that the tense tells, in a narrative the year of the date before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from datetime import date, timedelta
from typing import Final

from onrecord.record import TimexType
from onrecord.timex_patterns import Hit, compile_types
from onrecord.timex_points import SEASONS, Point, format_year, from_date, shift_days
from onrecord.timex_scene import Scene
from onrecord.timex_tense import Tense, read_tense


@dataclass(frozen=True)
class Meaning:
    """What a hit means: TIMEX3 type, value and modifier, and the point that later dates may count from."""

    type: TimexType
    value: str
    mod: str = ""
    point: Point | None = None


def mean_point(point: Point | None, mod: str = "") -> Meaning | None:
    """A DATE with the value of a point; an impossible day has no value."""
    if point is None:
        return None
    return Meaning(TimexType.DATE, point.value if point.exists() else "", mod, point)


def read_year(hit: Hit, group: str = "y", scene: Scene | None = None) -> int | None:
    """A printed year; `'97` is in the century that puts it nearest to the scene."""
    number = hit.number(group)
    if number is None or number > 99:
        return number
    near = (scene.now.year if scene and scene.now else None) or 1990
    return min((near // 100 * 100 + shift + number for shift in (-100, 0, 100)), key=lambda year: abs(year - near))


def choose_year(point: Point, hit: Hit, scene: Scene) -> Point:
    """The point with the year that it most likely has."""
    now = scene.now
    if now is None or point.month is None:
        return point
    ahead = read_ahead(hit)
    if ahead:
        return point.in_year(ahead[0] - (ahead[1] is not None and ahead[1] < point.month))
    if scene.narrative or scene.anchor is None:
        return point.in_year((now.year or 0) + _turns_year(now, point) if now.year else None)
    if scene.sentence_year and abs(scene.sentence_year - scene.anchor.year) > 1:
        return point.in_year(scene.sentence_year)
    years = range(scene.anchor.year - 1, scene.anchor.year + 2)
    return point.in_year(nearest_of([(point.in_year(year)) for year in years], scene.anchor, read_tense(hit, scene)))


def _turns_year(now: Point, point: Point) -> bool:
    """A narrative goes on: January behind November is the next one."""
    return bool(now.month and point.month and now.month - point.month >= 8)


@cache
def _ahead_pattern() -> re.Pattern[str]:
    day = "(?:THE )?(?:N12|N24|N31|ORDN)"
    return compile_types(
        f"(?:AND|TO|HYPH|DASH|COMMA)+(?:{day} ?(?:AND|COMMA|TO|HYPH|DASH))*(?:EARLY|LATE|MID)? HYPH? THE? "
        f"(?:{day})? (?:OF )?(?:<m:MONTH> DOT?|SEASON)? (?:{day})? (?:COMMA|OF|IN)? <y:YEAR>"
    )


def read_ahead(hit: Hit) -> tuple[int, int | None] | None:
    """Year and month of the date that this one is joined with: "26 June - 4 August 1952", "spring and summer of 1943"."""
    match = _ahead_pattern().match(hit.tokens.types, hit.last)
    if not match or match.end() - hit.last < 3:
        return None
    month = hit.tokens.values[match.start("m")] if match["m"] else None
    year = hit.tokens.values[match.start("y")]
    return (int(year), int(month) if month is not None else None) if year else None


def nearest_of(points: Iterable[Point], anchor: date, tense: Tense) -> int | None:
    """Year of the point nearest to the anchor, on the side of the tense where one lies there."""
    ranked = []
    for point in points:
        months = ((point.year or 0) - anchor.year) * 12 + (point.month or 1) - anchor.month
        distance = months * 30.5 + ((point.day or anchor.day) - anchor.day)
        wrong = (tense.name == "past" and distance > 0) or (tense.name == "future" and distance < 0)
        cost = (330 if tense.strong else 60) * wrong - 20 * (distance < 0 and not tense.name)
        ranked.append((abs(distance) + cost, point.year))
    return min(ranked)[1]


def find_month_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.mdy`, `day.dmy`: "14 January", "Friday, Jan. 14, 2022"."""
    day = _read_day(hit, "d") or _read_day(hit, "o")
    point = Point(read_year(hit, "y", scene), hit.number("m"), day)
    if not point.day or point.day > 31:
        return None
    return mean_point(point if point.year else choose_year(point, hit, scene))


def _read_day(hit: Hit, group: str) -> int | None:
    value = hit.value(group)
    return value if isinstance(value, int) else 2 if value == "S" else None


def find_head_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.head`: the first of two days, "10" in "10 and 12 January"."""
    return find_month_day(hit, scene)


def find_tail_day(hit: Hit, scene: Scene, day: int) -> Meaning | None:
    """The second of two days, "12" in "January 10 and 12"."""
    last = scene.last
    return mean_point(Point(last.year, last.month, day)) if last and last.month and 0 < day < 32 else None


def find_iso(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.iso`: 2022-01-14, with or without a time."""
    words = str(hit.value("i"))
    year, month, day = (int(part) for part in words[:10].split("-"))
    if not 1 <= month <= 12:
        return Meaning(TimexType.DATE, "")
    point = Point(year, month, day)
    if "T" in words and point.exists():
        return Meaning(TimexType.TIME, words, point=point)
    return mean_point(point)


def find_slashed(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.slash`: 01/14/2022 is month first where it can be, as American wires write; 14.01.2022 is day first."""
    words = str(hit.value("s"))
    first, second, year = (int(part) for part in re.split(r"[/.]", words))
    month, day = (second, first) if "." in words or first > 12 else (first, second)
    year = year if year > 99 else 2000 + year if year < 50 else 1900 + year
    return mean_point(Point(year, month, day)) if 1 <= month <= 12 else Meaning(TimexType.DATE, "")


def find_nth_day(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.nth`: "the 15th", "the 15th of the month"."""
    if hit.has("u") and hit.value("u") != "M":
        return None
    now, day = scene.then if scene.narrative else scene.now, hit.number("d")
    if now is None or now.month is None or not day or day > 31:
        return None
    return mean_point(Point(now.year, now.month, day)) if hit.has("u") or _stands_alone(hit) else None


def _stands_alone(hit: Hit) -> bool:
    """"on the 15th", not "the 15th round"."""
    before, after = hit.tokens.word(hit.first - 1).lower(), hit.tokens.word(hit.last)
    return before in {"on", "by", "until", "of", "since", "from"} and not after.isalpha() or after in {"and", "when"}


def find_weekday(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.weekday`: "Friday", "last Friday", "next Monday"."""
    number = hit.number("w") or 0
    base = _weekday_base(hit, scene)
    if base is None:
        return mean_point(Point(code=f"WXX-{number}")) or None
    ahead = (number - base.isoweekday()) % 7
    step = _choose_week(hit, scene, ahead)
    day = shift_days(base, ahead + 7 * step)
    return mean_point(from_date(day)) if day else None


def _weekday_base(hit: Hit, scene: Scene) -> date | None:
    if scene.narrative or not scene.anchor:
        return scene.day.as_date() if scene.day else scene.anchor
    return scene.anchor


def _choose_week(hit: Hit, scene: Scene, ahead: int) -> int:
    """Weeks to go from the first such day on or after the anchor: -1 back, 0 on, 1 further."""
    words = {hit.tokens.word(at).lower() for group in ("k", "k2") for at in hit.places(group)}
    if words & {"last", "previous", "preceding"}:
        return -1
    if words & {"next", "following", "coming", "upcoming"}:
        return int(ahead == 0)
    if ahead == 0:
        return 0
    tense = read_tense(hit, scene).name
    if scene.narrative:
        return 0
    return 0 if tense == "future" or (words & {"this"} and tense != "past") else -1


def find_weekday_of(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.weekdayof`: "Friday last week"."""
    if not scene.anchor or hit.value("u") != "W":
        return None
    monday = scene.anchor - timedelta(days=scene.anchor.isoweekday() - 1)
    return mean_point(from_date(monday + timedelta(days=7 * (hit.number("k") or 0) + (hit.number("w") or 1) - 1)))


def find_day_of(hit: Hit, scene: Scene) -> Meaning | None:
    """`day.dayof`, `month.yearof`: "July 14 of that year", "August last year"."""
    month = hit.number("m") or hit.number("m2")
    day = _read_day(hit, "d") or _read_day(hit, "d2")
    words = [hit.tokens.word(at).lower() for at in hit.places("k")]
    base = scene.then if {"that", "same", "following"} & set(words) else scene.now
    if hit.value("u") != "Y" or base is None or base.year is None:
        return mean_point(choose_year(Point(month=month, day=day), hit, scene))
    return mean_point(Point(base.year + (hit.number("k") or 0), month, day))


def find_month(hit: Hit, scene: Scene) -> Meaning | None:
    """`month.bare`, `month.year`, `month.first`: "June", "last June", "June 1941"."""
    point = Point(read_year(hit, "y", scene), hit.number("m"))
    if _is_march(hit):
        return None
    if point.year:
        return mean_point(point)
    direction = hit.number("k") if hit.has("k") else hit.number("k2")
    if direction and scene.now and scene.now.month and point.month:
        passed = point.month >= scene.now.month if direction < 0 else point.month <= scene.now.month
        return mean_point(point.in_year((scene.now.year or 0) + direction * passed))
    return mean_point(choose_year(point, hit, scene))


def _is_march(hit: Hit) -> bool:
    """"the Long March", "the March on the capital" are no months."""
    before, after = hit.tokens.word(hit.first - 1), hit.tokens.word(hit.last)
    if hit.tokens.word(hit.last - 1) != "March" or hit.last - hit.first > 1:
        return False
    return before[:1].isupper() and before.lower() not in _BEFORE_YEAR or (after in {"on", "to"} and before in {"the", "a", '"', "", "s", "."})


def find_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.plain`, `year.short`: "1997", "'97"; numbers that count something are none."""
    year = read_year(hit, "y", scene)
    if hit.has("u") and hit.value("u") != "Y":
        return None
    return mean_point(Point(year)) if hit.has("u") or _is_year(hit, scene, year or 0) else None


_COUNTING: Final = frozenset(
    "page pages flight resolution no number about some nearly almost over than section article paragraph room route "
    "highway interstate channel model version order law bill act decree directive regulation convention proposal boeing airbus around "
    "every least most figure item lot table chapter verse act pp p nos fm am class series only another other these those roughly approximately".split()
)
_BEFORE_YEAR: Final = frozenset(
    "in of since by from until till to during after before through between the early late mid and or for around about circa".split()
)
_THINGS: Final = frozenset(
    "people men women troops soldiers dollars pounds euros miles kilometers kilometres km meters metres feet tons tonnes meter foot mile yards acres "
    "hectares workers prisoners civilians votes points shares kg kilograms calories words copies million billion killed wounded dead dead. rpm hours "
    "days weeks years months minutes refugees fighters members students families homes houses tanks vehicles aircraft ships men, others in. ft cc hp rubles "
    "rupees yen yuan dinars lira kronor francs marks barrels gallons liters litres degrees percent pc mg ml mm cm ha sq volunteers hoplites infantry cavalry "
    "triremes casualties jobs employees policemen officers passengers inmates children villagers protesters demonstrators delegates seats lorries".split()
)


def _is_year(hit: Hit, scene: Scene, year: int) -> bool:
    tokens = hit.tokens
    before, after = tokens.word(hit.first - 1).lower(), tokens.word(hit.last).lower()
    if after in _THINGS or (before in _COUNTING and before not in _BEFORE_YEAR):
        return False
    if before in {"about", "around", "for"} and (after.isalpha() and after not in {"and", "when", "the", "it", "as"}):
        return False
    glued = tokens.text[tokens.starts[hit.first] - 1 : tokens.starts[hit.first]]
    if glued in {"-", "/", ":", "+", "=", "."} and tokens.types[hit.first - 1 : hit.first] and not before.isalpha():
        return _after_year(tokens.word(hit.first - 2)) or before in {"-", "/"} and tokens.word(hit.first - 2) in {"mid", "pre", "post"}
    if glued == "-" or glued == "‑":
        return tokens.word(hit.first - 2).lower() in {"mid", "pre", "post", "early", "late", "in"} or _after_year(tokens.word(hit.first - 2))
    old = year < 1500 if not scene.narrative else year < 1000
    return not (old or year > 2100) or before in _BEFORE_YEAR


def _after_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def find_era_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.era`: "480 BC", "AD 79"."""
    year = hit.number("b") or hit.number("b2") or 0
    era = hit.value("e") or hit.value("e2")
    return mean_point(Point(-year if era == "BC" else year)) if year else None


def find_era_month(hit: Hit, scene: Scene) -> Meaning | None:
    """`month.era`: "April 480 BC"."""
    year = hit.number("b") or 0
    return mean_point(Point(-year if hit.value("e") == "BC" else year, hit.number("m")))


def find_head_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.head`: "499" in "499-493 BC"."""
    return mean_point(Point(-(hit.number("b") or 0))) if hit.number("b") else None


def find_ancient_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.ancient`: "in 490", in a text that counts its years before Christ."""
    last, year = scene.last, hit.number("b") or 0
    if not scene.narrative or last is None or (last.year or 0) >= 0 or not 100 <= year <= 999:
        return None
    before, after = hit.tokens.word(hit.first - 1).lower(), hit.tokens.word(hit.last).lower()
    fits = before in _BEFORE_YEAR and before not in {"the", "of", "to", "and", "for", "about", "around"}
    return mean_point(Point(-year)) if fits and (not after.isalpha() or after in _FOLLOWS_YEAR) else None


_FOLLOWS_YEAR: Final = frozenset("the and when it was as by he they to but in with a after at on however until".split())


def find_fiscal_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.fiscal`: "fiscal 1990", "the current fiscal year"."""
    year = hit.number("y")
    if year:
        return mean_point(Point(year))
    if not hit.has("u") or hit.value("u") != "Y" or scene.now is None or scene.now.year is None:
        return None
    return mean_point(Point(scene.now.year + (hit.number("k") or 0)))


def format_decade(first: int, scene: Scene) -> str:
    """`199X`; in a narrative `199`, as TIMEX2 has it; before Christ `BC049`."""
    if first < 0:
        return f"BC{-first // 10:03d}"
    return f"{first // 10:03d}" + ("" if scene.narrative else "X")


def find_decade(hit: Hit, scene: Scene) -> Meaning | None:
    """`decade.plain`, `decade.named`: "the 1990s", "the late '60s", "the twenties"."""
    figures = re.sub(r"\D", "", str(hit.value("y") or hit.value("n") or ""))
    first = int(figures or 0)
    if len(figures) == 2:
        if hit.match.group()[0] == hit.kind("y")[:1] and hit.tokens.word(hit.first)[0].isdigit():
            return None
        first = (read_century(scene) if not hit.has("e") else 0) + first
    if hit.value("e") == "BC":
        first = -first
    mod = str(hit.value("p") or "")
    return Meaning(TimexType.DATE, format_decade(first, scene), mod, Point(first))


def read_century(scene: Scene) -> int:
    """First year of the century that "the sixties" are taken to lie in."""
    year = scene.now.year if scene.now and scene.now.year else 1990
    return 1900 if year >= 1930 else year // 100 * 100


def find_century(hit: Hit, scene: Scene) -> Meaning | None:
    """`century.plain`: "the 19th century" is 18."""
    numbers = [value for value in hit.values("n") if isinstance(value, int)]
    number = sum(numbers) if numbers else 2
    if hit.value("u") != "CE" or not 1 <= number <= 30:
        return None
    sign = "BC" if hit.value("e") == "BC" else ""
    value = f"{sign}{number - 1:02d}" + ("XX" if not scene.narrative and not sign else "")
    return Meaning(TimexType.DATE, value.removesuffix("XX"), str(hit.value("p") or ""))


def find_season(hit: Hit, scene: Scene) -> Meaning | None:
    """`season.*`: "the spring of 1917", "last summer", "winter"."""
    code = str(hit.value("s"))
    if not _is_season(hit):
        return None
    mod = str(hit.value("p") or "")
    year = read_year(hit, "y", scene)
    ahead = read_ahead(hit) if year is None and not hit.has("k") else None
    if ahead:
        return mean_point(Point(ahead[0], code=code), mod)
    if year and hit.value("e") == "BC":
        year = -year
    if year is None:
        year = _season_year(hit, scene, code)
    return mean_point(Point(year, code=code), mod)


def _season_year(hit: Hit, scene: Scene, code: str) -> int | None:
    now = scene.then if {"that", "same", "following"} & {hit.tokens.word(at).lower() for at in hit.places("k")} else scene.now
    if now is None or now.year is None:
        return None
    shift = hit.number("k") or 0
    if hit.has("u") or scene.narrative:
        return now.year + shift
    middle = SEASONS[code][0] + 1
    month = now.month or 6
    if shift:
        return now.year + (shift if (middle >= month if shift < 0 else middle <= month) else 0)
    tense = read_tense(hit, scene) if not hit.has("k") else Tense()
    return nearest_of([Point(now.year + step, middle % 13) for step in (-1, 0, 1)], scene.anchor, tense) if scene.anchor else now.year


def _is_season(hit: Hit) -> bool:
    """"fall" is a season only in its company; "Arab Spring" is none."""
    word = hit.tokens.word(hit.places("s")[0])
    before, after = hit.tokens.word(hit.first - 1), hit.tokens.word(hit.last)
    dressed = hit.last - hit.first > 1
    if word.lower() in {"fall", "spring"} and not hit.has("y") and not hit.has("u"):
        if after.lower() in {"of", "from", "to", "in", "on", "back", "into", "for", "under", "apart", "short", "short."} and word.lower() == "fall":
            return False
        if not dressed and before.lower() not in {"in", "by", "until", "since", "this", "last", "next", "of", "during", "from", "through", "early", "late", "before"}:
            return False
    return dressed or not (word[0].isupper() and before[:1].isupper() and before.lower() not in {"in", "by"})


def find_quarter(hit: Hit, scene: Scene) -> Meaning | None:
    """`quarter.plain`, `quarter.mid`: "the third quarter of 1989", "the first half", "last year's fourth quarter"."""
    number = _read_day(hit, "n")
    unit = hit.value("q") or ("H" if hit.tokens.word(hit.places("q")[0]).lower() == "half" else "")
    if hit.tokens.word(hit.places("q")[0]).lower() in {"part", "portion"}:
        unit = "P"
    if number is None:
        number = 2 if hit.tokens.word(hit.places("n")[0]).lower() in {"latter", "final"} else 1
    letter, most = {"Q": ("Q", 4), "H": ("H", 2), 0.5: ("H", 2)}.get(unit, ("", 0))
    if not letter or not 1 <= number <= most:
        return None
    year = hit.number("y") or _quarter_year(hit, scene, letter, number)
    return mean_point(Point(year, code=f"{letter}{number}"))


def _quarter_year(hit: Hit, scene: Scene, letter: str, number: int) -> int | None:
    now = scene.now
    if now is None or now.year is None:
        return None
    if hit.has("k2"):
        return now.year + (hit.number("k2") or 0)
    if scene.narrative or not scene.anchor:
        return now.year
    begins = (number - 1) * (3 if letter == "Q" else 6) + 1
    ahead = begins > scene.anchor.month
    return now.year - (ahead and read_tense(hit, scene).name != "future")


def find_year_ago_quarter(hit: Hit, scene: Scene) -> Meaning | None:
    """`quarter.ago`: "the year-ago quarter"."""
    last = scene.last
    if last and last.year and last.code.startswith(("Q", "H")):
        return mean_point(replace(last, year=last.year - 1))
    if scene.anchor is None or hit.value("q") != "Q":
        return mean_point(Point(scene.anchor.year - 1)) if scene.anchor else None
    return mean_point(Point(scene.anchor.year - 1, code=f"Q{(scene.anchor.month + 2) // 3}"))


__all__ = ["Meaning", "format_year", "mean_point"]
