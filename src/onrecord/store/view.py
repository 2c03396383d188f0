"""Reads from the store: one steady state of it for as long as the view is open. Made by `Store.view`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.record import Record
from onrecord.store import tables
from onrecord.store.lookup import find_known, find_story
from onrecord.store.query import Hit, Query
from onrecord.store.rows import read_record, read_story
from onrecord.store.search import search
from onrecord.story import Story


class View:
    """One transaction that reads."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def search(self, query: Query) -> list[Hit]:
        """What fits a query, best first."""
        return search(self.connection, query)

    def find_story(self, name: str) -> int:
        """The key of the story whose id is `name`, or begins with it.

        Raises:
            StoreError: there is none, or more than one.
        """
        return find_story(self.connection, name)

    def find_known(self, ids: Sequence[str]) -> dict[str, int]:
        """Keys of the stories that are in the store, by id."""
        return find_known(self.connection, ids)

    def read_story(self, key: int) -> Story:
        """The story with this key."""
        return self._load(key)[0]

    def read_record(self, key: int) -> Record:
        """The record of the story with this key, as the pipeline made it."""
        return read_record(*self._load(key))

    def read_records(self) -> Iterator[Record]:
        """All records, in the order in which they came in."""
        for key in self.connection.scalars(select(tables.STORIES.c.key).order_by(tables.STORIES.c.key)).all():
            yield self.read_record(key)

    def find_failures(self) -> list[dict[str, Any]]:
        """What could not be read, with reason and number of tries, the latest first."""
        query = select(tables.FAILURES).order_by(tables.FAILURES.c.at.desc(), tables.FAILURES.c.key)
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def find_files(self) -> Mapping[str, tuple[int, int]]:
        """Size and time of change of every file that was read to its end, by path."""
        files = tables.FILES.c
        query = select(files.path, files.size, files.changed)
        return {row.path: (row.size, row.changed) for row in self.connection.execute(query)}

    def find_feeds(self) -> dict[str, dict[str, Any]]:
        """The state of every feed that was asked, by URL."""
        return {row["url"]: dict(row) for row in self.connection.execute(select(tables.FEEDS)).mappings()}

    def find_stale(self, model: str) -> list[int]:
        """Keys of the stories that another model read."""
        return list(self.connection.scalars(select(tables.RECORDS.c.story).where(tables.RECORDS.c.model != model)))

    def count(self) -> dict[str, int]:
        """How many rows the main tables hold."""
        counted = (tables.STORIES, *tables.CLAIMS.values(), tables.ACTORS, tables.FAILURES, tables.CORRECTIONS)
        return {
            table.name: int(self.connection.scalar(select(func.count()).select_from(table)) or 0) for table in counted
        }

    def _load(self, key: int) -> tuple[Story, bytes]:
        query = (
            select(tables.STORIES.c.text, tables.RECORDS.c.raw, tables.RECORDS.c.source, tables.RECORDS.c.body)
            .join(tables.RECORDS, tables.RECORDS.c.story == tables.STORIES.c.key)
            .where(tables.STORIES.c.key == key)
        )
        row = self.connection.execute(query).one()
        return read_story(row.text, row.raw, row.source), row.body
