"""The commands of the store: what they print for a person, and for a machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from onrecord.cli import corrections, ingest, search, talks
from onrecord.errors import OnrecordError
from onrecord.ledger.keep import keep_records
from onrecord.store import Store
from tests.ledger.test_talks import write_answer, write_demand, write_refusal, write_second_round

Call = Callable[..., str]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Call a command on a store with four stories of one negotiation; gives what it printed."""
    place = tmp_path / "store.db"
    with Store.open(place) as store, store.writer() as writer:
        keep_records(writer, [write_demand(), write_second_round(), write_answer(), write_refusal()])
    app = typer.Typer()
    for module in (ingest, search, talks, corrections):
        module.register(app)

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--store", str(place)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def read_json(call: Call, *words: str) -> Any:
    """What a command prints with `--json`."""
    return json.loads(call(*words, "--json"))


def test_search_shows_day_agency_speaker_and_words(call: Call) -> None:
    shown = call("search", "written guarantees", "--speaker", "Brod", "--from", "2023-03", "--act", "demand")
    assert "2023-03-01" in shown
    assert "Ana Brod demand" in shown
    (hit,) = read_json(call, "search", "written guarantees", "--speaker", "Brod", "--act", "DEMAND")
    assert hit["marked"].startswith("[[written]] [[guarantees]]")


def test_search_says_when_there_is_nothing(call: Call) -> None:
    assert call("search", "zeppelin").strip() == "nothing found"


def test_talks_show_rounds_history_and_what_is_settled(call: Call) -> None:
    assert "ferry talks" in call("talks")
    shown = call("talks", "t1")
    for words in ("2023-03-09", "unsuccessful", "rejected", "settled 2023-03-14"):
        assert words in " ".join(shown.split())
    assert read_json(call, "talks", "--party", "NLD")[0]["stories"] == 4
    assert read_json(call, "talks", "--party", "Brod") == []


def test_timeline_actor_and_stats_count_events_once(call: Call) -> None:
    assert [event["day"] for event in read_json(call, "timeline", "HRV", "NLD")] == ["2023-03-01", "2023-03-09"]
    assert "CONSULT" in call("timeline", "Upland")
    assert read_json(call, "actor", "Ana Brod", "--on", "2023-03-10")["country"] == "HRV"
    assert read_json(call, "stats")["distinct events"] == 2


def test_show_and_reports_lead_from_a_claim_to_its_story(call: Call) -> None:
    (hit,) = read_json(call, "search", "handed", "--kind", "statement")
    assert "handed Upland its written answer" in call("show", hit["story"][:12])
    assert read_json(call, "show", hit["story"])["record"]["story"]["id"] == hit["story"]
    assert read_json(call, "reports", f"s{hit['key']}")["tellings"][0]["who"] == {"source": ["Piet Maas"]}


def test_corrections_are_made_listed_undone_and_exported(call: Call) -> None:
    said = call("correct", "relabel", "s1", "act", "threaten", "--author", "ines", "--reason", "she raised her voice")
    assert said.startswith("correction 1: relabel statement act demand -> threaten")
    assert json.loads(call("correct", "export"))["reason"] == "she raised her voice"
    assert len(read_json(call, "search", "guarantees", "--act", "threaten")) == 1
    call("correct", "undo", "1", "--author", "ben")
    assert read_json(call, "correct", "list")[0]["undone_by"] == "ben"
    assert read_json(call, "search", "guarantees", "--act", "threaten") == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("search", "x", "--act", "shout"), "'shout' is not allowed"),
        (("search", "x", "--from", "yesterday"), "a day is written YYYY"),
        (("talks", "t99"), "no talks have the id 't99'"),
        (("timeline", "Atlantis"), "'Atlantis' is not in the store"),
        (("show", "feed"), "no story has the id"),
        (("reports", "x1"), "'x1' is no id of a claim"),
        (("correct", "merge", "s1"), "a merge needs two claims or more"),
        (("correct", "merge", "s1", "e1"), "cannot be the same"),
        (("ingest",), "nothing to read is named"),
        (("ingest", "nowhere.txt"), "there is no such file or folder"),
    ],
)
def test_a_wrong_word_is_one_clear_error(call: Call, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(OnrecordError, match=message):
        call(*words)


def test_a_store_of_the_present_version_needs_no_migration(call: Call) -> None:
    assert "nothing to do" in call("store", "migrate")
    assert read_json(call, "store", "failures") == []
