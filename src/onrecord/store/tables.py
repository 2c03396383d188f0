"""The tables of the store, for SQLite and PostgreSQL alike.

Keys are integers that the `Writer` hands out; stories also have their public id (SHA-256 of the text), claims their
id within the record. Days are ISO 8601 text (`2022-01-13`, `2022-01`, `2022`), so that they sort and compare the same
in both databases and keep their precision. `cluster` columns hold the key of the first report of the same thing; they
are the ledger's. `hidden` rows were retracted by a correction.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA: Final = MetaData()


def _key(name: str = "key") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str, *, index: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0", index=index)


def _claim() -> list[Column[int] | Column[str] | Column[float]]:
    """The columns that every kind of claim has."""
    return [
        _key(),
        _number("story", index=True),
        _text("claim"),
        _number("start"),
        _number("end"),
        _text("words"),
        _text("day"),
        _number("dated"),
        Column("score", Float, nullable=False, server_default="1"),
        _number("cluster", index=True),
        _number("hidden"),
    ]


META: Final = Table("meta", METADATA, Column("name", Text, primary_key=True), _text("value"))

STORIES: Final = Table(
    "stories",
    METADATA,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    _text("headline"),
    _text("text"),
    _text("day"),
    _text("agency"),
    _text("outlet"),
    _text("slug"),
    _text("language"),
    _text("guid"),
    _text("url"),
    _text("marks"),
    _text("origin"),
    _text("added"),
    _number("cluster", index=True),
    _number("replaced_by"),
    Index("ix_stories_day", "day"),
    Index("ix_stories_guid", "guid"),
)

RECORDS: Final = Table(
    "records",
    METADATA,
    _key("story"),
    Column("raw", LargeBinary, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _text("package"),
    _text("model"),
    _text("ontology"),
)

STATEMENTS: Final = Table(
    "statements",
    METADATA,
    *_claim(),
    _text("act"),
    _text("kind"),
    _text("cue"),
    _text("occasion"),
    _text("parent"),
    _number("negated"),
    _number("speaker"),
    Index("ix_statements_speaker", "speaker", "day"),
    Index("ix_statements_act", "act", "day"),
)

EVENTS: Final = Table(
    "events",
    METADATA,
    *_claim(),
    _text("trigger"),
    _text("type"),
    _text("mode"),
    _text("contexts"),
    _number("quad"),
    Column("intensity", Float, nullable=False, server_default="0"),
    _text("cameo"),
    _text("status"),
    _text("place"),
    _text("country"),
    Column("latitude", Float),
    Column("longitude", Float),
    _text("reported_by"),
    Index("ix_events_type", "type", "day"),
)

POSITIONS: Final = Table(
    "positions",
    METADATA,
    *_claim(),
    _number("holder"),
    _number("negotiation", index=True),
    _text("stance"),
    _text("state"),
    _text("condition"),
    _number("negated"),
    _text("evidence"),
    Index("ix_positions_holder", "holder", "stance"),
)

NEGOTIATIONS: Final = Table("negotiations", METADATA, *_claim(), _text("issue"), _text("context"))

ROUNDS: Final = Table(
    "rounds",
    METADATA,
    *_claim(),
    _number("negotiation", index=True),
    _number("number"),
    _text("place"),
    _text("format"),
    _text("outcome"),
    _number("assessed_by"),
)

OUTSTANDING: Final = Table(
    "outstanding",
    METADATA,
    *_claim(),
    _number("negotiation", index=True),
    _text("about"),
)

ACTORS: Final = Table(
    "actors",
    METADATA,
    _key(),
    Column("identity", Text, nullable=False, unique=True),
    _text("name"),
    _text("folded"),
    _text("kind"),
    _text("country"),
    _text("sector"),
    _text("code"),
    _text("wikidata"),
    Index("ix_actors_country", "country"),
    Index("ix_actors_code", "code"),
    Index("ix_actors_folded", "folded"),
)

APPEARANCES: Final = Table(
    "appearances",
    METADATA,
    _number("story", index=True),
    _number("actor"),
    _text("day"),
    _text("office"),
    _text("tenure"),
    _text("country"),
    _text("sector"),
    _text("resolved_by"),
    Index("ix_appearances_actor", "actor", "day"),
)

ROLES: Final = Table(
    "roles",
    METADATA,
    _number("story", index=True),
    _text("kind"),
    _number("claim"),
    _text("role"),
    _number("actor"),
    _number("place"),
    _text("words"),
    Index("ix_roles_actor", "actor", "role", "kind"),
    Index("ix_roles_claim", "claim", "kind"),
)

PLACES: Final = Table(
    "places",
    METADATA,
    _number("story", index=True),
    _text("claim"),
    _text("name"),
    _text("country"),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("geonames", BigInteger),
    Index("ix_places_name", "name"),
)

FAILURES: Final = Table(
    "failures",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    _text("story_id"),
    Column("stage", Text, nullable=False),
    _text("reason"),
    _text("at"),
    Column("tries", Integer, nullable=False, server_default="1"),
    UniqueConstraint("origin", "story_id", "stage"),
)

FILES: Final = Table(
    "files",
    METADATA,
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("stories", Integer, nullable=False),
    _text("at"),
)

FEEDS: Final = Table(
    "feeds",
    METADATA,
    Column("url", Text, primary_key=True),
    _text("etag"),
    _text("modified"),
    _text("checked"),
    _text("due"),
    _text("error"),
    Column("misses", Integer, nullable=False, server_default="0"),
)

BANDS: Final = Table(
    "bands",
    METADATA,
    Column("hash", BigInteger, nullable=False),
    Column("story", Integer, nullable=False, index=True),
    Index("ix_bands_hash", "hash"),
)

TRACES: Final = Table(
    "traces",
    METADATA,
    _text("kind"),
    _text("token"),
    _text("day"),
    Column("claim", Integer, nullable=False),
    Column("story", Integer, nullable=False, index=True),
    Index("ix_traces_token", "token", "kind", "day"),
)

CORRECTIONS: Final = Table(
    "corrections",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("anchors", Text, nullable=False),
    _text("field"),
    _text("value"),
    _text("was"),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    _text("reason"),
    _text("undone_by"),
    _text("undone_at"),
)

ANCHORS: Final = Table(
    "anchors",
    METADATA,
    Column("correction", Integer, nullable=False, index=True),
    Column("story_id", Text, nullable=False, index=True),
)

#: Tables whose rows are claims of one story, by the kind of claim; talks before what names them.
CLAIMS: Final[dict[str, Table]] = {
    "statement": STATEMENTS,
    "event": EVENTS,
    "negotiation": NEGOTIATIONS,
    "position": POSITIONS,
    "round": ROUNDS,
    "outstanding": OUTSTANDING,
}

#: Every table whose rows go with their story when it is read again.
OF_STORY: Final = (*CLAIMS.values(), APPEARANCES, ROLES, PLACES, BANDS, TRACES)
