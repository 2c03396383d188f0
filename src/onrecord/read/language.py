"""The language of a story, as ISO 639-1 code: what the metadata says, else py3langid on the body.

Text too short to tell counts as English, the language of nearly all wires that come in without metadata.
"""

from __future__ import annotations

from functools import cache
from typing import Any

ENOUGH = 40
_SAMPLE = 1200
_SURE = 0.6


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
    if sum(map(str.isalpha, sample)) < ENOUGH:
        return "en"
    code, sureness = _identifier().classify(sample)
    return str(code) if sureness >= _SURE else "en"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
