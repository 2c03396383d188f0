"""The command line as a user runs it: a process of its own, with an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

WIRE = (
    "Oslo and Riga agree on ferry link\n\nOSLO, March 5, 2024 (AA) - Norway and Latvia agreed to open a ferry link.\n"
)


@pytest.fixture
def run() -> Run:
    """Run `onrecord` with these words; `stdin` is what is piped in, `environment` what is set besides."""

    def start(
        *words: str | Path, stdin: str = "", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
        return subprocess.run(
            [sys.executable, "-m", "onrecord.cli.main", *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**kept, **(environment or {})},
            timeout=120,
            check=False,
        )

    return start


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    """A small wire in a file."""
    path = tmp_path / "ferry.txt"
    path.write_text(WIRE, encoding="utf-8")
    return path
