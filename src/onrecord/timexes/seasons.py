"""Stage 7, third part. Parts of the year: seasons, quarters, halves."""

from __future__ import annotations

from dataclasses import replace

from onrecord.timexes.days import read_day
from onrecord.timexes.patterns import Hit
from onrecord.timexes.points import SEASONS, Point
from onrecord.timexes.scene import Scene
from onrecord.timexes.tense import Tense, read_tense
from onrecord.timexes.values import Meaning, mean_point, nearest_of, read_ahead, read_year


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
    now = (
        scene.then
        if {"that", "same", "following"} & {hit.tokens.word(at).lower() for at in hit.places("k")}
        else scene.now
    )
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
    return (
        nearest_of([Point(now.year + step, middle % 13) for step in (-1, 0, 1)], scene.anchor, tense)
        if scene.anchor
        else now.year
    )


def _is_season(hit: Hit) -> bool:
    """ "fall" is a season only in its company; "Arab Spring" is none."""
    word = hit.tokens.word(hit.places("s")[0])
    before, after = hit.tokens.word(hit.first - 1), hit.tokens.word(hit.last)
    dressed = hit.last - hit.first > 1
    if word.lower() in {"fall", "spring"} and not hit.has("y") and not hit.has("u"):
        if (
            after.lower()
            in {"of", "from", "to", "in", "on", "back", "into", "for", "under", "apart", "short", "short."}
            and word.lower() == "fall"
        ):
            return False
        if not dressed and before.lower() not in {
            "in",
            "by",
            "until",
            "since",
            "this",
            "last",
            "next",
            "of",
            "during",
            "from",
            "through",
            "early",
            "late",
            "before",
        }:
            return False
    return dressed or not (word[0].isupper() and before[:1].isupper() and before.lower() not in {"in", "by"})


def find_quarter(hit: Hit, scene: Scene) -> Meaning | None:
    """`quarter.plain`, `quarter.mid`: "the third quarter of 1989", "the first half", "last year's fourth quarter"."""
    number = read_day(hit, "n")
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
