"""Statements and events to positions, and the states that a story gives them."""

from __future__ import annotations

from onrecord.positions import find_positions
from onrecord.record import Act, Reference, Stance, State
from tests.kit import find, happen, name, say, tell

ACTORS = (name("oslo", "Norway", "NOR"), name("minsk", "Belarus", "BLR"))


def test_a_demand_is_held_by_its_source_and_addressed_to_the_recipient_of_its_event() -> None:
    story = tell("Oslo demanded that Minsk return the trawler.")
    demand = say(story, 1, "oslo", "demanded", "that Minsk return the trawler", Act.DEMAND)
    event = happen(story, 1, "REQUEST", "Oslo demanded", "demanded", ["oslo"], ["minsk"])
    (position,) = find_positions(story, [demand], [event], ACTORS)
    assert (position.stance, position.holder, position.addressees) == (Stance.DEMAND, "oslo", ("minsk",))
    assert position.state == State.OPEN


def test_a_demand_rejected_by_the_other_side_is_rejected_with_its_words() -> None:
    story = tell("Oslo demanded that Minsk return the trawler. Minsk rejected the demand.")
    demand = say(
        story, 1, "oslo", "demanded", "that Minsk return the trawler", Act.DEMAND,
        addressees=(Reference(span=find(story, "Minsk"), actor="minsk"),),
    )  # fmt: skip
    answer = say(story, 2, "minsk", "rejected", "the demand", Act.REJECT)
    positions = find_positions(story, [demand, answer], [], ACTORS)
    assert [position.state for position in positions] == [State.REJECTED, None]
    proof = positions[0].evidence[-1]
    assert (proof.claim, proof.span.words(story.text)) == ("s2", "rejected")


def test_only_if_sets_a_precondition_beside_the_offer() -> None:
    story = tell("Minsk said it would free the crew only if Oslo paid the port fees.")
    offer = say(story, 1, "minsk", "said", "it would free the crew only if Oslo paid the port fees", Act.OFFER)
    offered, condition = find_positions(story, [offer], [], ACTORS)
    assert offered.content[0].words(story.text) == "it would free the crew"
    assert (condition.stance, condition.span.words(story.text)) == (Stance.PRECONDITION, "Oslo paid the port fees")


def test_declining_to_answer_is_no_position() -> None:
    story = tell("Oslo declined to discuss the fees.")
    decline = say(story, 1, "oslo", "declined", "to discuss the fees", Act.DECLINE)
    assert find_positions(story, [decline], [], ACTORS) == ()


def test_a_demand_said_twice_in_much_the_same_words_is_one_position() -> None:
    story = tell("Oslo demanded written guarantees for the crew. Later Oslo insisted on guarantees for the whole crew.")
    first = say(story, 1, "oslo", "demanded", "written guarantees for the crew", Act.DEMAND)
    second = say(story, 2, "oslo", "insisted on", "guarantees for the whole crew", Act.DEMAND)
    (position,) = find_positions(story, [first, second], [], ACTORS)
    assert [proof.claim for proof in position.evidence] == ["s1", "s2"]


def test_what_is_awaited_is_a_demand() -> None:
    story = tell("Oslo said it is still waiting for a written answer.")
    waiting = say(story, 1, "oslo", "said", "it is still waiting for a written answer", Act.ASSERT)
    (position,) = find_positions(story, [waiting], [], ACTORS)
    assert position.stance == Stance.DEMAND
