"""Mentions of a story joined into actors, and actors put into its claims."""

from __future__ import annotations

import re
from datetime import date

import pytest

from onrecord.actors.attach import attach_actors, count_states, resolve_actors
from onrecord.actors.coreference import Linker, judge_kind
from onrecord.actors.resolver import Context, Resolver
from onrecord.record import Actor, Mention, Record, Reference, Statement
from onrecord.story import Published, Span, Story


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def make_story(text: str, day: date | None = None) -> Story:
    return Story(
        id="0",
        text=text,
        raw=b"",
        runs=(),
        format="text",
        paragraphs=(Span(0, len(text)),),
        published=Published(day=day),
    )


def make_mentions(text: str, *words: str) -> list[Mention]:
    """One mention a word list entry, each found after the one before."""
    mentions, at = [], 0
    for number, item in enumerate(words):
        match = re.compile(re.escape(item)).search(text, at)
        assert match is not None
        at = match.end()
        span = Span(*match.span())
        mentions.append(Mention(id=f"m{number}", span=span, head=span, kind=judge_kind(item)))
    return mentions


def link(resolver: Resolver, text: str, *words: str, day: int = 20220114) -> list[Actor]:
    """The actor of each mention."""
    mentions = make_mentions(text, *words)
    linked, actors = Linker(resolver, make_story(text), Context(day)).link(mentions)
    by_id = {actor.id: actor for actor in actors}
    return [by_id[mention.actor] for mention in linked if mention.actor]


def test_surname_after_the_full_name_is_the_same_person(resolver: Resolver) -> None:
    first, second = link(resolver, "Minister Arvo Tamm spoke. Tamm left early.", "Minister Arvo Tamm", "Tamm")
    assert first.id == second.id


def test_pronoun_takes_the_gender_that_is_known(resolver: Resolver) -> None:
    text = "Maria Zakharova met Sergey Lavrov before noon. Later she spoke."
    actors = link(resolver, text, "Maria Zakharova", "Sergey Lavrov", "she")
    assert actors[2].name == "Maria Zakharova"


def test_alliance_is_nato_after_nato(resolver: Resolver) -> None:
    actors = link(resolver, "Oslo wrote to NATO. But the alliance kept silent.", "Oslo", "NATO", "the alliance")
    assert actors[2].code == "IGONATO"


def test_minister_alone_is_the_minister_named_before(resolver: Resolver) -> None:
    text = "Finance Minister Ines Duarte resigned. The minister gave no reason."
    first, second = link(resolver, text, "Finance Minister Ines Duarte", "The minister")
    assert first.id == second.id


def test_we_in_a_quotation_is_the_state_of_its_speaker(resolver: Resolver) -> None:
    text = 'Russia waits. Lavrov said: "We expect an answer."'
    mentions = make_mentions(text, "Russia", "Lavrov", "We")
    content = Span(text.index('"'), len(text))
    statement = Statement(id="s1", span=content, sources=(Reference(span=mentions[1].span),), content=(content,))
    linked, actors = Linker(resolver, make_story(text), Context(20220114)).link(mentions, [statement])
    assert linked[2].actor == linked[0].actor
    assert len(actors) == 2


def test_span_inside_a_mention_gets_its_actor(resolver: Resolver) -> None:
    text = "Kremlin spokesman Dmitry Peskov said the talks failed."
    mentions = make_mentions(text, "Kremlin spokesman Dmitry Peskov")
    linked, actors = Linker(resolver, make_story(text), Context(20220114)).link(mentions)
    inner = Span(text.index("Dmitry"), text.index(" said"))
    statement = Statement(id="s1", span=inner, sources=(Reference(span=inner),), content=(Span(32, 53),))
    record = Record(story=make_story(text), statements=(statement,))
    fields = attach_actors(record, linked, actors)
    statements = fields["statements"]
    assert isinstance(statements, tuple)
    assert statements[0].sources[0].actor == actors[0].id


def test_story_without_mentions_has_no_actors() -> None:
    assert resolve_actors(make_story("Rain fell on the coast.", date(2020, 1, 1)), []) == ()


def test_every_mention_span_is_kept_by_its_actor(resolver: Resolver) -> None:
    text = "Peru and Chile met. Peru left. It returned."
    mentions = make_mentions(text, "Peru", "Chile", "Peru", "It")
    linked, actors = Linker(resolver, make_story(text), Context()).link(mentions)
    kept = {span for actor in actors for span in actor.mentions}
    assert kept == {mention.span for mention in linked if mention.actor}


def test_state_named_most_is_home(resolver: Resolver) -> None:
    assert count_states("Lima said so. Peruvian police agreed with Chile.", resolver) == "PER"
