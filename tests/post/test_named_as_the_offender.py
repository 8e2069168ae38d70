"""Somebody referred under the offender's own name: no letter until a second person has looked."""

from __future__ import annotations

import pytest

from tests.journeys.test_victim_to_choice import draft
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, a_victim, told
from vcs.access.actors import Actor
from vcs.errors import NotAllowed
from vcs.post.cases.case import case_of_letter
from vcs.post.decisions import decide
from vcs.post.gate import Step, holds
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.records import LetterQuestion
from vcs.terms import Role, VictimRelation
from vcs.victims.same_person import may_be_of_one_person


def referred_as(world: World, name: str) -> str:
    """Have somebody of a name referred as next of kin; return the letter that is begun."""
    if not world.referrals():
        world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), ("Jopplety", *ELIGIBLE)))
    kin = a_victim(name=name, salutation="", standing=VictimRelation.NEXT_OF_KIN)
    return draft(world, world.refer(world.referrals()[0], kin))


def is_held(world: World, letter: str) -> bool:
    """Say whether a letter may not be approved because of the name on it."""
    with world.db.reading() as session:
        who = world.people[Role.VLO]
        case = case_of_letter(session, world.sealer, who, letter, world.today)
    return HoldKind.NAME_IN_DOUBT in {one.kind for one in holds(case, Step.APPROVE)}


def test_a_letter_to_the_offenders_name_or_a_co_defendants_waits(world: World) -> None:
    for name in ("Colin Madeup", "Mr C Madeup", "Colin Jopplety"):
        assert is_held(world, referred_as(world, name)), name
    for relative in ("Carol Madeup", "Colin Example"):
        assert not is_held(world, referred_as(world, relative)), relative


def test_a_second_person_who_knows_that_they_are_two_lets_it_go(world: World) -> None:
    letter = referred_as(world, "Colin Madeup")
    say(world, letter, world.second_manager)

    assert not is_held(world, letter)


def say(world: World, letter: str, who: Actor) -> None:
    with world.db.writing() as session:
        work = world.work(session, who)
        decide(work, letter, LetterQuestion.NAME, "His father, born in 1950; I rang him")


def test_whoever_began_it_cannot_say_so_alone(world: World) -> None:
    letter = referred_as(world, "Colin Madeup")
    with pytest.raises(NotAllowed):
        say(world, letter, world.people[Role.VLO])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Colin Madeupp", "Colin Madeup", True),
        ("Dr Siân Rhys-Made", "Sian Rhys Made", True),
        ("Madeup", "Colin Madeup", True),
        ("Col Madeup", "Colin Madeup", True),
        ("Bob Madeup", "Robert John Madeup", True),
        ("Kathy Madeup", "Catherine Madeup", True),
        ("Nia Madeup", "Colin Madeup", False),
        ("Carol Madeup", "Colin Madeup", False),
        ("Col Example", "Colin Madeup", False),
        ("", "Colin Madeup", False),
    ],
)
def test_names_of_one_person_are_seen_through_slips(one: str, other: str, alike: bool) -> None:
    assert may_be_of_one_person(one, other) is alike
