"""Stage 7, first part. Text -> token types of the date grammar.

Each token gets one type, which is one character of a string beside the tokens, so that the grammar is regular
expressions over that string and never over the text. Words have their type from `data/timexes/words.yaml`, figures
from their shape.

Source: the token types of SynTime (Zhong, Sun and Cambria, ACL 2017).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

Value = str | int | float

#: Types of figures and marks; those of words stand in the data.
SHAPES: Final = (
    *("N12", "N24", "N31", "N99", "NUM", "FRAC", "YEAR", "YY", "ISO", "SLASH", "CLOCK", "HHMM", "DECADE", "ORDN"),
    *("HYPH", "DASH", "COMMA", "DOT", "POSS", "LB", "RB", "HOLIDAY", "STOP", "AMOUNT"),
)
OTHER: Final = "ÿ"

_TOKEN = re.compile(
    r"(?P<WORD>[^\W\d_]{2,})"
    r"|(?P<ISO>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))"
    r"|(?P<SLASH>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\w/])|\d{1,2}\.\d{1,2}\.\d{4}(?!\w))"
    r"|(?P<CLOCK>\d{1,2}:\d\d(?::\d\d)?(?=\D|$)|\d{1,2}\.\d\d(?=\s*[ap]\.?m\b)|\d{1,2}h\d\d(?!\w))"
    r"|(?P<DECADE>(?<!\w)['’‘]\d0s(?!\w)|\d\d\d0['’]?s(?!\w)|(?<!\w)[2-9]0s(?!\w))"
    r"|(?P<YY>(?<!\w)['’‘]\d\d(?!\w))"
    r"|(?P<ORDN>\d{1,3}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<NUM>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d)|\d+(?:\.\d+)?)"
    r"|(?P<AMPM>[apAP](?:\.\s?[mM]\.?|[mM])(?!\w))"
    r"|(?P<ERA>(?:B\.\s?C\.(?:\s?E\.)?|B\.\s?C|A\.\s?D\.|A\.\s?H\.|C\.\s?E\.)(?!\w))"
    r"|(?P<POSS>['’]s(?!\w)|(?<=s)['’](?!\w))"
    r"|(?P<LETTER>[^\W\d_])"
    r"|(?P<HYPH>(?<=\w)[-‐‑](?=\w))"
    r"|(?P<MARK>\S)"
)
_MARKS: Final = {",": "COMMA", ".": "DOT", "(": "LB", ")": "RB", "–": "DASH", "—": "DASH", "-": "DASH", "/": "DASH"}
_CURRENCY: Final = frozenset("$€£¥₹₽#§%°№")
_SHORT: Final = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ]
)
_DATED = re.compile(r"\.?,?\s*['’]?\d|\.|,? (?:the )?\d|,\s?[A-Z][a-z]{2,8}\.? \d")


@dataclass(frozen=True)
class Lexicon:
    """Words by type and value, and the character that stands for each type."""

    words: dict[str, tuple[str, Value]]
    capital: frozenset[str]
    codes: dict[str, str]


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text: places, words, one type character each, and values."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    types: str
    values: Sequence[Value]

    def word(self, at: int) -> str:
        """The token as printed; empty outside the text."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.starts) else ""


def read_data(name: str) -> Any:
    """A YAML file of `data/timexes`."""
    import yaml

    text = (files("onrecord") / "data" / "timexes" / name).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@cache
def load_lexicon() -> Lexicon:
    """The words of the package."""
    data = read_data("words.yaml")
    capital = frozenset(data.pop("capital"))
    words = {word: (kind, value) for kind, row in data.items() for value, forms in row.items() for word in forms}
    kinds = dict.fromkeys((*data, *SHAPES))
    codes = {kind: chr(0x100 + number) for number, kind in enumerate(kinds)} | {"PLAIN": OTHER}
    return Lexicon({word: (codes[kind], value) for word, (kind, value) in words.items()}, capital, codes)


