"""Takes the screenshots of the docs: `python -m tests.web.screenshots STORE FOLDER`.

Each page of the reading room on a store, light and dark, on a desktop and on a phone.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

from sqlalchemy import func, select

from onrecord.ledger.talks import list_talks
from onrecord.store import Query, Store, tables
from onrecord.web.app import create_app
from onrecord.web.settings import RoomSettings
from tests.web.browser import browse, find_missing, serve, set_screen

SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
THEMES = ("light", "dark")


def list_pages(store: Store) -> dict[str, str]:
    """Every page by name, on what the store holds most of."""
    with store.view() as view:
        connection = view.connection
        talks = max(list_talks(connection), key=lambda line: (line.stories, len(line.parties)), default=None)
        said = view.search(Query(act="demand", limit=1))
        speaker = select(tables.STATEMENTS.c.speaker).where(tables.STATEMENTS.c.speaker != 0)
        most = speaker.group_by(tables.STATEMENTS.c.speaker).order_by(func.count().desc()).limit(1)
        actor = connection.scalar(most)
    pages = {"today": "/", "talks": "/talks", "check": "/check", "read": "/read", "search": "/search?kind=statement"}
    if said:
        pages["story"] = f"/story/{said[0].story}?claim={said[0].claim}"
    if talks:
        pages["negotiation"] = f"/talks/{talks.id}"
        sides = [*talks.parties, "", ""][:2]
        pages["pair"] = f"/pair?a={quote_plus(sides[0])}&b={quote_plus(sides[1])}"
    return {**pages, "actor": f"/actor/{actor}"} if actor else pages


def take_shots(address: str, pages: dict[str, str], folder: Path) -> Iterator[Path]:
    """Write one picture for each page, theme and screen; gives their paths."""
    with browse() as browser:
        for screen, size in SCREENS.items():
            set_screen(browser, *size)
            for name, path in pages.items():
                for theme in THEMES:
                    browser.get(f"{address}{path}{'&' if '?' in path else '?'}theme={theme}")
                    target = folder / f"{name}-{screen}-{theme}.webp"
                    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 70})
                    target.write_bytes(base64.b64decode(shot["data"]))
                    yield target


def main() -> int:
    """Take all screenshots."""
    if len(sys.argv) != 3 or find_missing():
        print(find_missing() or (__doc__ or "").splitlines()[0], file=sys.stderr)
        return 2
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with Store.open(sys.argv[1], create=False) as store, serve(create_app(RoomSettings(), store)) as address:
        for path in take_shots(address, list_pages(store), folder):
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
