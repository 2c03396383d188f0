"""Stage 8. Names of places -> places with GeoNames id, coordinates and country; events get the place they happen at.

A capital that acts is an actor ("Moscow rejected"), one that hosts is a place ("in Moscow"): a name is a place where a
locative preposition governs it or the encoder reads it as one. Of several places of one name the one in a country that
the story names is meant, then the larger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from onrecord.encode import Encoded
from onrecord.gazetteer import Gazetteer, Spot
from onrecord.record import Event, Place
from onrecord.segment import Segments
from onrecord.story import Span, Story

STAGE: Final = "places"

#: A phrase that the gazetteer does not know is kept as a place from this score of the encoder on.
_UNKNOWN: Final = 0.6

_NAME = re.compile(
    r"\b(?!(?:In|At|On|The|From|To|Near|And|But|For|Across|Outside|Inside|Around)\b)(?:St\. )?[A-ZÀ-Þ][\w'’-]*"
    r"(?:(?: |-)(?:(?:of|de|del|al|el|la|du|da|le|au|am|es|upon)[ -])?(?:[A-ZÀ-Þ][\w'’-]*|al-\w+)){0,4}"
)
_KINDS: Final = (
    r"north|south|east|west|northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern|south-?western|downtown|"
    r"nearby|neighbou?ring|border|port|coastal|capital|city|town|village|province|district|region|island|resort|suburb|state|of|the|and"
)
_HOSTS = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]cross|throughout|off|around|reach|reached|visit|visited|visiting)\s+(?:(?:{_KINDS})\s+){{0,4}}$"
)
_BODIES = re.compile(
    r"\b(?:city|town|village|port|province|district|region|island|capital|fall|outskirts|streets)\s+of\s+$"
)
_MOVES = re.compile(
    r"\b(?:travel\w*|fl[ye]\w*|flew|flown|flight|leav\w+|left|return\w*|arriv\w+|visit\w*|trip|sent|send\w*|moved?|went|go(?:es|ing)?|head\w*|c[oa]m(?:e|ing)|rush\w*|"
    r"withdr\w+|pull\w+|brought|drove|driv\w+|march\w*|road|shipped|bound)\b[^.;]{0,25}\s(?:to|from|for|on|towards?|into)\s+(?:the\s+)?$"
)
_WITHIN = re.compile(r",?\s*(?:in\s+|\()?(?:the\s+)?([A-Z][\w.'’-]+(?: [A-Z][\w'’-]+){0,2})")
#: Words that may stand in a name beside what the gazetteer knows: "Kurram District", "the Gaza Strip".
_GENERIC: Final = frozenset(
    [
        "the",
        "district",
        "province",
        "city",
        "county",
        "region",
        "island",
        "islands",
        "airport",
        "port",
        "state",
        "governorate",
        "prefecture",
        "town",
        "strip",
        "valley",
        "the",
        "in",
        "on",
        "at",
        "of",
        "city's",
    ]
)
_NO_PLACE: Final = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "God",
        "Parliament",
        "Congress",
        "President",
        "Minister",
        "Christmas",
        "Easter",
        "Independence",
        "Justice",
        "Defense",
        "Union",
        "Islam",
        "Kurdish",
        "Arab",
    ]
)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package."""
    return Gazetteer()


def find_places(
    story: Story, encoded: Encoded | None = None, *, gazetteer: Gazetteer | None = None
) -> tuple[Place, ...]:
    """Places where things happen, in order; a name that stands for its government is left to the actors.

    Args:
        story: its dateline helps to tell places of one name apart.
        encoded: the encoder's reading, whose place spans count as places too.
        gazetteer: another one than the package's.
    """
    known = gazetteer or load_gazetteer()
    countries = _list_countries(story, known)
    read = _read_layers(encoded) if encoded else {}
    found: list[Place] = []
    for span, score in sorted({**_read_hosts(story), **read}.items()):
        place = _make_place(story, span, score, countries, known)
        if place is None and read.get(span, 0.0) >= _UNKNOWN:
            place = Place(id="p0", span=span, score=score, stage=STAGE, name=span.words(story.text))
        if place and not any(place.span.overlaps(other.span) for other in found):
            found.append(place.model_copy(update={"id": f"p{len(found) + 1}"}))
    return tuple(found)


