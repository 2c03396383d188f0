"""A store of either kind: an SQLite file, and a real PostgreSQL server that is started here on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from onrecord.store import Store


def _find_server() -> Path | None:
    """The folder with `initdb` and `postgres`: on the path, or where Debian keeps it."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def _drop_root() -> int | None:
    """The user to run the server as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names.get("nobody"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a PostgreSQL server of our own, up to the name of the database."""
    binaries = _find_server()
    if binaries is None:
        pytest.skip("no PostgreSQL server here: install Debian's postgresql to run these tests")
    pytest.importorskip("psycopg", reason="the extra onrecord[postgres] is not installed")
    user = _drop_root()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-", dir="/tmp"))
    if user is not None:
        os.chown(folder, user, -1)
    port = _free_port()

    def run(*words: str) -> None:
        subprocess.run([str(binaries / words[0]), *words[1:]], user=user, check=True, capture_output=True, cwd=folder)

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "onrecord", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -h 127.0.0.1 -k {folder} -F"
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield f"postgresql://onrecord@127.0.0.1:{port}"
    run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_database(server: str) -> Callable[[], str]:
    """Makes an empty database on the server; gives its URL."""
    count = iter(range(1000))

    def make() -> str:
        name = f"t{os.getpid()}_{next(count)}_{os.urandom(3).hex()}"
        engine = create_engine(server.replace("postgresql", "postgresql+psycopg") + "/postgres")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return f"{server}/{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made: a path, then a URL."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    make: Callable[[], str] = request.getfixturevalue("make_database")
    return make()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store of either kind."""
    with Store.open(place) as opened:
        yield opened
