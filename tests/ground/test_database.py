from __future__ import annotations

import threading
from contextlib import AbstractContextManager, suppress
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from vcs import database as module
from vcs.access.records import FeedClient
from vcs.database import Database, connect
from vcs.errors import Busy, NotSetUp
from vcs.ledger.records import SweepRun
from vcs.migrations.upgrade import _config, migrate, require_current, schema_problems
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.settings import Settings
from vcs.tables import Record
from vcs.terms import Route

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def as_a_migration(database: Database) -> AbstractContextManager[Connection]:
    """Open the transaction that migrations run in: tables may be made anew in it."""
    return database.engine.execution_options(vcs_begin="migrate").begin()


def a_client(number: int = 1) -> FeedClient:
    return FeedClient(client_id=f"client-{number}", name="Court", secret_hash="x", kind="court")


def clients(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(FeedClient.client_id)))


def test_what_is_read_cannot_write(database: Database) -> None:
    with database.reading() as session:
        session.add(a_client())
        with pytest.raises(DBAPIError):
            session.flush()
        session.rollback()
    assert clients(database) == []


def test_a_reader_that_was_used_leaves_the_next_writer_able_to_write(database: Database) -> None:
    for number in range(5):
        clients(database)
        with database.writing() as session:
            session.add(a_client(number))
    assert len(clients(database)) == 5


def test_a_fault_leaves_nothing_of_a_transaction(database: Database) -> None:
    def fail_after_writing() -> None:
        with database.writing() as session:
            session.add(a_client())
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert clients(database) == []


def add_two(database: Database, *, fail: bool = False) -> None:
    """Add two clients in two transactions that are parts of one, and fail afterwards if asked."""
    with database.all_or_nothing() as whole:
        for number in range(2):
            with whole.writing() as session:
                session.add(a_client(number))
        assert clients(whole) == ["client-0", "client-1"]
        if fail:
            raise RuntimeError


def test_transactions_that_are_parts_of_one_are_all_kept_or_none(database: Database) -> None:
    with pytest.raises(RuntimeError):
        add_two(database, fail=True)
    assert clients(database) == []

    add_two(database)
    assert clients(database) == ["client-0", "client-1"]


def test_a_part_that_fails_is_undone_and_the_others_are_kept(database: Database) -> None:
    with database.all_or_nothing() as whole:
        for number in (1, 1, 2):
            with suppress(IntegrityError), whole.writing() as session:
                session.add(a_client(number))
    assert clients(database) == ["client-1", "client-2"]


def test_a_word_that_is_not_in_the_list_is_refused_by_the_database(database: Database) -> None:
    wrong = a_client()
    wrong.kind = "burglar"
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(wrong)


def test_a_row_that_names_nobody_is_refused_by_the_database(database: Database) -> None:
    statement = text("INSERT INTO sign_in (id, account_id, epoch, started_at) VALUES ('a',7,0,:n)")
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(statement, {"n": "2026-03-20 09:00:00"})


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    with database.writing() as session:
        session.add(SweepRun(job="x", started_at=NOW, finished_at=NOW))
    with database.reading() as session:
        found = session.exec(select(SweepRun)).one()
    assert found.started_at == NOW
    assert found.started_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(Exception, match="timezone"), database.writing() as session:
        session.add(SweepRun(job="x", started_at=naive, finished_at=naive))


@pytest.mark.usefixtures("synced")
def test_sqlite_answers_only_what_is_on_the_disk(settings: Settings) -> None:
    migrate(settings)
    with connect(settings).writing() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_locked_database_is_busy_and_not_a_fault(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 1)
    hasty = connect(settings)
    with database.writing() as holder:
        holder.add(a_client(1))
        holder.flush()
        with pytest.raises(Busy), hasty.writing() as session:
            session.add(a_client(1))
    assert clients(hasty) == ["client-1"]
    hasty.close()


def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    with database.writing() as session:
        session.add(a_client())
        session.flush()
        assert clients(database) == []
    assert clients(database) == ["client-1"]


