"""Settings: frozen values with defaults, built at the edge and passed down.

`read_environment` is the only reader of the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationError

from onrecord.errors import SettingsError
from onrecord.story import Frozen

PREFIX = "ONRECORD_"

Positive = Annotated[int, Field(gt=0)]


class Limits(Frozen):
    """What a reader accepts. Sizes in bytes, times in seconds."""

    file_bytes: Positive = Field(default=256 * 2**20, description="largest file that is opened")
    story_bytes: Positive = Field(default=8 * 2**20, description="largest single story")
    unpacked_bytes: Positive = Field(default=512 * 2**20, description="most that an archive may unpack to")
    pack_ratio: Positive = Field(default=200, description="most that compressed bytes may grow by, as a factor")
    nesting: Positive = Field(default=2, description="most archives inside one another")
    depth: Positive = Field(default=200, description="deepest nesting of XML or JSON")
    line_chars: Positive = Field(default=2 * 2**20, description="longest line of a text")
    story_lines: Positive = Field(default=20_000, description="most lines of a single story")
    story_seconds: Annotated[float, Field(gt=0)] = Field(default=10.0, description="longest time for one story")


class Settings(Frozen):
    """All settings of onrecord."""

    limits: Limits = Limits()
    threads: Annotated[int, Field(ge=0)] = Field(default=0, description="threads of the encoder; 0 takes one per core")
    model: str = Field(default="", description="folder of another model; empty takes the one in the package")
    actors: str = Field(default="", description="folder of the user's actors; empty takes ~/.config/onrecord")
    store: str = Field(default="onrecord.db", description="path of the SQLite file, or a PostgreSQL URL")


def read_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings with the values that `ONRECORD_...` variables give; `ONRECORD_LIMITS_DEPTH=50` sets `limits.depth`.

    Raises:
        SettingsError: a variable has a value that is not allowed, or names no setting.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    limits: dict[str, str] = {}
    for key, value in environment.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX).lower()
        if name.startswith("limits_"):
            limits[name.removeprefix("limits_")] = value
        else:
            values[name] = value
    if limits:
        values["limits"] = limits
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"{first['msg']}: {first.get('input')!r}", where=name, hint="see docs/settings.md for the names and ranges"
        ) from error
