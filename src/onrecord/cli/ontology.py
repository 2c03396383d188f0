"""`onrecord ontology`: the event types, and one of them with its modes, examples and neighbours."""

from __future__ import annotations

import textwrap
from typing import Final

import typer

from onrecord.ontology import EventType, load_ontology

QUADS: Final = ("", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_WIDTH: Final = 100


def print_ontology(kind: str) -> None:
    """Print all types in short, or the one named."""
    ontology = load_ontology()
    if not kind:
        for event_type in ontology.types.values():
            modes = f" ({', '.join(event_type.modes)})" if event_type.modes else ""
            typer.echo(typer.style(f"{event_type.id:<10}", bold=True) + f" {event_type.label}{modes}")
        typer.echo("\ncontexts: " + _fold(", ".join(context.id for context in ontology.contexts), 10).strip())
        return
    if kind.upper() not in ontology.types:
        raise typer.BadParameter(f"{kind!r} is no event type; allowed are {', '.join(ontology.types)}")
    _print_type(ontology.types[kind.upper()])


def _print_type(event_type: EventType) -> None:
    typer.echo(typer.style(event_type.id, bold=True) + f"  {event_type.label}")
    typer.echo(_fold(event_type.definition, 2))
    needs = "needs a recipient" if event_type.requires_recipient else "recipient optional"
    typer.echo(f"\n  quad {event_type.quad} ({QUADS[event_type.quad]}), intensity {event_type.score:+.1f}, {needs}")
    if event_type.modes:
        typer.echo("\n  modes")
    for name, mode in event_type.modes.items():
        typer.echo(f"    {name:<16}{mode.score:+5.1f}  " + _fold(mode.definition, 27).strip())
    typer.echo("\n  examples")
    for example in event_type.examples:
        typer.echo(_fold(example, 4))
    typer.echo("\n  neighbours")
    for name, difference in event_type.neighbours.items():
        typer.echo(f"    {name:<16}" + _fold(difference, 20).strip())


def _fold(words: str, indent: int) -> str:
    return textwrap.fill(words, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
