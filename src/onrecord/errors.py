"""The one error tree.

    OnrecordError                what went wrong, where, and what to do next
    ├── ReadError                a file is no story that we can read
    │   ├── EmptyInput           nothing, or nothing but white space and furniture
    │   ├── UnknownFormat        no reader recognises the bytes
    │   ├── BrokenInput          a known format, but damaged or hostile
    │   └── LimitExceeded        larger, deeper or slower than the settings allow
    ├── ModelError               the model's files are missing, damaged or of another version
    ├── DataError                a data file (ontology, actors, places, a user's overlay) is wrong
    ├── StoreError               the store cannot be opened, read or written
    ├── ExportError              a file that was asked for cannot be made
    └── SettingsError            a setting has a value that is not allowed

Each carries the place (`where`: a file, a story id, a line) and the next step (`hint`), so that the command line
can print one line and the API one JSON shape.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose.

    Args:
        what: what is wrong, with the value.
        where: file, story id, line or span.
        hint: what to do next.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(self.line())

    def line(self) -> str:
        """The error on one line: `where: what (hint)`."""
        place = f"{self.where}: " if self.where else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.what}{hint}"

    def at(self, where: str) -> OnrecordError:
        """The same error with its place filled in, unless it already names one."""
        return self if self.where else type(self)(self.what, where=where, hint=self.hint)


class ReadError(OnrecordError):
    """A file is no story that we can read."""


class EmptyInput(ReadError):
    """There is nothing to read: no bytes, no text, or furniture only."""


class UnknownFormat(ReadError):
    """No reader recognises the bytes."""


class BrokenInput(ReadError):
    """The format is known, but the content is damaged or hostile."""


class LimitExceeded(ReadError):
    """The input is larger, deeper or slower than the settings allow."""


class ModelError(OnrecordError):
    """The model's files are missing, damaged or of another version."""


class DataError(OnrecordError):
    """A data file is wrong: ontology, actors, places or a user's overlay."""


class StoreError(OnrecordError):
    """The store cannot be opened, read or written."""


class ExportError(OnrecordError):
    """A file that was asked for cannot be made."""


class SettingsError(OnrecordError):
    """A setting has a value that is not allowed."""
