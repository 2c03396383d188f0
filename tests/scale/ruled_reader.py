"""A small reader for the tests of ingest: it needs no model, and is slow or deadly where the text asks for it."""

from __future__ import annotations

import os
import re
import time

from onrecord.config import Settings
from onrecord.record import Record, Reference, Statement, Versions
from onrecord.scale.workers import Reader
from onrecord.story import Span, Story

_SAID = re.compile(r"([A-Z]\w+) said (.+?)\.")


class RuledReader:
    """Takes `NAME said CONTENT.` for a statement."""

    def process(self, story: Story) -> Record:
        if "KILLS ITS READER" in story.text:
            os._exit(9)
        if "RAISES" in story.text:
            raise ValueError("cannot read this")
        if "SLOW" in story.text:
            time.sleep(0.02)
        statements = [
            Statement(
                id=f"s{number}",
                span=Span(*match.span()),
                sources=(Reference(span=Span(*match.span(1))),),
                content=(Span(*match.span(2)),),
            )
            for number, match in enumerate(_SAID.finditer(story.text), 1)
        ]
        return Record(story=story, statements=tuple(statements), versions=Versions(model="rules"))


def make_reader(_: Settings) -> Reader:
    """The reader of a worker."""
    return RuledReader()
