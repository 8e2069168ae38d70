"""The question whether two people are one names no referral that only named people may see."""

from __future__ import annotations

import pytest

from tests.access.test_exclusions import seen_as
from tests.access.test_restrictions import restricted
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, a_victim, told
from tests.victims.test_one_person import joined
from vcs.referrals.questions import task_reads
from vcs.terms import Role
from vcs.victims.identity.known import NOT_SURE, Answer, PerhapsKnown, refer_person


def third(world: World) -> str:
    message = told(FRIDAY_20_MARCH, ("Third", *ELIGIBLE), urn="13EX0000526")
    world.court_tells(message.replace(b"1 Example Street", b"57 Far Road").replace(b"EX1", b"EX9"))
    return world.referrals()[2]


def refers(world: World, reference: str) -> None:
    """Let witness care add somebody like her, and say that they are not sure."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        with pytest.raises(PerhapsKnown) as asked:
            refer_person(work, reference, a_victim(), Answer())
        shown = tuple(one.victim_reference for one in asked.value.candidates)
        refer_person(work, reference, a_victim(), Answer(NOT_SURE, shown))


@pytest.mark.parametrize("which_first", ["restricted", "asked"])
def test_the_question_names_the_open_one_of_her_referrals_alone(
    world: World, which_first: str
) -> None:
    joined(world)
    closed, other, new = *world.referrals(), third(world)
    manager, colleague = world.people[Role.MANAGER], world.hire(Role.MANAGER, "Olga Other")
    if which_first == "restricted":
        restricted(world, manager, reference=closed)
    refers(world, new)
    if which_first == "asked":
        restricted(world, manager, reference=closed)
    with world.db.reading() as session:
        who = seen_as(world, colleague)
        rows = task_reads.tasks(session, who, world.today).rows
    (question,) = [one.question for one in rows if one.kind == "same_person"]
    assert other in question
    assert closed not in question
    assert "See: VCS-" in question
