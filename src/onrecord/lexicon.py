"""Word lists that stages read: one YAML a stage under `data/lexicon`, each key a list of regular expressions.

Lists are data, so that a word is added without touching code, and so that a stage can be read without its vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from onrecord.errors import DataError


@cache
def load_lexicon(name: str) -> Mapping[str, re.Pattern[str]]:
    """Each key of `data/lexicon/NAME.yaml` as one pattern: any of its expressions, as whole words, in any letter case.

    Raises:
        DataError: the file is missing, or an expression is wrong.
    """
    path = resources.files("onrecord") / "data" / "lexicon" / f"{name}.yaml"
    try:
        lists = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {key: re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.I) for key, words in lists.items()}
    except (OSError, yaml.YAMLError, re.error, TypeError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path), hint="reinstall onrecord") from error
