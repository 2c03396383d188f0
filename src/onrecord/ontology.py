"""What the codes mean: PLOVER event types, modes, contexts, scores, and the CAMEO codes nearest to them.

The ontology is data: one YAML a type under `data/ontology/types`, `contexts.yaml` and `cameo.yaml`. Its ids are
published and never change. `check_ontology` is the linter that CI runs.

Source: PLOVER manual, draft of September 2021, and its CAMEO conversion table (CC BY-SA 4.0; facts only).
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml
from pydantic import Field, ValidationError

from onrecord.errors import DataError
from onrecord.labels import TYPES
from onrecord.story import Frozen

VERSION: Final = "plover-2021.1"


class Mode(Frozen):
    """One mode of a type: how it was done. `score` is the conflict-cooperation score, -10 to 10."""

    score: float
    definition: str = ""


class EventType(Frozen):
    """One PLOVER event type.

    Attributes:
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        score: conflict-cooperation score without a mode, -10 to 10.
    """

    id: str
    quad: int
    requires_recipient: bool
    score: float
    modes: dict[str, Mode]
    label: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    neighbours: dict[str, str] = Field(default_factory=dict)


class Context(Frozen):
    """One PLOVER context: what an event is about, and the words that show it."""

    id: str
    definition: str = ""
    words: tuple[str, ...] = ()


class Ontology(Frozen):
    """All types, contexts and CAMEO codes."""

    types: dict[str, EventType]
    contexts: tuple[Context, ...]
    cameo: dict[str, tuple[str, str, str]]

    def score(self, kind: str, mode: str) -> float:
        """Conflict-cooperation score of a type and mode, -10 to 10; the type's own where the mode is empty."""
        event_type = self.types[kind]
        return event_type.modes[mode].score if mode else event_type.score

    def find_cameo(self, kind: str, mode: str, contexts: tuple[str, ...] = ()) -> str:
        """The CAMEO code nearest to a type, mode and contexts: most in common, then the shortest code."""
        own = [(code, row) for code, row in self.cameo.items() if row[0] == kind and row[1] in ("", mode)]

        def rank(item: tuple[str, tuple[str, str, str]]) -> tuple[int, int, str]:
            code, (_, row_mode, context) = item
            fits = (
                2 * (bool(mode) and row_mode == mode)
                + (context in contexts)
                - (bool(context) and context not in contexts)
            )
            return -int(fits), len(code), code

        return min(own, key=rank)[0] if own else ""

    def find_contexts(self, text: str) -> tuple[str, ...]:
        """Ids of the contexts whose words stand in `text`, in the ontology's order."""
        found = {match.lastgroup for match in self._words.finditer(text) if match.lastgroup} if self.contexts else set()
        return tuple(context.id for context in self.contexts if context.id in found)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        parts = [f"(?P<{context.id}>{'|'.join(context.words)})" for context in self.contexts if context.words]
        return re.compile(r"\b(?:" + "|".join(parts) + r")\b", re.IGNORECASE)


@cache
def load_ontology() -> Ontology:
    """The ontology in the package.

    Raises:
        DataError: a file is missing or wrong.
    """
    folder = resources.files("onrecord") / "data" / "ontology"
    types = {kind: _read_type(folder / "types" / f"{kind.lower()}.yaml") for kind in TYPES}
    contexts = folder / "contexts.yaml"
    listed = _read_yaml(contexts) if contexts.is_file() else []
    try:
        return Ontology(types=types, contexts=tuple(listed), cameo=_read_yaml(folder / "cameo.yaml"))
    except ValidationError as error:
        raise DataError(f"{error.errors()[0]['loc']}: {error.errors()[0]['msg']}", where=str(folder)) from error


def _read_type(path: Traversable) -> EventType:
    try:
        return EventType.model_validate(_read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", where=str(path)) from error


def _read_yaml(path: Traversable) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"cannot be read: {error}", where=str(path), hint="reinstall onrecord") from error
