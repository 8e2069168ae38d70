"""What follows when a referral is moved, closed and opened again is the table's, by columns."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, NOWHERE, World, told
from vcs.consequences import effects
from vcs.consequences.answers import route_referral
from vcs.consequences.closing.close import close, reopen
from vcs.consequences.effects import EFFECTS, Change
from vcs.referrals.records import ClosedReason, Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.terms import Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)


@pytest.fixture
def unsent(world: World) -> World:
    """Return a world in which somebody is asked about an unsent alert of a missed referral."""
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), court=NOWHERE))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    with world.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        asked = "The alert was not sent. Tell them by other means."
        question = Question("x", TaskKind.ALERT_NOT_SENT, asked, referral_id=referral.id)
        open_tasks(session, [question], world.today)
    assert about_the_alert(world, Role.ADMINISTRATOR) == 1
    return world


def about_the_alert(world: World, role: Role) -> int:
    return [task.kind for task in world.tasks(role)].count(TaskKind.ALERT_NOT_SENT)


def route(world: World) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        (task,) = (one for one in world.tasks() if one.kind == TaskKind.ROUTE)
        route_referral(work, task.reference, "N03")
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Welsh Manager", region="N03")


def test_a_task_about_an_unsent_alert_goes_with_its_referral(unsent: World) -> None:
    assert about_the_alert(unsent, Role.MANAGER) == 0
    route(unsent)
    assert about_the_alert(unsent, Role.MANAGER) == 1
    change(unsent, closed=True)
    assert about_the_alert(unsent, Role.MANAGER) == 0
    change(unsent, closed=False)
    assert about_the_alert(unsent, Role.MANAGER) == 1
    assert unsent.problems() == []


def test_a_row_of_the_table_decides_what_follows(
    unsent: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    route(unsent)
    kept = tuple(one for one in EFFECTS[Change.CLOSED] if one is not effects._close_tasks)
    monkeypatch.setitem(EFFECTS, Change.CLOSED, kept)
    change(unsent, closed=True)
    assert about_the_alert(unsent, Role.MANAGER) == 1


def change(world: World, *, closed: bool) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        referral = session.exec(select(Referral)).one()
        if closed:
            close(work, referral, ClosedReason.NOT_ELIGIBLE)
        else:
            reopen(work, referral, world.sealer.seal_text("It was a mistake."))
