"""Keeps records: writes them, links them with what is there, and puts the analysts' corrections over them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record import Record
from onrecord.store.writer import Writer


def keep_records(writer: Writer, records: Sequence[Record], *, origins: Sequence[str] = ()) -> list[int]:
    """Add records that the store does not hold yet, linked and corrected; gives the keys of their stories."""
    return writer.add_records(records, origins=origins)


def replace_record(writer: Writer, record: Record) -> int:
    """Put a new reading of a story in place of the old one, linked and corrected anew; gives the story's key."""
    return writer.replace_record(record)
