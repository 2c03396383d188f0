"""Titles of offices -> one key per office, whatever the words: "Secretary of State for Defence", "defence minister".

The key is what two titles share when they name the same office of a country: `minister:defence`, `president`,
`head of government`, `speaker`, `ambassador:france`. Deputies, spokespeople and advisers have keys of their own, so
that the spokesman of a minister is never the minister.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.actors.names import fold

_PORTFOLIOS: Final = {
    "foreign affairs": "foreign", "external affairs": "foreign", "external relations": "foreign",
    "foreign relations": "foreign", "international relations": "foreign", "foreign": "foreign", "europe": "foreign",
    "foreign trade": "trade", "foreign affair": "foreign", "european and foreign affairs": "foreign",
    "defense": "defence", "defence": "defence", "national defence": "defence", "national defense": "defence",
    "armed forces": "defence", "army": "defence", "war": "defence", "federal defence": "defence",
    "interior": "interior", "internal affairs": "interior", "home affairs": "interior", "home": "interior",
    "interior affairs": "interior", "homeland security": "interior", "territorial administration": "interior",
    "finance": "finance", "finances": "finance", "treasury": "finance", "economy": "economy", "economics": "economy",
    "economic affairs": "economy", "national economy": "economy", "health": "health", "public health": "health",
    "justice": "justice", "law": "justice", "environment": "environment", "agriculture": "agriculture",
    "energy": "energy", "oil": "energy", "petroleum": "energy", "petroleum resources": "energy", "trade": "trade",
    "commerce": "trade", "labour": "labour", "labor": "labour", "education": "education",
    "national education": "education", "transport": "transport", "transportation": "transport", "culture": "culture",
    "information": "information", "tourism": "tourism", "industry": "industry", "science": "science",
    "immigration": "immigration", "security": "security", "national security": "security",
    "public security": "security", "state security": "security", "intelligence": "intelligence",
}  # fmt: skip
_HEADS: Final = {
    "president": "president", "state president": "president", "president of the republic": "president",
    "federal president": "president", "transitional president": "president", "interim president": "president",
    "acting president": "president", "transition president": "president", "captain regent": "president",
    "head of state": "president", "de facto president": "president",
    "prime minister": "head of government", "premier": "head of government", "chancellor": "head of government",
    "federal chancellor": "head of government", "taoiseach": "head of government", "pm": "head of government",
    "first minister": "first minister", "head of government": "head of government",
    "minister president": "head of government",
    "president of the government": "head of government", "president of the council of ministers": "head of government",
    "chairman of the council of ministers": "head of government", "chairman of the government": "head of government",
    "chairman of the cabinet of ministers": "head of government", "minister of state": "minister:state",
    "chairman of the cabinet of ministers prime minister": "head of government", "grand vizier": "head of government",
    "acting prime minister": "head of government", "interim prime minister": "head of government",
    "transitional prime minister": "head of government", "transition prime minister": "head of government",
    "king": "monarch", "queen": "monarch", "monarch": "monarch", "emperor": "monarch", "emir": "monarch",
    "amir": "monarch", "sultan": "monarch", "grand duke": "monarch", "sovereign prince": "monarch", "prince": "monarch",
    "pope": "monarch", "supreme leader": "supreme leader", "vice president": "vice president",
    "first vice president": "vice president", "deputy prime minister": "deputy head of government",
    "deputy premier": "deputy head of government", "vice premier": "deputy head of government",
    "vice prime minister": "deputy head of government", "tanaiste": "deputy head of government",
    "first deputy prime minister": "deputy head of government", "first lady": "first lady",
    "crown prince": "crown prince", "governor general": "governor general", "attorney general": "attorney general",
    "chancellor of the exchequer": "minister:finance", "speaker": "speaker", "parliament speaker": "speaker",
    "chief of defence": "chief of staff", "secretary of state": "minister:foreign",
    "prosecutor general": "prosecutor general", "chief justice": "chief justice", "taoiseach prime minister":
    "head of government", "united nations secretary general": "secretary general",
}  # fmt: skip
_SPEAKER = re.compile(
    r"^(?:speaker|chair(?:man|woman|person)?|president|presiding officer)\b.*\b(?:parliament|assembly|senate|house|"
    r"chamber|congress|duma|rada|knesset|council of the nation|federation council|federal council|legislat\w+|majlis|"
    r"bundestag|sejm|diet|national council)\b"
)
_CHIEF = re.compile(
    r"\b(?:chief of (?:the )?(?:general|defen[cs]e|army|naval|air) staff|chief of (?:the )?general staff|"
    r"chief of (?:the )?defen[cs]e(?: staff| force)?|(?:army|military|armed forces) chief|"
    r"chief of staff of the (?:army|armed)|"
    r"commander in chief|chief of general staff|joint chiefs of staff)\b"
)
_MINISTER = re.compile(
    r"^(?:federal |union |cabinet |senior |state )?(?:minister|secretary|ministers|secretaries)"
    r"(?: of state)?(?: of| for| to|) (?:the )?(.+)$"
)
_PORTFOLIO_FIRST = re.compile(r"^(.+?) (?:minister|secretary|ministers|secretaries)$")
_LESSER = re.compile(
    r"^(?:(?:first|senior|acting|then) )*(deputy|vice|assistant|minister of state (?:for|of|in)|under ?secretary|"
    r"junior|parliamentary|permanent|former|ex|shadow)\b"
)
_ENVOY = re.compile(
    r"^(?:\w+ )?(ambassador|high commissioner|permanent representative|charge d affaires)\b(?: to| in|)(?: the)?(.*)$"
)


@lru_cache(maxsize=16384)
def name_office(title: str) -> str:
    """The key of an office.

    Example:
        >>> name_office("Minister of Foreign Affairs"), name_office("Foreign Secretary")
        ('minister:foreign', 'minister:foreign')
    """
    words = fold(title).removeprefix("acting ").removeprefix("interim ").removeprefix("caretaker ")
    if words in _HEADS:
        return _HEADS[words]
    if _SPEAKER.search(words):
        return "speaker"
    if _CHIEF.search(words):
        return "chief of staff"
    envoy = _ENVOY.match(words)
    if envoy:
        return f"ambassador:{envoy[2].strip()}"
    if re.search(r"\bspokes(?:man|woman|person)\b|\bpress secretary\b", words):
        return f"spokesman:{words}"
    return _name_ministry(words)


def _name_ministry(words: str) -> str:
    lesser = _LESSER.match(words)
    if lesser:
        return f"deputy:{words}"
    match = _MINISTER.match(words) or _PORTFOLIO_FIRST.match(words)
    if not match:
        return words
    portfolio = match[1].removeprefix("federal ").removesuffix(" affairs") if match[1] not in _PORTFOLIOS else match[1]
    return f"minister:{_PORTFOLIOS.get(portfolio) or _first_portfolio(portfolio)}"


def _first_portfolio(portfolio: str) -> str:
    """Of "foreign affairs and trade" the first part that we know; the whole otherwise."""
    first = re.split(r" and ", portfolio)[0].strip()
    return _PORTFOLIOS.get(first, portfolio)


#: Words of a title that give its holder another sector than GOV.
_SECTORS: Final = (
    (re.compile(r"\b(?:ambassador|minister|secretary of|prime minister|governor|mayor|attorney)\b"), "GOV"),
    (
        re.compile(
            r"\b(?:senator|member of|deput(?:y|ies) of|speaker|senate|assembly|chamber of deputies|"
            r"federal council)\b"
        ),
        "LEG",
    ),
    (re.compile(r"\b(?:supreme court|chief justice|judge|justice of|prosecutor|constitutional court|court)\b"), "JUD"),
    (re.compile(r"\b(?:police|gendarmerie|prison)\b"), "COP"),
    (
        re.compile(
            r"\b(?:general staff|defen[cs]e staff|army|navy|naval|air force|air staff|armed forces|"
            r"chief of defen[cs]e|joint chiefs)\b"
        ),
        "MIL",
    ),
    (re.compile(r"\b(?:intelligence|mossad|security service|secret service)\b"), "SPY"),
    (re.compile(r"\bfirst (?:lady|gentleman)\b"), "ELI"),
    (re.compile(r"\bleader of the opposition\b"), "OPP"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def judge_sector(title: str) -> str:
    """The PLOVER sector of who holds an office."""
    words = fold(title)
    return next((sector for pattern, sector in _SECTORS if pattern.search(words)), "GOV")
