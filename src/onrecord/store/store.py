"""Opens a store: makes a new one, or checks the version of one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, inspect

from onrecord.errors import StoreError
from onrecord.store import migrations, tables
from onrecord.store.engine import WAIT, check_folder, hide_password, is_file, lock_writers, make_engine
from onrecord.store.guard import guard
from onrecord.store.migrations import Step
from onrecord.store.view import View
from onrecord.store.writer import Writer


class Store:
    """A store of records: an SQLite file or a PostgreSQL database."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @classmethod
    def open(cls, place: str | Path, *, create: bool = True, wait: float = WAIT) -> Store:
        """The store at a path or URL; an empty one is made where there is none.

        Args:
            place: path of an SQLite file, or a PostgreSQL URL.
            create: make the store when it is not there.
            wait: seconds to wait for another writer.

        Raises:
            StoreError: it cannot be opened, or is of another version.
        """
        place = str(place)
        if is_file(place):
            check_folder(place)
            if not create and not Path(place).exists():
                raise StoreError("there is no store here", where=place, hint="onrecord ingest FOLDER makes one")
        store = cls(make_engine(place, wait=wait), hide_password(place))
        try:
            store._prepare(create=create)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One transaction that writes; an exception inside rolls it back.

        Raises:
            StoreError: the database refused.
        """
        with guard(self.place), self._begin() as connection:
            lock_writers(connection)
            yield Writer(connection)

    @contextmanager
    def view(self) -> Iterator[View]:
        """A steady state of the store to read from.

        Raises:
            StoreError: the database refused.
        """
        with guard(self.place), self.engine.connect() as connection:
            yield View(connection)

    @classmethod
    def migrate(cls, place: str | Path) -> list[Step]:
        """Bring the store at a path or URL to the present version; gives the steps that were done.

        Raises:
            StoreError: it cannot be opened, is no store, or is of a newer version.
        """
        place = str(place)
        if is_file(place) and not Path(place).exists():
            raise StoreError("there is no store here", where=place)
        store = cls(make_engine(place), hide_password(place))
        try:
            with store.writer() as writer:
                version = migrations.find_version(writer.connection)
                if version > migrations.NEWEST:
                    migrations.check_version(version, store.place)
                return migrations.migrate(writer.connection)
        finally:
            store.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            writing = connection.execution_options(onrecord_writes=True)
            with writing.begin():
                yield writing

    def _prepare(self, *, create: bool) -> None:
        with guard(self.place), self.engine.connect() as connection:
            version = migrations.find_version(connection)
            others = inspect(connection).get_table_names()
        if version == 0 and tables.META.name not in others:
            self._check_empty(others, create=create)
            with self.writer() as writer:
                migrations.migrate(writer.connection)
            return
        migrations.check_version(version, self.place)

    def _check_empty(self, others: list[str], *, create: bool) -> None:
        if {table.name for table in tables.METADATA.sorted_tables} & set(others):
            raise StoreError(
                f"this database belongs to another program (it has a table {others[0]!r})",
                where=self.place,
                hint="give an empty database or another file",
            )
        if not create:
            raise StoreError("there is no store here", where=self.place, hint="onrecord ingest FOLDER makes one")
