from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import CANNOT_TELL, ELIGIBLE, FRIDAY_20_MARCH, NOWHERE, World, told
from vcs.access.work import Work
from vcs.consequences.answers import dealt_with, decide_by_hand, route_referral
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.terms import Outcome, Role


def unclear(world: World) -> str:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL)))
    (task,) = world.tasks()
    return task.reference


def decide(
    world: World, task: str, outcome: Outcome, note: str = "", role: Role = Role.MANAGER
) -> None:
    with world.db.writing() as session:
        decide_by_hand(world.work(session, world.people[role]), task, outcome, note)


def test_a_no_needs_a_reason_and_opens_nothing(world: World) -> None:
    task = unclear(world)
    with pytest.raises(NotValid) as refusal:
        decide(world, task, Outcome.NOT_ELIGIBLE, "  ")
    assert list(refusal.value.fields) == ["note"]
    world.decide(task, Outcome.NOT_ELIGIBLE, "Eight months, says the register.")
    assert world.referrals() == []
    assert world.tasks() == ()
    assert world.problems() == []


def test_discretion_opens_a_referral_without_a_date_set_by_law(world: World) -> None:
    decide(world, unclear(world), Outcome.DISCRETIONARY, "Domestic abuse.")
    view = world.view()
    assert (view.basis, view.deadlines) == ("discretionary", ())
    assert view.tasks[0].note == "Domestic abuse."
    assert world.headline().unaccounted == 0
    assert world.problems() == []


def test_cannot_tell_is_no_answer(world: World) -> None:
    task = unclear(world)
    with pytest.raises(NotValid):
        decide(world, task, Outcome.CANNOT_TELL)


def test_an_answer_is_given_once(world: World) -> None:
    task = unclear(world)
    decide(world, task, Outcome.STATUTORY)
    with pytest.raises(Conflict):
        decide(world, task, Outcome.NOT_ELIGIBLE, "Changed my mind.")
    assert world.view().status == "awaiting"


def test_only_a_manager_of_the_region_decides(world: World) -> None:
    task = unclear(world)
    for role in (Role.WITNESS_CARE, Role.VLO, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            decide(world, task, Outcome.STATUTORY, role=role)
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Welsh Manager", region="N03")
    with pytest.raises(NotFound):
        decide(world, task, Outcome.STATUTORY)


def test_the_same_question_is_not_asked_again_by_a_share_with_the_same_facts(world: World) -> None:
    world.decide(unclear(world), Outcome.NOT_ELIGIBLE, "Checked.")
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL), shared_at="17:00:00"))
    assert world.tasks() == ()


def test_a_court_that_no_table_knows_is_every_managers_until_one_routes_it(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), court=NOWHERE))
    assert world.headline().unaccounted == 1
    (task,) = world.tasks()
    assert task.kind == "route"
    with world.db.writing() as session, pytest.raises(NotValid):
        route_referral(world.work(session, world.people[Role.MANAGER]), task.reference, "X9")
    with world.db.writing() as session:
        route_referral(world.work(session, world.people[Role.MANAGER]), task.reference, "N03")
    with pytest.raises(NotFound):
        world.view()
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Welsh Manager", region="N03")
    assert world.view().region_name == "Wales"


def test_a_miss_before_it_was_routed_goes_to_the_region_it_was_routed_to(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), court=NOWHERE))
    world.clock.move_to(date(2026, 4, 8))
    (task,) = world.tasks()
    world.hire(Role.MANAGER, "Welsh Manager", region="N03")
    with world.db.writing() as session:
        route_referral(world.work(session, world.people[Role.MANAGER]), task.reference, "N03")
    world.sweep()
    assert world.misses_told("welsh.manager@example.org") == world.referrals()
    assert world.misses_told(Role.MANAGER) == []


def test_a_message_set_aside_is_dealt_with_once_by_an_administrator(world: World) -> None:
    world.court_tells(b"not json")
    (task,) = world.tasks(Role.ADMINISTRATOR)
    assert world.tasks(Role.MANAGER) == ()
    admin, now = world.people[Role.ADMINISTRATOR], world.clock.now()
    with world.db.writing() as session, pytest.raises(NotFound):
        dealt_with(
            Work(session, world.sealer, world.people[Role.MANAGER], now), task.reference, "x"
        )
    with world.db.writing() as session, pytest.raises(NotValid):
        dealt_with(Work(session, world.sealer, admin, now), task.reference, " ")
    with world.db.writing() as session:
        dealt_with(Work(session, world.sealer, admin, now), task.reference, "Entered by hand.")
    assert world.tasks(Role.ADMINISTRATOR) == ()


def test_a_question_is_not_dealt_with_without_a_decision(world: World) -> None:
    task = unclear(world)
    with world.db.writing() as session, pytest.raises(NotValid):
        dealt_with(
            world.work(session, world.people[Role.MANAGER]),
            task,
            "Done.",
        )
