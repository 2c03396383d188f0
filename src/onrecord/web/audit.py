"""The log of what was done: one JSON object a line, with time, user and address. Appended, never rewritten."""

from __future__ import annotations

import json
import logging
from collections import deque
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.requests import Request

from onrecord.store.writer import now
from onrecord.web.settings import RoomSettings

_log = logging.getLogger(__name__)
_lock: Final = Lock()
#: Lines that the page of the log shows.
SHOWN: Final = 200


def note(request: Request, action: str, **fields: str) -> None:
    """Write down what a visitor did."""
    settings: RoomSettings = request.app.state.room.settings
    client = request.client.host if request.client else ""
    line = {"at": now(), "user": request.state.visitor.name, "address": client, "action": action, **fields}
    _log.info("%s", line)
    if settings.audit:
        with _lock, Path(settings.audit).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_log(settings: RoomSettings) -> list[dict[str, str]]:
    """The latest lines of the log, the last one first."""
    path = Path(settings.audit) if settings.audit else None
    if path is None or not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in deque(file, SHOWN)][::-1]
