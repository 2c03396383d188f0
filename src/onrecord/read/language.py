"""The language of a story, as ISO 639-1 code: what the metadata says, else py3langid on the body.

Text too short to tell counts as English, the language of nearly all wires that come in without metadata.
"""

from __future__ import annotations

from functools import cache
from typing import Any

ENOUGH = 40
_SAMPLE = 1000
_SURE = 0.6
_FREQUENT = frozenset(
    ("the", "of", "and", "to", "that", "with", "for", "said", "which", "from", "by", "have", "its", "their")
)


def find_language(declared: str, body: str) -> str:
    """Two letters, or three for a language without a two-letter code.

    Args:
        declared: a language tag of the format (`en-GB`), or empty.
        body: the text of the paragraphs.
    """
    code = declared.strip().replace("_", "-").split("-")[0].lower()
    if len(code) in (2, 3) and code.isalpha():
        return code
    sample = body[:_SAMPLE]
    if _is_english(sample):
        return "en"
    if sum(map(str.isalpha, sample)) < ENOUGH:
        return "en"
    code, sureness = _identifier().classify(sample)
    return str(code) if sureness >= _SURE else "en"


def _is_english(sample: str) -> bool:
    """True for plain English: one word in eight is one that no other language has so often. Saves the library's time
    for the rest.
    """
    words = sample.lower().split()
    common = sum(word in _FREQUENT for word in words)
    return len(words) > 25 and common * 8 >= len(words) and words.count("the") * 40 >= len(words)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
