"""How names are compared: folded to plain lower-case letters, cut into tokens, reduced to their sound.

Spellings of one name differ by script, not by person: Olga and Olha, Zelensky, Zelenskyy and Zelenskiy, Lavrov and
Lawrow. `fold` takes away what never tells two names apart (case, diacritics, hyphens, a leading "the"); `sound`
takes away what transliteration changes and finds candidates; `match_names` decides between them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

#: Words inside names that carry no identity.
PARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "ul",
        "ur",
        "as",
        "ash",
        "bin",
        "ibn",
        "bint",
        "abu",
        "de",
        "del",
        "della",
        "der",
        "di",
        "da",
        "dos",
        "das",
        "la",
        "le",
        "van",
        "von",
        "ter",
    ]
)
#: Forms of address, ranks and honours before or after a name.
TITLES: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "baron",
        "sheikh",
        "sheik",
        "shaikh",
        "sayyed",
        "sayyid",
        "seyyed",
        "mullah",
        "maulana",
        "mawlawi",
        "imam",
        "hajj",
        "haji",
        "ayatollah",
        "hojatoleslam",
        "grand",
        "cardinal",
        "archbishop",
        "bishop",
        "father",
        "sister",
        "brother",
        "rev",
        "reverend",
        "fr",
        "pastor",
        "rabbi",
        "monsignor",
        "dom",
        "don",
        "dona",
        "gen",
        "general",
        "lt",
        "col",
        "colonel",
        "maj",
        "major",
        "capt",
        "captain",
        "cmdr",
        "commander",
        "adm",
        "admiral",
        "vice",
        "rear",
        "brig",
        "brigadier",
        "sgt",
        "sergeant",
        "cpl",
        "corporal",
        "field",
        "marshal",
        "lieutenant",
        "staff",
        "sr",
        "jr",
        "hon",
        "honourable",
        "honorable",
        "his",
        "her",
        "excellency",
        "majesty",
        "highness",
        "royal",
        "king",
        "queen",
        "prince",
        "princess",
        "emir",
        "sultan",
        "emperor",
        "empress",
        "pope",
        "patriarch",
        "sen",
        "senator",
        "rep",
        "representative",
        "congressman",
        "congresswoman",
        "gov",
        "judge",
        "justice",
        "chief",
        "engr",
        "ing",
        "datuk",
        "tan",
        "sri",
        "daw",
        "u",
        "ko",
        "malam",
        "alhaji",
        "comrade",
        "retired",
        "ret",
    ]
)
#: Tokens at least this alike (Jaro-Winkler, 0 to 1) are one spelling of the other when they also sound alike.
ALIKE: Final = 0.79

_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_OTHER = re.compile(r"[^a-z0-9]+")
_SOUNDS: Final = (
    ("sch", "S"), ("sh", "S"), ("ch", "S"), ("tz", "s"), ("ts", "s"), ("cz", "S"), ("dzh", "y"), ("dj", "y"),
    ("zh", "y"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "k"), ("x", "ks"),
    ("q", "k"), ("c", "k"), ("g", "k"), ("h", "k"), ("w", "v"), ("z", "s"), ("j", "y"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Plain lower-case words, one space between: `The Élysée` -> `elysee`, `U.S.-led` -> `us led`."""
    plain = anyascii(text).lower().replace("'", "").replace("`", "")
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), plain)
    words = _OTHER.sub(" ", plain).strip()
    return words.removeprefix("the ")


@lru_cache(maxsize=65536)
def sound(token: str) -> str:
    """The consonants of a folded token, those that transliteration mixes up made one; a first vowel is `a`."""
    token = token.removesuffix("h") or token
    for spelling, one in _SOUNDS:
        token = token.replace(spelling, one)
    return _DOUBLE.sub(r"\1", ("a" if token[:1] in "aeiou" else "") + _VOWELS.sub("", token)) or token


def split_name(name: str) -> list[str]:
    """Folded tokens of a person's name without titles and particles; all of them when nothing else is left."""
    tokens = fold(name).split()
    kept = [token for token in tokens if token not in PARTICLES and token not in TITLES]
    return kept or tokens


def match_tokens(one: str, other: str) -> float:
    """How well two folded tokens fit: 1 the same, 0.9 an initial, else their likeness where they sound alike."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 0.9 if long.startswith(short) else 0.0
    if len(short) <= 3:
        return 0.0
    likeness = float(JaroWinkler.similarity(one, other))
    return likeness if likeness >= ALIKE and sound(one) == sound(other) else 0.0


def match_names(asked: list[str], known: list[str]) -> float:
    """Mean fit of the asked tokens in a known name, in any order; 0 when one of them fits nowhere.

    Example:
        >>> match_names(["olga", "stefanishyna"], ["olha", "stefanishyna"]) > 0.9
        True
    """
    free, total = list(known), 0.0
    for token in asked:
        best = max(free, key=lambda candidate: match_tokens(token, candidate), default="")
        fit = match_tokens(token, best) if best else 0.0
        if not fit:
            return 0.0
        free.remove(best)
        total += fit
    return total / max(1, len(asked))
