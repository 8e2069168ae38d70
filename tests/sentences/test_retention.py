from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from scheduler import jobs
from scheduler.jobs import Sweep
from tests.journeys.world import World, told
from tests.sentences.test_set_aside import aside, dismissed, tried_again
from vcs.access.records import AuditEntry
from vcs.consequences.past.replay import differences
from vcs.errors import Conflict
from vcs.intake.records import CourtMessage
from vcs.keys import canary

KEPT_DAYS = 730


def removed(world: World) -> set[str]:
    with world.db.reading() as session:
        query = select(CourtMessage.receipt).where(col(CourtMessage.body).is_(None))
        return set(session.exec(query))


def sweep(world: World) -> None:
    jobs.remove_bodies(Sweep(world.settings, world.db, world.sealer, world.clock.now))


def test_a_body_goes_when_its_time_is_over_and_not_a_minute_before(world: World) -> None:
    (told_of,) = world.court_tells(told())
    before = world.state()
    world.clock.days(KEPT_DAYS)
    sweep(world)
    assert removed(world) == set()
    world.clock.minutes(1)
    sweep(world)
    assert removed(world) == {told_of["receipt"]}
    assert world.state() == before
    assert world.receipt(told_of["receipt"]) == told_of
    assert world.problems() == []


def test_the_same_content_after_that_is_still_the_same_receipt(world: World) -> None:
    (first,) = world.keep(told())
    world.read()
    world.clock.days(KEPT_DAYS + 1)
    sweep(world)
    (again,) = world.keep(told())
    assert (again.receipt, again.already_held) == (first.receipt, True)
    assert world.read() == 0
    assert len(world.referrals()) == 1


def test_what_nobody_has_read_yet_stays_whole_however_old(world: World) -> None:
    receipt = aside(world)
    (waiting,) = world.keep(told())
    world.clock.days(10 * KEPT_DAYS)
    sweep(world)
    assert removed(world) == set()
    assert world.receipt(waiting.receipt)["status"] == "waiting"
    tried_again(world, receipt)
    assert world.read() == 2


def test_the_time_of_a_dismissed_message_counts_from_its_dismissal(world: World) -> None:
    receipt = aside(world)
    world.clock.days(KEPT_DAYS)
    dismissed(world, receipt)
    world.clock.days(KEPT_DAYS)
    sweep(world)
    assert removed(world) == set()
    world.clock.days(1)
    sweep(world)
    assert removed(world) == {receipt}
    with pytest.raises(Conflict):
        tried_again(world, receipt)


def test_many_go_in_small_transactions_each_in_the_trail(world: World) -> None:
    bodies = [b'{"hearing": {"id": "%d", "prosecutionCases": []}}' % n for n in range(120)]
    world.court_tells(*bodies)
    world.read()
    world.clock.days(KEPT_DAYS + 1)
    sweep(world)
    assert len(removed(world)) == 120
    with world.db.reading() as session:
        query = select(AuditEntry.detail).where(AuditEntry.event == "message.bodies_removed")
        told_of = [detail.split(" ")[0] for detail in session.exec(query)]
    assert told_of == ["50", "50", "20"]


def test_a_shorter_time_can_be_set_and_the_scheduler_keeps_to_it(world: World) -> None:
    world.settings = world.settings.model_copy(update={"keep_messages_days": 90})
    world.court_tells(told())
    world.clock.days(91)
    results = {result.job: result.done for result in world.sweep() if result.done}
    assert results["remove-bodies"] == 1


def test_a_job_that_looked_before_somebody_else_acted_removes_nothing_more(world: World) -> None:
    from vcs.sentences.court_messages import retention

    receipt = aside(world)
    dismissed(world, receipt)
    world.clock.days(KEPT_DAYS + 1)
    now, today = world.clock.now(), world.today
    before = now - timedelta(days=KEPT_DAYS)
    with world.db.reading() as session:
        found = retention.due_bodies(session, before, 10)
    tried_again(world, receipt)
    with world.db.writing() as session:
        assert retention.remove_bodies(session, found, before, now, today) == 0
    assert world.read() == 1


def test_keys_are_checked_and_the_archive_replayed_without_what_was_removed(world: World) -> None:
    world.court_tells(told())
    world.clock.days(KEPT_DAYS + 1)
    sweep(world)
    with world.db.reading() as session:
        assert canary.problems(session, world.sealer) == []
    assert list(differences(world.db, world.sealer)) == []


@pytest.mark.parametrize("status", ["waiting", "set_aside"])
def test_the_database_itself_keeps_what_has_still_to_be_read(world: World, status: str) -> None:
    aside(world)
    change = text("UPDATE court_message SET status = :s, body = NULL, body_removed_on = :d")
    with pytest.raises(IntegrityError), world.db.writing() as session:
        session.execute(change, {"s": status, "d": "2026-03-20"})
