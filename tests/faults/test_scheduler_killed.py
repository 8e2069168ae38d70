"""Kill the scheduler at any moment, run several at once: each alert once, none lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from sqlmodel import col, select

from scheduler.jobs import Sweep
from scheduler.runs import sweep_all
from tests.journeys.world import World, told
from tests.services.processes import VCS, environment
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.clock import now as real_now
from vcs.referrals.records import DeadlineRecord

SENTENCES = 12

QUIET: dict[str, str | int] = {"last_on": "Friday 20 March 2026", "quiet_for": 7, "usual": 3}

_SECONDS_TO_END = 20


@pytest.fixture
def overdue(world: World) -> World:
    """Return a world whose referrals are all long overdue by the machine's own clock too."""
    world.keep(*(told(urn=f"13EX{n:07d}26") for n in range(SENTENCES)))
    with world.db.writing() as session:
        for n in range(SENTENCES):
            owe_alert(session, Notice(AlertKind.FEED_SILENT, f"Court {n}", "x", QUIET), real_now())
    world.clock.move_to(real_now())
    return world


def started(world: World, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scheduler", *arguments]
    return subprocess.Popen(command, env=environment(world.settings), stderr=subprocess.PIPE)


def progress(world: World) -> int:
    """Return how much the schedulers have done, in steps of any kind."""
    with world.db.reading() as session:
        marked = session.exec(
            select(DeadlineRecord.id).where(col(DeadlineRecord.missed_on).is_not(None))
        ).all()
    return len(marked) + len(world.all_mail())


def everything_is_told_once(world: World) -> None:
    """See that each miss is owed once, and each silent court."""
    at_once = [(mail["To"], mail["Subject"]) for mail in world.mail()]
    assert len(at_once) == len(set(at_once)) == SENTENCES
    with world.db.reading() as session:
        alerts = session.exec(select(AlertRecord)).all()
    missed = [alert for alert in alerts if alert.kind == "missed"]
    assert len(missed) == len({alert.deadline_id for alert in missed}) == SENTENCES
    assert all(alert.sent_at for alert in alerts if alert.kind == "feed_silent")
    assert world.problems() == []


def test_a_scheduler_killed_again_and_again_loses_nothing_and_doubles_nothing(
    overdue: World,
) -> None:
    # Each is killed once it has moved on by a few steps, wherever it then is.
    while progress(overdue) < SENTENCES + SENTENCES // 2:
        reached, running = progress(overdue), started(overdue)
        while progress(overdue) < reached + 6 and running.poll() is None:
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert running.stderr is not None
        running.stderr.close()
    # Whoever was killed held a few claims; they run out by themselves.
    overdue.clock.move_to(real_now() + timedelta(minutes=5))
    overdue.sweep()
    everything_is_told_once(overdue)
    assert not list(overdue.settings.mail_dir.glob(".*"))


def test_several_schedulers_at_once_tell_everything_once(overdue: World) -> None:
    sweep = Sweep(overdue.settings, overdue.db, overdue.sealer, overdue.clock.now)
    threads = [threading.Thread(target=sweep_all, args=[sweep]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    overdue.clock.move_to(real_now() + timedelta(minutes=5))
    overdue.sweep()
    everything_is_told_once(overdue)


def test_several_processes_at_once_tell_everything_once(overdue: World) -> None:
    running = [started(overdue, "--once") for _ in range(3)]
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 0, said
    everything_is_told_once(overdue)


def ended_alone(command: list[str], world: World) -> bool:
    """Kill this command alone once the scheduler moves on; say whether all it began ended too."""
    reached = progress(world)
    running = subprocess.Popen(
        command,
        env=environment(world.settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while progress(world) == reached and running.poll() is None:
        time.sleep(0.005)
    running.kill()
    running.wait()
    for _ in range(_SECONDS_TO_END * 20):
        if not in_group(running.pid):
            return True
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGKILL)
    return False


def in_group(group: int) -> bool:
    """Say whether any process of this group runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


BESIDE_PAGES = """
import time
from api.commands.service.sweeping import working
with working():
    time.sleep(600)
"""


@pytest.mark.parametrize(
    "command",
    [[str(VCS), "work"], [sys.executable, "-c", BESIDE_PAGES]],
    ids=["vcs work", "as vcs run starts it"],
)
def test_whoever_started_the_scheduler_may_be_killed_and_leaves_none_behind(
    overdue: World, command: list[str]
) -> None:
    assert ended_alone(command, overdue)


def test_a_stop_is_clean_and_leaves_nothing_half_done(overdue: World) -> None:
    running = started(overdue)
    while progress(overdue) < 5:
        time.sleep(0.005)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate()
    assert running.returncode == 0, said
    with overdue.db.reading() as session:
        in_hand = select(AlertRecord).where(col(AlertRecord.claimed_by).is_not(None))
        assert session.exec(in_hand).all() == []
