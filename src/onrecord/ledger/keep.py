"""Keeps records: writes them, links them with what is there, and puts the analysts' corrections over them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from onrecord.ledger.corrections import (
    Action,
    Correction,
    apply_labels,
    apply_links,
    check_value,
    find_active,
    find_claims,
    find_others,
    find_value,
    make_anchors,
    mark_undone,
    note_correction,
)
from onrecord.ledger.duplicates import link_reports
from onrecord.ledger.link import link_stories
from onrecord.record import Record
from onrecord.store import tables
from onrecord.store.view import View
from onrecord.store.writer import Writer


def keep_records(writer: Writer, records: Sequence[Record], *, origins: Sequence[str] = ()) -> list[int]:
    """Add records that the store does not hold yet, linked and corrected; gives the keys of their stories."""
    keys = writer.add_records(records, origins=origins)
    _settle(writer, keys)
    return keys


def replace_record(writer: Writer, record: Record) -> int:
    """Put a new reading of a story in place of the old one, linked and corrected anew; gives the story's key."""
    key = writer.replace_record(record)
    _settle(writer, [key])
    return key


def _settle(writer: Writer, stories: Sequence[int]) -> None:
    if not stories:
        return
    connection = writer.connection
    corrections = find_active(connection, stories)
    apply_labels(connection, corrections)
    link_reports(connection, stories)
    link_stories(connection, stories)
    apply_links(connection, corrections)


def correct(
    writer: Writer, action: Action, kind: str, keys: Sequence[int], *, author: str, reason: str = "", **label: str
) -> Correction:
    """Make a correction and put it into force.

    Args:
        writer: of the store.
        action: what to do.
        kind: kind of the claims.
        keys: the claims; of a split the one that is taken away.
        author: who says so.
        reason: why.
        label: `field` and `value` of a relabelling.

    Raises:
        StoreError: a claim is not there, or cannot have the value.
    """
    connection = writer.connection
    was = ""
    if action is Action.RELABEL:
        check_value(kind, label["field"], label["value"])
    others = find_others(connection, kind, keys[0]) if action is Action.SPLIT else []
    anchors = make_anchors(connection, kind, [*keys, *others])
    if action is Action.RELABEL:
        was = find_value(connection, kind, keys[0], label["field"])
    made = Correction(action=action, kind=kind, anchors=anchors, author=author, reason=reason, was=was, **label)
    noted = note_correction(connection, made)
    rebuild(writer, noted)
    return noted


def undo(writer: Writer, key: int, *, author: str) -> Correction:
    """Take a correction back: its stories are laid out again from what the model read and the other corrections.

    Raises:
        StoreError: there is no such correction, or it was undone before.
    """
    undone = mark_undone(writer.connection, key, author)
    rebuild(writer, undone)
    return undone


def rebuild(writer: Writer, correction: Correction) -> None:
    """Lay out again the stories of a correction, and those of the clusters that it joined or parted."""
    connection = writer.connection
    ids = sorted({anchor.story for anchor in correction.anchors})
    stories = set(connection.scalars(select(tables.STORIES.c.key).where(tables.STORIES.c.id.in_(ids))))
    if correction.action in (Action.MERGE, Action.SPLIT):
        stories |= dissolve(connection, correction)
    view = View(connection)
    for key in sorted(stories):
        replace_record(writer, view.read_record(key))


def dissolve(connection: Connection, correction: Correction) -> set[int]:
    """Take apart the clusters that a correction is about; gives the stories of all that were in them."""
    table = tables.CLAIMS[correction.kind]
    claims = find_claims(connection, correction)
    clusters = select(table.c.cluster).where(table.c.key.in_(claims)).scalar_subquery()
    members = connection.execute(select(table.c.key, table.c.story).where(table.c.cluster.in_(clusters))).all()
    keys = [row.key for row in members]
    connection.execute(update(table).where(table.c.key.in_(keys)).values(cluster=table.c.key))
    return {row.story for row in members}
