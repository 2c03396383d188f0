"""Builds the pages of the event types and contexts from the ontology, and the navigation that no one writes by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from onrecord.cli.ontology import QUADS
from onrecord.ontology import VERSION, EventType, Ontology, load_ontology

FOLDER = "event-types"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages that are listed by folder, and the generated ones, to the navigation."""
    docs = Path(config.docs_dir)
    written = {"index", "glossary", "path", "commands", "settings", "exit-codes", "json"}
    more = sorted(path.name for path in docs.glob("*.md") if path.stem not in written)
    types = [f"{FOLDER}/{kind.lower()}.md" for kind in load_ontology().types]
    nav: list[Any] = list(config.nav or [])
    nav += more
    nav.append({"Formats": sorted(f"formats/{path.name}" for path in (docs / "formats").glob("*.md"))})
    nav.append({"Event types": [f"{FOLDER}/index.md", f"{FOLDER}/contexts.md", *types]})
    nav.append({"Decisions": sorted(f"adr/{path.name}" for path in (docs / "adr").glob("*.md"))})
    config.nav = nav
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    ontology = load_ontology()
    pages = {"index": _write_index(ontology), "contexts": _write_contexts(ontology)}
    pages |= {kind.lower(): _write_type(event_type) for kind, event_type in ontology.types.items()}
    for name, content in pages.items():
        files.append(File.generated(config, f"{FOLDER}/{name}.md", content=content))
    return files


def _write_index(ontology: Ontology) -> str:
    rows = []
    for kind, item in ontology.types.items():
        cells = (
            f"[{kind}]({kind.lower()}.md)",
            item.label,
            QUADS[item.quad],
            f"{item.score:+.1f}",
            ", ".join(item.modes),
        )
        rows.append(f"| {' | '.join(cells)} |")
    head = f"# Event types\n\nOntology `{VERSION}`, after the PLOVER manual. Definitions and examples are our own.\n"
    return "\n".join([head, "| type | in short | quad class | intensity | modes |", "|---|---|---|---|---|", *rows, ""])


def _write_contexts(ontology: Ontology) -> str:
    rows = [f"| `{context.id}` | {context.definition} |" for context in ontology.contexts]
    head = "# Contexts\n\nWhat an event is about. An event has the contexts whose words stand in its clause.\n"
    return "\n".join([head, "| context | what it covers |", "|---|---|", *rows, ""])


def _write_type(item: EventType) -> str:
    needs = "yes" if item.requires_recipient else "no"
    lines = [f"# {item.id}: {item.label}\n", item.definition, ""]
    lines.append(
        f"Quad class {item.quad} ({QUADS[item.quad]}), intensity {item.score:+.1f}, needs a recipient: {needs}.\n"
    )
    if item.modes:
        lines += ["## Modes\n", "| mode | intensity | how |", "|---|---|---|"]
        lines += [f"| `{name}` | {mode.score:+.1f} | {mode.definition} |" for name, mode in item.modes.items()]
    lines += ["\n## Examples\n", *(f"- {example}" for example in item.examples)]
    lines += [
        "\n## Neighbours\n",
        *(f"- [{name}]({name.lower()}.md): {text}" for name, text in item.neighbours.items()),
    ]
    return "\n".join([*lines, ""])
