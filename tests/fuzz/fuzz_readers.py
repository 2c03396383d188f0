"""Any bytes give stories or one of our errors, and every run stays inside the bytes: `make fuzz`.

The seeds are the cases of tests/read and the examples of `onrecord formats`.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    from onrecord.cli.formats import load_formats
    from onrecord.config import Limits
    from onrecord.errors import OnrecordError
    from onrecord.read import detect, read

LIMITS = Limits(file_bytes=1 << 20, story_bytes=1 << 20, unpacked_bytes=1 << 22, story_seconds=5.0)
CASES = Path(__file__).parent.parent / "read" / "cases"


def read_bytes(raw: bytes) -> None:
    """Read one input; anything but a story or one of our errors is a fault."""
    try:
        stories = list(read(raw, limits=LIMITS))
    except OnrecordError:
        return
    for story in stories:
        last = 0
        for run in story.runs:
            if not (last <= run.start <= run.end <= len(story.text) and run.raw_start <= run.raw_end <= len(story.raw)):
                raise AssertionError(f"{story.format}: {run} is out of order or out of bounds")
            last = run.end


def write_seeds(folder: Path) -> None:
    """Put the seeds into the corpus folder."""
    for example in load_formats():
        (folder / f"format-{example.name}").write_bytes(example.example.encode())
    for path in CASES.iterdir():
        if path.is_file() and not path.name.endswith(".expected.json"):
            (folder / path.name).write_bytes(path.read_bytes())


def main() -> None:
    """Fuzz for as long as the arguments of libFuzzer say; the last one is the corpus folder."""
    logging.disable()
    for name in detect.READERS:
        detect.load_reader(name)
    write_seeds(Path(sys.argv[-1]))
    atheris.Setup(sys.argv, read_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
