"""What the handlers need: the store, the reader of stories, the jobs, and how the room is set up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.requests import Request

from onrecord.store import Store, View
from onrecord.web.jobs import Jobs
from onrecord.web.memory import Memory
from onrecord.web.settings import RoomSettings


@dataclass(frozen=True)
class Room:
    """The reading room's parts, held by `app.state.room`."""

    settings: RoomSettings
    store: Store
    jobs: Jobs
    memory: Memory


def find_room(request: Request) -> Room:
    """The room that a request came to."""
    room: Room = request.app.state.room
    return room


@contextmanager
def look(request: Request) -> Iterator[Connection]:
    """A connection that reads one steady state of the store."""
    with find_room(request).store.view() as view:
        yield view.connection


@contextmanager
def look_view(request: Request) -> Iterator[View]:
    """The same as a `View`."""
    with find_room(request).store.view() as view:
        yield view
