"""An administrator's page of today reads only what comes to them, and misses none of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from tests.access.test_exclusions import excluded
from tests.alerts.test_digest import WEDNESDAY_8_APRIL, done, leave, many, sweep_on
from tests.journeys.world import CANNOT_TELL, ELIGIBLE, FRIDAY_20_MARCH, World, told
from vcs.access.records import Account
from vcs.access.signing_in.sign_in import actor_of
from vcs.alerts.digest.agenda.matter import task_matter
from vcs.alerts.digest.due import covered_until
from vcs.alerts.digest.facts import DigestFacts
from vcs.alerts.digest.gather import draft_for, read_morning
from vcs.alerts.digest.now import digest_now
from vcs.alerts.digest.recipients.acts import plan
from vcs.ledger.worklists.due_first import due_first
from vcs.tasks.records import Task
from vcs.terms import Role

WEDNESDAY_15_APRIL = date(2026, 4, 15)


def page(world: World) -> DigestFacts:
    """Return what the page shows, once it is what reading everybody's matters would give."""
    now = world.clock.now()
    with world.db.reading() as session:
        account = session.get_one(Account, world.people[Role.ADMINISTRATOR].account_id)
        facts, is_cut = digest_now(session, actor_of(account), now, [], due_first)
        since = covered_until(session, [account.id], now)[account.id]
        morning = read_morning(session, now, [], since)
        person = morning.rules.directory.people[account.id]
        whole = draft_for(session, morning, person, since, whole=True).facts
    assert not is_cut
    assert facts == whole
    return facts


def shown(world: World) -> set[str]:
    return {row.reference for group in page(world).groups for row in group.rows}


def late(world: World, count: int) -> None:
    many(world, count)
    sweep_on(world, WEDNESDAY_8_APRIL)


def test_while_a_head_is_there_nothing_comes_to_an_administrator(world: World) -> None:
    late(world, 2)
    world.clock.move_to(WEDNESDAY_15_APRIL)
    assert shown(world) == set()


def test_where_nobody_else_is_left_all_of_a_region_comes(world: World) -> None:
    late(world, 2)
    for role in (Role.MANAGER, Role.HEAD):
        leave(world, role)
    world.clock.move_to(WEDNESDAY_15_APRIL)
    assert shown(world) == set(world.referrals())


def test_what_no_head_may_see_comes_and_nothing_else(world: World) -> None:
    anothers = told(FRIDAY_20_MARCH, ("Other", *ELIGIBLE), urn="13EX0000999")
    world.court_tells(told(), anothers)
    sweep_on(world, WEDNESDAY_8_APRIL)
    excluded(world, Role.HEAD)
    world.clock.move_to(WEDNESDAY_15_APRIL)
    assert shown(world) == {world.referrals()[0]}


def test_the_plan_of_a_head_that_passed_comes(world: World) -> None:
    late(world, 2)
    first, _ = world.referrals()
    done(world, plan, role=Role.HEAD, until_on=date(2026, 4, 10), words="They ring on Friday")
    world.clock.move_to(WEDNESDAY_15_APRIL)
    assert shown(world) == {first}


def test_the_decision_that_a_head_planned_comes_once_the_day_has_passed(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL)))
    (decision,) = [one for one in world.tasks() if one.kind == "decide"]
    with world.db.reading() as session:
        key = task_matter(
            session.exec(select(Task.id).where(Task.reference == decision.reference)).one()
        )
    world.clock.move_to(WEDNESDAY_8_APRIL)
    with world.db.writing() as session:
        head = world.work(session, world.people[Role.HEAD])
        plan(head, key, date(2026, 4, 10), "I ask the court on Friday")
    world.clock.move_to(WEDNESDAY_15_APRIL)
    assert shown(world) == {decision.reference}


def test_what_was_settled_late_is_said_there_too(world: World) -> None:
    late(world, 2)
    for role in (Role.MANAGER, Role.HEAD):
        leave(world, role)
    first, second = world.referrals()
    world.refer(first)
    assert {one.reference for one in page(world).settled} == {first}
    assert second in shown(world)


@pytest.mark.parametrize("role", [Role.VLO, Role.UNIT_ADMINISTRATOR])
def test_who_is_further_down_makes_no_difference(world: World, role: Role) -> None:
    late(world, 1)
    leave(world, role)
    world.clock.move_to(WEDNESDAY_15_APRIL)
    assert shown(world) == set()
