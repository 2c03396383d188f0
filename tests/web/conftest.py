"""A room on a small store, and the one person at this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra onrecord[web] is not installed")
pytest.importorskip("jinja2", reason="the extra onrecord[web] is not installed")

from onrecord.store import Store
from tests.web.visits import Visitor, enter, fill_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of the room."""
    with fill_store(tmp_path / "room.db") as store:
        yield store


@pytest.fixture
def visitor(store: Store) -> Iterator[Visitor]:
    """The one person at this machine."""
    with enter(store) as visitor:
        yield visitor
