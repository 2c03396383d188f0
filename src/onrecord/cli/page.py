"""How a record looks to a person: headings, fields with a hanging indent, words with their place.

On a terminal long values are wrapped under their label; elsewhere every field is one line, so that it can be searched.
Control characters of a story never reach the terminal.
"""

from __future__ import annotations

import re
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.record import Record, Reference
from onrecord.story import Span

LABEL: Final = 12
_MARKS: Final = frozenset('"“”„«»')

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean_words(words: str) -> str:
    """The words as they may stand on a terminal: no control characters, no overriding of the writing direction."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words)


class Page:
    """Prints onto a console; knows the record, so that spans and ids become words and names."""

    def __init__(self, console: Console, record: Record, *, explain: bool = False) -> None:
        self.console = console
        self.record = record
        self.explain = explain
        self.actors = {actor.id: actor for actor in record.actors}
        self._folded = not console.soft_wrap

    def print_title(self, name: str) -> None:
        """The name of the file, with a line after it."""
        name = clean_words(name)
        line = "─" * max(3, min(self.console.width, 110) - len(name) - 4)
        self.print_line(Text(f"── {name} {line}", style="dim"))

    def print_heading(self, words: str) -> None:
        """A heading after an empty line."""
        self.print_line(Text())
        self.print_line(Text(words.upper(), style="bold"))

    def print_field(self, label: str, *parts: str | Text, indent: int = 2) -> None:
        """A label and its value; nothing where the value is empty."""
        value = Text(" ").join(Text(clean_words(part)) if isinstance(part, str) else part for part in parts if part)
        if value.plain.strip():
            head = Text(" " * indent + f"{label:<{LABEL}}", style="cyan")
            self.print_hanging(head, value, indent + LABEL)

    def print_hanging(self, head: Text, value: Text, indent: int) -> None:
        """A value whose further lines stand under its first."""
        lines = list(value.wrap(self.console, self.console.width - indent)) if self._folded else [value]
        for number, line in enumerate(lines):
            line.rstrip()
            self.print_line((head if number == 0 else Text(" " * indent)) + line)

    def print_line(self, line: Text) -> None:
        """One line as it is."""
        self.console.print(line, soft_wrap=True)

    def quote(self, *spans: Span | None) -> Text:
        """The words of spans in quotation marks; ` … ` between the parts of a discontinuous one."""
        words = [" ".join(span.words(self.record.story.text).split()) for span in spans if span is not None]
        joined = " … ".join(map(clean_words, words))
        quoted = joined[:1] in _MARKS and joined[-1:] in _MARKS
        return Text(joined if quoted or not joined else f"“{joined}”")

    def locate(self, span: Span) -> Text:
        """Where a span stands: the paragraph of the body, and the characters of the text."""
        paragraphs = enumerate(self.record.story.paragraphs, 1)
        number = next((f"¶{number} " for number, paragraph in paragraphs if paragraph.overlaps(span)), "")
        return Text(f"{number}[{span.start}:{span.end}]", style="dim")

    def name_actor(self, actor_id: str | None) -> Text:
        """Name and code of an actor."""
        actor = self.actors.get(actor_id or "")
        if actor is None:
            return Text()
        code = f" ({actor.code})" if actor.code and actor.code != actor.name else ""
        return Text(clean_words(actor.name), style="bold") + Text(code, style="green")

    def name_reference(self, reference: Reference) -> Text:
        """Who fills a role: name and code, and the words that say so where they are others."""
        name, words = self.name_actor(reference.actor), self.quote(reference.span)
        if not name.plain:
            return words
        actor = self.actors[reference.actor or ""]
        same = actor.name.casefold() == " ".join(reference.span.words(self.record.story.text).split()).casefold()
        return name if same else name + Text(" ") + words

    def name_all(self, references: tuple[Reference, ...]) -> Text:
        """Several roles, with commas between them."""
        return Text(", ").join(self.name_reference(reference) for reference in references)

    def name_actors(self, ids: tuple[str, ...]) -> Text:
        """Several actors by id, with commas between them."""
        return Text(", ").join(self.name_actor(actor_id) or Text(actor_id) for actor_id in ids)
