"""Four schedulers sweep at one moment a world in which many jobs begin something: none fails."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from tests.alerts.test_at_once import out_soon
from tests.custody.told import released
from tests.faults.test_scheduler_killed import started
from tests.journeys.program import SOMEBODY, program, referral
from tests.journeys.world import FRIDAY_20_MARCH, World, a_victim, told
from vcs.alerts.deliver import Hold, settle_alerts
from vcs.alerts.digest import write
from vcs.alerts.digest.records import Digest, DigestLine
from vcs.alerts.digest.write import owe_digest
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.clock import now as real_now
from vcs.custody.keep import keep_message
from vcs.ledger.records import SweepRun
from vcs.terms import Role
from vcs.victims.records import Victim

SCHEDULERS = 4

_UNSAFE = {"safe_to_post": False, "safe_contact_notes": "Do not ring"}


@pytest.fixture
def full(world: World) -> World:
    """Return a world where something is read, asked, drafted, counted, owed and sent for once."""
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(8)))
    for reference in world.referrals()[:4]:
        world.refer(reference, a_victim(name=f"Nia {reference[-4:]}", **_UNSAFE))
    world.keep(b'{"hello": "court"}', out_soon(), told(FRIDAY_20_MARCH, ("X", "IMP", "")))
    wcu = program(world)
    wcu.keep(referral(case_reference="13EX0000726", victims=[SOMEBODY | _UNSAFE]))
    wcu.keep(referral(case_reference="99EX0000726"))
    with world.db.writing() as session:
        body = json.dumps(released("2026-03-20T10:00:00+00:00")).encode()
        keep_message(session, world.sealer, body, ("prison", world.clock.now()))
    world.clock.move_to(real_now())
    return world


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whatever_several_begin_at_one_moment_is_begun_once_and_fails_nobody(full: World) -> None:
    """Only PostgreSQL lets two write at one moment."""
    running = [started(full, "--once") for _ in range(SCHEDULERS)]
    said = [process.communicate()[1].decode() for process in running]
    failed = [line for one in said for line in one.splitlines() if "job.failed" in line]
    assert failed == []
    assert [process.returncode for process in running] == [0] * SCHEDULERS
    with full.db.reading() as session:
        runs = session.exec(select(SweepRun)).all()
        keys = session.exec(select(AlertRecord.key)).all()
        warned = session.exec(
            select(AlertRecord.id).where(col(AlertRecord.kind) == AlertKind.SAFETY_WARNING)
        ).all()
        victims = session.exec(select(Victim.id)).all()
    assert [one.fault for one in runs if one.fault] == []
    assert len({one.job for one in runs}) > 12, sorted({one.job for one in runs})
    assert len(keys) == len(set(keys))
    assert len(warned) == len(victims)
    ids = [mail["Message-ID"] for mail in full.all_mail()]
    assert len(ids) == len(set(ids))
    assert full.tasks(Role.ADMINISTRATOR)
    assert full.problems() == []


def digests_of(world: World, claimant: str, told: list[tuple[Role, int]]) -> list[int]:
    """Let mail servers have taken digests that one scheduler holds, each told of an alert."""
    now, found = world.clock.now(), []
    with world.db.writing() as session:
        for role, alert_id in told:
            reader, day = world.people[role].account_id, world.today
            digest = Digest(
                account_id=reader, day=day, covers_from=now, covers_until=now, facts="{}"
            )
            session.add(digest)
            session.flush()
            owe_digest(session, digest.id, now)
            line = DigestLine(
                digest_id=digest.id,
                account_id=reader,
                day=day,
                matter=f"alert:{alert_id}",
                rung="",
                state="missed",
            )
            session.add(line)
            owed = session.get_one(AlertRecord, digest.alert_id)
            owed.claimed_by = claimant
            session.add(
                AlertDelivery(alert_id=owed.id, account_id=reader, next_try_at=now, sent_at=now)
            )
            found.append(owed.id)
    return found


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_settle_digests_that_told_of_the_same_in_another_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has settled its first digest when the other has: neither may wait for the other."""
    now, both = world.clock.now(), threading.Barrier(2)
    with world.db.writing() as session:
        for subject in ("A", "B"):
            owe_alert(session, Notice(AlertKind.SET_ASIDE_OLD, subject, "once", {}), now)
    with world.db.reading() as session:
        first, second = session.exec(select(AlertRecord.id).order_by(col(AlertRecord.id)))
    ours = digests_of(world, "one", [(Role.VLO, first), (Role.MANAGER, second)])
    theirs = digests_of(world, "two", [(Role.HEAD, second), (Role.ADMINISTRATOR, first)])
    ended = write._end_question
    last = [world.people[role].account_id for role in (Role.MANAGER, Role.ADMINISTRATOR)]

    def in_step(session: Session, account_id: int, at: datetime) -> None:
        ended(session, account_id, at)
        if account_id in last:
            both.wait(20)

    monkeypatch.setattr(write, "_end_question", in_step)

    def settle(claimant: str, alert_ids: list[int]) -> None:
        with world.db.writing() as session:
            settle_alerts(session, Hold(claimant, now), alert_ids, alert_ids, now)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(settle, "one", ours), pool.submit(settle, "two", theirs)]:
            one.result()
    with world.db.reading() as session:
        assert None not in session.exec(select(AlertRecord.sent_at)).all()
