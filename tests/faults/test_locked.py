"""A database that somebody else holds: the door says so in time, keeps nothing, and goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import func, text
from sqlmodel import select

from tests.api.office import Office, opened, sentencing
from tests.api.office import Secrets as Made
from tests.faults.senders import message
from tests.services.clock import MovableClock
from vcs import database as module
from vcs.database import Database, connect
from vcs.errors import Busy
from vcs.intake.inbox import Inbox
from vcs.intake.records import CourtMessage
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.terms import Role

SENDERS = 6

LOCK = "LOCK TABLE court_message IN EXCLUSIVE MODE"


@pytest.fixture
def hasty(
    settings: Settings,
    secrets_on_both: Made,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    """Return the office with a door that waits one second for a lock and not ten."""
    monkeypatch.setattr(module, "WAIT_SECONDS", 1)
    with opened(settings, clock, secrets_on_both) as office:
        yield office


@contextmanager
def held(settings: Settings) -> Iterator[None]:
    """Hold the messages, as a backup or a stuck transaction would, until the block ends."""
    holder = connect(settings)
    with holder.writing() as session:
        on_postgresql = holder.engine.dialect.name == "postgresql"
        # The first statement of a transaction that writes takes the whole of SQLite.
        session.execute(text(LOCK if on_postgresql else "SELECT 1"))
        yield
    holder.close()


def kept(db: Database) -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(CourtMessage)).one()


def test_a_lock_gives_503_keeps_nothing_and_is_got_over(
    hasty: Office, settings: Settings, rounds: int
) -> None:
    db, today = hasty.app.state.door.db, hasty.clock.today()
    hasty.token()
    first = hasty.send(sentencing(today))
    for number in range(rounds):
        bodies = [message(number * SENDERS + one) for one in range(SENDERS)]
        before = kept(db)
        with held(settings), ThreadPoolExecutor(SENDERS) as pool:
            answers = list(pool.map(hasty.send, bodies))
            # Whoever only reads is answered meanwhile.
            assert hasty.receipt(first.json()["receipt"])["receipt"] == first.json()["receipt"]
        for answer in answers:
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            assert answer.headers["content-type"] == "application/problem+json"
        assert kept(db) == before
        assert [hasty.send(body).status_code for body in bodies] == [202] * SENDERS


def test_pages_are_read_while_a_lock_is_held(hasty: Office, settings: Settings) -> None:
    hasty.tell(sentencing(hasty.clock.today()))
    manager = hasty.person(Role.MANAGER)
    with held(settings):
        assert manager.get("/").status_code == 200
        assert [hasty.client.get(path).status_code for path in ("/livez", "/readyz")] == [200, 200]


def test_whoever_came_during_a_lock_does_not_wait_a_second_time(
    settings: Settings, secrets_on_both: Made, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 1)
    db = connect(settings)
    inbox, tries, trying = Inbox(db, Sealer(settings.sealing_keys)), [], threading.Event()
    commit = inbox._commit

    def watched(group: object) -> object:
        tries.append(group)
        trying.set()
        return commit(group)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(inbox, "_commit", watched)
    inbox.start()
    with held(settings):
        futures = [inbox.submit(message(0), "court", clock.now())]
        assert trying.wait(30)
        futures += [inbox.submit(message(n), "court", clock.now()) for n in range(1, SENDERS)]
        for future in futures:
            with pytest.raises(Busy):
                future.result(30)
    assert len(tries) == 1
    assert not inbox.submit(message(0), "court", clock.now()).result(30).already_held
    inbox.stop()
    db.close()


def test_a_reader_that_met_a_lock_reads_on_afterwards(hasty: Office, settings: Settings) -> None:
    receipt = hasty.send(sentencing(hasty.clock.today())).json()["receipt"]
    with held(settings):
        hasty.app.state.door.reader.wake()
    hasty.read()
    assert hasty.receipt(receipt)["status"] == "read"