def test_two_writers_at_once_both_end_well(database: Database) -> None:
    def write(number: int) -> None:
        with database.writing() as session:
            session.add(a_client(number))

    threads = [threading.Thread(target=write, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(clients(database)) == 8


@pytest.mark.parametrize("url", ["mysql://example/vcs", "sqlite://", "sqlite:///:memory:"])
def test_an_address_of_no_use_is_named(settings: Settings, url: str) -> None:
    wrong = settings.model_copy(update={"database_url": url})
    with pytest.raises(NotSetUp, match="VCS_DATABASE_URL"):
        connect(wrong)


def test_a_database_that_was_not_set_up_is_refused(
    blank_database_url: str, settings: Settings
) -> None:
    db = connect(settings)
    with pytest.raises(NotSetUp, match="vcs migrate"):
        require_current(db)
    db.close()


def test_migrating_twice_is_once(blank_database_url: str, settings: Settings) -> None:
    migrate(settings)
    migrate(settings)
    db = connect(settings)
    assert schema_problems(db) == []
    db.close()


def test_migrating_from_two_places_at_once_ends_well(
    blank_database_url: str, settings: Settings
) -> None:
    faults: list[BaseException] = []

    def go() -> None:
        try:
            migrate(settings)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db = connect(settings)
    assert faults == []
    assert schema_problems(db) == []
    db.close()


def test_a_migration_that_fails_half_way_leaves_nothing(
    blank_database_url: str, settings: Settings
) -> None:
    db = connect(settings)
    with db.engine.begin() as connection:
        # The migration's last table stands in its way.
        connection.execute(text("CREATE TABLE alert (id INTEGER PRIMARY KEY)"))
    with pytest.raises(DBAPIError):
        migrate(settings)
    with db.engine.connect() as connection:
        held = set(connection.dialect.get_table_names(connection))
    assert held == {"alert"}
    db.close()


def test_a_database_from_a_newer_program_is_refused(database: Database, settings: Settings) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotSetUp, match="9999"):
        require_current(database)
    with pytest.raises(NotSetUp, match="does not know"):
        migrate(settings)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("ALTER TABLE account DROP COLUMN phone", "phone"),
        ("DROP TABLE unit", "unit"),
        ("DROP INDEX ix_deadline_open_due", "ix_deadline_open_due"),
    ],
)
def test_a_schema_that_was_tampered_with_is_named(
    database: Database, change: str, named: str
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(change))
    (problem,) = schema_problems(database)
    assert named in problem


def test_a_rule_that_was_dropped_is_named(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        return  # SQLite cannot drop one
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE account DROP CONSTRAINT ck_account_role"))
    assert schema_problems(database) == ["The rule ck_account_role is missing from the database."]


def a_sentence(number: int, route: str | None) -> Sentence:
    return Sentence(
        reference=f"VCS-{number}",
        key=f"cp:{number}",
        case_reference="01AB",
        court_name="Court",
        offender_name=b"sealed",
        offender_address=b"sealed",
        sentenced_on=date(2026, 3, 20),
        outcome="statutory",
        route=route,
        facts_hash="x",
    )


def test_every_route_of_the_law_can_be_kept_and_no_other(database: Database) -> None:
    with database.writing() as session:
        session.add_all(a_sentence(number, str(route)) for number, route in enumerate(Route))
    with database.reading() as session:
        assert set(session.exec(select(Sentence.route))) == set(Route)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(a_sentence(99, "by-carrier-pigeon"))


def test_what_is_held_stays_when_the_schema_goes_from_the_first_version_to_the_newest(
    database: Database,
) -> None:
    from alembic import command

    config = _config()
    with as_a_migration(database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    # As the first version wrote: it kept no counts.
    with Session(database.engine) as session:
        kept = a_sentence(1, "section-35")
        insert_as_the_first_version(session, kept)
        kept.id = session.connection().execute(text("SELECT id FROM sentence")).scalar_one()
        insert_as_the_first_version(session, a_decision(kept))
        session.commit()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with database.writing() as session:
        session.add(a_sentence(2, "transfer-restricted"))
    with database.reading() as session:
        assert len(list(session.exec(select(Sentence.id)))) == 2
        assert len(list(session.exec(select(DecisionRecord.id)))) == 1
    assert schema_problems(database) == []


def insert_as_the_first_version(session: Session, row: Record) -> None:
    """Insert a row with only the columns that its table has at this revision."""
    connection = session.connection()
    held = Table(str(row.__tablename__), MetaData(), autoload_with=connection)
    values = {one.name: getattr(row, one.name) for one in held.columns if one.name != "id"}
    connection.execute(insert(held).values(values))


def a_decision(sentence: Sentence) -> DecisionRecord:
    return DecisionRecord(
        sentence_id=sentence.id,
        made_at=NOW,
        rule_set="dvcva-2004-sentencing-code",
        outcome="statutory",
        route="section-35",
        facts="{}",
        decision="{}",
    )


def test_down_and_up_again_ends_where_it_began(database: Database) -> None:
    from alembic import command

    with as_a_migration(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")
    assert schema_problems(database) == []


def test_a_deadline_of_the_first_version_is_kept_and_waits_to_be_counted_anew(
    database: Database,
) -> None:
    from alembic import command

    a_deadline(database)
    with as_a_migration(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        command.upgrade(config, "head")
    with database.reading() as session:
        (kept,) = session.exec(select(DeadlineRecord)).all()
    assert (kept.key, kept.due_on, kept.calendar) == ("1", date(2026, 4, 7), "")
    assert schema_problems(database) == []


def a_deadline(database: Database) -> None:
    friday, tuesday = date(2026, 3, 20), date(2026, 4, 7)
    with database.writing() as session:
        sentence = Sentence(
            reference="S", key="S", case_reference="", court_name="", offender_name=b"",
            offender_address=b"", sentenced_on=friday, outcome="statutory", facts_hash="",
        )  # fmt: skip
        session.add(sentence)
        session.flush()
        referral = Referral(
            reference="R", sentence_id=sentence.id, opened_on=friday, basis="statutory"
        )
        session.add(referral)
        session.flush()
        deadline = DeadlineRecord(
            key="1", referral_id=referral.id, duty="refer-to-probation",
            owed_by="witness care unit", starts_on=friday, due_on=tuesday, counted="",
            provision="Victims' Code 2020 Right 11", calendar="2028-00341",
        )  # fmt: skip
        session.add(deadline)
