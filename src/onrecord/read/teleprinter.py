"""What the two teleprinter formats share: control characters that frame a message, header fields, times of filing.

Source: IPTC 7901 (1995), "The IPTC recommended message format"; ANPA 1312 (1989), "Wire service transmission
    guidelines".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from onrecord.read.dates import expand_year, month_numbers

_FILED = re.compile(
    r"\b(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)\s*(?P<zone>[A-Z]{1,5})?\s+(?P<month>[^\W\d_]{3,9})\.?\s+(?P<year>\d\d(?:\d\d)?)"
)
_STAMPED = re.compile(
    r"\b(?P<month>[01]?\d)-(?P<day>[0-3]?\d)-(?P<year>\d\d(?:\d\d)?)\s+(?P<hour>[0-2]\d):?(?P<minute>[0-5]\d)\s*(?P<zone>[A-Z]{1,4})?"
)
_UTC = ("GMT", "UTC", "Z", "")


def split_messages(raw: bytes) -> Iterator[bytes]:
    """The messages of a stream, each from its start of heading to the next one."""
    starts = [match.start() for match in re.finditer(rb"(?:\x16*\x01)", raw)]
    if len(starts) < 2:
        yield raw
        return
    starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        if raw[start:end].strip(b"\x00\x01\x04\x0c\x16\x7f\r\n\t "):
            yield raw[start:end]


def frame_message(text: str) -> tuple[int, int, int]:
    """Where header, text and trailer of a message end: at start of text, end of text and end of transmission."""
    begin = max(0, text.find("\x02"))
    end = text.find("\x03", begin)
    stop = text.find("\x04", max(begin, end))
    stop = stop if stop >= 0 else len(text)
    return begin, (end if end >= 0 else stop), stop


def read_filed(trailer: str) -> datetime | None:
    """The time of filing: `131137 GMT Nov 13` (day, hour, minute, month, year) or `AP-WF-11-13-13 1509GMT` (month,
    day, year).
    """
    match = _FILED.search(trailer) or _STAMPED.search(trailer)
    if not match:
        return None
    name = match["month"].lower()
    month = int(name) if name.isdigit() else month_numbers().get(name, 0)
    zone = UTC if (match["zone"] or "") in _UTC else None
    try:
        return datetime(
            expand_year(match["year"]) or 0,
            month,
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            tzinfo=zone,
        )
    except ValueError:
        return None
