"""Visits to a reading room on a small store: three wires about the tolls on a river, and a hostile one.

The clerk stands where the model would (`Reader`): what these tests are about is the room, not the reading.
"""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.ledger.keep import keep_records
from onrecord.read import read
from onrecord.store import Query, Store
from onrecord.web.app import create_app
from onrecord.web.settings import RoomSettings
from tests.web.clerk import FIRST, HOSTILE, SECOND, THIRD, Clerk

TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')


def fill_store(path: Path) -> Store:
    """A store with the three wires and a hostile one."""
    store = Store.open(path)
    records = [Clerk().process(next(iter(read(text.encode())))) for text in (FIRST, SECOND, THIRD, HOSTILE)]
    with store.writer() as writer:
        keep_records(writer, records)
    return store


class Visitor(TestClient):
    """Somebody in the room, who can fill in its forms."""

    def find_token(self) -> str:
        """The token that this visitor's forms carry."""
        found = TOKEN.search(self.get("/read").text)
        return found[1] if found else ""

    def fill_in(self, path: str, **fields: str) -> str:
        """Send a form; gives the page that follows."""
        answer = self.post(path, data={"token": self.find_token(), **fields})
        assert answer.status_code == 200, answer.text
        return str(answer.text)


def enter(store: Store, settings: RoomSettings | None = None, **headers: str) -> Visitor:
    """A visitor to a room on this store."""
    app = create_app(settings or RoomSettings(), store, make_reader=Clerk)
    return Visitor(app, base_url="http://localhost", headers=headers, client=("127.0.0.1", 50_000))


def find_story(store: Store, words: str) -> str:
    """The id of the story that these words find first."""
    with store.view() as view:
        return view.search(Query(text=words, kind="story"))[0].story
