"""One person whose record no key opens is in the way of no letter but their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.jobs import Sweep
from scheduler.post.letters import ask_about_left
from tests.journeys.test_victim_to_choice import approve, choose, draft, post
from tests.journeys.world import World, a_victim
from tests.keys.test_unopened import spoil
from tests.victims.test_one_person import change, rows, two_referrals
from vcs.post.cases.case import case_of_victim
from vcs.post.gate import HoldKind, Step, holds
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice, Role
from vcs.victims.records import PersonRecord

OTHER = a_victim(name="Bea Other", phone="", email="", postcode="LS9 9ZZ")


def first_person(world: World) -> int:
    ids: list[int] = [one.id for one in rows(world, PersonRecord)]
    return min(ids)


def test_a_letter_behind_one_that_does_not_open_is_still_asked_about(world: World) -> None:
    first, other = two_referrals(world)
    victims = world.refer(first), world.refer(other, OTHER)
    letters = [draft(world, one) for one in victims]
    for letter in letters:
        approve(world, letter)
        post(world, letter, world.today)
    world.clock.move_to(world.today + timedelta(days=1))
    for victim in victims:
        change(world, victim, safe_to_post=False)
    spoil(world, PersonRecord, "sealed", first_person(world))
    done = ask_about_left(Sweep(world.settings, world.db, world.sealer, world.clock.now))
    asked = [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_NOT_SENT]
    assert [letters[1] in one.question for one in asked] == [True]
    assert (done.done, done.failed) == (1, 1)


@pytest.mark.parametrize("of_this_offender", [True, False])
def test_somebody_who_said_no_and_does_not_open_holds_nobody_elsewhere(
    world: World, of_this_offender: bool
) -> None:
    first, other = two_referrals(world)
    said_no = world.refer(first)
    choose(world, said_no, Choice.OPT_OUT, world.today)
    victim = world.refer(first if of_this_offender else other, OTHER)
    spoil(world, PersonRecord, "sealed", first_person(world))
    with world.db.reading() as session:
        vlo = world.people[Role.VLO]
        case = case_of_victim(session, world.sealer, vlo, victim, world.today)
    # About the same offender it may be the same person: a colleague says.
    held = {hold.kind for hold in holds(case, Step.APPROVE)}
    assert (HoldKind.EARLIER_OPT_OUT in held) is of_this_offender
