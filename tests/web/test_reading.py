"""A story is pasted or dropped, and read while one looks on."""

from __future__ import annotations

import time

from onrecord.store import Store
from tests.web.clerk import FIRST
from tests.web.visits import Visitor

FRESH = FIRST.replace("before the summer", "before the autumn")


def wait_for(visitor: Visitor, path: str) -> tuple[str, str]:
    """The address and the page that a reading ends at."""
    for _ in range(200):
        answer = visitor.get(path)
        if 'http-equiv="refresh"' not in answer.text:
            return answer.url.path, answer.text
        time.sleep(0.05)
    raise AssertionError("the reading has not ended")


def start(visitor: Visitor, text: str = "", file: tuple[str, bytes] | None = None) -> str:
    """Begin a reading; gives its address."""
    files = {"file": file} if file else None
    fields = {"token": visitor.find_token(), "text": text}
    answer = visitor.post("/read", data=fields, files=files, follow_redirects=False)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_pasted_story_opens_when_it_is_read(visitor: Visitor, store: Store) -> None:
    path, page = wait_for(visitor, start(visitor, FRESH))
    assert path.startswith("/story/")
    assert "before the autumn" in page
    with store.view() as view:
        assert view.count()["stories"] == 5


def test_a_story_that_is_there_already_is_not_kept_twice(visitor: Visitor, store: Store) -> None:
    for _ in range(2):
        wait_for(visitor, start(visitor, FRESH))
    with store.view() as view:
        assert view.count()["stories"] == 5


def test_a_file_is_read_like_a_pasted_text(visitor: Visitor) -> None:
    path, _ = wait_for(visitor, start(visitor, file=("wire.txt", FRESH.encode())))
    assert path.startswith("/story/")


def test_what_cannot_be_read_is_told_with_its_reason(visitor: Visitor) -> None:
    path, page = wait_for(visitor, start(visitor, file=("a.gz", b"\x1f\x8b\x08broken")))
    assert path.startswith("/read/")
    assert 'class="note"' in page


def test_nothing_is_told_to_be_nothing(visitor: Visitor) -> None:
    answer = visitor.post("/read", data={"token": visitor.find_token(), "text": "  \n "})
    assert answer.status_code == 422
    assert "nothing to read" in answer.text


def test_a_reading_that_nobody_remembers_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/read/abcdefghijkl").status_code == 404
