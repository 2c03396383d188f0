"""The project's own corpora -> examples: annotated stories, and sentences with a marked event."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.labels import TYPES
from training.corpus.form import STORIES, Annotated, EventForm, FormError, Mark, StatementForm, load_story, split_of
from training.examples import AtSpan, Example, Labelled, Link, find_paragraphs

SENTENCES = Path(__file__).parent / "corpus" / "sentences"
_MARK = re.compile(r"</?[are]>")
_NAME = re.compile(
    r"(?:[A-Z][\w'’.-]*|of the|of|al-\w+|bin|van|de|da)(?:\s+(?:[A-Z][\w'’.-]*|of the|of|al-\w+|bin|van|de|da))*"
)


def read_stories(split: str) -> Iterator[Example]:
    """The annotated stories of one split; a story that cannot be placed is left to the linter."""
    for path in sorted(STORIES.glob("*.yaml")):
        if split_of(path.stem) == split:
            try:
                story = load_story(path)
            except (FormError, OSError):
                continue
            yield make_example(story)


def make_example(story: Annotated) -> Example:
    """All layers, classes and links of one annotated story."""
    example = Example(story.name, "stories", story.text, find_paragraphs(story.text))
    spans: dict[str, set[Labelled]] = {
        name: set() for name in ("source", "cue", "content", "inner", "mention", "trigger", "aside", "name")
    }
    starts = {statement.id: statement for statement in story.statements}
    for statement in story.statements:
        _add_statement(example, spans, statement, nested=statement.labels.get("parent") in starts)
    mentions = {place for actor in story.actors for place in actor.mentions}
    mentions |= {(mark.start, mark.end) for event in story.events for mark in event.actors + event.recipients}
    for event in story.events:
        _add_event(example, spans, event)
    spans["mention"] = {Labelled(*place) for place in _keep_outer(mentions)}
    spans["aside"] |= {Labelled(mark.start, mark.end, "place") for mark in story.places}
    spans["name"] = _find_names(story)
    example.layers = {name: sorted(found) for name, found in spans.items()}
    _add_actors(example, story)
    return example


def _add_statement(
    example: Example, spans: dict[str, set[Labelled]], statement: StatementForm, *, nested: bool
) -> None:
    if statement.cue is None:
        return
    cue = statement.cue.start
    spans["cue"].add(Labelled(statement.cue.start, statement.cue.end))
    spans["source"] |= {Labelled(mark.start, mark.end) for mark in statement.sources}
    spans["inner" if nested else "content"] |= {Labelled(mark.start, mark.end) for mark in statement.content}
    for kind, marks in (
        ("relay", statement.relay),
        ("occasion", (statement.occasion,)),
        ("condition", (statement.condition,)),
    ):
        spans["aside"] |= {Labelled(mark.start, mark.end, kind) for mark in marks if mark}
    sources = [Link("cue_source", cue, mark.start) for mark in statement.sources]
    example.links += sources or [Link("cue_source", cue, -1)]
    example.links += [Link("content_cue", mark.start, cue) for mark in statement.content]
    if statement.labels.get("act"):
        example.classes.append(AtSpan("act", cue, str(statement.labels["act"])))
    example.classes.append(AtSpan("negated", cue, "yes" if statement.labels.get("negated") else "no"))


def _add_event(example: Example, spans: dict[str, set[Labelled]], event: EventForm) -> None:
    at = event.trigger.start
    spans["trigger"].add(Labelled(event.trigger.start, event.trigger.end))
    labels = event.labels
    example.classes.append(AtSpan("type", at, str(labels.get("type"))))
    example.classes.append(AtSpan("status", at, str(labels.get("status", "happened"))))
    example.classes.append(AtSpan("mode", at, str(labels.get("mode") or "none")))
    if event.place:
        spans["aside"].add(Labelled(event.place.start, event.place.end, "place"))
    for name, marks in (("trigger_actor", event.actors), ("trigger_recipient", event.recipients)):
        example.links += [Link(name, at, mark.start) for mark in marks] or [Link(name, at, -1)]


def _keep_outer(places: set[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _add_actors(example: Example, story: Annotated) -> None:
    outer = {span.start for span in example.layers["mention"]}
    clusters = []
    for actor in story.actors:
        starts = [start for start, _ in actor.mentions if start in outer]
        clusters.append(starts)
        if actor.kind:
            example.classes += [AtSpan("mention_kind", start, actor.kind) for start in starts]
    example.clusters = [cluster for cluster in clusters if cluster]


def _find_names(story: Annotated) -> set[Labelled]:
    kinds = {"person": "person", "state": "place", "body": "organization", "group": "organization"}
    found: set[Labelled] = set()
    for actor in story.actors:
        if actor.kind not in kinds:
            continue
        for start, end in actor.mentions:
            place = _last_name(story.text[start:end])
            if place and not _is_adjective(story.text[start + place[0] : start + place[1]], actor.kind):
                found.add(Labelled(start + place[0], start + place[1], kinds[actor.kind]))
    found |= {Labelled(mark.start, mark.end, "place") for mark in story.places if story.text[mark.start].isupper()}
    outer = _keep_outer({(start, end) for start, end, _ in found})
    return {span for span in found if (span.start, span.end) in set(outer)}


_TITLE = re.compile(
    r"(?:(?:The|Prime|Deputy|Foreign|Defen[cs]e|Interior|Finance|Trade|Security|Acting|Vice|Former|Minister|President|Premier|Secretary|General|"
    r"Secretary-General|Chancellor|Ambassador|Envoy|Special|Senator|Governor|Spokesman|Spokeswoman|Lt|Col|Gen|Maj|Dr|Mr|Mrs|Ms|Sheikh|Judge|"
    r"Justice|Chief|of|State|Col\.|Gen\.|Lt\.|Maj\.|Dr\.|Brig\.|Colonel|Captain|Admiral|King|Queen|Pope|Bishop|Father|Sen\.|Rep\.)\s+)+"
)


def _last_name(words: str) -> tuple[int, int] | None:
    """Start and end of the last capitalised name in `words`, titles before it left out."""
    matches = [match for match in _NAME.finditer(words) if match.group()[0].isupper() and len(match.group()) > 2]
    if not matches or matches[-1].group() in {"The", "Both", "Six", "Two", "Three", "His", "Their"}:
        return None
    start, end = matches[-1].span()
    title = _TITLE.match(words[start:end])
    return (start + title.end() if title else start), end


def _is_adjective(words: str, kind: str) -> bool:
    return (
        kind == "state"
        and bool(re.search(r"(?:an|ese|ish|ch|i|ic)$", words))
        and words not in {"Iran", "Pakistan", "Japan"}
    )


def read_sentences() -> Iterator[Example]:
    """The event sentences: trigger, type, mode, status, and the marked actor and recipient."""
    for path in sorted(SENTENCES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
                example = _make_sentence(f"{path.stem}-{number}", path.stem.upper(), row)
                if example:
                    yield example


def _make_sentence(name: str, kind: str, row: dict[str, str]) -> Example | None:
    marks: dict[str, Mark] = {}
    text, opened = "", {}
    at = 0
    raw = row["text"] or ""
    for match in _MARK.finditer(raw):
        text += raw[at : match.start()]
        at = match.end()
        tag = match.group().strip("</>")
        if match.group()[1] != "/":
            opened[tag] = len(text)
        elif tag in opened:
            marks[tag] = Mark(opened[tag], len(text))
    text += raw[at:]
    if set(marks) != {"a", "r", "e"} or kind not in TYPES:
        return None
    example = Example(name, "sentences", text, [(0, len(text))], partial=frozenset(("mention", "trigger")))
    trigger = marks["e"].start
    example.layers = {
        "mention": sorted(Labelled(marks[key].start, marks[key].end) for key in "ar"),
        "trigger": [Labelled(marks["e"].start, marks["e"].end)],
    }
    example.links = [
        Link("trigger_actor", trigger, marks["a"].start),
        Link("trigger_recipient", trigger, marks["r"].start),
    ]
    example.classes = [
        AtSpan("type", trigger, kind),
        AtSpan("mode", trigger, row["mode"] or "none"),
        AtSpan("status", trigger, row["status"] or "happened"),
    ]
    return example


def mark_pairs() -> Iterator[Example]:
    """The same sentences in the form of the PLV set: markers round actor and recipient, the type as label."""
    for path in sorted(SENTENCES.glob("*.tsv")):
        kind = path.stem.upper()
        label = "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
                raw = (row["text"] or "").replace("<e>", "").replace("</e>", "")
                for ours, theirs in (("<a>", "<s>"), ("</a>", "</s>"), ("<r>", "<t>"), ("</r>", "</t>")):
                    raw = raw.replace(ours, theirs)
                if raw and row["status"] in {"happened", "ongoing"}:
                    yield Example(f"pair-{path.stem}-{number}", "pairs", raw, [(0, len(raw))], pair=label)
