"""The index of words: FTS5 on SQLite, `tsvector` with GIN on PostgreSQL.

Three indexes: stories (headline and text), statements (content) and events (clause). Each takes its words from the
table itself, so that no word is stored twice; the writer keeps SQLite's in step, PostgreSQL's are generated columns.
Ranking is BM25 on SQLite; PostgreSQL has no BM25, and ranks by `ts_rank_cd` with the length of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, TableClause, column, func, literal_column, select, table


class Indexed(NamedTuple):
    """A table whose words can be searched, with its columns in order of weight."""

    table: str
    columns: tuple[str, ...]
    weights: tuple[float, ...]


INDEXED: Final[dict[str, Indexed]] = {
    "story": Indexed("stories", ("headline", "text"), (3.0, 1.0)),
    "statement": Indexed("statements", ("words",), (1.0,)),
    "event": Indexed("events", ("words",), (1.0,)),
}

#: Marks round a found word: control characters, so that no story can contain them.
OPEN: Final = "\x02"
CLOSE: Final = "\x03"

_ENGLISH: Final[ColumnElement[Any]] = literal_column("'english'::regconfig")
_TERM: Final = re.compile(r'"([^"]*)"|(\S+)')
_WORD: Final = re.compile(r"\w+", re.UNICODE)


def create_index(connection: Connection) -> None:
    """Make the indexes of words."""
    for name, columns, _ in INDEXED.values():
        names = ", ".join(columns)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {name}_words USING fts5({names}, content='{name}', content_rowid='key', "
                "tokenize='porter unicode61 remove_diacritics 2')"
            )
        else:
            parts = " || ".join(
                f"setweight(to_tsvector('english', {part}), '{weight}')"
                for part, weight in zip(columns, "AB", strict=False)
            )
            connection.exec_driver_sql(
                f"ALTER TABLE {name} ADD COLUMN found tsvector GENERATED ALWAYS AS ({parts}) STORED"
            )
            connection.exec_driver_sql(f"CREATE INDEX ix_{name}_found ON {name} USING gin (found)")


def index_rows(connection: Connection, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """Take up rows that were just inserted."""
    _each_row(connection, kind, rows, {})


def forget_rows(connection: Connection, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """Take out rows that are about to be deleted; FTS5 needs their old words for it."""
    if kind in INDEXED:
        _each_row(connection, kind, rows, {_words_of(kind).name: "delete"})


def _each_row(connection: Connection, kind: str, rows: Sequence[dict[str, Any]], extra: dict[str, str]) -> None:
    if connection.dialect.name != "sqlite" or kind not in INDEXED or not rows:
        return
    columns = INDEXED[kind].columns
    connection.execute(
        _words_of(kind).insert(),
        [{"rowid": row["key"], **{name: row[name] for name in columns}, **extra} for row in rows],
    )


def _words_of(kind: str) -> TableClause:
    """FTS5's table; its hidden column of the same name takes queries and commands."""
    indexed = INDEXED[kind]
    name = f"{indexed.table}_words"
    return table(name, column("rowid"), column(name), *(column(part) for part in indexed.columns))


def match_words(dialect: str, kind: str, words: str) -> Select[Any]:
    """The query for rows that hold the words: `key` and `rank` (smaller is better)."""
    indexed = INDEXED[kind]
    if dialect == "sqlite":
        found = _words_of(kind)
        whole = found.c[found.name]
        score = func.bm25(whole, *indexed.weights)
        return select(found.c.rowid.label("key"), score.label("rank")).where(whole.op("MATCH")(words))
    source = table(indexed.table, column("key"), column("found"))
    wanted = func.websearch_to_tsquery(_ENGLISH, words)
    closeness = func.ts_rank_cd(source.c.found, wanted, 1)
    return select(source.c.key, (-closeness).label("rank")).where(source.c.found.op("@@")(wanted))


def mark_words(dialect: str, kind: str, words: str, keys: Sequence[int]) -> Select[Any]:
    """The query for the words round what was found, marked: `key` and `marked`."""
    indexed = INDEXED[kind]
    last = len(indexed.columns) - 1
    if dialect == "sqlite":
        found = _words_of(kind)
        whole = found.c[found.name]
        marked = func.snippet(whole, last, OPEN, CLOSE, " … ", 40)
        return select(found.c.rowid.label("key"), marked.label("marked")).where(
            whole.op("MATCH")(words), found.c.rowid.in_(keys)
        )
    source = table(indexed.table, column("key"), column(indexed.columns[last]))
    options = f"MaxWords=40, MinWords=20, MaxFragments=2, StartSel={OPEN}, StopSel={CLOSE}"
    marked = func.ts_headline(
        _ENGLISH, source.c[indexed.columns[last]], func.websearch_to_tsquery(_ENGLISH, words), options
    )
    return select(source.c.key, marked.label("marked")).where(source.c.key.in_(keys))


def write_match(dialect: str, query: str, *, every: bool = True) -> str:
    """The user's words in the database's own language: all of them (or any), phrases in quotation marks kept.

    No character of the query is ever syntax: words are taken out of it and quoted.
    """
    terms = [" ".join(_WORD.findall(phrase or word)) for phrase, word in _TERM.findall(query)]
    quoted = [f'"{term}"' for term in terms if term]
    if dialect == "sqlite":
        return (" " if every else " OR ").join(quoted)
    return (" " if every else " or ").join(quoted)
