"""GDELT 2.0's event file: 61 columns, tab-separated, no header, one row for every pair of actor and recipient.

What onrecord does not measure stays empty, as in GDELT itself: the tone, the places of the actors, and codes of
ethnicity and religion. GDELT has no column for the status of an event: unless other statuses are asked for, only what
has happened or is going on is written.

Source: The GDELT Event Database, Data Format Codebook V2.0 (19 February 2015).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Final

from onrecord.export.countries import find_cameo_country, find_fips, name_country
from onrecord.export.dates import find_fraction, pin_day
from onrecord.export.entries import Entry
from onrecord.export.files import write_tabs, write_text
from onrecord.export.wish import TAKEN_PLACE, Wish, pick_events
from onrecord.ontology import load_ontology
from onrecord.record import Actor, Event, Place


def _name_actor(side: str) -> tuple[str, ...]:
    names = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
    return tuple(f"{side}{name}" for name in names.split())


def _name_place(side: str) -> tuple[str, ...]:
    names = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
    return tuple(f"{side}Geo_{name}" for name in names.split())


COLUMNS: Final = (
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    *_name_actor("Actor1"),
    *_name_actor("Actor2"),
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    *_name_place("Actor1"),
    *_name_place("Actor2"),
    *_name_place("Action"),
    "DATEADDED",
    "SOURCEURL",
)
#: Codes of GDELT for international bodies that are not the first three letters of ours.
_GROUPS: Final = {"NATO": "NAT", "EUU": "EEC"}
_NO_PLACE: Final = ("0", "", "", "", "", "", "", "")
_NOBODY: Final = ("",) * 10

Pair = tuple[Actor | None, Actor | None]


def write_gdelt(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the events that are wanted, without a header, as GDELT has it; gives the number of rows.

    Raises:
        ExportError: the file cannot be written.
    """
    return _write(entries, path, wish, header=False)


def write_gdelt_header(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the events that are wanted under a header; gives the number of rows.

    Raises:
        ExportError: the file cannot be written.
    """
    return _write(entries, path, wish, header=True)


def _write(entries: Iterable[Entry], path: Path, wish: Wish, *, header: bool) -> int:
    wish = wish if wish.statuses else wish.model_copy(update={"statuses": TAKEN_PLACE})
    rows = (row for entry in entries for row in list_rows(entry, wish))
    with write_text(path) as stream:
        return write_tabs(stream, COLUMNS, rows, header=header)


def list_rows(entry: Entry, wish: Wish) -> Iterator[list[str]]:
    """The rows of the events of a record that are wanted."""
    for event in pick_events(entry, wish):
        about_event = _about_event(entry, event)
        about_place = _about_place(entry.find_place(event))
        for number, (actor, recipient) in enumerate(pair_actors(entry, event)):
            yield [
                _number(entry, event, number),
                *_about_day(entry, event),
                *_about_actor(actor),
                *_about_actor(recipient),
                *about_event,
                *_NO_PLACE,
                *_NO_PLACE,
                *about_place,
                _stamp(entry),
                entry.record.story.url or f"urn:onrecord:story:{entry.record.story.id}",
            ]


def pair_actors(entry: Entry, event: Event) -> list[Pair]:
    """Each actor with each recipient; of several who only meet, each with each; one side alone where there is one."""
    actors = [entry.find_actor(one) for one in event.actors]
    recipients = [entry.find_actor(one) for one in event.recipients]
    if actors and recipients:
        return list(product(actors, recipients))
    if len(actors) > 1:
        return list(combinations(actors, 2))
    alone = actors[0] if actors else None
    return [(alone, one) for one in recipients] or [(alone, None)]


def _number(entry: Entry, event: Event, pair: int) -> str:
    """A number that is the same for the same words each time, and stays within what a double holds exactly."""
    name = f"{entry.record.story.id} {event.id} {pair}"
    return str(int(hashlib.sha256(name.encode()).hexdigest()[:13], 16))


def _about_day(entry: Entry, event: Event) -> list[str]:
    day = pin_day(event.day) or pin_day(entry.day)
    if day is None:
        return [""] * 4
    return [day.strftime("%Y%m%d"), day.strftime("%Y%m"), str(day.year), f"{find_fraction(day):.4f}"]


def _about_actor(actor: Actor | None) -> tuple[str, ...]:
    if actor is None:
        return _NOBODY
    country = find_cameo_country(actor.country)
    is_code = actor.code.isupper() and actor.code.isascii() and actor.code.isalpha()
    group = actor.code.removeprefix("IGO") if is_code and actor.code.startswith("IGO") else ""
    group = _GROUPS.get(group, group[:3])
    role = actor.sector if actor.sector != "UNK" else ""
    role = role if country or group or is_code else ""
    own = actor.code.removeprefix(actor.country) if is_code and actor.country else ""
    code = f"{country}{own or _add_role(actor)}" if country else (f"IGO{group}" if group else "")
    return (code, actor.name.upper(), country, group, "", "", "", role, "", "")


def _add_role(actor: Actor) -> str:
    """GDELT adds GOV to a person of the government; a state as such has its bare code."""
    return actor.sector if actor.kind == "person" and actor.sector not in ("", "UNK") else ""


def _about_event(entry: Entry, event: Event) -> list[str]:
    tally = entry.tally("event", event.id)
    code = event.cameo or load_ontology().find_cameo(event.type, event.mode, event.contexts)
    code = f"{code}0" if len(code) == 2 else code
    paragraphs = entry.record.story.paragraphs
    is_lead = bool(paragraphs) and paragraphs[0].overlaps(event.span)
    return [
        "1" if is_lead else "0",
        code,
        code[:3],
        code[:2],
        str(event.quad),
        f"{event.intensity:g}",
        str(tally.mentions),
        str(tally.outlets),
        str(tally.stories),
        "",
    ]


def _about_place(place: Place | None) -> tuple[str, ...]:
    if place is None or place.latitude is None or place.longitude is None:
        return _NO_PLACE
    country, fips = name_country(place.country), find_fips(place.country)
    where = (fips, fips, "", f"{place.latitude:g}", f"{place.longitude:g}")
    if place.name in (country, place.country):
        return ("1", country, *where, fips)
    return ("3" if place.country == "USA" else "4", f"{place.name}, {country}", *where, "")


def _stamp(entry: Entry) -> str:
    story = entry.record.story
    time = story.published.time or story.received
    day = pin_day(entry.day)
    if time:
        return time.strftime("%Y%m%d%H%M%S")
    return day.strftime("%Y%m%d000000") if day else ""
