"""Synthetic records: plausible in number, length and repetition, to fill a store without a model.

Each story has a dateline, four to nine sentences with statements and events of a pair of states, and in two of five a
demand and a round of talks. A quarter tell again, in other words and for another agency, what one of the last stories
told. States are invented, words are common ones, days run evenly from `START` on, so that the density in time stays the
same however many are made.
"""

from __future__ import annotations

import random
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onrecord.record import Record
from onrecord.scale.draft import Draft

START: Final = date(2015, 1, 1)
#: Stories of one day: 100,000 make about five years.
PER_DAY: Final = 55

_FIRST: Final = ("Ana", "Piet", "Mira", "Jon", "Leila", "Tomas", "Ines", "Karim", "Olga", "Daud", "Rosa", "Emil")
_LAST: Final = ("Brod", "Maas", "Veld", "Karo", "Sund", "Haddo", "Lintz", "Moran", "Petrak", "Olsun", "Tariq", "Wendt")
_ENDS: Final = ("", "ov", "sen", "idze", "ani", "escu", "ez", "owski", "aho", "wala")
_HEADS: Final = (
    "Up",
    "Low",
    "Nor",
    "Sou",
    "East",
    "West",
    "Mid",
    "Far",
    "Old",
    "New",
    "High",
    "Red",
    "Vel",
    "Kar",
    "Tor",
)
_TAILS: Final = ("land", "mark", "stan", "ria", "via")
_AGENCIES: Final = ("HPA", "LNS", "NNA", "STA", "Interwire", "Coast Press")
_PLACES: Final = ("Maran", "Lund Bay", "Porto Vell", "Karsk", "Tel Amin", "Ostrava Point")
_ISSUES: Final = ("ferry line", "grain corridor", "prisoner exchange", "border crossing", "water share", "gas transit")
_THINGS: Final = (
    "written guarantees", "a fixed timetable", "open inspections", "lower tariffs", "the return of detainees",
    "an end to patrols", "access for aid convoys", "a joint commission", "repair of the pumping station",
    "payment of old debts", "a shared hotline", "landing rights for cargo flights",
)  # fmt: skip
_REASONS: Final = (
    "after storms closed the harbour", "before the winter season", "while soldiers stay in the valley",
    "because earlier promises failed", "as farmers block the main road", "since the last census",
    "under the treaty of the two seas", "for the sake of fishing crews",
)  # fmt: skip
_SAID: Final = (
    ("{who} said that {what} {why}", "assert"), ("{who} demanded {what} {why}", "demand"),
    ("{who} rejected {what} {why}", "reject"), ("{who} hoped for {what} {why}", "hope"),
    ("{who} warned that {what} would cost dearly {why}", "threaten"),
)  # fmt: skip
_DONE: Final = (
    ("{one} and {other} held talks in {place}", "CONSULT"), ("{one} accused {other} over {what}", "ACCUSE"),
    ("{one} imposed sanctions on {other} over {what}", "SANCTION"), ("{one} sent aid to {other} {why}", "AID"),
    ("{one} signed a deal with {other} on {what}", "COOPERATE"), ("{one} called on {other} for {what}", "REQUEST"),
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What a story is about; stories that retell it share it."""

    day: date
    sides: tuple[str, str]
    speakers: tuple[str, str]
    issue: str
    things: tuple[str, ...]
    seed: int


def generate_records(count: int, *, seed: int = 1) -> Iterator[Record]:
    """So many records, always the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    recent: deque[Scene] = deque(maxlen=40)
    for number in range(count):
        again = recent and chance.random() < 0.25
        scene = chance.choice(recent) if again else _set_scene(chance, START + timedelta(days=number // PER_DAY))
        recent.append(scene)
        yield write_record(scene, number, chance)


def _set_scene(chance: random.Random, day: date) -> Scene:
    sides = chance.sample([head + tail for head in _HEADS for tail in _TAILS], 2)
    # A state keeps its two ministers, so that speakers come back.
    speakers = [name_minister(side) for side in sides]
    return Scene(
        day=day,
        sides=(sides[0], sides[1]),
        speakers=(speakers[0], speakers[1]),
        issue=chance.choice(_ISSUES),
        things=tuple(chance.sample(_THINGS, 4)),
        seed=chance.randrange(2**30),
    )


def name_minister(state: str) -> str:
    """The minister of a state: the same in every story."""
    number = hash_name(state)
    return f"{_FIRST[number % 12]} {_LAST[number // 12 % 12]}{_ENDS[number // 144 % len(_ENDS)]}"


def hash_name(name: str) -> int:
    """A number that is the same in every run."""
    return zlib.crc32(name.encode())


def write_record(scene: Scene, number: int, chance: random.Random) -> Record:
    """One story of a scene; `number` makes it differ from every other."""
    facts = random.Random(scene.seed)  # noqa: S311
    agency = chance.choice(_AGENCIES)
    said = [_fill(facts.choice(_SAID), scene, facts) for _ in range(facts.randint(2, 5))]
    done = [_fill(facts.choice(_DONE), scene, facts) for _ in range(facts.randint(2, 4))]
    talks = facts.random() < 0.4
    lines = [f"{words}." for words, _ in (*done, *said)]
    chance.shuffle(lines)
    lines.insert(0, f"{_PLACES[number % 6].upper()}, {scene.day:%b} {scene.day.day} ({agency}) - Report {number}.")
    if talks:
        lines.append(f"Round {number % 9 + 1} of the talks on the {scene.issue} ended without a result.")
        lines.append(f"{scene.sides[0]} insists on {scene.things[0]} for the {scene.issue}.")
    draft = Draft(
        "\n\n".join(lines),
        day=scene.day.isoformat(),
        agency=agency,
        headline=f"{scene.sides[0]} and {scene.sides[1]} at odds over {scene.issue}",
    )
    _add_claims(draft, scene, said, done)
    if talks:
        _add_talks(draft, scene, number)
    return draft.build()


def _fill(form: tuple[str, str], scene: Scene, facts: random.Random) -> tuple[str, str]:
    place = facts.randrange(2)
    words = form[0].format(
        who=scene.speakers[place],
        one=scene.sides[place],
        other=scene.sides[1 - place],
        what=facts.choice(scene.things),
        why=facts.choice(_REASONS),
        place=_PLACES[scene.seed % 6],
    )
    return words, form[1]


def _add_claims(draft: Draft, scene: Scene, said: list[tuple[str, str]], done: list[tuple[str, str]]) -> None:
    for side, speaker in zip(scene.sides, scene.speakers, strict=True):
        code = code_state(side)
        draft.add_actor(side, kind="state", country=code, code=code)
        draft.add_actor(speaker, kind="person", country=code, code=code, office="foreign minister")
    for words, act in said:
        who = next(speaker for speaker in scene.speakers if words.startswith(speaker))
        draft.add_statement(words[len(who) + 1 :], source=who, act=act)
    for words, kind in done:
        one = next(side for side in scene.sides if words.startswith(side))
        other = next(side for side in scene.sides if side != one)
        draft.add_event(words, kind, one, other, day=scene.day.isoformat(), quad=1)


def _add_talks(draft: Draft, scene: Scene, number: int) -> None:
    draft.add_position(f"{scene.things[0]} for the {scene.issue}", "demand", scene.sides[0], scene.sides[1])
    draft.add_negotiation(
        scene.issue,
        scene.sides,
        rounds=[{"words": f"Round {number % 9 + 1} of the talks", "day": scene.day.isoformat()}],
        outstanding=[scene.things[0]],
    )


def code_state(name: str) -> str:
    """Three letters for an invented state, in the way of ISO 3166."""
    place = hash_name(name)
    return "".join(chr(65 + place // step % 26) for step in (676, 26, 1))
