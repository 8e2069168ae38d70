"""Made-up histories against the running program: shuffled, doubled, poisoned and killed with -9."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time

import pytest
from hypothesis import Phase, given
from hypothesis import settings as tried
from sqlmodel import col, func, select

from tests.api.office import Secrets, furnished
from tests.conftest import settings_for
from tests.faults.senders import Sender
from tests.faults.test_killed import POISONS
from tests.journeys.shares.histories import histories
from tests.services.clock import MovableClock
from tests.services.processes import VCS, Served, environment
from vcs.clock import now as real_now
from vcs.consequences.messages.desk import read_waiting
from vcs.database import connect
from vcs.intake.inbox import Inbox
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.ledger.integrity.proof import prove
from vcs.migrations.upgrade import migrate
from vcs.sealing import Sealer
from vcs.settings import Settings

SENDERS = 3

URNS = [f"13EX{n:07d}26" for n in range(6)]


def told(rounds: int) -> list[bytes]:
    """Return what courts tell: a few made-up histories of a few cases, the same in each run."""
    found: dict[bytes, None] = {}

    @tried(max_examples=2 * rounds, derandomize=True, database=None, phases=[Phase.generate])
    @given(histories(8, URNS))
    def collect(bodies: list[bytes]) -> None:
        found.update(dict.fromkeys(bodies))

    collect()
    return list(found)


def started(settings: Settings) -> subprocess.Popen[bytes]:
    log = (settings.data_dir / "work.log").open("ab")
    with log:
        return subprocess.Popen(
            [str(VCS), "work"], env=environment(settings), stdout=log, stderr=log
        )


def said(settings: Settings, *arguments: str) -> str:
    """Run the command on a test's own settings; it must succeed."""
    done = subprocess.run(
        [str(VCS), *arguments],
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (arguments, done.stdout, done.stderr[-500:])
    return done.stdout


def sent_and_killed(
    settings: Settings, served: Served, pair: tuple[str, str], bodies: list[bytes], rounds: int
) -> dict[bytes, set[str]]:
    """Send everything from several senders, with both processes killed meanwhile."""
    receipts: dict[bytes, set[str]] = {one: set() for one in bodies}
    given_up, drawn = threading.Event(), random.Random(rounds)  # noqa: S311 - no secret
    arrivals = [*bodies, *drawn.sample(bodies, len(bodies) // 4)]
    drawn.shuffle(arrivals)

    def send(mine: list[bytes]) -> None:
        sender = Sender(served.port, pair)
        for body in mine:
            answer = sender.insist(body, given_up)
            if answer is not None:
                receipts[body].add(answer.body["receipt"])

    threads = [
        threading.Thread(target=send, args=[arrivals[n::SENDERS]], daemon=True)
        for n in range(SENDERS)
    ]
    working = started(settings)
    try:
        for thread in threads:
            thread.start()
        for _ in range(rounds):
            time.sleep(drawn.uniform(0.1, 0.5))
            served.kill()
            working.kill()
            working.wait()
            served.start()
            working = started(settings)
        for thread in threads:
            thread.join()
    finally:
        given_up.set()
        working.kill()
        working.wait()
        served.stop()
    return receipts


@pytest.fixture(scope="module")
def bodies(rounds: int) -> list[bytes]:
    return [*told(rounds), *POISONS]


def settle(settings: Settings) -> None:
    """Sweep until nothing is left of this moment: a morning's digest is written, then sent."""
    for _ in range(3):
        said(settings, "tick")


@pytest.fixture(scope="module")
def undisturbed(bodies: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the state of the same messages without any fault, one after the other."""
    plain = settings_for(tmp_path_factory.mktemp("control"), None)
    migrate(plain)
    # The same staff: on a working morning they are told by a digest, which a world without has not.
    furnished(plain, MovableClock())
    db, sealer = connect(plain), Sealer(plain.sealing_keys)
    for body in bodies:
        Inbox(db, sealer).keep([body], "control", real_now())
        read_waiting(db, sealer, now=real_now)
    db.close()
    settle(plain)
    return said(plain, "state", "--json")


def test_the_end_is_the_same_whatever_happened_on_the_way(
    settings: Settings,
    secrets_on_both: Secrets,
    served: Served,
    rounds: int,
    bodies: list[bytes],
    undisturbed: str,
) -> None:
    pair = secrets_on_both.clients["court"]
    receipts = sent_and_killed(settings, served, pair, bodies, rounds)
    assert all(len(given) == 1 for given in receipts.values())
    settle(settings)
    assert json.loads(said(settings, "state", "--json")) == json.loads(undisturbed)
    said(settings, "check")
    said(settings, "audit", "verify")
    db = connect(settings)
    with db.reading() as session:
        waits = col(CourtMessage.status) == MessageStatus.WAITING
        assert session.exec(select(func.count()).where(waits)).one() == 0
        proof = prove(session, Sealer(settings.sealing_keys), real_now())
    db.close()
    assert proof.problems == ()
