"""Cuts the words of a mention into parts: names of states and bodies, roles, titles, a person's name, links.

"Deputy Prime Minister of Ukraine, Ms Olga Stefanishyna" is role, link, state, break, title, name. The parts are
found left to right, the longest first; a person whom the base knows by whole name wins over a state inside the name
(Israel Katz, Jordan Bardella). What the words mean is decided in `actors.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from onrecord.actors.base import Alias, Base
from onrecord.actors.names import PARTICLES, TITLES, fold

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’.](?=\w)[^\W_]+)*|\d[\d,.]*|[,;:()]|--|[—–]")
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_CAPITAL = re.compile(rf"(?:[A-Z]\.){{2,}}|{_WORD}(?:[ \n](?:and |of |the )?{_WORD}){{0,3}}")
#: Second halves of compounds that are no names.
_HALVES = re.compile(r"ed$|^(?:led|elect|general|run|held|made|born|style|era|based|in|on|at|of|and|chief|old)$")
_BREAKS: Final = frozenset(",;:()—–--")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


class Token(NamedTuple):
    """A word of a mention: as written, folded, whether it has a capital, whether it is possessive, and its place."""

    text: str
    key: str
    capital: bool
    owns: bool
    start: int
    end: int


class Part(NamedTuple):
    """A stretch `[start, end)` of a mention's tokens.

    `kind` is state, people, body, place, role, inherit, title, name, link, break, mark (former, acting, ...) or word;
    `value` is the sector of a role, the country of a state or place, the mark; `entity` the row of a state or body.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    entity: int = 0
    form: str = ""


@dataclass(frozen=True)
class Lexicon:
    """The lists of `data/actors/words.yaml`, by folded words."""

    roles: dict[str, tuple[str, str]]
    marks: dict[str, str]
    links: frozenset[str]
    diplomats: frozenset[str]
    longest: int


@cache
def load_lexicon() -> Lexicon:
    """The words that say what an actor is."""
    import yaml

    text = (files("onrecord") / "data" / "actors" / "words.yaml").read_text("utf-8")
    lists = yaml.load(text, Loader=yaml.CSafeLoader)
    roles: dict[str, tuple[str, str]] = {}
    for kind in ("inherit", "sectors"):
        for sector, words in lists[kind].items():
            for word in _split_list(words):
                for form in (word, *_make_plurals(word)):
                    roles[fold(form)] = ("role" if kind == "sectors" else "inherit", sector)
    marks = {fold(word): mark for mark in ("former", "designated", "acting") for word in _split_list(lists[mark])}
    return Lexicon(
        roles,
        marks,
        frozenset(_split_list(lists["links"])),
        frozenset(form for word in _split_list(lists["diplomats"]) for form in (fold(word), fold(word) + "s")),
        max(key.count(" ") + 1 for key in roles),
    )


