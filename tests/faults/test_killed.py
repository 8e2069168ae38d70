"""Killed with -9 in the middle of load: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import random
import subprocess
import time

import pytest
from sqlmodel import select

from tests.api.office import Office, Secrets
from tests.conftest import settings_for
from tests.faults.senders import Crowd, message
from tests.services.clock import MovableClock
from tests.services.processes import VCS, Served, environment
from vcs import clock as real_clock
from vcs.consequences.messages.desk import read_waiting
from vcs.database import Database, connect
from vcs.intake.inbox import Inbox
from vcs.intake.records import CourtMessage
from vcs.ledger.dump import state_dump
from vcs.migrations.upgrade import migrate
from vcs.sealing import Sealer
from vcs.settings import Settings

POISONS = (
    b"[" * 100_000 + b"]" * 100_000,
    b'{"hearing": {"id": {"a": 1}}}',
    b'{"hearing": {"prosecutionCases": 7}}',
)

A_ROUND = 40

"""Messages for each round. A kill comes after 5 to 30 acknowledgements."""


def wait_for(crowd: Crowd, count: int) -> None:
    while crowd.acknowledged < count and any(one.is_alive() for one in crowd._threads):
        time.sleep(0.002)


def killed_under_load(served: Served, crowd: Crowd, rounds: int) -> None:
    drawn = random.Random(rounds)  # noqa: S311 - no secret
    crowd.start(A_ROUND * rounds)
    for _ in range(rounds):
        wait_for(crowd, crowd.acknowledged + drawn.randrange(5, 30))
        served.kill()
        served.start()
    crowd.join()
    served.stop()


def read_all(db: Database, sealer: Sealer) -> None:
    while read_waiting(db, sealer):
        pass


@pytest.fixture(scope="module")
def undisturbed(rounds: int, tmp_path_factory: pytest.TempPathFactory) -> object:
    """Return the state of the same messages without any fault."""
    control = settings_for(tmp_path_factory.mktemp("control"), None)
    migrate(control)
    db, sealer = connect(control), Sealer(control.sealing_keys)
    bodies = [message(number) for number in range(A_ROUND * rounds)]
    Inbox(db, sealer).keep(bodies, "control", real_clock.now())
    read_all(db, sealer)
    with db.reading() as session:
        found = state_dump.state(session, sealer)
    db.close()
    return found


def test_nothing_acknowledged_is_lost_and_nothing_doubled(
    settings: Settings,
    secrets_on_both: Secrets,
    served: Served,
    rounds: int,
    undisturbed: object,
    clock: MovableClock,
) -> None:
    crowd = Crowd(served.port, secrets_on_both.clients["court"])
    try:
        killed_under_load(served, crowd, rounds)
    finally:
        crowd.given_up.set()
    count = A_ROUND * rounds
    assert set(crowd.receipts) == set(range(count))
    db, sealer = connect(settings), Sealer(settings.sealing_keys)
    with db.reading() as session:
        held = sorted(session.exec(select(CourtMessage.receipt)))
    # One receipt for each content, whoever sent it and however often, and a row for each.
    assert held == sorted(one for given in crowd.receipts.values() for one in given)
    assert len(held) == count
    read_all(db, sealer)
    with db.reading() as session:
        state = state_dump.state(session, sealer)
    db.close()
    assert state == undisturbed
    checked = subprocess.run(
        [str(VCS), "check"], env=environment(settings), capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_a_poison_message_among_the_rest_holds_nobody_up(office_on_both: Office) -> None:
    first = [office_on_both.send(message(number)) for number in range(3)]
    bad = [office_on_both.send(poison) for poison in POISONS]
    last = [office_on_both.send(message(number)) for number in range(3, 6)]
    office_on_both.read()
    told = [office_on_both.receipt(one.json()["receipt"])["status"] for one in (*first, *last)]
    assert told == ["read"] * 6
    told = [office_on_both.receipt(one.json()["receipt"])["status"] for one in bad]
    assert "waiting" not in told
