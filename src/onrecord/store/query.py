"""What is asked of the store, and what comes back."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator

from onrecord.errors import SettingsError
from onrecord.store.words import CLOSE, OPEN
from onrecord.story import Frozen

Kind = Literal["story", "statement", "event"]

_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Query(Frozen):
    """A search. Empty fields do not narrow.

    Attributes:
        text: words; those in quotation marks stand together.
        speaker: words of the name of a quoted source.
        actor: words of the name, or the code, of somebody who acts or is acted on.
        start: first day, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        end: last day, the same.
        act: act of a statement.
        type: type of an event.
        status: status of an event.
        outlet: agency or outlet that carried the story.
        kind: what to look for; chosen from the other fields when empty.
        place: name of a place, or code of a country, where an event took place.
    """

    text: str = ""
    speaker: str = ""
    actor: str = ""
    start: str = ""
    end: str = ""
    act: str = ""
    type: str = ""
    status: str = ""
    outlet: str = ""
    kind: Kind | None = None
    limit: Annotated[int, Field(ge=1, le=10_000)] = 20
    offset: Annotated[int, Field(ge=0)] = 0
    place: str = ""

    @field_validator("start", "end")
    @classmethod
    def _check_day(cls, value: str) -> str:
        if value and not _DAY.fullmatch(value):
            raise ValueError("a day is written YYYY, YYYY-MM or YYYY-MM-DD")
        return value

    @property
    def of_statements(self) -> bool:
        """True when a field narrows statements."""
        return bool(self.speaker or self.act)

    @property
    def of_events(self) -> bool:
        """True when a field narrows events."""
        return bool(self.type or self.status or self.actor or self.place)

    def choose_kind(self) -> Kind:
        """What to look for: statements or events when only such are narrowed, stories otherwise."""
        if self.kind:
            return self.kind
        if self.of_statements != self.of_events:
            return "statement" if self.of_statements else "event"
        return "story"


class Hit(Frozen):
    """One thing that was found. `marked` are its words with `[[` and `]]` round what was searched for."""

    kind: Kind
    key: int
    story: str
    claim: str = ""
    day: str = ""
    outlet: str = ""
    headline: str = ""
    speaker: str = ""
    act: str = ""
    type: str = ""
    status: str = ""
    start: int = 0
    end: int = 0
    words: str = ""
    marked: str = ""
    rank: float = 0.0
    reports: int = 1
    partly: bool = False

    @property
    def id(self) -> str:
        """The id by which the commands name it: `s12`, `e5`; of a story the beginning of its hash."""
        return self.story[:10] if self.kind == "story" else f"{self.kind[0]}{self.key}"


def show_marks(marked: str, opening: str = "[[", closing: str = "]]") -> str:
    """Words with the store's marks as others."""
    return marked.replace(OPEN, opening).replace(CLOSE, closing)


def check_choice(value: str, allowed: frozenset[str], option: str) -> str:
    """The value as it is written in the record.

    Raises:
        SettingsError: it is none of those allowed.
    """
    for choice in allowed:
        if value.casefold() == choice.casefold():
            return choice
    if not value:
        return ""
    raise SettingsError(f"{value!r} is not allowed", where=option, hint="one of " + ", ".join(sorted(allowed)))


def last_day(day: str) -> str:
    """The last day of a year or month, for comparison of texts: no month has a day after the 31st."""
    return day + {4: "-12-31", 7: "-31"}.get(len(day), "")
