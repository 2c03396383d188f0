"""The story in a page: which of its passages are the text.

Three witnesses, asked in order, the cheap and sure ones first:
1. schema.org `articleBody` in the page's own data: passages that stand in it are the text.
2. The element that holds most running text (readability's idea: passages vote for the elements around them), when it
holds enough of the page.
3. trafilatura, whose paragraphs are found again among the passages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from onrecord.read.passages import Passage, ancestors, flag_boilerplate
from onrecord.read.tree import Node
from onrecord.story import FurnitureType

_RUNNING = 25
_PUNCTUATED = re.compile(r"[.!?:…»”\"'’)]$")
_ARTICLE = re.compile(
    r"(?:article|story|post|entry|content|text|news|detail)[-_ ]{0,2}(?:body|content|text|copy|main|paragraphs?)|"
    r"body[-_ ]?(?:text|copy|content)|articlebody|rich-?text|wysiwyg|single-?content|main-?content",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\W*(?:read (?:more|also|next|the full|our)|also read|see also|see more|more (?:on|from|about) |related(?: |:|$)|"
    r"recommended|watch(?: |:)|listen(?: |:)|les også|lees ook|lire aussi|à lire|leggi anche|lea (?:también|más)|"
    r"mehr zum thema|lesen sie|siehe auch|läs (?:också|mer)|lue myös|sign up|subscribe|join (?:our|us)|"
    r"follow (?:us|our)|click here|tap here|download (?:the|our)|get (?:the|our) (?:latest|app)|advertisement|"
    r"continue reading|story continues|article continues|scroll to|share this|copy link|photo(?:s)?:|image(?:s)?:|"
    r"file photo|newsletter|loading\b)",
    re.IGNORECASE,
)
_SKIPPED = (
    FurnitureType.CAPTION,
    FurnitureType.CREDIT,
    FurnitureType.CONTROL,
    FurnitureType.BYLINE,
    FurnitureType.COPYRIGHT,
)
_ENOUGH = 100
_LARGE, _MANY = 3_000_000, 4_000


def choose_text(passages: list[Passage], root: Node, html_text: str, body: str) -> list[Passage]:
    """The passages of the story, in order, crossheads included.

    Args:
        passages: all of the page.
        root: the page's tree.
        html_text: the page as text, for trafilatura.
        body: `articleBody` of the page's data, or empty.
    """
    flag_boilerplate(passages)
    stated = _match_body(passages, body)
    if stated and not _goes_on(stated, passages):
        return stated
    found, sure = _find_region(passages)
    if sure or (stated and _weigh(found) > _weigh(stated)):
        return found
    other = _ask_trafilatura(passages, html_text) if len(html_text) < _LARGE and len(passages) < _MANY else []
    return other if _weigh(other) * 10 > _weigh(found) * 6 else found


def _weigh(passages: Iterable[Passage]) -> int:
    return sum(len(passage.words) for passage in passages)


def _is_text(passage: Passage) -> bool:
    return (
        not passage.flagged and passage.kind not in _SKIPPED and passage.link_share < 0.55 and not is_pointer(passage)
    )


def _may_be_text(passage: Passage) -> bool:
    """Looser than `_is_text`, for what another witness takes for text."""
    return (
        passage.kind not in _SKIPPED
        and not is_pointer(passage)
        and (passage.link_share < 0.6 or len(passage.words) > 90)
    )


def is_pointer(passage: Passage) -> bool:
    """True for a line that leads elsewhere: "Read more: ...", "Sign up for ..."."""
    words = passage.words
    return (
        len(words) < 220
        and bool(_POINTER.match(words))
        and (passage.link_share > 0.2 or not words.endswith(".") or len(words) < 60)
    )


def squeeze(words: str) -> str:
    """Letters and figures only, without case: what survives any cleaning."""
    return "".join(filter(str.isalnum, words.casefold()))


def _match_body(passages: list[Passage], body: str) -> list[Passage]:
    """The passages that stand in `articleBody`, if they make up most of it."""
    whole = squeeze(body)
    if len(whole) < _ENOUGH:
        return []
    found, seen = [], set()
    for passage in passages:
        words = squeeze(passage.words)
        sure = len(words) > 40 or not (passage.flagged or passage.link_share > 0.5)
        if len(words) > 2 and sure and words in whole and words not in seen and passage.kind not in _SKIPPED:
            seen.add(words)
            found.append(passage)
    kept = _drop_strays(found)
    return kept if sum(len(squeeze(passage.words)) for passage in kept) * 10 >= len(whole) * 7 else []


def _goes_on(stated: list[Passage], passages: list[Passage]) -> bool:
    """True when the page has more paragraphs than its data: some publishers state the beginning only."""
    last = stated[-1]
    more = [
        passage
        for passage in passages[last.place + 1 :]
        if _is_text(passage) and len(passage.words) > 60 and _PUNCTUATED.search(passage.words)
    ]
    return sum(1 for passage in more if passage.node.tag == "p" and passage.node.parent is last.node.parent) > 1


def _drop_strays(found: list[Passage]) -> list[Passage]:
    """Without short passages far from the others: a menu may repeat a word of the text."""
    long = [passage for passage in found if len(passage.words) >= 60]
    if not long:
        return found
    holders = {id(node) for passage in long for node in _holders(passage)}
    first, last = long[0].place, long[-1].place
    return [
        passage
        for passage in found
        if first - 2 <= passage.place <= last + 2 or any(id(node) in holders for node in _holders(passage))
    ]


def _holders(passage: Passage) -> list[Node]:
    """The two elements round a passage, unless they are the whole page."""
    return [node for node in passage.chain[1:3] if node.tag not in ("", "html", "body")]


def _find_region(passages: list[Passage]) -> tuple[list[Passage], bool]:
    """The text of the element that holds most of it, and whether that is plainly the story."""
    text = [passage for passage in passages if _is_text(passage)]
    running = [passage for passage in text if len(passage.words) >= _RUNNING and passage.kind is None]
    if not running:
        return [], False
    best = _best_region(running)
    region = _widen(best, running)
    held = [passage for passage in text if _inside(passage, region)]
    share = (
        _weigh(passage for passage in held if passage in running) / max(1, _weigh(running))
        if len(running) < 400
        else 0.0
    )
    sure = share > 0.5 and _weigh(held) > 450 and sum(1 for passage in held if len(passage.words) > 60) >= 3
    return _trim(held), sure


def _best_region(running: list[Passage]) -> Node:
    scores: dict[int, float] = {}
    nodes: dict[int, Node] = {}
    for passage in running:
        weight = (
            min(len(passage.words), 500)
            * (1.0 if _PUNCTUATED.search(passage.words) else 0.4)
            * (1 - passage.link_share)
        )
        holder = (
            passage.node.parent
            if passage.node.tag in ("p", "li", "blockquote", "h2", "h3", "pre", "td")
            else passage.node
        )
        for node, part in zip(ancestors(holder), (1.0, 0.7, 0.5, 0.35, 0.2), strict=False):
            nodes[id(node)] = node
            scores[id(node)] = scores.get(id(node), 0.0) + weight * part
    best = max(scores, key=lambda key: scores[key] * _bonus(nodes[key]))
    return nodes[best]


def _bonus(node: Node) -> float:
    if node.tag in ("html", "body", ""):
        return 0.5
    hint = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    named = node.attributes.get("itemprop") == "articleBody" or bool(_ARTICLE.search(hint))
    return (1.35 if named else 1.0) * (1.2 if node.tag in ("article", "main") else 1.0)


def _widen(best: Node, running: list[Passage]) -> list[Node]:
    """The element, its twins (stories cut into several boxes of one class), or the element above when much text
    stands beside it.
    """
    held = _weigh(passage for passage in running if best in passage.chain)
    for above in list(ancestors(best.parent))[:3]:
        if above.tag in ("", "html", "body"):
            break
        beside = [
            passage
            for passage in running
            if above in passage.chain and best not in passage.chain and _PUNCTUATED.search(passage.words)
        ]
        if _weigh(beside) * 5 > held:
            return [above]
    twins = [node for node in best.parent.nodes() if _like(node, best)] if best.parent is not None else []
    return twins or [best]


def _like(node: Node, other: Node) -> bool:
    return node is other or (
        node.tag == other.tag and bool(node.get("class")) and node.get("class") == other.get("class")
    )


def _inside(passage: Passage, region: list[Node]) -> bool:
    return any(node in passage.chain for node in region)


def _trim(held: list[Passage]) -> list[Passage]:
    """Without passages said twice, and without crossheads and scraps behind the last paragraph."""
    seen: set[str] = set()
    once = []
    for passage in held:
        if len(passage.words) < 60 or passage.words not in seen:
            once.append(passage)
        seen.add(passage.words)
    held = once
    last = max(
        (at for at, passage in enumerate(held) if len(passage.words) >= _RUNNING or passage.kind is None),
        default=len(held),
    )
    return held[: last + 1]


@cache
def _trafilatura_options() -> Any:
    """Made once, because making them costs as much as reading a small page. Its log lines are no news for our users."""
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return Extractor(output_format="python", fast=True, comments=False)


def _ask_trafilatura(passages: list[Passage], html_text: str) -> list[Passage]:
    """The passages that trafilatura takes for the text."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(html_text, options=_trafilatura_options())
    except Exception:  # a third party's parser on the worst pages; the other witness stands
        return []
    whole = squeeze(getattr(document, "text", "") or "")
    if not whole:
        return []
    found, seen = [], set()
    for passage in passages:
        words = squeeze(passage.words)
        if len(words) > 2 and words not in seen and words in whole and _may_be_text(passage):
            seen.add(words)
            found.append(passage)
    return _drop_strays(found)
