"""Checks the own corpus: every span stands in its story, every label is known, every reference resolves."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from onrecord.ontology import load_ontology
from onrecord.record import Act, ActorKind, Outcome, Stance, State, StatementKind, Status
from training.corpus.form import SECOND, STORIES, Annotated, FormError, Mark, load_story

ACTS = frozenset(Act)
KINDS = frozenset(StatementKind)
ACTOR_KINDS = frozenset(ActorKind) - {ActorKind.UNKNOWN}
STATUSES = frozenset(Status)
STANCES = frozenset(Stance)
STATES = frozenset(State)
OUTCOMES = frozenset(Outcome)
SECTORS = frozenset(
    (
        *("GOV", "MIL", "SPY", "COP", "JUD", "LEG", "PTY", "ELI", "REB", "UAF", "PRM", "IGO", "IMG", "NGO", "PRE"),
        *("AGR", "BUS", "CRM", "CVL", "EDU", "LAB", "MED", "REF", "REL", "SOC", "OPP", "UNK"),
    )
)
MODES = {kind: frozenset(event_type.modes) for kind, event_type in load_ontology().types.items()}


def _check_label(
    problems: list[str], where: str, value: object, allowed: frozenset[str], *, optional: bool = False
) -> None:
    if value in (None, "") and optional:
        return
    if value not in allowed:
        problems.append(f"{where}: {value!r} is not one of {', '.join(sorted(allowed))}")


def _check_known(problems: list[str], where: str, ids: object, known: set[str]) -> None:
    listed = ids if isinstance(ids, list) else [ids]
    unknown = [item for item in listed if item not in (None, "") and str(item) not in known]
    problems += [f"{where}: no such id {item!r}" for item in unknown]


def _is_mention(story: Annotated, mark: Mark) -> bool:
    return any(start < mark.end and mark.start < end for actor in story.actors for start, end in actor.mentions)


def check_story(story: Annotated) -> list[str]:
    """Everything wrong with one story, as lines that name story, record and value."""
    problems, name = list(story.problems), story.name
    actors = {actor.id for actor in story.actors}
    statements = {statement.id for statement in story.statements}
    events = {event.id for event in story.events}
    for actor in story.actors:
        _check_label(problems, f"{name}: actor {actor.id} kind", actor.kind, ACTOR_KINDS)
        _check_label(problems, f"{name}: actor {actor.id} sector", actor.sector, SECTORS)
    for statement in story.statements:
        where, labels = f"{name}: statement {statement.id}", statement.labels
        _check_label(problems, f"{where} kind", labels.get("kind"), KINDS)
        _check_label(problems, f"{where} act", labels.get("act"), ACTS)
        _check_known(problems, f"{where} to", labels.get("to"), actors)
        _check_known(problems, f"{where} parent", labels.get("parent"), statements)
        if statement.cue is None:
            problems.append(f"{where}: no cue")
        problems += [
            f"{where}: source is no mention of an actor" for mark in statement.sources if not _is_mention(story, mark)
        ]
    for event in story.events:
        where, labels = f"{name}: event {event.id}", event.labels
        _check_label(problems, f"{where} type", labels.get("type"), frozenset(MODES))
        _check_label(
            problems,
            f"{where} mode",
            labels.get("mode"),
            MODES.get(str(labels.get("type")), frozenset()),
            optional=True,
        )
        _check_label(problems, f"{where} status", labels.get("status"), STATUSES)
        _check_known(problems, f"{where} by", labels.get("by"), statements)
        for mark in event.actors + event.recipients:
            if not _is_mention(story, mark):
                problems.append(f"{where}: {story.text[mark.start : mark.end]!r} is no mention of an actor")
    problems += _check_positions(story, actors, statements | events)
    return problems


def _check_positions(story: Annotated, actors: set[str], claims: set[str]) -> list[str]:
    problems: list[str] = []
    for number, position in enumerate(story.positions, 1):
        where = f"{story.name}: position {number}"
        _check_label(problems, f"{where} stance", position.get("stance"), STANCES)
        _check_label(problems, f"{where} state", position.get("state"), STATES, optional=True)
        _check_known(problems, f"{where} holder", position.get("holder"), actors)
        _check_known(problems, f"{where} to", position.get("to"), actors)
        _check_known(problems, f"{where} evidence", position.get("evidence"), claims)
    negotiation: dict[str, Any] = story.negotiation or {}
    _check_known(problems, f"{story.name}: negotiation parties", negotiation.get("parties"), actors)
    _check_known(problems, f"{story.name}: negotiation mediators", negotiation.get("mediators"), actors)
    for number, item in enumerate(negotiation.get("rounds") or [], 1):
        where = f"{story.name}: round {number}"
        _check_label(problems, f"{where} outcome", item.get("outcome"), OUTCOMES, optional=True)
        _check_known(problems, f"{where} parties", item.get("parties"), actors)
        _check_known(problems, f"{where} by", item.get("by"), claims)
    return problems


def main() -> int:
    """Check all stories, or those whose name starts with a prefix; print each fault; exit 1 when there is one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("prefix", nargs="?", default="")
    parser.add_argument("--second", action="store_true", help="check the second annotations")
    arguments = parser.parse_args()
    folder: Path = SECOND if arguments.second else STORIES
    paths = sorted(folder.glob(f"{arguments.prefix}*.yaml"))
    faults: list[str] = []
    for path in paths:
        try:
            faults += check_story(load_story(path))
        except (FormError, OSError, AttributeError, TypeError) as error:
            faults.append(f"{path.name}: {error}")
    print("\n".join([*faults, f"{len(paths)} stories, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
