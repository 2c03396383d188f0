"""How the reading room is set up: one frozen object, built by `onrecord serve` and passed down."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from onrecord.story import Frozen

Positive = Annotated[int, Field(gt=0)]


class Role(StrEnum):
    """What somebody may do: read; read and correct; that, and see the log of what was done."""

    READER = "reader"
    CHECKER = "checker"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """True when this role may do all that `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class RoomSettings(Frozen):
    """All settings of the reading room.

    Attributes:
        user: name under which corrections are kept when no proxy says who asks.
        user_header: header in which a reverse proxy names the user; empty for a room of one person.
        proxies: addresses from which that header is believed.
        roles: role by user name; everybody else is a reader.
        default_role: role of those whom `roles` does not name.
        hosts: names under which the room may be asked for; guards against DNS rebinding.
        read_only: refuse everything that writes.
        rate: most requests a minute of one user or address, 0 for no limit.
        upload_bytes: largest upload.
        audit: path of the log of what was done, as JSON lines; empty for none.
        language: of the interface, and `rtl` its direction.
    """

    user: str = "analyst"
    user_header: str = ""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    roles: dict[str, Role] = Field(default_factory=dict)
    default_role: Role = Role.READER
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    read_only: bool = False
    rate: Annotated[int, Field(ge=0)] = 0
    upload_bytes: Positive = 8 * 2**20
    audit: str = ""
    language: str = "en"
    rtl: bool = False
