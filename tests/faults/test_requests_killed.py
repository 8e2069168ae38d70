"""Kill the scheduler between keeping a request and attaching it: nothing lost, nothing doubled."""

from __future__ import annotations

import signal
import threading
import time

from sqlmodel import col, func, select

from tests.faults.test_scheduler_killed import started
from tests.journeys.program import Program, program, referral
from tests.journeys.world import World, told
from vcs.clock import now as real_now
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.referrals.records import Referral, ReferralStatus
from vcs.victims.records import Victim

REQUESTS = 12


def a_full_inbox(world: World) -> Program:
    """Return a program with requests: half wait for a sentence, half were kept and not read."""
    wcu = program(world)
    world.clock.move_to(real_now())
    for n in range(REQUESTS):
        if n == REQUESTS // 2:
            assert wcu.read() == n
        wcu.keep(referral(case_reference=f"13EX{n:07d}26"))
    world.keep(*(told(urn=f"13EX{n:07d}26") for n in range(REQUESTS)))
    return wcu


def settled(world: World) -> int:
    waits = (RequestStatus.WAITING, RequestStatus.EARLY)
    with world.db.reading() as session:
        query = select(func.count()).select_from(ReferralRequest)
        return session.exec(query.where(col(ReferralRequest.status).not_in(waits))).one()


def everybody_is_referred_once(world: World) -> None:
    assert settled(world) == REQUESTS
    with world.db.reading() as session:
        in_referrals = session.exec(select(Victim.referral_id)).all()
        statuses = session.exec(select(Referral.status)).all()
    assert len(in_referrals) == len(set(in_referrals)) == REQUESTS
    assert set(statuses) == {ReferralStatus.REFERRED}
    assert world.problems() == []


def test_a_scheduler_killed_again_and_again_attaches_everybody_once(world: World) -> None:
    a_full_inbox(world)
    while settled(world) < REQUESTS // 2:
        reached, running = settled(world), started(world)
        while settled(world) < reached + 3 and running.poll() is None:
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert running.stderr is not None
        running.stderr.close()
    world.sweep()
    everybody_is_referred_once(world)


def test_several_readers_at_once_attach_everybody_once(world: World) -> None:
    wcu = a_full_inbox(world)
    world.read()

    def look() -> None:
        wcu.read()
        wcu.attach()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everybody_is_referred_once(world)


def test_the_same_request_from_several_senders_at_once_is_kept_once(world: World) -> None:
    wcu = program(world)
    receipts: list[str] = []
    threads = [
        threading.Thread(target=lambda: receipts.append(wcu.keep(referral()).receipt))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 6
    assert len(set(receipts)) == 1
    with world.db.reading() as session:
        assert len(session.exec(select(ReferralRequest.id)).all()) == 1
