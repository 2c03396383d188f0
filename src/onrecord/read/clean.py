"""Characters that a reader does not see: controls, soft hyphens, odd spaces, entities, decomposed accents.

Every change keeps the map: the new characters lead back to the bytes of what they replace.
"""

from __future__ import annotations

import html
import re
import unicodedata

from onrecord.read.traced import Traced, concat, trace_whole

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]+"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile("[^\t\n\x20-\x7e]")


def clean_text(traced: Traced, *, entities: bool = True) -> Traced:
    """Text as it is read: line breaks are `\\n`, no controls, plain spaces, entities resolved, NFC.

    Args:
        traced: decoded text.
        entities: resolve `&amp;` and the like, which survive in text copied out of mark-up.
    """
    if "&" in traced.text and entities:
        traced = traced.replace(_ENTITY, _resolve_entity)
    if not _ODD.search(traced.text):
        return traced
    for pattern, new in ((_BREAKS, "\n"), (_CONTROLS, ""), (_SPACES, " ")):
        traced = traced.replace(pattern, new)
    return compose(traced)


def _resolve_entity(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def compose(traced: Traced) -> Traced:
    """Unicode NFC; a composed character leads back to the bytes of all its parts."""
    text = traced.text
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return traced
    composed = concat(_compose_cluster(traced.cut(start, end)) for start, end in _find_clusters(text))
    whole = unicodedata.normalize("NFC", text)
    if composed.text == whole:
        return composed
    raw = [at for run in traced.runs for at in (run.raw_start, run.raw_end)]
    return trace_whole(whole, min(raw), max(raw)) if raw else Traced(whole)


def _compose_cluster(cluster: Traced) -> Traced:
    return cluster.renamed(unicodedata.normalize("NFC", cluster.text))


def _find_clusters(text: str) -> list[tuple[int, int]]:
    """Stretches that are normal already, and between them single characters with all that may join them."""
    clusters, begin = [], 0
    for match in _JOINED.finditer(text):
        if unicodedata.is_normalized("NFC", match.group()):
            continue
        clusters += [(begin, match.start()), match.span()]
        begin = match.end()
    return [(start, end) for start, end in [*clusters, (begin, len(text))] if end > start]


# A character, then combining marks, vowel signs and Hangul jamo that may compose with it (Unicode Standard Annex 15).
_JOINED = re.compile(
    ".[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u093c\u09be\u09d7\u0b3e-\u0b57\u0bbe\u0bd7\u0cc2-\u0cd6\u0d3e\u0d57"
    "\u0dcf-\u0ddf\u102e\u1161-\u1175\u11a8-\u11c2\u1b35\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+|[^\x00-\x7f]",
    re.DOTALL,
)