def _split_list(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _make_plurals(word: str) -> list[str]:
    """Regular plurals of the last word, and of the first in "heads of ..."."""
    if re.search(r"(?:[^e]s|media|men|media|police|people|women|children)$", word):
        return []
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    return [word + ("es" if re.search(r"(?:ch|sh|x|ss)$", word) else "s")]


def split_tokens(text: str) -> list[Token]:
    """The words of a mention; hyphens part words, a possessive ending is taken off and kept as a flag."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text.replace("\n", " ").replace("-", " ")):
        words = match.group()
        if words.isalpha() and words.isascii() and text[match.end() : match.end() + 1] not in ("'", "’"):
            capital = words[0].isupper() or _joins_name(text, match.start(), words, tokens)
            tokens.append(Token(words, words.lower(), capital, False, *match.span()))
            continue
        after = text[match.end() : match.end() + 2]
        bare = _POSSESSIVE.sub("", words)
        owns = bare != words or (after[:1] in ("'", "’") and bare.endswith("s"))
        key = fold(bare) or ("the" if bare.lower() == "the" else bare)
        capital = bare[:1].isupper() or bare[:1].isdigit()
        tokens.append(Token(bare, key, capital, owns, match.start(), match.start() + len(bare)))
    return tokens


def _joins_name(text: str, start: int, words: str, tokens: list[Token]) -> bool:
    """True for the second half of "Moon Jae-in" and "Kim Yo-jong", not for that of "Moscow-backed"."""
    if text[start - 1 : start] != "-" or not tokens or not tokens[-1].capital:
        return False
    return not _HALVES.search(words) or (words in ("in", "un", "il") and len(tokens) > 1 and tokens[-2].capital)


@dataclass
class Parse:
    """A mention cut into parts, in order."""

    text: str
    tokens: list[Token]
    parts: list[Part] = field(default_factory=list)

    def words(self, part: Part) -> str:
        """The words of a part as written."""
        return " ".join(token.text for token in self.tokens[part.start : part.end])

    def key(self, part: Part) -> str:
        """The folded words of a part."""
        return " ".join(token.key for token in self.tokens[part.start : part.end])


class Parser:
    """Cuts mentions with the names of a base and the words of the lexicon."""

    def __init__(self, base: Base) -> None:
        self.base, self.lexicon = base, load_lexicon()

    def parse(self, text: str) -> Parse:
        """The parts of a mention.

        Example:
            >>> from onrecord.actors.base import load_base
            >>> [part.kind for part in Parser(load_base()).parse("German Chancellor Angela Merkel").parts]
            ['people', 'role', 'name']
        """
        found = Parse(text, split_tokens(text))
        at = 0
        known = self._find_known(found.tokens)
        while at < len(found.tokens):
            part = known.get(at) or self._next_part(found.tokens, at)
            found.parts.append(part)
            at = part.end
        found.parts = _join_names(found)
        return found

    def count_states(self, text: str) -> Counter[str]:
        """How often each state is named in a text, by name, adjective or place: far cheaper than a parse."""
        counts: Counter[str] = Counter()
        end = 0
        for match in _CAPITAL.finditer(text):
            if match.start() < end:
                continue
            words = match.group().split()
            if fold(words[0]).split(" ", 1)[0] not in self.base.starts:
                continue
            for size in range(len(words), 0, -1):
                country = self._find_country(" ".join(words[:size]))
                if country:
                    counts[country] += 1
                    break
        return counts

    def _find_country(self, words: str) -> str:
        key = fold(_POSSESSIVE.sub("", words))
        for alias in self.base.aliases.get(key, ()):
            entity = self.base.find_entity(alias.entity)
            if entity.kind == "state" and (not alias.acronym or words.replace(".", "").isupper()):
                return entity.country
        return self.base.places.get(key, "")

    def _find_known(self, tokens: list[Token]) -> dict[int, Part]:
        """Whole names of persons in runs of capitalised words."""
        known: dict[int, Part] = {}
        at = 0
        while at < len(tokens):
            part = self._find_person(tokens, at)
            if part:
                known[at] = part
            at = part.end if part else at + 1
        return known

    def _find_person(self, tokens: list[Token], at: int) -> Part | None:
        end = at
        while (
            end < len(tokens) and end - at < 6 and (tokens[end].capital or (end > at and tokens[end].key in PARTICLES))
        ):
            end += 1
            if tokens[end - 1].owns:
                break
        if not tokens[at].capital:
            return None
        for stop in range(end, at + 1, -1):
            key = " ".join(token.key for token in tokens[at:stop])
            if key not in self.base.aliases and key not in self.lexicon.roles and self.base.find_people(key):
                return Part("name", at, stop)
        return None

    def _next_part(self, tokens: list[Token], at: int) -> Part:
        token = tokens[at]
        if token.text in _BREAKS:
            return Part("break", at, at + 1)
        entity = self._find_alias(tokens, at) if token.key in self.base.starts or " " in token.key else None
        role = self._find_role(tokens, at)
        if entity and role and entity.end <= role.end and entity.kind == "body":
            return role._replace(entity=entity.entity if entity.end == role.end else 0)
        best = max((part for part in (entity, role) if part), key=lambda part: part.end, default=None)
        if best:
            return best
        if token.key in self.lexicon.marks and not (token.capital and at and tokens[at - 1].capital):
            return Part("mark", at, at + 1, self.lexicon.marks[token.key])
        if token.key in TITLES and (token.capital or at + 1 == len(tokens)):
            return Part("title", at, at + 1)
        if token.text.lower() in self.lexicon.links:
            return Part("link", at, at + 1, token.text.lower())
        if token.capital and token.key != "the" and not token.text[0].isdigit():
            return Part("name", at, at + 1)
        return Part("word", at, at + 1)

    def _find_alias(self, tokens: list[Token], at: int) -> Part | None:
        for end in range(min(len(tokens), at + self.base.longest), at, -1):
            window = tokens[at:end]
            if any(token.owns for token in window[:-1]) and not window[-1].key:
                continue
            key = _join_keys(window)
            alias = next((a for a in self.base.aliases.get(key, ()) if _fits_case(a, window)), None)
            if alias:
                return self._make_part(alias, at, end)
            if key in self.base.places and all(token.capital or token.key in PARTICLES for token in window):
                return Part("place", at, end, self.base.places[key])
        return None

    def _make_part(self, alias: Alias, at: int, end: int) -> Part:
        entity = self.base.find_entity(alias.entity)
        kind = "body" if entity.kind != "state" else "people" if alias.form.startswith("people") else "state"
        return Part(kind, at, end, entity.country, alias.entity, alias.form)

    def _find_role(self, tokens: list[Token], at: int) -> Part | None:
        for end in range(min(len(tokens), at + self.lexicon.longest), at, -1):
            kind, sector = self.lexicon.roles.get(_join_keys(tokens[at:end]), ("", ""))
            if kind:
                return Part(kind, at, end, sector)
        return None


def _join_keys(window: list[Token]) -> str:
    """The folded words as one key; an inner possessive keeps its letter ("people's army" is `peoples army`)."""
    inner = [token.key + ("s" if token.owns and not token.key.endswith("s") else "") for token in window[:-1]]
    return " ".join((*inner, window[-1].key))


def _fits_case(alias: Alias, window: list[Token]) -> bool:
    """An acronym needs capitals; a name needs one at its start."""
    if alias.acronym:
        return all(token.text.replace(".", "").isupper() or token.text[:1].isdigit() for token in window)
    return not alias.capital or window[0].capital or window[-1].capital


def _join_names(found: Parse) -> list[Part]:
    """Capitalised words side by side, with particles between, are one name; titles before it stay apart."""
    joined: list[Part] = []
    for part in found.parts:
        last = joined[-1] if joined else None
        particle = part.kind in ("word", "link", "title") and found.key(part) in PARTICLES
        follows = last is not None and last.kind == "name" and not found.tokens[last.end - 1].owns
        if last is not None and follows and (part.kind == "name" or (particle and _name_follows(found, part))):
            joined[-1] = last._replace(end=part.end)
        else:
            joined.append(part)
    return joined


def _name_follows(found: Parse, part: Part) -> bool:
    after = next((other for other in found.parts if other.start == part.end), None)
    return after is not None and after.kind == "name" and part.kind != "link"
