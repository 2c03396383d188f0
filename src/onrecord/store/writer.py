"""Writes in bulk, inside one transaction that the `Store` opens: all of a batch is kept, or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from onrecord.record import Record
from onrecord.store import tables
from onrecord.store.lookup import CHUNK, find_known
from onrecord.store.rows import Row, Rows, build_rows
from onrecord.store.words import forget_rows, index_rows


class Writer:
    """One transaction on the store. Made by `Store.writer`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._next: dict[str, int] = {}

    def add_records(self, records: Sequence[Record], *, origins: Sequence[str] = ()) -> list[int]:
        """Keep records of stories that are not there yet; gives the keys of those that were added.

        Args:
            records: one a story.
            origins: file or feed of each record, in the same order.
        """
        fresh: dict[str, Rows] = {}
        known = self.find_known([record.story.id for record in records])
        for place, record in enumerate(records):
            if record.story.id not in known:
                origin = origins[place] if origins else ""
                fresh.setdefault(record.story.id, build_rows(record, origin=origin))
        return self._insert(list(fresh.values()))

    def replace_record(self, record: Record) -> int:
        """Put a new reading in place of the one that is kept; the story keeps its key, and so do claims on the same
        words. Gives the story's key.

        Raises:
            KeyError: the story is not in the store.
        """
        key = self.find_known([record.story.id])[record.story.id]
        rows = build_rows(record)
        old = self._take_out(key)
        self.connection.execute(update(tables.RECORDS).where(tables.RECORDS.c.story == key).values(**rows.record))
        self._insert_claims([(key, rows)], old)
        return key

    def find_known(self, ids: Sequence[str]) -> dict[str, int]:
        """Keys of the stories that are in the store, by id."""
        return find_known(self.connection, ids)

    def add_file(self, path: str, size: int, changed: int, stories: int) -> None:
        """Note that a file was read to its end. `changed` is its time of change in nanoseconds."""
        self.connection.execute(delete(tables.FILES).where(tables.FILES.c.path == path))
        self.insert(tables.FILES, [{"path": path, "size": size, "changed": changed, "stories": stories, "at": now()}])

    def set_feed(self, state: Row) -> None:
        """Keep the state of a feed; its `url` names it."""
        self.connection.execute(delete(tables.FEEDS).where(tables.FEEDS.c.url == state["url"]))
        self.insert(tables.FEEDS, [state])

    def add_failure(self, origin: str, stage: str, reason: str, *, story_id: str = "") -> None:
        """Keep a failure with its reason; the same one again counts its tries."""
        failures = tables.FAILURES
        same = (failures.c.origin == origin) & (failures.c.stage == stage) & (failures.c.story_id == story_id)
        change = update(failures).where(same).values(tries=failures.c.tries + 1, reason=reason, at=now())
        if not self.connection.execute(change).rowcount:
            row = {"origin": origin, "story_id": story_id, "stage": stage, "reason": reason, "at": now()}
            self.insert(failures, [row])

    def clear_failures(self, *, origins: Sequence[str] = (), story_ids: Sequence[str] = ()) -> None:
        """Forget the failures of files and of stories that were read well in the end."""
        failures = tables.FAILURES.c
        for start in range(0, len(origins), CHUNK):
            same = failures.origin.in_(origins[start : start + CHUNK]) & (failures.story_id == "")
            self.connection.execute(delete(tables.FAILURES).where(same))
        for start in range(0, len(story_ids), CHUNK):
            known = failures.story_id.in_(story_ids[start : start + CHUNK])
            self.connection.execute(delete(tables.FAILURES).where(known))

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows, if there are any."""
        if rows:
            self.connection.execute(insert(table), list(rows))

    def _insert(self, fresh: list[Rows]) -> list[int]:
        if not fresh:
            return []
        keyed = list(zip(self._reserve(tables.STORIES, len(fresh)), fresh, strict=True))
        for key, rows in keyed:
            rows.story.update(key=key, added=now(), cluster=key, replaced_by=0)
            rows.record["story"] = key
        self.insert(tables.STORIES, [rows.story for rows in fresh])
        index_rows(self.connection, "story", [rows.story for rows in fresh])
        self.insert(tables.RECORDS, [rows.record for rows in fresh])
        self._insert_claims(keyed, {})
        return [key for key, _ in keyed]

    def _insert_claims(self, keyed: list[tuple[int, Rows]], old: dict[str, list[Row]]) -> None:
        actors = self._find_actors([rows for _, rows in keyed])
        claim_keys: dict[tuple[int, str, str], int] = {}
        for kind, table in tables.CLAIMS.items():
            claims = [(story, row) for story, rows in keyed for row in rows.claims.get(kind, [])]
            self._number_claims(table, claims, old.get(kind, []))
            for story, row in claims:
                claim_keys[story, kind, row["claim"]] = row["key"]
                row["story"] = story
                _resolve(row, story, actors, claim_keys)
            self.insert(table, [row for _, row in claims])
            index_rows(self.connection, kind, [row for _, row in claims])
        for story, rows in keyed:
            for role in rows.roles:
                role.update(
                    story=story, actor=actors[role["actor"]], claim=claim_keys[story, role["kind"], role["claim"]]
                )
            for row in rows.appearances:
                row.update(story=story, actor=actors[row["actor"]])
            for row in rows.places:
                row["story"] = story
        self.insert(tables.ROLES, [role for _, rows in keyed for role in rows.roles])
        self.insert(tables.APPEARANCES, [row for _, rows in keyed for row in rows.appearances])
        self.insert(tables.PLACES, [row for _, rows in keyed for row in rows.places])

    def _number_claims(self, table: Table, claims: list[tuple[int, Row]], old: list[Row]) -> None:
        """Give keys: that of an old claim on the same words where there is one, else a new one."""
        spare = list(old)
        for _, row in claims:
            match = next((was for was in spare if _overlap(row, was) >= 0.5), None)
            if match is not None:
                spare.remove(match)
                row.update(key=match["key"], cluster=match["key"])
        fresh = [row for _, row in claims if "key" not in row]
        for key, row in zip(self._reserve(table, len(fresh)), fresh, strict=True):
            row.update(key=key, cluster=key)

    def _find_actors(self, rows: list[Rows]) -> dict[str, int]:
        """Keys of all actors of these records, by identity; those that are new are added."""
        wanted = {identity: actor for one in rows for identity, actor in one.actors.items()}
        found = {"": 0}
        names = list(wanted)
        for start in range(0, len(names), CHUNK):
            query = select(tables.ACTORS.c.identity, tables.ACTORS.c.key).where(
                tables.ACTORS.c.identity.in_(names[start : start + CHUNK])
            )
            found.update((row.identity, row.key) for row in self.connection.execute(query))
        fresh = [actor for identity, actor in wanted.items() if identity not in found]
        for key, actor in zip(self._reserve(tables.ACTORS, len(fresh)), fresh, strict=True):
            found[actor["identity"]] = key
            actor["key"] = key
        self.insert(tables.ACTORS, fresh)
        return found

    def _take_out(self, story: int) -> dict[str, list[Row]]:
        """Delete what was read from a story; gives the claims that were there."""
        old: dict[str, list[Row]] = {}
        for kind, table in tables.CLAIMS.items():
            rows = self.connection.execute(select(table).where(table.c.story == story)).mappings()
            old[kind] = [dict(row) for row in rows]
            forget_rows(self.connection, kind, old[kind])
        for table in tables.OF_STORY:
            self.connection.execute(delete(table).where(table.c.story == story))
        return old

    def _reserve(self, table: Table, count: int) -> range:
        """The next `count` keys of a table. Safe, because one writer is at work at a time."""
        if table.name not in self._next:
            self._next[table.name] = (self.connection.scalar(select(func.max(table.c.key))) or 0) + 1
        first = self._next[table.name]
        self._next[table.name] = first + count
        return range(first, first + count)


def _resolve(row: Row, story: int, actors: dict[str, int], keys: dict[tuple[int, str, str], int]) -> None:
    """Put keys in the place of names."""
    for name in ("speaker", "holder", "assessed_by"):
        if name in row:
            row[name] = actors[row[name]]
    if "negotiation" in row:
        row["negotiation"] = keys.get((story, "negotiation", row["negotiation"]), 0)


def _overlap(row: Row, was: Row) -> float:
    """The share of the longer span that both cover."""
    shared = min(row["end"], was["end"]) - max(row["start"], was["start"])
    longest = max(row["end"] - row["start"], was["end"] - was["start"])
    return shared / longest if longest > 0 else 0.0


def now() -> str:
    """The present time as ISO 8601 text, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
