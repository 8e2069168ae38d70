"""The clock, mailbox, database server and browser that other tests stand on do what they say."""

from __future__ import annotations

import smtplib
import sqlite3
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.conftest import settings_for
from tests.services import migrated
from tests.services.clock import MovableClock
from tests.services.mailbox import Mailbox
from vcs import clock as machine_clock
from vcs.migrations.upgrade import migrate

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from vcs.database import Database
    from vcs.settings import Settings


def test_the_clock_stands_still_until_it_is_moved(clock: MovableClock) -> None:
    assert clock.now() == clock.now() == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    clock.days(1)
    assert clock.today() == date(2026, 3, 3)


def test_a_day_later_is_the_same_hour_in_london_over_the_change_to_summer_time(
    clock: MovableClock,
) -> None:
    clock.move_to(date(2026, 3, 28))
    clock.days(1)
    assert clock.now() == datetime(2026, 3, 29, 8, 0, tzinfo=UTC)


def test_whoever_asks_the_machine_is_told_the_moved_time(clock: MovableClock) -> None:
    clock.move_to(date(2027, 1, 4))
    assert machine_clock.today() == date(2027, 1, 4)
    assert machine_clock.now() == clock.now()


def test_a_moment_without_a_time_zone_moves_nothing(clock: MovableClock) -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - the fault under test


def test_a_copy_of_the_first_migration_is_what_the_migration_leaves(tmp_path: Path) -> None:
    left = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrated, "_LEFT", [])
        migrated.copy_the_first(patch)
        for name in ("migrated", "copied"):
            file = tmp_path / name / "vcs.sqlite3"
            migrate(settings_for(file.parent, f"sqlite:///{file}"))
            connection = sqlite3.connect(file)
            left.append({one for one in connection.iterdump() if not one.startswith(_ITS_OWN)})
            connection.close()
        assert migrated._LEFT
    assert left[0] == left[1]


_ITS_OWN = 'INSERT INTO "sealing_key"'
"""What a database is given of its own once it is migrated."""


def test_the_mailbox_keeps_what_it_takes_and_refuses_when_told(smtp_sink: Mailbox) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@test.invalid", "b@test.invalid", "Due"
    message.set_content("One referral is overdue.\n")
    with smtplib.SMTP(smtp_sink.host, smtp_sink.port) as smtp:
        smtp.send_message(message)
        smtp_sink.answer = "451 try later"
        with pytest.raises(smtplib.SMTPDataError):
            smtp.send_message(message)
    assert [m["Subject"] for m in smtp_sink.messages] == ["Due"]


def test_each_test_has_a_blank_database_of_each_kind(blank_database_url: str) -> None:
    engine = create_engine(blank_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE here (n INTEGER)"))
        assert connection.execute(text("SELECT count(*) FROM here")).scalar_one() == 0
    engine.dispose()


def test_a_database_comes_migrated_and_is_the_test_s_own(
    database: Database, settings: Settings
) -> None:
    assert settings.database_url.startswith(database.engine.dialect.name)
    assert "court_message" in {name.lower() for name in inspect(database.engine).get_table_names()}
    with database.reading() as session:
        for table in ("court_message", "sentence", "account"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0  # noqa: S608 - our own names


def test_the_browser_reaches_this_machine_alone(page: Page) -> None:
    page.set_content("<h1>Here</h1><img src='http://192.0.2.1/far.png' alt='Far'>")
    assert page.get_by_role("heading").inner_text() == "Here"
    assert page.evaluate("document.images[0].naturalWidth") == 0
