"""The quotation table: who is quoted, with which words, under which cue, by way of whom, and where they stand.

One CSV file. `content` is the words of the source, ` ... ` where the cue splits them; `spans` their offsets in the
story (`402-461 480-512`), so that every row can be laid over the text again. The columns are those that tools for
quotations have in common: source, cue, content (PARC, Citron, textacy).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from onrecord.export.entries import Entry, clean
from onrecord.export.files import make_writer, write_text
from onrecord.export.table import join
from onrecord.export.wish import Wish, pick_statements
from onrecord.record import Statement
from onrecord.story import Span

COLUMNS: Final = (
    "id",
    "source",
    "source_words",
    "source_country",
    "source_office",
    "source_wikidata",
    "cue",
    "content",
    "act",
    "kind",
    "negated",
    "addressees",
    "said",
    "relay",
    "outlet",
    "story",
    "headline",
    "published",
    "url",
    "reports",
    "source_span",
    "cue_span",
    "spans",
)


def write_quotations(entries: Iterable[Entry], path: Path, wish: Wish) -> int:
    """Write the statements that are wanted; gives their number.

    Raises:
        ExportError: the file cannot be written.
    """
    rows = 0
    with write_text(path) as stream:
        writer = make_writer(stream, COLUMNS)
        for entry in entries:
            for claim in pick_statements(entry, wish):
                writer.writerow(_row(entry, claim))
                rows += 1
    return rows


def _row(entry: Entry, claim: Statement) -> dict[str, object]:
    story = entry.record.story
    speakers = [entry.find_actor(one) for one in claim.sources]
    content = claim.content or (claim.span,)
    return {
        "id": f"{story.id[:12]}:{claim.id}",
        "source": join(clean(one.name) for one in speakers),
        "source_words": join(entry.words(one.span) for one in claim.sources),
        "source_country": join(one.country for one in speakers),
        "source_office": join(clean(one.office) for one in speakers),
        "source_wikidata": join(one.wikidata for one in speakers),
        "cue": entry.words(claim.cue) if claim.cue else "",
        "content": entry.words(*content),
        "act": claim.act.value,
        "kind": claim.kind.value,
        "negated": claim.negated,
        "addressees": join(clean(entry.find_actor(one).name) for one in claim.addressees),
        "said": claim.said.isoformat() if claim.said else "",
        "relay": join(clean(entry.find_actor(one).name) for one in claim.relay),
        "outlet": clean(entry.outlet),
        "story": story.id,
        "headline": clean(story.headline),
        "published": entry.day,
        "url": clean(story.url),
        "reports": entry.tally("statement", claim.id).stories,
        "source_span": _write_spans(one.span for one in claim.sources),
        "cue_span": _write_spans((claim.cue,) if claim.cue else ()),
        "spans": _write_spans(content),
    }


def _write_spans(spans: Iterable[Span]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)
