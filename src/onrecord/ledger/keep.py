"""Keeps records: writes them, links them with what is there, and puts the analysts' corrections over them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.ledger.duplicates import link_reports
from onrecord.ledger.link import link_stories
from onrecord.record import Record
from onrecord.store.writer import Writer


def keep_records(writer: Writer, records: Sequence[Record], *, origins: Sequence[str] = ()) -> list[int]:
    """Add records that the store does not hold yet, linked and corrected; gives the keys of their stories."""
    keys = writer.add_records(records, origins=origins)
    link_reports(writer.connection, keys)
    link_stories(writer.connection, keys)
    return keys


def replace_record(writer: Writer, record: Record) -> int:
    """Put a new reading of a story in place of the old one, linked and corrected anew; gives the story's key."""
    key = writer.replace_record(record)
    link_reports(writer.connection, [key])
    link_stories(writer.connection, [key])
    return key
