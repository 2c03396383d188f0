"""The path of a story, in order: the one place where the stages stand together.

A stage takes what the stages before it made and adds its own; none changes what another made, except that `actors`
fills in who the spans mean. A stage that fails is kept in `record.failures` with its reason, and the record goes on
without it. A story that is not English is kept and marked: the later stages are skipped, and say so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from onrecord import ontology as ontologies
from onrecord.actors.attach import find_actors
from onrecord.actors.overlay import open_base
from onrecord.actors.resolver import Resolver
from onrecord.addressees import address_statements
from onrecord.config import Settings
from onrecord.dating import date_events, date_statements
from onrecord.encode import Encoded, Encoder
from onrecord.errors import OnrecordError
from onrecord.events import find_events, merge_events
from onrecord.negotiations import find_negotiations
from onrecord.ontology import Ontology, load_ontology
from onrecord.places import find_places, place_events
from onrecord.positions import find_positions
from onrecord.record import Failure, Record, Versions
from onrecord.segment import Segments, segment_story
from onrecord.statements import find_statements
from onrecord.story import Story
from onrecord.story_date import infer_date, list_terms
from onrecord.timexes import find_timexes, list_failures

LANGUAGES: Final = frozenset(("en", ""))

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """A record in the making: what the stages so far have made, and the encoder's reading, which is not kept."""

    record: Record
    segments: Segments | None = None
    encoded: Encoded | None = None

    def add(self, **fields: object) -> Work:
        """The same work with fields of the record filled in."""
        return replace(self, record=self.record.model_copy(update=fields))


Stage = Callable[["Pipeline", Work], Work]


class Needs(OnrecordError):
    """A stage cannot run because an earlier one gave nothing."""


def _segment(pipeline: Pipeline, work: Work) -> Work:
    return replace(work, segments=segment_story(work.record.story))


def _infer_date(pipeline: Pipeline, work: Work) -> Work:
    return work.add(story=infer_date(work.record.story, partial(list_terms, pipeline.resolver.base)))


def _find_timexes(pipeline: Pipeline, work: Work) -> Work:
    story = work.record.story
    timexes = find_timexes(story.text, story.paragraphs, story.published.day)
    return work.add(timexes=timexes, failures=(*work.record.failures, *list_failures(story.text, timexes)))


def _encode(pipeline: Pipeline, work: Work) -> Work:
    return replace(work, encoded=pipeline.encoder.encode(work.record.story))


def _need(work: Work) -> tuple[Segments, Encoded]:
    if work.encoded is None or work.segments is None:
        raise Needs("the encoder has not read this story")
    return work.segments, work.encoded


def _find_statements(pipeline: Pipeline, work: Work) -> Work:
    return work.add(statements=find_statements(work.record.story, *_need(work)))


def _find_events(pipeline: Pipeline, work: Work) -> Work:
    record = work.record
    return work.add(events=find_events(*_need(work), record.statements, pipeline.ontology))


def _date_claims(pipeline: Pipeline, work: Work) -> Work:
    record, (segments, _) = work.record, _need(work)
    statements = date_statements(segments, record.statements, record.timexes)
    return work.add(statements=statements, events=date_events(segments, record.events, statements, record.timexes))


def _find_places(pipeline: Pipeline, work: Work) -> Work:
    record = work.record
    places = find_places(record.story, work.encoded)
    segments = work.segments
    return work.add(places=places, events=place_events(segments, record.events, places) if segments else record.events)


def _merge_events(pipeline: Pipeline, work: Work) -> Work:
    return work.add(events=merge_events(work.record.story, work.record.events))


def _find_positions(pipeline: Pipeline, work: Work) -> Work:
    record = work.record
    return work.add(positions=find_positions(record.story, record.statements, record.events, record.actors))


def _find_negotiations(pipeline: Pipeline, work: Work) -> Work:
    record = work.record
    found = find_negotiations(record.story, record.statements, record.events, record.positions, record.actors)
    return work.add(negotiations=found)


def _find_actors(pipeline: Pipeline, work: Work) -> Work:
    return work.add(**find_actors(work.record, _need(work)[1], pipeline.resolver))


def _address_statements(pipeline: Pipeline, work: Work) -> Work:
    record = work.record
    return work.add(statements=address_statements(record.statements, record.events, record.mentions, record.actors))


#: The stages by name, in order.
STAGES: Final[tuple[tuple[str, Stage], ...]] = (
    ("segment", _segment),
    ("story_date", _infer_date),
    ("timexes", _find_timexes),
    ("encode", _encode),
    ("statements", _find_statements),
    ("events", _find_events),
    ("actors", _find_actors),
    ("addressees", _address_statements),
    ("dates", _date_claims),
    ("places", _find_places),
    ("merge", _merge_events),
    ("positions", _find_positions),
    ("negotiations", _find_negotiations),
)


class Pipeline:
    """Loads what the stages need once, then reads stories. Pickles by its settings."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Load model and data.

        Raises:
            ModelError: the model is missing or damaged.
            DataError: a data file is wrong.
        """
        self.settings = settings or Settings()
        folder = Path(self.settings.model) if self.settings.model else None
        self.encoder = Encoder(folder, threads=self.settings.threads)
        self.ontology: Ontology = load_ontology()
        self.resolver = Resolver(open_base(self.settings))
        self.versions = Versions(
            package=version("onrecord"),
            model=str(self.encoder.manifest.get("version", "")),
            ontology=ontologies.VERSION,
        )

    def __reduce__(self) -> tuple[object, ...]:
        return Pipeline, (self.settings,)

    def process(self, story: Story) -> Record:
        """The record of one story. Never raises for a story: what failed is in `record.failures`."""
        work = Work(Record(story=story, versions=self.versions))
        if story.language not in LANGUAGES:
            reason = f"the story is in {story.language!r}, the model reads English only"
            return work.record.model_copy(
                update={"failures": tuple(Failure(stage=name, reason=reason) for name, _ in STAGES)}
            )
        for name, stage in STAGES:
            try:
                work = stage(self, work)
            except Needs as error:
                work = _note(work, name, error.what)
            except Exception as error:
                _log.exception("stage %s failed on story %s", name, story.id[:12])
                work = _note(work, name, f"{type(error).__name__}: {error}")
        return work.record

    def process_all(self, stories: Iterable[Story]) -> Iterator[Record]:
        """Records in the order of the stories."""
        return (self.process(story) for story in stories)


def _note(work: Work, stage: str, reason: str) -> Work:
    return work.add(failures=(*work.record.failures, Failure(stage=stage, reason=reason)))
