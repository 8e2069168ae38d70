"""Whether telling people helps is measured: sent, opened, planned, acted on, disputed, false."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import World, a_victim, told
from vcs.access.actors import Actor
from vcs.alerts.digest.recipients.acts import dispute, plan
from vcs.alerts.effect.of_at_once import AtOnceEffect, effects_at_once
from vcs.alerts.effect.opened import arrived_at, note_arrival, note_opened
from vcs.alerts.effect.reads import ENOUGH, RungEffect, effects
from vcs.alerts.records import AlertKind
from vcs.alerts.rungs.ladder import Rung
from vcs.consequences.answers import dealt_with
from vcs.errors import NotAllowed
from vcs.referrals.records import Referral
from vcs.terms import Role

WEDNESDAY_8, THURSDAY_9, FRIDAY_10 = (date(2026, 4, day) for day in (8, 9, 10))


def sweep_on(world: World, day: date) -> None:
    world.clock.move_to(day)
    world.sweep()


def effect(world: World, rung: Rung = Rung.BREACH, who: Actor | None = None) -> RungEffect:
    with world.db.reading() as session:
        found = effects(session, who or world.people[Role.MANAGER], world.today)
    return next(one for one in found if one.rung is rung)


def opens(world: World, number: int = 0) -> list[str]:
    """Let the manager open a referral's page; returns the matters that this opened."""
    manager = world.people[Role.MANAGER]
    with world.db.writing() as session:
        referral = session.get_one(Referral, number + 1)
        matters = arrived_at(session, manager.account_id, f"/referrals/{referral.reference}")
        note_opened(session, manager.account_id, matters, world.clock.now())
    return matters


def test_what_came_after_a_breach_was_told_is_counted_with_its_days(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(3)))
    sweep_on(world, WEDNESDAY_8)
    assert effect(world).sent == 3
    world.clock.move_to(THURSDAY_9)
    (matter,) = opens(world)
    assert opens(world) == []
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        plan(work, matter, date(2026, 4, 14), "Witness care is rung today")
    world.refer(world.referrals()[1])
    found = effect(world)
    assert (found.opened, found.days_to_open) == (1, 1)
    assert (found.acknowledged, found.days_to_acknowledge) == (1, 1)
    assert (found.acted_on, found.days_to_act) == (1, 1)


def test_what_was_disputed_and_then_owed_no_longer_was_false(world: World) -> None:
    world.court_tells(told())
    sweep_on(world, WEDNESDAY_8)
    (matter,) = opens(world)
    with world.db.writing() as session:
        dispute(world.work(session, world.people[Role.MANAGER]), matter, "There is no victim")
    assert (effect(world).disputed, effect(world).false) == (1, 0)
    world.close_without_victim()
    assert (effect(world).disputed, effect(world).false) == (1, 1)


def test_a_rung_after_which_nobody_does_anything_never_helps(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(ENOUGH)))
    sweep_on(world, WEDNESDAY_8)
    assert effect(world).never_helps
    world.refer(world.referrals()[0])
    assert not effect(world).never_helps


def test_an_officer_sees_no_such_table_and_another_region_nothing_of_ours(world: World) -> None:
    world.court_tells(told())
    sweep_on(world, WEDNESDAY_8)
    with pytest.raises(NotAllowed):
        effect(world, who=world.people[Role.VLO])
    with world.db.reading() as session:
        elsewhere = world.hire(Role.MANAGER, "Manager of Wales", "N03")
        assert effects(session, elsewhere, world.today) == []


def test_what_went_at_once_is_counted_with_its_hours(world: World) -> None:
    world.court_tells(told())
    world.refer("", a_victim(name="Nia Canary-Name (deceased)", safe_to_post=False))
    world.sweep()
    manager = world.people[Role.MANAGER]
    warned, asked = at_once(world, AlertKind.SAFETY_WARNING), at_once(world, AlertKind.CANNOT_WAIT)
    assert (warned.sent, warned.opened, warned.acted_on) == (1, 0, None)
    assert (asked.sent, asked.opened, asked.acted_on) == (1, 0, 0)
    world.clock.minutes(180)
    (task,) = [one for one in world.tasks() if "may have died" in one.question]
    paths = [f"/referrals/{world.only_referral()}", f"/tasks/{task.reference}"]
    with world.db.writing() as session:
        for path in [*paths, *paths]:
            note_arrival(session, manager.account_id, path, world.clock.now())
        dealt_with(world.work(session, manager), task.reference, "She is alive: a slip.")
    warned, asked = at_once(world, AlertKind.SAFETY_WARNING), at_once(world, AlertKind.CANNOT_WAIT)
    assert (warned.opened, warned.hours_to_open) == (1, 3)
    assert (asked.opened, asked.hours_to_open) == (1, 3)
    assert (asked.acted_on, asked.hours_to_act) == (1, 3)


def at_once(world: World, kind: AlertKind) -> AtOnceEffect:
    with world.db.reading() as session:
        found = effects_at_once(session, world.people[Role.MANAGER], world.clock.now())
    return next(one for one in found if one.kind is kind)
