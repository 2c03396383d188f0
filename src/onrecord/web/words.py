"""Words of the interface, ready for translation: gettext for Python, the same catalogue for the templates."""

from __future__ import annotations

import gettext
from typing import Final

DOMAIN: Final = "onrecord"


def load_words(language: str, folder: str | None = None) -> gettext.NullTranslations:
    """The catalogue of a language; the words as written here when there is none."""
    return gettext.translation(DOMAIN, folder, languages=[language], fallback=True)
