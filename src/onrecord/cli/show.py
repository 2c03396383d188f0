"""Prints a record for a person: the story's own data, its text with the furniture marked, then what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from rich.text import Text

from onrecord.cli.page import Page, clean_words
from onrecord.cli.show_claims import print_claims
from onrecord.cli.terminal import make_console
from onrecord.record import Record
from onrecord.story import FurnitureType, Published, Span, Story

_FURNITURE: Final = "magenta"


def print_record(
    name: str, record: Record, *, explain: bool = False, claims: bool = True, missed: tuple[str, ...] = ()
) -> None:
    """Print everything that is on record of one story.

    Args:
        name: the file that it came from.
        record: the record.
        explain: add why each code was given, or why none.
        claims: False prints the story alone.
        missed: what came near to being found, in words.
    """
    page = Page(make_console(), record, explain=explain)
    page.print_title(name)
    _print_story(page, record.story)
    _print_text(page, record)
    if claims:
        print_claims(page, missed)
    page.print_line(Text())


def _print_story(page: Page, story: Story) -> None:
    page.print_field("headline", Text(clean_words(story.headline), style="bold"))
    page.print_field("agency", story.agency)
    if story.dateline:
        page.print_field("dateline", _quote_dateline(story))
    page.print_field("date", format_published(story.published), _rest_on(story.published))
    page.print_field("byline", ", ".join(story.bylines))
    page.print_field("slug", story.slug)
    page.print_field("keywords", ", ".join(story.keywords))
    page.print_field("version", ", ".join(story.versions))
    for note in story.editors_notes:
        page.print_field("note", note)
    page.print_field("sign-off", story.sign_off)
    page.print_field("outlet", story.outlet)
    page.print_field("url", story.url)
    page.print_field("language", story.language or "undecided")
    page.print_field("format", story.format, Text(f"({story.charset})", style="dim"))
    page.print_field("id", Text(story.id[:16], style="dim"))


def _quote_dateline(story: Story) -> str:
    dateline = story.dateline
    if dateline is None:
        return ""
    agencies = f" ({', '.join(dateline.agencies)})" if dateline.agencies else ""
    return ", ".join(dateline.places) + agencies


def format_published(published: Published) -> str:
    """The date of a story in words; what is printed, and the years that remain, while the year is open."""
    if published.day:
        clock = f" {published.time:%H:%M %Z}".rstrip() if published.time else ""
        return f"{published.day.isoformat()}{clock}"
    if published.month is None:
        return "not known"
    day = f"{published.month_day} " if published.month_day else ""
    years = f"one of {', '.join(map(str, published.years))}" if published.years else "open (--received DATE gives it)"
    return f"{day}{date(2000, published.month, 1):%B}, year {years}"


def _rest_on(published: Published) -> Text:
    return Text(f"({'; '.join(published.evidence)})", style="dim") if published.evidence else Text()


def _print_text(page: Page, record: Record) -> None:
    story = record.story
    page.print_heading("text")
    for part in split_parts(story.text):
        number = next((n for n, paragraph in enumerate(story.paragraphs, 1) if part.overlaps(paragraph)), None)
        head = Text(" " * 2 + f"{f'¶{number}' if number else '':<5}", style="dim")
        page.print_hanging(head, mark_words(record, part), 7)


def split_parts(text: str) -> Iterator[Span]:
    """The paragraphs of the whole text, furniture included."""
    at = 0
    for part in text.split("\n\n"):
        if part.strip():
            yield Span(at, at + len(part))
        at += len(part) + 2


def mark_words(record: Record, part: Span) -> Text:
    """The words of a part: furniture in brackets with its type, sources, cues and triggers in colours."""
    story = record.story
    inside = [item for item in story.furniture if part.overlaps(item.span)]
    edges = sorted(
        {part.start, part.end, *(edge for item in inside for edge in item.span if part.start < edge < part.end)}
    )
    line = Text()
    for start, end in pairwise(edges):
        piece = Span(start, end)
        types = [item.type for item in inside if item.span.holds(piece)]
        line += _mark_furniture(story, piece, types[-1]) if types else _mark_body(record, piece)
    return line


def _mark_furniture(story: Story, piece: Span, type_: FurnitureType) -> Text:
    words = " ".join(piece.words(story.text).split())
    return Text(f"[{type_.replace('_', ' ')}: {clean_words(words)}]", style=_FURNITURE)


def _mark_body(record: Record, piece: Span) -> Text:
    words = Text(clean_words(piece.words(record.story.text).replace("\n", " ")))
    for span, style in _find_styles(record):
        if span.overlaps(piece):
            words.stylize(style, max(0, span.start - piece.start), min(span.end, piece.end) - piece.start)
    return words


def _find_styles(record: Record) -> Iterator[tuple[Span, str]]:
    for statement in record.statements:
        yield from ((reference.span, "bold cyan") for reference in statement.sources)
        if statement.cue:
            yield statement.cue, "yellow"
    for event in record.events:
        yield event.trigger, "bold red"
