"""Reads an annotated story: words in, offsets out.

The form holds words, not offsets, so that people can write and mend it; this module finds the words in the story
(docs/annotation.md says how). All offsets are half-open `[start, end)` in the body, which is the text between the
words given as `first` and `last`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

STORIES = Path(__file__).parent / "stories"
SECOND = Path(__file__).parent / "second"

Offsets = tuple[int, int]


class FormError(ValueError):
    """An annotation that cannot be placed in its story; the message names the record and the words."""


@dataclass(frozen=True)
class Mark:
    """One placed span, with the actor that it mentions where there is one."""

    start: int
    end: int
    actor: str | None = None


@dataclass(frozen=True)
class Actor:
    """One actor of a story and every place in the body that mentions it."""

    id: str
    name: str
    kind: str
    country: str
    sector: str
    code: str
    mentions: tuple[Offsets, ...]


@dataclass(frozen=True)
class StatementForm:
    """One attribution relation as annotated; the spans are placed, the labels as written."""

    id: str
    sources: tuple[Mark, ...]
    cue: Mark | None
    content: tuple[Mark, ...]
    condition: Mark | None
    occasion: Mark | None
    relay: tuple[Mark, ...]
    labels: dict[str, Any]


@dataclass(frozen=True)
class EventForm:
    """One event as annotated."""

    id: str
    quote: Mark
    trigger: Mark
    actors: tuple[Mark, ...]
    recipients: tuple[Mark, ...]
    place: Mark | None
    labels: dict[str, Any]


@dataclass(frozen=True)
class Annotated:
    """A whole annotated story: `text` is the body, all spans are offsets in it."""

    name: str
    raw: str
    text: str
    story: dict[str, Any]
    actors: tuple[Actor, ...]
    statements: tuple[StatementForm, ...]
    events: tuple[EventForm, ...]
    timexes: tuple[tuple[Mark, str], ...]
    places: tuple[Mark, ...]
    positions: tuple[dict[str, Any], ...]
    negotiation: dict[str, Any] | None
    problems: tuple[str, ...] = field(default=())


def find_words(text: str, words: str) -> list[Offsets]:
    """All places where `words` stands in `text`; white space of any length and kind matches."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    before = r"(?<!\w)" if words.strip()[0].isalnum() else ""
    after = r"(?!\w)" if words.strip()[-1].isalnum() else ""
    return [match.span() for match in re.finditer(before + r"\s+".join(parts) + after, text)]


def _bracketed(text: str, words: str) -> list[Offsets] | None:
    if "[" not in words or "]" not in words:
        return None
    head, rest = words.split("[", 1)
    inner, tail = rest.split("]", 1)
    places = find_words(text, f"{head}{inner}{tail}")
    found = []
    for start, end in places:
        lead = len(head.split())
        inside = [match.span() for match in re.finditer(r"\s+", text[start:end])]
        begin = start + (inside[lead - 1][1] if lead and head[-1:].isspace() else 0)
        if lead and not head[-1:].isspace():
            begin = text.index(inner.split()[0], start + len(head) - 1)
        for candidate in find_words(text[begin:end], inner):
            found.append((begin + candidate[0], begin + candidate[1]))
            break
    return found