def _read_hosts(story: Story) -> dict[Span, float]:
    """Capitalised names behind a locative preposition."""
    spans: dict[Span, float] = {}
    text = story.text
    for start, end in story.paragraphs:
        for match in _NAME.finditer(text, start, end):
            before = text[max(start, match.start() - 60) : match.start()]
            joined = bool(spans) and text[max(spans).end : match.start()] in (
                " and ",
                ", ",
                " or ",
                ", and ",
                " and the ",
            )
            if joined or any(pattern.search(before) for pattern in (_HOSTS, _BODIES, _MOVES)):
                spans[Span(*match.span())] = 0.7 if joined else 0.8
    return spans


def _read_layers(encoded: Encoded) -> dict[Span, float]:
    """Place spans of the encoder: phrases that say where, and names of places inside them."""
    asides = [found for found in encoded.find_layer("aside") if found.kind == "place"]
    return {found.span: found.score for found in asides}


def _list_countries(story: Story, gazetteer: Gazetteer) -> list[str]:
    """Countries that the story names, and that of its dateline, most often named first."""
    counts: Counter[str] = Counter()
    for start, end in story.paragraphs:
        for match in _NAME.finditer(story.text, start, end):
            counts.update(spot.country for spot in gazetteer.find(match.group())[:1] if spot.kind == "country")
    for name in story.dateline.places if story.dateline else ():
        spot = gazetteer.choose(name, list(counts))
        counts.update([spot.country] * 2 if spot else [])
    return [country for country, _ in counts.most_common(6)]


def _make_place(story: Story, span: Span, score: float, countries: Sequence[str], gazetteer: Gazetteer) -> Place | None:
    """The longest name inside the span that the gazetteer knows, with what is known of it."""
    for name in _list_names(story.text, span):
        words = name.words(story.text)
        within = _read_within(story.text, name.end)
        spot = gazetteer.choose(words, countries, within)
        if words[-2:] in ("'s", "’s"):
            name, words = Span(name.start, name.end - 2), words[:-2]
            spot = gazetteer.choose(words, countries)
        if spot and _is_name(words, spot, [*countries, *(holder.country for holder in gazetteer.find(within))]):
            return Place(
                id="p0",
                span=name,
                score=min(1.0, score),
                stage=STAGE,
                name=spot.name,
                country=spot.country,
                latitude=spot.latitude,
                longitude=spot.longitude,
                geonames=spot.id,
            )
    return None


def _list_names(text: str, span: Span) -> Iterator[Span]:
    """Capitalised names in the span and their parts, the longest first."""
    for match in _NAME.finditer(text, *span):
        words = [part.span() for part in re.finditer(r"\S+", match.group())]
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                start, end = match.start() + words[first][0], match.start() + words[first + length - 1][1]
                rest = match.group().split()[:first] + match.group().split()[first + length :]
                if all(word.lower() in _GENERIC for word in rest):
                    yield Span(start, end - (text[end - 1] in ".'’-"))


def _is_name(words: str, spot: Spot, countries: Sequence[str]) -> bool:
    """A common word with a capital is a village somewhere: small places count only in a country of the story."""
    if words in _NO_PLACE or len(words) < 3:
        return False
    return spot.kind != "town" or spot.people >= 100_000 or spot.country in countries


def _read_within(text: str, at: int) -> str:
    """The country or state behind a name: "Paris, Texas"."""
    match = _WITHIN.match(text, at) if text[at : at + 1] in (",", " ") else None
    return match[1] if match and (text[at] == "," or text[at + 1 : at + 4] == "in ") else ""


def place_events(segments: Segments, events: Sequence[Event], places: Iterable[Place]) -> tuple[Event, ...]:
    """The events with `place`: the place in the event's clause, else the nearest behind its trigger in the sentence."""
    known = list(places)
    return tuple(_place_event(segments, event, known) for event in events)


def _place_event(segments: Segments, event: Event, places: Sequence[Place]) -> Event:
    number = segments.find_sentence(event.trigger.start)
    if number is None or event.place:
        return event
    sentence = segments.sentences[number].span
    inside = [place for place in places if event.span.holds(place.span)]
    behind = [
        place for place in places if sentence.holds(place.span) and 0 <= place.span.start - event.trigger.end < 60
    ]
    near = min(inside or behind, key=lambda place: abs(place.span.start - event.trigger.end), default=None)
    return event.model_copy(update={"place": near.id}) if near else event
