"""What was counted stays counted until a story comes in: answers that look at the whole store are kept in memory."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

_Value = TypeVar("_Value")


class Memory:
    """Answers by name, each with the version of the store that it holds for."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Any]] = {}
        self._lock = Lock()

    def recall(self, name: str, version: object, make: Callable[[], _Value]) -> _Value:
        """The answer of this name; made anew when the store has another version."""
        with self._lock:
            kept = self._kept.get(name)
        if kept and kept[0] == version:
            answer: _Value = kept[1]
            return answer
        made = make()
        with self._lock:
            self._kept[name] = (version, made)
        return made
