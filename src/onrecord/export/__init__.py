"""Files for other programs: one module a form. docs/exports.md describes each, and how to read it.

with Store.open("onrecord.db") as store, store.view() as view:
    export("gdelt", read_view(view), Path("events.export.CSV"), Wish(start="2022-01"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from onrecord.errors import SettingsError
from onrecord.export.entries import Entry
from onrecord.export.wish import Wish

__all__ = ["FORMS", "Entry", "Form", "Wish", "export"]


class Form(NamedTuple):
    """A form: the module and function that write it, whether it is a folder, and what it is."""

    module: str
    function: str
    folder: bool
    title: str


FORMS: Final[dict[str, Form]] = {
    "jsonl": Form("json_lines", "write_json_lines", False, "whole records, one a line"),
    "schema": Form("json_lines", "write_schema", False, "the JSON Schema of a line of jsonl"),
    "csv": Form("csv_tables", "write_csv", True, "statements, events, positions and rounds, a file each"),
    "parquet": Form("parquet", "write_parquet", True, "the tables of csv with their types"),
    "polecat": Form("polecat", "write_polecat", False, "POLECAT's event columns"),
    "gdelt": Form("gdelt", "write_gdelt", False, "GDELT 2.0's event columns, without a header, as GDELT has it"),
    "gdelt-header": Form("gdelt", "write_gdelt_header", False, "the same under a header"),
    "quotations": Form("quotations", "write_quotations", False, "who is quoted with which words, as one CSV file"),
    "graphml": Form("graph", "write_graphml", False, "who speaks of and acts on whom, as GraphML"),
    "gexf": Form("graph", "write_gexf", False, "the same as GEXF, for Gephi"),
    "annotations": Form("annotations", "write_annotations", False, "W3C Web Annotation in JSON-LD"),
}


def export(form: str, entries: Iterable[Entry], path: Path, wish: Wish | None = None) -> int:
    """Write what is wanted to a file, or a folder where the form has several files; gives the number of rows.

    Raises:
        SettingsError: there is no such form.
        ExportError: the file cannot be made.
    """
    if form not in FORMS:
        raise SettingsError(f"{form!r} is no form of export", hint="one of " + ", ".join(FORMS))
    module = import_module(f"onrecord.export.{FORMS[form].module}")
    write: Callable[[Iterable[Entry], Path, Wish], int] = getattr(module, FORMS[form].function)
    return write(entries, path, wish or Wish())
