"""What the codes mean: PLOVER event types, modes, contexts, scores, and the CAMEO codes nearest to them.

The ontology is data: one YAML a type under `data/ontology/types`, `contexts.yaml` and `cameo.yaml`. Its ids are
published and never change. `check_ontology` is the linter that CI runs.

Source: PLOVER manual, draft of September 2021, and its CAMEO conversion table (CC BY-SA 4.0; facts only).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml
from pydantic import Field, ValidationError

from onrecord.errors import DataError
from onrecord.labels import CLASSES, TYPES
from onrecord.story import Frozen

VERSION: Final = "plover-2021.1"
CONTEXTS: Final = 37

_WORD: Final = re.compile(r"\b[^\W\d_]\w")
_STARTS: Final = re.compile(r"[a-z]{2}")
_WHOLE: Final = re.compile(r"\(\?:(.*)\)")


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
                + any(name in contexts for name in context.split("; "))
                - (bool(context) and not any(name in contexts for name in context.split("; ")))
            )
            return -int(fits), len(code), code

        return min(own, key=rank)[0] if own else ""

    def find_contexts(self, text: str) -> tuple[str, ...]:
        """Ids of the contexts whose words stand in `text`, in the ontology's order."""
        found: set[str] = set()
        for start in _WORD.finditer(text):
            rows = self._words.get(start.group().lower(), ())
            found.update(name for name, words in rows if name not in found and words.match(text, start.start()))
        return tuple(context.id for context in self.contexts if context.id in found)

    @cached_property
    def _words(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        """Each context's words by their first two letters: a clause then meets few of the patterns."""
        table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for context in self.contexts:
            starts: dict[str, list[str]] = {}
            for words in split_words(context.words):
                starts.setdefault(words[:2].lower(), []).append(words)
            for letters, listed in starts.items():
                pattern = re.compile(rf"(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE)
                table.setdefault(letters, []).append((context.id, pattern))
        return table


def split_words(expressions: Iterable[str]) -> Iterator[str]:
    """The single alternatives of expressions, of which a bracket round the whole holds several."""
    for expression in expressions:
        whole = _WHOLE.fullmatch(expression)
        depth, start, inner = 0, 0, whole[1] if whole and _is_closed(whole[1]) else expression
        for place, letter in enumerate(f"{inner}|"):
            depth += (letter == "(") - (letter == ")")
            if letter == "|" and depth == 0:
                yield inner[start:place]
                start = place + 1


def _is_closed(expression: str) -> bool:
    """True when no bracket of the expression closes before it opens."""
    depth = 0
    for letter in expression:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return True


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


def check_ontology(ontology: Ontology) -> list[str]:
    """Everything wrong with the ontology, one line each: what is missing, and ids that name nothing."""
    faults = [fault for event_type in ontology.types.values() for fault in _check_type(event_type, ontology)]
    faults += [fault for context in ontology.contexts for fault in _check_context(context)]
    ids = [context.id for context in ontology.contexts]
    if len(set(ids)) != CONTEXTS or len(ids) != CONTEXTS:
        faults.append(f"contexts: {len(ids)} ids, {len(set(ids))} of them different; {CONTEXTS} are published")
    return faults + [fault for code, row in ontology.cameo.items() for fault in _check_cameo(code, row, ontology)]


def _check_type(event_type: EventType, ontology: Ontology) -> Iterator[str]:
    where = event_type.id
    if not event_type.label or not event_type.definition:
        yield f"{where}: no label or no definition"
    if not 2 <= len(event_type.examples) <= 4:
        yield f"{where}: {len(event_type.examples)} examples; two to four are wanted"
    if event_type.quad not in (1, 2, 3, 4):
        yield f"{where}: quad {event_type.quad} is none of 1 to 4"
    if not event_type.neighbours:
        yield f"{where}: no neighbours"
    yield from (
        f"{where}: neighbour {name!r} is no type" for name in event_type.neighbours if name not in ontology.types
    )
    for name, mode in event_type.modes.items():
        if not mode.definition:
            yield f"{where}: mode {name} has no definition"
        if name not in CLASSES["mode"]:
            yield f"{where}: the encoder does not know mode {name}"


def _check_context(context: Context) -> Iterator[str]:
    if not context.definition:
        yield f"context {context.id}: no definition"
    if not context.words:
        yield f"context {context.id}: no words"
    for words in split_words(context.words):
        if not _STARTS.match(words):
            yield f"context {context.id}: {words!r} does not begin with two plain letters"
        try:
            groups = re.compile(words).groups
        except re.error as error:
            yield f"context {context.id}: {words!r} is no regular expression: {error}"
            continue
        if groups:
            yield f"context {context.id}: {words!r} has a capturing group"


def _check_cameo(code: str, row: tuple[str, str, str], ontology: Ontology) -> Iterator[str]:
    kind, mode, contexts = row
    known = {context.id for context in ontology.contexts}
    if kind not in ontology.types:
        yield f"CAMEO {code}: no type {kind!r}"
    elif mode and mode not in ontology.types[kind].modes:
        yield f"CAMEO {code}: {kind} has no mode {mode!r}"
    for name in contexts.split("; "):
        if name and name not in known:
            yield f"CAMEO {code}: no context {name!r}"


def main() -> int:
    """Check the ontology of the package; print each fault; 1 when there is one."""
    ontology = load_ontology()
    faults = check_ontology(ontology)
    modes = sum(len(event_type.modes) for event_type in ontology.types.values())
    counts = (
        f"{len(ontology.types)} types, {modes} modes, {len(ontology.contexts)} contexts, {len(ontology.cameo)} codes"
    )
    print("\n".join([*faults, f"ontology {VERSION}: {counts}, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
