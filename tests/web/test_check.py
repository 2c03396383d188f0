"""Decisions of a checker are corrections of the ledger, and can be taken back."""

from __future__ import annotations

import re

from onrecord.ledger.corrections import list_corrections
from onrecord.store import Query, Store
from tests.web.visits import Visitor


def list_done(store: Store) -> list[tuple[str, str, str, str]]:
    """Action, kind, field and value of every correction."""
    with store.view() as view:
        return [(str(one.action), one.kind, one.field, one.value) for one in list_corrections(view.connection)]


def test_the_least_certain_reading_comes_first(visitor: Visitor) -> None:
    page = visitor.get("/check?kind=statement").text
    assert "certainty 50%" in page
    assert re.search(r"<mark>[^<]*lower the tolls", page)


def test_a_reading_that_is_right_leaves_the_queue(visitor: Visitor, store: Store) -> None:
    before = visitor.get("/check?kind=position").text
    after = visitor.fill_in("/check", kind="position", key="1", do="accept")
    assert list_done(store)[0][:2] == ("relabel", "position")
    assert before.split("<mark>")[1] != after.partition("Decisions")[0].partition("<mark>")[2]


def test_an_act_is_corrected_and_says_by_whom_and_why(visitor: Visitor, store: Store) -> None:
    page = visitor.fill_in(
        "/check", kind="statement", key="1", do="save", act="ask", speaker="Ana Brod", reason="a question"
    )
    assert list_done(store) == [("relabel", "statement", "act", "ask")]
    assert "a question" in page
    with store.view() as view:
        assert [hit.key for hit in view.search(Query(act="ask"))] == [1]


def test_the_state_of_a_position_is_corrected_on_the_page_of_the_talks(visitor: Visitor) -> None:
    visitor.fill_in("/check", kind="position", key="1", do="save", stance="demand", state="withdrawn")
    talks = re.search(r'href="(/talks/t\d+)"', visitor.get("/talks").text)
    assert talks
    assert "state-withdrawn" in visitor.get(talks[1]).text


def test_a_reading_of_nothing_is_retracted(visitor: Visitor, store: Store) -> None:
    visitor.fill_in("/check", kind="statement", key="4", do="retract")
    with store.view() as view:
        assert view.search(Query(text="boats would wait", kind="statement")) == []


def test_two_tellings_are_merged_and_split_again(visitor: Visitor, store: Store) -> None:
    visitor.fill_in("/check", kind="statement", key="4", do="merge-6")
    assert "Split from 1 other report" in visitor.get("/check?kind=statement&key=4").text
    visitor.fill_in("/check", kind="statement", key="6", do="split")
    assert "Split from" not in visitor.get("/check?kind=statement&key=4").text
    assert [done[0] for done in list_done(store)] == ["merge", "split"]


def test_a_decision_can_be_taken_back(visitor: Visitor, store: Store) -> None:
    visitor.fill_in("/check", kind="statement", key="1", do="save", act="ask")
    page = visitor.fill_in("/undo", key="1")
    assert "<s>" in page
    with store.view() as view:
        assert view.search(Query(act="ask")) == []


def test_a_value_that_is_not_allowed_is_refused_and_nothing_is_kept(visitor: Visitor, store: Store) -> None:
    fields = {"token": visitor.find_token(), "kind": "statement", "key": "1", "do": "save", "act": "sing"}
    answer = visitor.post("/check", data=fields)
    assert answer.status_code == 400
    assert "sing" in answer.text
    assert list_done(store) == []


def test_an_unknown_claim_or_decision_is_refused(visitor: Visitor) -> None:
    token = visitor.find_token()
    for fields in ({"key": "999", "do": "accept"}, {"key": "1", "do": "sing"}, {"key": "x", "do": "accept"}):
        answer = visitor.post("/check", data={"token": token, "kind": "statement", **fields})
        assert answer.status_code in (400, 404)
    assert visitor.get("/check?kind=song").status_code == 400
