"""A search as an Atom feed (RFC 4287): whoever follows it hears of each new hit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from onrecord.store.query import Hit

ATOM: Final = "http://www.w3.org/2005/Atom"
#: What XML 1.0 cannot hold.
_BARRED: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(hits: Sequence[Hit], title: str, link: str, base: str) -> bytes:
    """The feed of a search.

    Args:
        hits: what was found, newest first.
        title: the search in words.
        link: address of the search.
        base: address of the room, without a slash at the end.
    """
    feed = Element("feed", xmlns=ATOM)
    _add(feed, "title", title)
    _add(feed, "id", link)
    _add(feed, "updated", _date(max((hit.day for hit in hits), default="")))
    SubElement(feed, "link", rel="alternate", href=link)
    for hit in hits:
        _add_entry(feed, hit, base)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(feed: Element, hit: Hit, base: str) -> None:
    entry = SubElement(feed, "entry")
    who = f"{hit.speaker or hit.outlet} ({hit.act})" if hit.act else f"{hit.type} ({hit.status})" if hit.type else ""
    _add(entry, "title", ": ".join(part for part in (who, hit.headline) if part) or hit.words[:80])
    _add(entry, "id", f"urn:onrecord:{hit.story}{':' + hit.claim if hit.claim else ''}")
    _add(entry, "updated", _date(hit.day))
    _add(entry, "summary", hit.words[:500])
    _add(SubElement(entry, "author"), "name", hit.outlet or "onrecord")
    claim = f"?claim={hit.claim}#{hit.claim}" if hit.claim else ""
    SubElement(entry, "link", rel="alternate", href=f"{base}/story/{hit.story}{claim}")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _BARRED.sub("", text)


def _date(day: str) -> str:
    """A day, month or year as RFC 3339 has it; the epoch where there is none."""
    parts = [*day.split("-"), "01", "01"][:3] if day else ["1970", "01", "01"]
    return "-".join(parts) + "T00:00:00Z"
