"""Writes annotated stories in the form of `benchmarks.record`: `NAME.txt` and `NAME.gold.json` (DESIGN.md section 8).

python -m training.corpus.gold dev runs/gold-dev
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from training.corpus.form import STORIES, Annotated, FormError, Mark, load_story, split_of

Item = dict[str, Any]


class _Names:
    """Actors of one story as the gold names them: states and their arms by code, others by name."""

    def __init__(self, story: Annotated) -> None:
        self.story = story
        self.actors = {actor.id: actor for actor in story.actors}

    def name(self, actor_id: str) -> str:
        """Code where there is a plain one, else the name."""
        actor = self.actors[actor_id]
        plain = actor.code and actor.code.isupper() and " " not in actor.code and actor.code != "UNK"
        return actor.code if plain and actor.kind != "person" else actor.name

    def code(self, mark: Mark) -> str | None:
        """Code or name of the actor that the words mention; the words where none is."""
        actor_id = self.find(mark)
        if actor_id is None:
            return None
        actor = self.actors[actor_id]
        plain = actor.code and actor.code.isupper() and " " not in actor.code and actor.code != "UNK"
        return actor.code if plain else actor.name

    def find(self, mark: Mark) -> str | None:
        """The actor whose mention fits the words best."""
        if mark.actor:
            return mark.actor
        ranked = [
            (abs(start - mark.start) + abs(end - mark.end), actor.id)
            for actor in self.story.actors
            for start, end in actor.mentions
            if start < mark.end and mark.start < end
        ]
        return min(ranked)[1] if ranked else None


def convert(story: Annotated) -> Item:
    """The gold of one story."""
    names = _Names(story)
    return {
        "story": {key: story.story.get(key) for key in ("agency", "date", "signoff")},
        "statements": [_convert_statement(story, names, item) for item in story.statements if item.content],
        "events": [
            {
                "type": event.labels.get("type"),
                "actors": [code for mark in event.actors if (code := names.code(mark))],
                "recipients": [code for mark in event.recipients if (code := names.code(mark))],
                "date": event.labels.get("date"),
                "status": event.labels.get("status"),
                "quote": story.text[event.quote.start : event.quote.end],
            }
            for event in story.events
        ],
        "positions": [_convert_position(names, item) for item in story.positions],
        "rounds": [
            {
                "parties": [names.name(str(party)) for party in item.get("parties") or []],
                "date": item.get("date"),
                "outcome": item.get("outcome"),
            }
            for item in (story.negotiation or {}).get("rounds") or []
        ],
        "outstanding": (story.negotiation or {}).get("outstanding") or [],
    }


def _convert_statement(story: Annotated, names: _Names, item: Any) -> Item:
    longest = max(item.content, key=lambda mark: mark.end - mark.start)
    source = names.find(item.sources[0]) if item.sources else None
    to = [str(actor) for actor in item.labels.get("to") or []]
    return {
        "source": names.actors[source].name if source else None,
        "content": story.text[longest.start : longest.end],
        "act": item.labels.get("act"),
        "relay": [story.text[mark.start : mark.end] for mark in item.relay],
        "addressee": names.name(to[0]) if to else None,
        "said": item.labels.get("said"),
    }


def _convert_position(names: _Names, item: Item) -> Item:
    holder = item["holder"][0] if isinstance(item["holder"], list) else item["holder"]
    return {
        "holder": names.name(str(holder)),
        "addressees": [names.name(str(party)) for party in item.get("to") or []],
        "stance": item.get("stance"),
        "content": item.get("content"),
        "state": item.get("state"),
    }


def main() -> None:
    """Write the stories of one split into a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("split", choices=("train", "dev", "test"))
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(STORIES.glob("*.yaml")):
        if split_of(path.stem) != arguments.split:
            continue
        try:
            story = load_story(path)
        except FormError as error:
            print(error)
            continue
        (arguments.folder / f"{path.stem}.txt").write_text(story.raw, encoding="utf-8")
        gold = json.dumps(convert(story), ensure_ascii=False, indent=1, default=str)
        (arguments.folder / f"{path.stem}.gold.json").write_text(gold, encoding="utf-8")


if __name__ == "__main__":
    main()
