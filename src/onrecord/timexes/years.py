"""Stage 7, third part. Months, years, decades and centuries; numbers that look like years and are none."""

from __future__ import annotations

import re

from onrecord.record import TimexType
from onrecord.timexes.patterns import Hit
from onrecord.timexes.points import Point
from onrecord.timexes.scene import Scene
from onrecord.timexes.values import Meaning, choose_year, load_context, mean_point, read_year


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


def find_era_month(hit: Hit, scene: Scene) -> Meaning | None:
    """`month.era`: "April 480 BC"."""
    year = hit.number("b") or 0
    return mean_point(Point(-year if hit.value("e") == "BC" else year, hit.number("m")))


def _is_march(hit: Hit) -> bool:
    """ "the Long March", "the March on the capital" are no months."""
    before, after = hit.tokens.word(hit.first - 1), hit.tokens.word(hit.last)
    if hit.tokens.word(hit.last - 1) != "March" or hit.last - hit.first > 1:
        return False
    return (before[:1].isupper() and before.lower() not in load_context()["before_year"]) or (
        after in {"on", "to"} and before in {"the", "a", '"', "", "s", "."}
    )


def find_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.plain`, `year.short`: "1997", "'97"; numbers that count something are none."""
    year = read_year(hit, "y", scene)
    if hit.has("u") and hit.value("u") != "Y":
        return None
    return mean_point(Point(year)) if hit.has("u") or _is_year(hit, scene, year or 0) else None


def _is_year(hit: Hit, scene: Scene, year: int) -> bool:
    tokens = hit.tokens
    before, after = tokens.word(hit.first - 1).lower(), tokens.word(hit.last).lower()
    if after in load_context()["things"] or (
        before in load_context()["counting"] and before not in load_context()["before_year"]
    ):
        return False
    if before in {"about", "around", "for"} and (after.isalpha() and after not in {"and", "when", "the", "it", "as"}):
        return False
    glued = tokens.text[tokens.starts[hit.first] - 1 : tokens.starts[hit.first]]
    if glued in {"-", "/", ":", "+", "=", "."} and tokens.types[hit.first - 1 : hit.first] and not before.isalpha():
        return _after_year(tokens.word(hit.first - 2)) or (
            before in {"-", "/"} and tokens.word(hit.first - 2) in {"mid", "pre", "post"}
        )
    if glued == "-" or glued == "‑":
        return tokens.word(hit.first - 2).lower() in {"mid", "pre", "post", "early", "late", "in"} or _after_year(
            tokens.word(hit.first - 2)
        )
    old = year < 1500 if not scene.narrative else year < 1000
    return not (old or year > 2100) or before in load_context()["before_year"]


def _after_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def find_head_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.head`: "499" in "499-493 BC"."""
    return mean_point(Point(-(hit.number("b") or 0))) if hit.number("b") else None


def find_era_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.era`: "480 BC", "AD 79"."""
    year = hit.number("b") or hit.number("b2") or 0
    era = hit.value("e") or hit.value("e2")
    return mean_point(Point(-year if era == "BC" else year)) if year else None


def find_ancient_year(hit: Hit, scene: Scene) -> Meaning | None:
    """`year.ancient`: "in 490", in a text that counts its years before Christ."""
    last, year = scene.last, hit.number("b") or 0
    if not scene.narrative or last is None or (last.year or 0) >= 0 or not 100 <= year <= 999:
        return None
    before, after = hit.tokens.word(hit.first - 1).lower(), hit.tokens.word(hit.last).lower()
    fits = before in load_context()["before_year"] and before not in {
        "the",
        "of",
        "to",
        "and",
        "for",
        "about",
        "around",
    }
    return (
        mean_point(Point(-year)) if fits and (not after.isalpha() or after in load_context()["follows_year"]) else None
    )


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