class _Placer:
    """Finds spans in one body and remembers what went wrong."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.problems: list[str] = []
        self.extra: list[tuple[Offsets, str]] = []

    def report(self, where: str, words: object, why: str) -> None:
        self.problems.append(f"{self.name}: {where}: {words!r}: {why}")

    def place(self, where: str, spec: object, near: Offsets | None = None) -> Mark | None:
        if spec in (None, "", []):
            return None
        actor = None
        if isinstance(spec, dict):
            if len(spec) != 1:
                self.report(where, spec, "a span is words or one {words: actor}")
                return None
            spec, actor = next(iter(spec.items()))
        words = str(spec)
        places = _bracketed(self.text, words)
        if places is None:
            places = find_words(self.text, words)
        if not places:
            self.report(where, words, "does not stand in the body")
            return None
        if len(places) > 1 and near is None:
            self.report(where, words, f"stands {len(places)} times; write it as 'more words [{words}] more words'")
        start, end = min(places, key=lambda place: _distance(place, near)) if near else places[0]
        if actor:
            self.extra.append(((start, end), str(actor)))
        return Mark(start, end, str(actor) if actor else None)

    def place_all(self, where: str, specs: object, near: Offsets | None = None) -> tuple[Mark, ...]:
        items = specs if isinstance(specs, list) else [specs]
        return tuple(mark for item in items if (mark := self.place(where, item, near)))


def _distance(place: Offsets, near: Offsets) -> int:
    if place[0] >= near[0] and place[1] <= near[1]:
        return -1
    return min(abs(place[0] - near[1]), abs(near[0] - place[1]))


def _place_actors(placer: _Placer, forms: dict[str, Any]) -> dict[str, list[Offsets]]:
    taken: list[tuple[Offsets, str]] = []
    for actor_id, form in forms.items():
        for words in form.get("also") or []:
            mark = placer.place(f"actor {actor_id}", words)
            if mark:
                taken.append(((mark.start, mark.end), actor_id))
    taken += placer.extra
    names = [(str(name), actor_id) for actor_id, form in forms.items() for name in form.get("names") or []]
    for name, actor_id in sorted(names, key=lambda item: -len(item[0])):
        places = find_words(placer.text, name)
        if not places:
            placer.report(f"actor {actor_id}", name, "does not stand in the body")
        taken += [(place, actor_id) for place in places if _is_free(place, actor_id, taken)]
    mentions: dict[str, list[Offsets]] = {actor_id: [] for actor_id in forms}
    for place, actor_id in taken:
        if actor_id not in mentions:
            placer.report("mention", placer.text[place[0] : place[1]], f"no actor {actor_id!r}")
        elif place not in mentions[actor_id]:
            mentions[actor_id].append(place)
    return mentions


def _is_free(place: Offsets, actor_id: str, taken: list[tuple[Offsets, str]]) -> bool:
    """Not the very words of another mention, and not inside a longer mention of the same actor."""
    same = any(place == other for other, _ in taken)
    inside = any(place[0] < end and start < place[1] for (start, end), other in taken if other == actor_id)
    return not same and not inside


def _place_statement(placer: _Placer, form: dict[str, Any]) -> StatementForm:
    where = f"statement {form.get('id')}"
    content = placer.place_all(where, form.get("content") or [], None)
    near = (content[0].start, content[-1].end) if content else None
    cue = placer.place(where, form.get("cue"), near)
    near = near or ((cue.start, cue.end) if cue else None)
    labels = {key: form[key] for key in ("kind", "act", "to", "said", "negated", "parent") if form.get(key) is not None}
    return StatementForm(
        id=str(form.get("id")),
        sources=placer.place_all(where, form.get("source") or [], (cue.start, cue.end) if cue else near),
        cue=cue,
        content=content,
        condition=placer.place(where, form.get("condition"), near),
        occasion=placer.place(where, form.get("occasion"), near),
        relay=placer.place_all(where, form.get("relay") or [], near),
        labels=labels,
    )


def _place_event(placer: _Placer, form: dict[str, Any]) -> EventForm | None:
    where = f"event {form.get('id')}"
    quote = placer.place(where, form.get("quote"))
    if quote is None:
        return None
    near = (quote.start, quote.end)
    trigger = placer.place(where, form.get("trigger"), near)
    if trigger is None:
        placer.report(where, form.get("trigger"), "an event needs a trigger")
        return None
    labels = {
        key: form[key] for key in ("type", "mode", "date", "status", "by", "contexts") if form.get(key) is not None
    }
    return EventForm(
        id=str(form.get("id")),
        quote=quote,
        trigger=trigger,
        actors=placer.place_all(where, form.get("actors") or [], near),
        recipients=placer.place_all(where, form.get("recipients") or [], near),
        place=placer.place(where, form.get("place"), near),
        labels=labels,
    )


def _place_timexes(placer: _Placer, forms: list[Any]) -> list[tuple[Mark, str]]:
    found: list[tuple[Mark, str]] = []
    at = 0
    for item in forms:
        if not isinstance(item, list) or len(item) != 2:
            placer.report("timex", item, "a timex is [words, value]")
            continue
        words, value = str(item[0]), str(item[1]).replace(" ", "T", 1)
        places = _bracketed(placer.text, words)
        after = [
            place for place in (places if places is not None else find_words(placer.text, words)) if place[0] >= at
        ]
        if not after:
            placer.report("timex", words, "does not stand after the timex before it (list them in text order)")
            continue
        found.append((Mark(*after[0]), value))
        at = after[0][1]
    return found


def _cut_body(name: str, raw: str, story: dict[str, Any]) -> str:
    first, last = str(story.get("first") or ""), str(story.get("last") or "")
    starts, ends = find_words(raw, first), find_words(raw, last)
    if not starts or not ends or ends[-1][1] <= starts[-1][0]:
        raise FormError(
            f"{name}: story: first {first!r} or last {last!r} does not stand in the text; copy the words exactly"
        )
    start = starts[-1][0] if len(starts) == 1 else min(place[0] for place in starts)
    tail = re.match(r"[\"'”’)\].!?]*", raw[ends[-1][1] :])
    head = re.search(r"[\"'“‘(]*$", raw[:start])
    return raw[start - (len(head.group()) if head else 0) : ends[-1][1] + (len(tail.group()) if tail else 0)]


def load_story(path: Path) -> Annotated:
    """Read `NAME.yaml` and the `NAME.txt` beside it.

    Raises:
        FormError: the YAML is broken or the body cannot be found. Smaller faults are listed in `problems`.
    """
    raw = (STORIES / path.with_suffix(".txt").name).read_text(encoding="utf-8")
    try:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FormError(f"{path.name}: not YAML: {error}") from error
    name, story = path.stem, form.get("story") or {}
    text = _cut_body(name, raw, story)
    placer = _Placer(name, text)
    statements = tuple(_place_statement(placer, item) for item in form.get("statements") or [])
    events = tuple(event for item in form.get("events") or [] if (event := _place_event(placer, item)))
    actors_form = form.get("actors") or {}
    mentions = _place_actors(placer, actors_form)
    actors = tuple(
        Actor(
            actor_id,
            str(item.get("name") or ""),
            str(item.get("kind") or ""),
            str(item.get("country") or ""),
            str(item.get("sector") or ""),
            str(item.get("code") or ""),
            tuple(sorted(mentions[actor_id])),
        )
        for actor_id, item in actors_form.items()
    )
    timexes = tuple(_place_timexes(placer, form.get("timexes") or []))
    places = placer.place_all("places", form.get("places") or [], (0, 0))
    return Annotated(
        name,
        raw,
        text,
        story,
        actors,
        statements,
        events,
        timexes,
        places,
        tuple(form.get("positions") or []),
        form.get("negotiation"),
        tuple(placer.problems),
    )


def split_of(name: str) -> str:
    """Train, dev or test: by a hash of the story's name, 76 / 10 / 14 in a hundred, so that the split never moves."""
    import hashlib

    bucket = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100
    return "train" if bucket < 76 else "dev" if bucket < 86 else "test"
