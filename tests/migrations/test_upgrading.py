"""A database of the first version, with rows in it, is brought up to date and loses none."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from cryptography.fernet import Fernet
from sqlalchemy import Connection, text

import vcs
from tests.conftest import SEALING_KEY
from vcs.database import connect
from vcs.errors import NotSetUp, NotStarted
from vcs.migrations.tables import ROOMS
from vcs.migrations.upgrade import _config, migrate, schema_problems
from vcs.sealing import Sealer
from vcs.settings import Settings

ROWS = (
    "INSERT INTO sentence (id, reference, key, case_reference, court_name, offender_name, "
    "offender_address, sentenced_on, outcome, facts_hash, gone) VALUES "
    "(1, 'VCS-S', 'k', 'c', 'x', :name, :address, '2026-03-20', 'statutory', 'h', FALSE)",
    "INSERT INTO referral (id, reference, sentence_id, opened_on, status, basis) VALUES "
    "(1, 'VCS-R', 1, '2026-03-20', 'awaiting', 'statutory')",
    "INSERT INTO deadline (id, key, referral_id, duty, owed_by, starts_on, due_on, counted, "
    "provision, provisional) VALUES (1, 'k', 1, 'refer-to-probation', 'witness care unit', "
    "'2026-03-20', '2026-04-07', 'w', 'p', FALSE)",
    "INSERT INTO alert (id, key, kind, deadline_id, owed_at, next_try_at, tries, message_id) "
    "VALUES (1, 'k', 'missed', 1, '2026-04-08 00:00:00', '2026-04-08 00:00:00', 0, 'm')",
)


def token(key: str, words: str) -> bytes:
    """Return a value as the first version sealed it."""
    return Fernet(key).encrypt(words.encode())


def insert_rows(connection: Connection) -> None:
    """Insert what the first version held."""
    sealed = {"name": token(SEALING_KEY, "n"), "address": token(SEALING_KEY, "[]")}
    connection.execute(text(ROWS[0]), sealed)
    for row in ROWS[1:]:
        connection.execute(text(row))


def test_a_first_version_with_rows_in_it_comes_up_to_date(
    blank_database_url: str, settings: Settings
) -> None:
    assert blank_database_url
    db = connect(settings)
    with db.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        insert_rows(connection)
    migrate(settings)
    assert schema_problems(db) == []
    with db.engine.connect() as connection:
        held = connection.execute(
            text("SELECT a.deadline_id, a.subject, r.traced_since FROM alert a, referral r")
        ).all()
    assert [tuple(row) for row in held] == [(1, "", None)]
    db.close()


CLOSED_BEFORE = (
    "UPDATE referral SET status = 'closed', closed_on = '2026-04-10', "
    "closed_reason = 'not_eligible'",
    "INSERT INTO task (id, reference, key, kind, question, opened_on) VALUES "
    "(1, 'VCS-T', 'k', 'witness_care_says', 'q', '2026-03-20')",
)


def test_what_was_closed_before_stays_closed_and_owes_nothing(
    blank_database_url: str, settings: Settings
) -> None:
    assert blank_database_url
    db = connect(settings)
    with db.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        insert_rows(connection)
        command.upgrade(config, "0009")
        for row in CLOSED_BEFORE:
            connection.execute(text(row))
    migrate(settings)
    migrate(settings)
    assert schema_problems(db) == []
    with db.engine.begin() as connection:
        held = connection.execute(
            text(
                "SELECT r.status, r.closed_reason, d.lifted_on, d.met_on, a.withdrawn_at "
                "FROM referral r, deadline d, alert a"
            )
        ).one()
        connection.execute(text("UPDATE task SET kind = 'closing_proposed'"))
    status, reason, lifted_on, met_on, withdrawn_at = held
    assert (status, reason, str(lifted_on), met_on) == (
        "closed",
        "not_eligible",
        "2026-04-10",
        None,
    )
    assert withdrawn_at is not None
    db.close()


CALLED_MET = (
    "UPDATE referral SET status = 'closed', closed_on = '2026-04-10', "
    "closed_reason = 'no_identifiable_victim'",
    "UPDATE deadline SET met_on = '2026-04-10'",
)


def test_what_a_closing_was_said_to_meet_is_ended_by_it(
    blank_database_url: str, settings: Settings
) -> None:
    assert blank_database_url
    db = connect(settings)
    with db.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        insert_rows(connection)
        command.upgrade(config, "0094")
        for row in CALLED_MET:
            connection.execute(text(row))
    migrate(settings)
    with db.engine.begin() as connection:
        ended = text("SELECT met_on, lifted_on FROM deadline WHERE duty = 'refer-to-probation'")
        (met_on, lifted_on) = connection.execute(ended).one()
        assert (met_on, str(lifted_on)) == (None, "2026-04-10")
        assert connection.execute(text("SELECT count(*) FROM clock_mark")).scalar_one() >= 1
    db.close()


IN_THE_CLEAR = (
    "INSERT INTO account (id, email, name, phone, password_hash, role, active, epoch, failed_tries)"
    " VALUES (1, 'a@example.org', 'A', '', 'x', 'vlo', TRUE, 0, 0)",
    "INSERT INTO victim (id, reference, referral_id, sealed, standing, language, format_needs, "
    "referred_on, referred_by_account_id) VALUES "
    "(1, 'VCS-V', 1, :sealed, 'victim', 'en', 'Braille, grade 2', '2026-03-20', 1)",
    "INSERT INTO former_details (id, victim_id, sealed, format_needs, replaced_at, replaced_by) "
    "VALUES (1, 1, :sealed, 'Braille, grade 1', '2026-03-20 00:00:00', 'account:1'), "
    "(2, 1, :sealed, NULL, '2026-03-20 00:00:00', 'account:1')",
    "INSERT INTO task (id, reference, key, kind, question, opened_on) VALUES "
    "(1, 'VCS-1', 'alert_not_sent:k', 'alert_not_sent', 'q', '2026-03-20'), "
    "(2, 'VCS-2', 'deadline_earlier:k:2026-03-20', 'question', 'q', '2026-03-20'), "
    "(3, 'VCS-3', 'alert_not_sent:feed_silent', 'alert_not_sent', 'q', '2026-03-20')",
)


def with_needs_in_the_clear(settings: Settings) -> None:
    """Make a database of revision 0015 in which format needs are not sealed."""
    db = connect(settings)
    with db.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        insert_rows(connection)
        command.upgrade(config, "0015")
        for row in IN_THE_CLEAR:
            names = {"sealed": token(SEALING_KEY, "{}")} if ":sealed" in row else {}
            connection.execute(text(row), names)
    db.close()


def test_what_a_victim_needs_to_read_is_sealed_and_left_nowhere_in_the_file(
    blank_database_url: str, settings: Settings
) -> None:
    with_needs_in_the_clear(settings)
    migrate(settings)
    db, sealer = connect(settings), Sealer(SEALING_KEY)
    with db.engine.connect() as connection:
        for table, wanted in (
            ("person", ["Braille, grade 2"]),
            ("former_details", ["Braille, grade 1", None]),
        ):
            query = text(f"SELECT format_needs_sealed FROM {table} ORDER BY id")  # noqa: S608
            held = connection.execute(query).scalars()
            assert [value and sealer.open_text(value) for value in held] == wanted
        tasks = connection.execute(text("SELECT referral_id, topic FROM task ORDER BY id")).all()
    assert [tuple(row) for row in tasks] == [(1, None), (None, "deadline_earlier"), (None, None)]
    assert schema_problems(db) == []
    db.close()
    if blank_database_url.startswith("sqlite"):
        assert b"Braille" not in Path(blank_database_url.removeprefix("sqlite:///")).read_bytes()


def test_nothing_is_sealed_with_keys_that_do_not_belong_to_the_database(
    blank_database_url: str, settings: Settings
) -> None:
    assert blank_database_url
    with_needs_in_the_clear(settings)
    for keys in (Fernet.generate_key().decode(), ""):
        with pytest.raises((NotStarted, NotSetUp)):
            migrate(settings.model_copy(update={"sealing_keys": keys}))
    db = connect(settings)
    with db.engine.connect() as connection:
        held = connection.execute(text("SELECT format_needs FROM victim")).scalar_one()
    assert held == "Braille, grade 2"
    db.close()


def test_the_schema_is_made_of_the_tables_of_every_room() -> None:
    root = Path(vcs.__file__).parent
    held = {file.relative_to(root.parent) for file in root.rglob("*.py") if _has_tables(file)}
    named = {Path(*room.__name__.split(".")).with_suffix(".py") for room in ROOMS}
    assert held - named == set()


def _has_tables(file: Path) -> bool:
    return "table=True)" in file.read_text(encoding="utf-8")
