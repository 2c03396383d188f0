"""Who may do what, and what every answer carries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.store import Store
from onrecord.web.guards import Rates
from onrecord.web.settings import Role, RoomSettings
from tests.web.visits import Visitor, enter

BEHIND_PROXY = RoomSettings(user_header="x-user", roles={"ines": Role.CHECKER, "ada": Role.ADMIN})


def test_every_answer_forbids_inline_script_and_foreign_content(visitor: Visitor) -> None:
    for path in ("/", "/nothing", "/api/talks", "/static/room.css"):
        policy = visitor.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_no_page_has_inline_script_or_style_or_another_host(visitor: Visitor) -> None:
    for path in ("/", "/talks", "/search?q=tolls", "/check", "/read"):
        page = visitor.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert "//" not in page.replace("http://localhost", "").replace("http://www.w3.org", "")


def test_another_name_of_the_host_is_refused(visitor: Visitor) -> None:
    answer = visitor.get("/", headers={"host": "evil.example:8321"})
    assert answer.status_code == 400
    assert "evil.example" in answer.text


def test_a_form_without_its_token_is_refused(visitor: Visitor) -> None:
    assert visitor.post("/read", data={"token": "0" * 64, "text": "Words."}).status_code == 403
    assert visitor.post("/read", data={"text": "Words."}).status_code == 422


def test_a_form_from_another_site_is_refused(visitor: Visitor) -> None:
    fields = {"token": visitor.find_token(), "text": "Words."}
    assert visitor.post("/read", data=fields, headers={"origin": "http://evil.example"}).status_code == 403
    assert visitor.post("/read", data=fields, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_token_of_another_session_is_refused(store: Store) -> None:
    with enter(store) as one:
        token = one.find_token()
        one.cookies.clear()
        assert one.post("/read", data={"token": token, "text": "Words."}).status_code == 403


def test_a_read_only_room_takes_nothing(store: Store) -> None:
    with enter(store, RoomSettings(read_only=True)) as visitor:
        assert "Stories cannot be added here" in visitor.get("/read").text
        assert "It is right" not in visitor.get("/check").text
        assert visitor.post("/check", data={"do": "accept"}).status_code == 403


def test_a_room_behind_a_proxy_wants_to_know_who_asks(store: Store) -> None:
    with enter(store, BEHIND_PROXY) as visitor:
        assert visitor.get("/").status_code == 401
        assert visitor.get("/api/talks").json()["status"] == 401


def test_a_reader_may_not_correct_and_a_checker_may(store: Store) -> None:
    with enter(store, BEHIND_PROXY, **{"x-user": "otto"}) as reader:
        assert "Only checkers can decide" in reader.get("/check").text
        assert reader.post("/check", data={"token": reader.find_token(), "do": "accept"}).status_code == 403
    with enter(store, BEHIND_PROXY, **{"x-user": "ines"}) as checker:
        assert "It is right" in checker.get("/check").text
        assert checker.get("/log").status_code == 403
    with enter(store, BEHIND_PROXY, **{"x-user": "ada"}) as admin:
        assert admin.get("/log").status_code == 200


def test_too_many_requests_are_told_to_wait(store: Store) -> None:
    with enter(store, RoomSettings(rate=3)) as visitor:
        answers = [visitor.get("/api/talks") for _ in range(5)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_bucket_fills_again_with_time() -> None:
    rates = Rates(2)
    assert [rates.take("a", 0.0) for _ in range(3)][-1] == pytest.approx(30.0)
    assert rates.take("a", 31.0) == 0.0
    assert rates.take("b", 0.0) == 0.0


def test_an_upload_that_is_too_large_is_refused(store: Store) -> None:
    with enter(store, RoomSettings(upload_bytes=2_000)) as visitor:
        assert visitor.post("/read", data={"token": "x", "text": "w" * 3_000}).status_code == 413


def test_what_was_done_is_written_down(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    with enter(store, RoomSettings(audit=str(log), user="ines")) as visitor:
        visitor.fill_in("/check", kind="statement", key="1", do="accept")
        assert "accept" in visitor.get("/log").text
    line = json.loads(log.read_text().splitlines()[0])
    assert (line["user"], line["action"], line["done"]) == ("ines", "check", "accept")
