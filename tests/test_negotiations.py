"""Rounds, outcomes, issue and outstanding items of one story."""

from __future__ import annotations

import pytest

from onrecord.negotiations import find_negotiations, read_outcome
from onrecord.record import Act, Outcome, Status
from tests.kit import happen, name, say, tell

ACTORS = (name("laos", "Laos", "LAO"), name("siam", "Thailand", "THA"), name("hanoi", "Vietnam", "VNM"))


def test_a_meeting_that_was_held_is_a_round_with_number_outcome_and_issue() -> None:
    story = tell("Laos and Thailand ended a third round of talks on river patrols without a deal.")
    met = happen(story, 1, "CONSULT", "Laos and Thailand ended a third round of talks", "talks", ["laos"], ["siam"])
    (negotiation,) = find_negotiations(story, [], [met.model_copy(update={"day": "2023-03-08"})], [], ACTORS)
    (held,) = negotiation.rounds
    assert (held.number, held.day, held.outcome) == (3, "2023-03-08", Outcome.UNSUCCESSFUL)
    assert negotiation.issue == "river patrols"
    assert negotiation.parties == ("laos", "siam")


def test_the_same_meeting_told_twice_is_one_round() -> None:
    story = tell("Laos met Thailand on Monday. The meeting between Laos and Thailand lasted an hour.")
    first = happen(story, 1, "CONSULT", "Laos met Thailand", "met", ["laos"], ["siam"], day="2023-03-06")
    second = happen(story, 2, "CONSULT", "The meeting between Laos and Thailand", "meeting", ["siam"], ["laos"])
    (negotiation,) = find_negotiations(story, [], [first, second], [], ACTORS)
    assert len(negotiation.rounds) == 1


def test_a_meeting_that_is_only_planned_is_no_round_but_outstanding() -> None:
    story = tell("Laos met Thailand on Monday. They will hold another round of talks in May.")
    met = happen(story, 1, "CONSULT", "Laos met Thailand", "met", ["laos"], ["siam"])
    planned = happen(
        story,
        2,
        "AGREE",
        "They will hold another round of talks",
        "will hold",
        ["laos"],
        ["siam"],
        status=Status.PLANNED,
    )
    (negotiation,) = find_negotiations(story, [], [met, planned], [], ACTORS)
    assert len(negotiation.rounds) == 1
    assert negotiation.outstanding[-1].claim == "e2"


def test_who_judges_the_talks_is_kept() -> None:
    story = tell("Laos met Thailand on Monday. Hanoi called the talks unsuccessful.")
    met = happen(story, 1, "CONSULT", "Laos met Thailand", "met", ["laos"], ["siam"])
    judged = say(story, 1, "hanoi", "called", "the talks unsuccessful", Act.ASSESS)
    (negotiation,) = find_negotiations(story, [judged], [met], [], ACTORS)
    assert (negotiation.rounds[0].outcome, negotiation.rounds[0].assessed_by) == (Outcome.UNSUCCESSFUL, "hanoi")


def test_a_story_without_talks_or_positions_has_no_negotiation() -> None:
    assert find_negotiations(tell("Rain fell on the delta."), [], [], [], ACTORS) == ()


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The talks ended without a breakthrough", Outcome.UNSUCCESSFUL),
        ("They made some progress on prisoners", Outcome.PARTIAL),
        ("The session was adjourned until Thursday", Outcome.ADJOURNED),
        ("Both sides signed the accord", Outcome.SUCCESSFUL),
        ("They ate lunch", None),
    ],
)
def test_the_outcome_is_read_from_the_words(words: str, outcome: Outcome | None) -> None:
    assert read_outcome(words) == outcome