@cache
def _holiday_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = {name.replace("’", "'"): rule for rule, names in read_data("holidays.yaml").items() for name in names}
    names = "|".join(sorted(map(re.escape, rows), key=len, reverse=True)).replace("'", "['’]")
    return re.compile(rf"\b(?=[A-Z])(?:{names})(?!\w)"), rows


def split_tokens(text: str, start: int, end: int) -> Tokens:
    """The tokens of `text[start:end]`, with offsets in the whole text."""
    lexicon, holidays = load_lexicon(), _find_holidays(text, start, end)
    starts: list[int] = []
    ends: list[int] = []
    types: list[str] = []
    values: list[Value] = []
    for match in _TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        if holidays and holidays[0][0] <= begin:
            begin, stop, rule = holidays.pop(0)
            types.append(lexicon.codes["HOLIDAY"])
            values.append(rule)
        elif ends and begin < ends[-1]:
            continue
        else:
            kind, value = _type_token(match, lexicon)
            types.append(kind)
            values.append(value)
        starts.append(begin)
        ends.append(stop)
    return Tokens(text, starts, ends, "".join(types), values)


def _find_holidays(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    pattern, rules = _holiday_pattern()
    found = [(match.span(), match.group()) for match in pattern.finditer(text, start, end)]
    return [(*span, rules[words.replace("’", "'")]) for span, words in found]


def _type_token(match: re.Match[str], lexicon: Lexicon) -> tuple[str, Value]:
    group, word = str(match.lastgroup), match.group()
    if group in ("WORD", "LETTER"):
        found = lexicon.words.get(word.lower())
        return _type_word(match, word, found, lexicon) if found else (OTHER, word)
    if group == "NUM":
        return _type_number(match, word, lexicon.codes)
    if group == "MARK":
        kind = _MARKS.get(word) or ("STOP" if word in "!?;:" else "")
        return (lexicon.codes[kind] if kind else OTHER), word
    if group in ("AMPM", "ERA"):
        return _type_dotted(word, lexicon)
    return lexicon.codes[group], int(re.sub(r"\D", "", word)) if group in ("ORDN", "YY") else word


def _type_dotted(word: str, lexicon: Lexicon) -> tuple[str, Value]:
    plain = word.lower().replace(" ", "")
    if plain[:1] in "ap" and "m" in plain:
        return lexicon.codes["AMPM"], plain[0].upper() + "M"
    if plain.startswith("a.h"):
        return lexicon.codes["HYEAR"], ""
    return lexicon.codes["ERA"], "BC" if plain.startswith("b") else "AD"


def _type_word(match: re.Match[str], word: str, found: tuple[str, Value], lexicon: Lexicon) -> tuple[str, Value]:
    low = word.lower()
    if low in lexicon.capital and not word[0].isupper():
        return OTHER, low
    if len(low) < 5 and low in _SHORT and not _DATED.match(match.string, match.end()) and not _dated_before(match):
        return OTHER, low
    return found


def _dated_before(match: re.Match[str]) -> bool:
    return bool(re.search(r"\d(?:st|nd|rd|th)?[ -]$", match.string[max(0, match.start() - 5) : match.start()]))


def _type_number(match: re.Match[str], word: str, codes: dict[str, str]) -> tuple[str, Value]:
    text, start, end = match.string, match.start(), match.end()
    if (text[start - 1 : start] in _CURRENCY and start) or text[end : end + 1] in ("%", "°"):
        return codes["AMOUNT"], word
    plain = word.replace(",", "")
    if "." in plain:
        return codes["FRAC"], float(plain)
    return codes[_name_number(word, int(plain))], int(plain)


def _name_number(word: str, number: int) -> str:
    if len(word) == 4 and word.isdigit():
        return "YEAR" if 1000 <= number <= 2199 else "HHMM" if number < 2400 and number % 100 < 60 else "NUM"
    if "," in word or len(word) > 2:
        return "NUM"
    for top, kind in ((0, "NUM"), (12, "N12"), (24, "N24"), (31, "N31")):
        if number <= top:
            return kind
    return "N99"
