from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from vcs.access import trail
from vcs.database import Database

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def write(database: Database, count: int, subject: str = "VCS-1") -> None:
    for number in range(count):
        with database.writing() as session:
            trail.note(
                session, trail.Note(NOW, "account:1", "letter.approved", subject, str(number))
            )


def verified(database: Database) -> str | None:
    with database.reading() as session:
        return trail.verify(session)


def test_an_empty_trail_and_a_whole_one_verify(database: Database) -> None:
    assert verified(database) is None
    write(database, 3)
    assert verified(database) is None


def test_notes_of_one_transaction_are_kept_in_order_or_not_at_all(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            trail.note(session, trail.Note(NOW, "system", "a", "x"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.writing() as session:
        for event in ("first", "second"):
            trail.note(session, trail.Note(NOW, "system", event, "x"))
    with database.reading() as session:
        rows = session.execute(text("SELECT seq, event FROM audit_entry ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [(1, "first"), (2, "second")]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE audit_entry SET who = 'account:2' WHERE seq = 2", "entry 2 was changed"),
        ("UPDATE audit_entry SET detail = 'x' WHERE seq = 1", "entry 1 was changed"),
        ("DELETE FROM audit_entry WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM audit_entry WHERE seq = 1", "entry 1 is missing"),
        ("UPDATE audit_entry SET previous_hash = 'x' WHERE seq = 3", "entry 3 does not follow"),
        ("DELETE FROM audit_entry WHERE seq = 3", "entries 3 to 3 are missing"),
        ("DELETE FROM audit_entry WHERE seq > 1", "entries 2 to 3 are missing"),
        ("DELETE FROM audit_entry", "entries 1 to 3 are missing"),
        ("DELETE FROM trail_head", "record of the newest audit entry is missing"),
    ],
)
def test_what_was_tampered_with_is_named(database: Database, change: str, named: str) -> None:
    write(database, 3)
    with database.engine.begin() as connection:
        connection.execute(text(change))
    problem = verified(database)
    assert problem is not None
    assert named in problem


def test_an_entry_that_was_cut_off_stays_missing_when_others_follow(database: Database) -> None:
    write(database, 3)
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry WHERE seq = 3"))
    write(database, 2)
    assert verified(database) == "Audit entry 3 is missing: the next one held is 4."


def test_one_that_was_put_in_place_of_the_newest_is_noticed(database: Database) -> None:
    write(database, 3)
    forged = trail.Note(NOW, "system", "nothing", "x")
    with database.engine.begin() as connection:
        found = connection.execute(text("SELECT hash FROM audit_entry WHERE seq = 2"))
        link = trail.hash_of(found.scalar_one(), 3, forged)
        change = "UPDATE audit_entry SET at = :at, who = 'system', event = 'nothing', "
        change += "subject = 'x', detail = '', hash = :link WHERE seq = 3"
        connection.execute(text(change), {"at": NOW.replace(tzinfo=None), "link": link})
    assert verified(database) == "Audit entry 3 is not the one that was written."


def test_a_newest_that_was_rewritten_stays_found_when_others_follow(database: Database) -> None:
    write(database, 3)
    forged = trail.Note(NOW, "account:2", "letter.approved", "VCS-1", "2")
    with database.writing() as session:
        previous = session.execute(text("SELECT hash FROM audit_entry WHERE seq = 2")).scalar_one()
        session.execute(
            text("UPDATE audit_entry SET who = :who, hash = :link WHERE seq = 3"),
            {"who": forged.who, "link": trail.hash_of(previous, 3, forged)},
        )
    write(database, 1)
    assert "entry 4 does not follow" in (verified(database) or "")


def test_many_writers_at_once_make_one_chain(database: Database) -> None:
    threads = [threading.Thread(target=write, args=[database, 10]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verified(database) is None
    with database.reading() as session:
        assert session.execute(text("SELECT max(seq) FROM audit_entry")).scalar_one() == 40
