"""Every form, read back with the tool that its users use."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import jsonschema
import networkx as nx
import pandas as pd
import pyarrow.parquet as pq
import pytest

from onrecord.export import FORMS, export, gdelt, polecat
from onrecord.export.entries import Entry, read_file
from onrecord.export.table import LISTS
from onrecord.export.wish import Wish
from onrecord.record import Status

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


def test_json_lines_are_the_records_again_and_fit_the_schema(entry: Entry, tmp_path: Path) -> None:
    export("jsonl", [entry, entry], tmp_path / "all.jsonl")
    export("schema", [], tmp_path / "schema.json")
    schema = json.loads((tmp_path / "schema.json").read_text())
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert len(lines) == 2
    jsonschema.validate(json.loads(lines[0]), schema)
    assert [one.record for one in read_file(tmp_path / "all.jsonl")] == [entry.record, entry.record]


def test_csv_is_read_by_duckdb_row_for_row(entry: Entry, tmp_path: Path) -> None:
    assert export("csv", [entry], tmp_path / "out") == 5
    for name, (kind, _) in LISTS.items():
        found = duckdb.read_csv(f"{tmp_path}/out/{name}.csv", all_varchar=True)
        assert found.columns == list(kind.model_fields)
    said = duckdb.read_csv(f"{tmp_path}/out/statements.csv").project("speaker, words").fetchall()
    assert said == [('Ana "Nan" Vell', '"The bridge," ... "must open, or Zenda pays; all of it."')]


def test_parquet_keeps_types(entry: Entry, tmp_path: Path) -> None:
    export("parquet", [entry], tmp_path / "out")
    events = pq.read_table(tmp_path / "out" / "events.parquet").to_pylist()
    assert [event["latitude"] for event in events] == [50.5, None]
    assert [event["geonames"] for event in events] == [77, None]
    assert events[0]["quad"] == 1
    rounds = duckdb.read_parquet(f"{tmp_path}/out/rounds.parquet").filter("number = 1")
    assert rounds.project("issue").fetchall() == [("the bridge",)]


def test_empty_parquet_has_its_columns(tmp_path: Path) -> None:
    export("parquet", [], tmp_path / "out")
    assert pq.read_schema(tmp_path / "out" / "events.parquet").names == list(LISTS["events"][0].model_fields)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_polecat_has_forty_columns_however_quotes_are_read(entry: Entry, tmp_path: Path, quoting: int) -> None:
    export("polecat", [entry], tmp_path / "events.txt")
    frame = pd.read_csv(tmp_path / "events.txt", sep="\t", quoting=quoting, keep_default_na=False)  # type: ignore[call-overload]
    assert list(frame.columns) == list(polecat.COLUMNS)
    assert len(frame.columns) == 40
    (row,) = frame.to_dict("records")
    assert row["Actor Name"] == "Ana 'Nan' Vell"
    assert row["Actor COW"] == 360
    assert row["Recipient COW"] == 679
    assert row["Quad Code"] == "VERBAL COOPERATION"
    assert row["Event Mode"] == "None"
    assert row["Event Date"] == "2021-05-03"
    assert row["Publication Date"] == "2021-05-04"


def test_gdelt_has_sixty_one_columns_and_no_header(entry: Entry, tmp_path: Path) -> None:
    export("gdelt", [entry], tmp_path / "events.CSV")
    frame = pd.read_csv(
        tmp_path / "events.CSV", sep="\t", header=None, names=list(gdelt.COLUMNS), dtype={"EventCode": str}
    )
    assert len(frame.columns) == 61
    (row,) = frame.to_dict("records")
    assert row["SQLDATE"] == 20210503
    assert row["FractionDate"] == pytest.approx(2021.337)
    assert row["Actor1Code"] == "ROMGOV"
    assert row["Actor2Code"] == "YEMMIL"
    assert row["EventCode"] == "040"
    assert row["ActionGeo_FullName"] == "Strelsau, Germany"
    assert row["ActionGeo_CountryCode"] == "GM"
    assert row["IsRootEvent"] == 1
    assert row["SOURCEURL"] == "https://wire.example/1"


def test_gdelt_columns_are_those_of_the_codebook_in_order() -> None:
    assert gdelt.COLUMNS[5:15] == (
        "Actor1Code",
        "Actor1Name",
        "Actor1CountryCode",
        "Actor1KnownGroupCode",
        "Actor1EthnicCode",
        "Actor1Religion1Code",
        "Actor1Religion2Code",
        "Actor1Type1Code",
        "Actor1Type2Code",
        "Actor1Type3Code",
    )
    assert gdelt.COLUMNS[51:] == (
        "ActionGeo_Type",
        "ActionGeo_FullName",
        "ActionGeo_CountryCode",
        "ActionGeo_ADM1Code",
        "ActionGeo_ADM2Code",
        "ActionGeo_Lat",
        "ActionGeo_Long",
        "ActionGeo_FeatureID",
        "DATEADDED",
        "SOURCEURL",
    )


def test_only_what_took_place_reaches_forms_without_a_status(entry: Entry, tmp_path: Path) -> None:
    assert export("gdelt", [entry], tmp_path / "taken.CSV") == 1
    assert export("gdelt", [entry], tmp_path / "all.CSV", Wish(statuses=tuple(Status))) == 2


def test_quotation_spans_lead_back_to_the_words(entry: Entry, tmp_path: Path) -> None:
    export("quotations", [entry], tmp_path / "quotes.csv")
    row = pd.read_csv(tmp_path / "quotes.csv").iloc[0]
    spans = [tuple(map(int, span.split("-"))) for span in row["spans"].split()]
    text = entry.record.story.text
    assert " ... ".join(" ".join(text[start:end].split()) for start, end in spans) == row["content"]
    assert row["source"] == 'Ana "Nan" Vell'


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graphs_are_read_by_networkx(entry: Entry, tmp_path: Path, form: str) -> None:
    export(form, [entry], tmp_path / "graph")
    graph = (nx.read_graphml if form == "graphml" else nx.read_gexf)(tmp_path / "graph")
    labels = nx.get_node_attributes(graph, "label")
    edges = {(labels[one], data["relation"], labels[two]) for one, two, data in graph.edges(data=True)}
    vell = 'Ana "Nan" Vell'
    assert edges == {(vell, "acts on", "Maritz"), (vell, "speaks to", "Zenda"), (vell, "speaks of", "Zenda")}


def test_annotations_select_their_words_in_both_ways(entry: Entry, tmp_path: Path) -> None:
    export("annotations", [entry], tmp_path / "page.jsonld")
    page = json.loads((tmp_path / "page.jsonld").read_text())
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == 5
    text = entry.record.story.text
    for item in page["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_every_form_and_column_is_documented() -> None:
    page = DOCS.read_text()
    columns = {name for kind, _ in LISTS.values() for name in kind.model_fields}
    from onrecord.export.quotations import COLUMNS

    for name in [*FORMS, *columns, *COLUMNS]:
        assert f"`{name}`" in page, name
