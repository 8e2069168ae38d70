from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, text
from sqlmodel import func, select

from vcs.database import Database
from vcs.errors import Busy
from vcs.intake import inbox as module
from vcs.intake.inbox import Inbox, Kept
from vcs.intake.records import CourtMessage
from vcs.sealing import Sealer
from vcs.settings import Settings

NOW = datetime(2026, 3, 20, 16, 30, tzinfo=UTC)

WAIT = 30


@pytest.fixture
def sealer(settings: Settings) -> Sealer:
    return Sealer(settings.sealing_keys)


@pytest.fixture
def inbox(database: Database, sealer: Sealer) -> Iterator[Inbox]:
    made = Inbox(database, sealer)
    made.start()
    yield made
    made.stop()


def held(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(CourtMessage)).one()


def test_a_message_is_held_whole_and_sealed(
    inbox: Inbox, database: Database, sealer: Sealer
) -> None:
    body = b'{"wording": "struck Canary Victim at 1 Canary Lane"}'
    kept = inbox.submit(body, "court-1", NOW).result(WAIT)
    assert not kept.already_held
    with database.reading() as session:
        message = session.exec(select(CourtMessage)).one()
    assert message.receipt == kept.receipt
    assert (message.client_id, message.received_at, message.status) == ("court-1", NOW, "waiting")
    assert message.body is not None
    assert b"Canary" not in message.body
    assert sealer.open(message.body) == body


def test_the_same_content_is_the_same_receipt_whoever_sends_it(
    inbox: Inbox, database: Database
) -> None:
    first = inbox.submit(b"{}", "court-1", NOW).result(WAIT)
    again = inbox.submit(b"{}", "court-2", NOW).result(WAIT)
    assert again == Kept(first.receipt, already_held=True)
    assert held(database) == 1


def test_the_same_content_twice_in_one_group_is_one_row(database: Database, sealer: Sealer) -> None:
    kept = Inbox(database, sealer).keep([b"a", b"b", b"a"], "court", NOW)
    assert [one.already_held for one in kept] == [False, False, True]
    assert kept[0].receipt == kept[2].receipt
    assert held(database) == 2


def test_many_senders_share_a_few_commits(inbox: Inbox, database: Database) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    futures = [inbox.submit(b"%d" % n, "court", NOW) for n in range(300)]
    receipts = {future.result(WAIT).receipt for future in futures}
    assert len(receipts) == 300
    assert len(commits) < 100
    assert held(database) == 300


def test_what_was_handed_in_from_many_threads_is_all_held(inbox: Inbox, database: Database) -> None:
    futures: list[Future[Kept]] = []

    def send(sender: int) -> None:
        futures.extend(inbox.submit(b"%d-%d" % (sender, n % 20), "c", NOW) for n in range(40))

    threads = [threading.Thread(target=send, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [future.result(WAIT) for future in futures]
    assert sum(not one.already_held for one in answers) == 80
    assert held(database) == 80


def test_an_answer_comes_only_after_the_commit(inbox: Inbox, database: Database) -> None:
    seen: list[int] = []
    future = inbox.submit(b"x", "court", NOW)
    future.add_done_callback(lambda _: seen.append(held(database)))
    future.result(WAIT)
    inbox.stop()
    assert seen == [1]


def test_a_stop_writes_what_waits(database: Database, sealer: Sealer) -> None:
    made = Inbox(database, sealer)
    made.start()
    futures = [made.submit(b"%d" % n, "court", NOW) for n in range(200)]
    made.stop()
    assert all(future.done() for future in futures)
    assert held(database) == 200


def test_a_closed_inbox_is_busy(database: Database, sealer: Sealer) -> None:
    made = Inbox(database, sealer)
    with pytest.raises(Busy):
        made.submit(b"x", "court", NOW)
    made.start()
    made.stop()
    with pytest.raises(Busy):
        made.submit(b"x", "court", NOW)


def test_a_full_inbox_is_busy_and_takes_messages_again(
    database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES_WAITING", 1000)
    made = Inbox(database, sealer)
    made.start()
    with database.writing() as blocker:
        # Nothing can be written meanwhile: on PostgreSQL by a lock on the table.
        if database.engine.dialect.name == "postgresql":
            blocker.execute(text("LOCK TABLE court_message IN EXCLUSIVE MODE"))
        first = made.submit(b"x" * 600, "court", NOW)
        with pytest.raises(Busy):
            made.submit(b"y" * 600, "court", NOW)
        assert not first.done()
    first.result(WAIT)
    # The bytes are counted off just after the answer.
    assert not _as_soon_as_it_takes(made, b"y" * 600).result(WAIT).already_held
    made.stop()


def _as_soon_as_it_takes(inbox: Inbox, body: bytes) -> Future[Kept]:
    while True:
        try:
            return inbox.submit(body, "court", NOW)
        except Busy:
            continue


def test_a_fault_reaches_every_sender_of_the_group_and_the_next_group_goes_on(
    inbox: Inbox, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE court_message RENAME TO hidden"))
    with pytest.raises(Exception, match="court_message"):
        inbox.submit(b"x", "court", NOW).result(WAIT)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE hidden RENAME TO court_message"))
    assert not inbox.submit(b"x", "court", NOW).result(WAIT).already_held


def test_a_sender_that_went_away_stops_nobody(inbox: Inbox, database: Database) -> None:
    with database.writing():
        gone = inbox.submit(b"a", "court", NOW)
        gone.cancel()
        stays = inbox.submit(b"b", "court", NOW)
    assert not stays.result(WAIT).already_held
    inbox.stop()
    assert held(database) == 2


def test_receipts_cannot_be_guessed(database: Database, sealer: Sealer) -> None:
    kept = Inbox(database, sealer).keep([b"%d" % n for n in range(100)], "court", NOW)
    assert len({one.receipt for one in kept}) == 100
    assert all(len(one.receipt) >= 24 for one in kept)
