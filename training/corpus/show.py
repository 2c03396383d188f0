"""Shows an annotated story of the corpus: the words in their colours, then every record with the words it rests on.

    python -m training.corpus.show NAME

NAME may be the beginning of a name; without one, the names are listed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

from training.corpus.form import STORIES, Annotated, EventForm, FormError, Mark, StatementForm, load_story

COLOURS: Final = {"source": "36", "cue": "33", "content": "4", "trigger": "31;1"}


def paint(words: str, colour: str) -> str:
    """The words in a colour, where the terminal shows colours."""
    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
    return words if plain else f"\033[{colour}m{words}\033[0m"


def find_marks(story: Annotated) -> Iterator[tuple[Mark, str]]:
    """Every span that is coloured in the text, with its layer."""
    for statement in story.statements:
        yield from ((mark, "source") for mark in statement.sources)
        yield from ((mark, "content") for mark in statement.content)
        if statement.cue:
            yield statement.cue, "cue"
    for event in story.events:
        yield event.trigger, "trigger"


def paint_text(story: Annotated) -> str:
    """The body with its layers in colours."""
    layers: list[list[str]] = [[] for _ in story.text]
    for mark, layer in find_marks(story):
        for place in range(mark.start, mark.end):
            layers[place].append(COLOURS[layer])
    pieces, start = [], 0
    for end in range(1, len(story.text) + 1):
        if end == len(story.text) or layers[end] != layers[start]:
            colour = ";".join(dict.fromkeys(layers[start]))
            pieces.append(paint(story.text[start:end], colour) if colour else story.text[start:end])
            start = end
    return "".join(pieces)


def _quote(story: Annotated, marks: Iterable[Mark | None]) -> str:
    parts = []
    for mark in marks:
        if mark is not None:
            actor = f" ={mark.actor}" if mark.actor else ""
            parts.append(f"“{' '.join(story.text[mark.start : mark.end].split())}”{actor}")
    return ", ".join(parts)


def _print_fields(fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if value not in ("", None, [], ()):
            print(f"      {name:<11}{value}")


def print_statement(story: Annotated, statement: StatementForm) -> None:
    """One statement, one line a field."""
    labels = dict(statement.labels)
    print(f"  {statement.id:<5}" + paint(f"{labels.pop('act', '')}, {labels.pop('kind', '')}", "1"))
    spans = {"who": statement.sources, "cue": (statement.cue,), "content": statement.content}
    spans |= {"condition": (statement.condition,), "occasion": (statement.occasion,), "relay": statement.relay}
    _print_fields({name: _quote(story, marks) for name, marks in spans.items()} | labels)


def print_event(story: Annotated, event: EventForm) -> None:
    """One event, one line a field."""
    labels = dict(event.labels)
    kind = str(labels.pop("type", "")) + (f"-{labels.pop('mode')}" if "mode" in labels else "")
    print(f"  {event.id:<5}" + paint(f"{kind}, {labels.pop('status', '')}", "1"))
    spans = {"trigger": (event.trigger,), "who": event.actors, "to whom": event.recipients}
    spans |= {"place": (event.place,), "words": (event.quote,)}
    _print_fields({name: _quote(story, marks) for name, marks in spans.items()} | labels)


def print_story(story: Annotated) -> None:
    """The whole story with its annotation."""
    print(paint(f"{story.name}  {story.story}", "2"))
    print("  ".join(paint(layer, colour) for layer, colour in COLOURS.items()), end="\n\n")
    print(paint_text(story), end="\n\n")
    for actor in story.actors:
        print(
            f"  {actor.id:<12}{actor.name} ({actor.kind}, {actor.country or '-'} {actor.sector}) ×{len(actor.mentions)}"
        )
    print("\nSTATEMENTS")
    for statement in story.statements:
        print_statement(story, statement)
    print("\nEVENTS")
    for event in story.events:
        print_event(story, event)
    for title, rows in (("POSITIONS", story.positions), ("NEGOTIATION", [story.negotiation or {}])):
        print(f"\n{title}")
        for row in rows:
            _print_fields(row)
            print()
    for problem in story.problems:
        print(paint(problem, "31"))


def main() -> int:
    """Show the stories whose name begins with the word given; list all names without one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("name", nargs="?", default="")
    name = parser.parse_args().name
    paths = sorted(STORIES.glob(f"{name}*.yaml"))
    if not name or not paths:
        print("\n".join(path.stem for path in sorted(STORIES.glob("*.yaml"))))
        return 0 if not name else 1
    for path in paths:
        try:
            print_story(load_story(path))
        except FormError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
