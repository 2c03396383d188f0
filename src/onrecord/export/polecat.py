"""POLECAT's event file: 40 columns, tab-separated, with a header, one row an event.

Several actors, codes or contexts of an event stand in one cell, parted by `; `, and what is not known is `None`, as in
the files that POLECAT publishes. POLECAT has no column for the status of an event: unless other statuses are asked
for, only what has happened or is going on is written.

Source: the column names of the published files (ngecEvents.DV), as public readers of them name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from onrecord.export.countries import find_war_number, name_country
from onrecord.export.dates import pin_day
from onrecord.export.entries import Entry
from onrecord.export.files import write_tabs, write_text
from onrecord.export.table import join
from onrecord.export.wish import TAKEN_PLACE, Wish, pick_events
from onrecord.record import Actor, ActorKind, Event, Place, Reference

COLUMNS: Final = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
QUADS: Final = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
_UNKNOWN: Final = "None"
_ORGANIZATIONS: Final = (ActorKind.BODY, ActorKind.GROUP)


def write_polecat(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the events that are wanted; gives their number.

    Raises:
        ExportError: the file cannot be written.
    """
    wish = wish if wish.statuses else wish.model_copy(update={"statuses": TAKEN_PLACE})
    rows = (row for entry in entries for row in list_rows(entry, wish))
    with write_text(path) as stream:
        return write_tabs(stream, COLUMNS, rows, header=True)


def list_rows(entry: Entry, wish: Wish) -> Iterator[list[str]]:
    """The rows of the events of a record that are wanted."""
    about_story = _about_story(entry)
    for event in pick_events(entry, wish):
        cells = [
            *_about_event(entry, event),
            *_about_side(entry, event.actors),
            *_about_side(entry, event.recipients),
            *_about_place(entry, entry.find_place(event)),
            *about_story,
        ]
        yield [cell or _UNKNOWN for cell in cells]


def _about_event(entry: Entry, event: Event) -> list[str]:
    day = pin_day(event.day) or pin_day(entry.day)
    published = pin_day(entry.day)
    stamp = published.strftime("%Y%m%d") if published else "00000000"
    return [
        f"{stamp}-{entry.record.story.id[:12]}_{event.type}_{event.id}",
        day.isoformat() if day else "",
        event.type,
        event.mode,
        f"{event.intensity:g}",
        QUADS.get(event.quad, ""),
        "; ".join(event.contexts),
    ]


def _about_side(entry: Entry, references: Iterable[Reference]) -> list[str]:
    references = list(references)
    actors = [entry.find_actor(one) for one in references]
    sectors = [actor.sector for actor in actors if actor.sector]
    return [
        join(actor.name for actor in actors),
        join(actor.country for actor in actors),
        join(find_war_number(actor.country) for actor in actors),
        sectors[0] if sectors else "",
        join(sectors),
        join(actor.office for actor in actors),
        join(entry.words(one.span) for one in references),
        join(actor.wikidata for actor in actors),
    ]


def _about_place(entry: Entry, place: Place | None) -> list[str]:
    if place is None:
        return [""] * 10
    whole_country = place.name in (place.country, name_country(place.country))
    return [
        place.name,
        "" if whole_country else place.name,
        "",
        "",
        place.country,
        "" if place.latitude is None else f"{place.latitude:g}",
        "" if place.longitude is None else f"{place.longitude:g}",
        str(place.geonames or ""),
        entry.words(place.span),
        "PCLI" if whole_country else "PPL",
    ]


def _about_story(entry: Entry) -> list[str]:
    record = entry.record
    published = pin_day(entry.day)
    return [
        entry.outlet,
        published.isoformat() if published else "",
        _list_names(record.actors, (ActorKind.PERSON,)),
        _list_names(record.actors, _ORGANIZATIONS),
        join(place.name for place in record.places),
        record.story.language,
        "-".join(part for part in ("onrecord", record.versions.package, record.versions.model) if part),
    ]


def _list_names(actors: Iterable[Actor], kinds: tuple[ActorKind, ...]) -> str:
    return join(actor.name for actor in actors if actor.kind in kinds)
