"""The same data for programs: one shape of error, pages, ETags, downloads that read back."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from onrecord.ledger.talk import Talks
from onrecord.record import Record
from onrecord.store import Store
from tests.web.clerk import SECOND
from tests.web.visits import Visitor, find_story

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_description_is_valid_openapi(visitor: Visitor) -> None:
    described = visitor.get("/api/openapi.json").json()
    validate(described)
    assert {"/api/search", "/api/stories/{name}", "/api/talks", "/api/actors", "/api/pair"} <= described["paths"].keys()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search?kind=song", 422),
        ("/api/search?page=0", 422),
        ("/api/search?start=yesterday", 422),
        ("/api/stories/zzzz", 404),
        ("/api/talks/t999", 404),
        ("/api/actors/999", 404),
        ("/api/pair", 422),
        ("/api/nothing", 404),
    ],
)
def test_every_error_has_one_shape(visitor: Visitor, path: str, status: int) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert answer.json().keys() == {"status", "what", "where", "hint"}
    assert answer.json()["status"] == status


def test_a_story_is_the_record_itself(visitor: Visitor, store: Store) -> None:
    answer = visitor.get(f"/api/stories/{find_story(store, 'open talks')}")
    record = Record.model_validate_json(answer.text)
    assert [str(statement.act) for statement in record.statements] == ["demand", "assert"]


def test_talks_are_what_the_ledger_knows(visitor: Visitor) -> None:
    listed = visitor.get("/api/talks").json()["items"]
    assert [(talks["issue"], talks["rounds"]) for talks in listed] == [("river tolls", 2)]
    state = Talks.model_validate(visitor.get(f"/api/talks/{listed[0]['id']}").json())
    assert state.outstanding[0].words == "the engineers' report"


def test_pages_follow_one_another(visitor: Visitor) -> None:
    first = visitor.get("/api/search?kind=statement&size=3").json()
    second = visitor.get("/api/search?kind=statement&size=3&page=2").json()
    assert first["more"]
    assert len(first["items"]) == 3
    assert not {item["key"] for item in first["items"]} & {item["key"] for item in second["items"]}


def test_an_answer_that_has_not_changed_is_not_sent_again(visitor: Visitor) -> None:
    first = visitor.get("/api/talks")
    again = visitor.get("/api/talks", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("name", ["search", "talks", "actors"])
def test_lists_read_back_as_csv_and_as_json_lines(visitor: Visitor, name: str) -> None:
    table = list(csv.DictReader(io.StringIO(visitor.get(f"/api/{name}.csv").text)))
    lines = [json.loads(line) for line in visitor.get(f"/api/{name}.jsonl").text.splitlines()]
    assert len(table) == len(lines) > 0


def test_a_cell_never_begins_a_formula(visitor: Visitor) -> None:
    table = list(csv.DictReader(io.StringIO(visitor.get("/api/search.csv?q=ampersands&kind=statement").text)))
    assert table[0]["words"].startswith("'=cmd()")


def test_the_pair_and_the_talks_can_be_taken_along(visitor: Visitor) -> None:
    talks = visitor.get("/api/talks").json()["items"][0]["id"]
    table = list(csv.DictReader(io.StringIO(visitor.get(f"/api/talks/{talks}.csv").text)))
    assert {row["part"] for row in table} == {"position", "round", "outstanding"}
    assert "CONSULT" in visitor.get("/api/pair.csv?a=NRL&b=SDR").text


def test_a_search_is_a_feed(visitor: Visitor) -> None:
    feed = ElementTree.fromstring(visitor.get("/search.atom?q=tolls&kind=statement").content)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert visitor.get(link.attrib["href"].removeprefix("http://localhost")).status_code == 200


def test_text_is_read_without_being_kept(visitor: Visitor, store: Store) -> None:
    text = SECOND.replace("boats", "barges")
    answer = visitor.post("/api/read", content=text.encode(), headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 200
    assert len(answer.json()[0]["statements"]) == 2
    with store.view() as view:
        assert view.find_known([answer.json()[0]["story"]["id"]]) == {}


def test_what_is_no_story_is_refused(visitor: Visitor) -> None:
    answer = visitor.post("/api/read", content=b"   ", headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 422
    assert answer.json()["what"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_question_breaks_the_server(visitor: Visitor, data: st.DataObject) -> None:
    paths = visitor.app.openapi()["paths"]  # type: ignore[attr-defined]
    path = data.draw(st.sampled_from(sorted(path for path, methods in paths.items() if "get" in methods)))
    asked = {}
    for parameter in paths[path]["get"].get("parameters", []):
        value = data.draw(st.text(max_size=12) | st.integers(-5, 10**20).map(str) | st.sampled_from(["t1", "1", "csv"]))
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", quote(value or "x", safe=""))
        elif data.draw(st.booleans()):
            asked[parameter["name"]] = value
    answer = visitor.get(path, params=asked)
    assert answer.status_code < 500, (path, asked, answer.text)
    if answer.status_code >= 400:
        assert answer.json().keys() == {"status", "what", "where", "hint"}
