"""`onrecord serve` opens the room for this machine, and says what is wrong in one line."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import typer

from onrecord.cli.serve import register, serve
from onrecord.errors import SettingsError
from tests.web.visits import fill_store


def test_the_command_is_registered() -> None:
    app = typer.Typer()
    register(app)
    assert [command.name for command in app.registered_commands] == ["serve"]


def test_a_room_for_everybody_needs_a_proxy_or_reading_only() -> None:
    with pytest.raises(SettingsError, match="could write here"):
        serve(host="0.0.0.0")


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError, match="is no role"):
        serve(role=["ines=queen"])


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.serve.find_spec", lambda name: None if name == "jinja2" else name)
    with pytest.raises(SettingsError) as caught:
        serve()
    assert "jinja2" in caught.value.what
    assert "onrecord[web]" in caught.value.hint


def test_the_room_opens_on_a_store(tmp_path: Path) -> None:
    fill_store(tmp_path / "room.db").close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "onrecord.cli.main", "serve", "--store", str(tmp_path / "room.db")]
    room = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, text=True)
    try:
        assert wait_for(f"http://127.0.0.1:{port}/talks") == 200
    finally:
        room.terminate()
        said, _ = room.communicate(timeout=30)
    assert f"http://127.0.0.1:{port}/" in said


def wait_for(address: str) -> int:
    """The status of an address once it answers."""
    for _ in range(300):
        try:
            return httpx.get(address).status_code
        except httpx.TransportError:
            time.sleep(0.1)
    return 0
