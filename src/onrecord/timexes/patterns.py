"""Stage 7, second part. Token types -> hits of the date grammar.

The rules of `data/timexes/patterns.yaml` are compiled to regular expressions over the string of token types. One
expression with all rules finds the next place where any of them begins; there the longest rule that means something
wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.timexes.tokens import Tokens, Value, load_lexicon, read_data

_NAME = re.compile(r"[A-Z][A-Z0-9]+|\bA\b")
_GROUP = re.compile(r"<(\w+):")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Hit:
    """Tokens `[first, last)` that a rule matched; groups are read by name."""

    rule: str
    tokens: Tokens
    match: re.Match[str]

    @property
    def first(self) -> int:
        """Number of the first token."""
        return self.match.start()

    @property
    def last(self) -> int:
        """Number of the token after the last."""
        return self.match.end()

    def has(self, group: str) -> bool:
        """True when the rule has the group and it matched something."""
        return group in self.match.re.groupindex and self.match[group] is not None

    def places(self, group: str) -> range:
        """Numbers of the group's tokens; empty when it matched nothing."""
        return range(*self.match.span(group)) if self.has(group) else range(0)

    def values(self, group: str) -> list[Value]:
        """Values of the group's tokens, those without a value left out."""
        return [value for at in self.places(group) if (value := self.tokens.values[at]) != ""]

    def value(self, group: str) -> Value | None:
        """The last value in the group; None when it matched nothing."""
        values = self.values(group)
        return values[-1] if values else None

    def number(self, group: str) -> int | None:
        """The last value in the group where it is a whole number."""
        value = self.value(group)
        return value if isinstance(value, int) else None

    def kind(self, group: str) -> str:
        """Type characters of the group."""
        return self.match[group] if self.has(group) else ""


@dataclass(frozen=True)
class Grammar:
    """Compiled rules: the types that can begin one, one pattern for any of them, and each by name."""

    first: re.Pattern[str]
    any: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    starts: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]


@cache
def load_grammar() -> Grammar:
    """The grammar of the package."""
    data = read_data("patterns.yaml")
    macros: dict[str, str] = {}
    for name, pattern in data["macros"].items():
        macros[name] = _expand(pattern, macros)
    rules = tuple((name, compile_types(_expand(pattern, macros))) for name, pattern in data["rules"].items())
    whole = "|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern) for _, rule in rules)
    codes_by_name = load_lexicon().codes
    codes = codes_by_name.values()
    starts = {code: tuple((name, rule) for name, rule in rules if _can_begin(rule, code)) for code in codes}
    never = {codes_by_name[name] for name in data["never_first"]}
    first = re.compile("[" + "".join(code for code in codes if code not in never) + "]")
    return Grammar(first, re.compile(whole), rules, starts)


def _expand(pattern: str, macros: dict[str, str]) -> str:
    return _NAME.sub(lambda match: macros.get(match.group(), match.group()), pattern)


def compile_types(pattern: str) -> re.Pattern[str]:
    """A pattern over type names as a regular expression over type characters."""
    codes = load_lexicon().codes
    named = _GROUP.sub(r"(?P{\1}", pattern).replace(">", ")")
    coded = _NAME.sub(lambda match: codes[match.group()], named)
    return re.compile(_BLANK.sub("", re.sub(r"\{(\w+)\}", r"<\1>", coded)))


def _can_begin(rule: re.Pattern[str], code: str) -> bool:
    """Whether a hit of the rule can begin with this type; optional parts before the first type count."""
    return code in _first_codes(rule.pattern)


@cache
def _first_codes(pattern: str) -> frozenset[str]:
    """Every type character of the pattern: a superset of those that can stand first."""
    return frozenset(character for character in pattern if ord(character) >= 0x100)


def find_start(tokens: Tokens, at: int) -> int:
    """The next token where any rule matches; -1 when there is none."""
    grammar = load_grammar()
    for found in grammar.first.finditer(tokens.types, at):
        if grammar.any.match(tokens.types, found.start()):
            return found.start()
    return -1


def find_hits(tokens: Tokens, at: int) -> list[Hit]:
    """Hits that begin at a token, the longest first; of equally long ones in the order of the grammar."""
    rules = load_grammar().starts.get(tokens.types[at], ())
    found = [Hit(name, tokens, match) for name, rule in rules if (match := rule.match(tokens.types, at))]
    return sorted((hit for hit in found if hit.last > at), key=lambda hit: -hit.last)


def find_rule(tokens: Tokens, first: int, last: int, names: tuple[str, ...]) -> Hit | None:
    """The first of the named rules that matches tokens `[first, last)` as a whole."""
    for name, rule in load_grammar().rules:
        if name in names and (match := rule.fullmatch(tokens.types, first, last)):
            return Hit(name, tokens, match)
    return None
