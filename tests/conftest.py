"""Fixtures with real parts. What a machine cannot bring is left out, and named at the end."""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.services import (
    chromium,
    compiled,
    databases,
    garbage,
    postgres,
    session,
    swift,
    turns,
    units,
)
from tests.services.clock import MovableClock
from tests.services.logs import LogLines, listening
from tests.services.mailbox import Mailbox, MailServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from vcs.database import Database
    from vcs.settings import Settings

# Keys of the right shape that open nothing outside the tests.
SEALING_KEY = "dGVzdHMtb25seS1zZWFsaW5nLWtleS0zMi1ieXRlcyE="

SIGNING_KEY = "tests-only-signing-key-of-more-than-thirty-two-bytes"


# How long an example takes says how busy the machine is, and nothing of what is tested.
hypothesis.settings.register_profile(
    "without a clock", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)

hypothesis.settings.load_profile("without a clock")


def pytest_configure(config: pytest.Config) -> None:
    """Open the session's shared folder, once and not in each worker."""
    garbage.collect_seldom()
    compiled.share()
    if not hasattr(config, "workerinput"):
        session.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the session's shared folder."""
    if not hasattr(config, "workerinput"):
        session.end()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to other runs what they tell: the other database's stories, and all but units."""
    databases.choose(config, items)
    turns.choose(config, items)
    units.choose(config, items)


def pytest_collection_finish() -> None:
    """Begin the tests with everything that is there by now left out of the search for garbage."""
    garbage.leave_out_what_stays()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped test where nothing may be left out."""
    report = yield
    session.fail_what_was_left_out(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a skipped file where nothing may be left out."""
    report = yield
    session.fail_what_was_left_out(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out, and how often."""
    reports = terminalreporter.stats.get("skipped", [])
    skipped = Counter(session.reason(report) for report in reports)
    if skipped:
        named = "; ".join(f"{words} ({count})" for words, count in sorted(skipped.items()))
        terminalreporter.write_line(f"Left out: {named}")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in os.environ:
        if name.startswith("VCS_") and not name.startswith("VCS_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords at argon2's least cost, in this process alone.

    The program has no setting for the cost: it cannot be made cheap where people sign in.
    """
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vcs.access.signing_in.passwords._HASHER", quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_short_way() -> Iterator[None]:
    """Let SQLite, in this process alone, not wait for the disk; compare each schema once."""
    with pytest.MonkeyPatch.context() as patch:
        swift.use(patch)
        yield


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite wait for the disk as the program has it."""
    monkeypatch.setattr("vcs.database._prepare_sqlite", swift.as_the_program_has_it())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    """Return a clock to move; whoever asks ``vcs.clock`` in this process is told its time."""
    movable = MovableClock()
    monkeypatch.setattr("vcs.clock.now", movable.now)
    monkeypatch.setattr("vcs.clock.today", movable.today)
    return movable


@pytest.fixture
def log_lines() -> Iterator[LogLines]:
    """Return what this process logs from here on, as its handler writes it to a file."""
    with listening() as lines:
        yield lines


@pytest.fixture
def smtp_sink() -> Iterator[Mailbox]:
    """Return a mailbox behind a real mail server on loopback."""
    mailbox = Mailbox()
    server = MailServer(mailbox)
    server.start()
    yield mailbox
    server.stop()


@pytest.fixture(scope="session")
def postgres_server() -> postgres.Server:
    """Return the session's PostgreSQL, started by the first test that asks."""
    binaries = postgres.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL, no server on this machine")
    server = postgres.Server(session.shared_folder(), binaries, session.session_pid())
    server.start()
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database with nothing in it, on each kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite3'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    server.create(name)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a migrated, empty database, on each kind of database."""
    with migrated(request, request.param, tmp_path) as url:
        yield url


@contextmanager
def migrated(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of a copy of the session's migrated, empty database."""
    if kind == "sqlite":
        file = folder / "migrated.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    template: str = request.getfixturevalue("postgres_template")
    if not _EMPTY:
        _EMPTY.append(f"test_{uuid.uuid4().hex}")
        server.create(_EMPTY[-1], template)
    name = _EMPTY.pop()
    yield server.url(name)
    emptied = server.emptied(name, template)
    if emptied:
        _EMPTY.append(emptied)


_EMPTY: list[str] = []
"""Databases of this worker that are as migrated and empty: making one takes the longest."""


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """Return a SQLite file that was migrated once for the whole session."""
    file = session.shared_folder() / "template.sqlite3"
    with postgres.locked(file.with_suffix(".lock")):
        if not file.exists():
            growing = file.with_suffix(".growing")
            _migrate(growing.parent, f"sqlite:///{growing}")
            with sqlite3.connect(growing) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            growing.rename(file)
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> str:
    """Return the name of a database that was migrated once for the whole session."""
    made = session.shared_folder() / "template.made"
    with postgres.locked(made.with_suffix(".lock")):
        if not made.exists():
            postgres_server.create(postgres.TEMPLATE)
            _migrate(made.parent, postgres_server.url(postgres.TEMPLATE))
            made.touch()
    return postgres.TEMPLATE


def _migrate(folder: Path, url: str) -> None:
    from vcs.migrations.upgrade import migrate

    migrate(settings_for(folder, url))


def settings_for(folder: Path, url: str | None) -> Settings:
    from vcs.settings import Settings

    given = {"sealing_keys": SEALING_KEY, "signing_key": SIGNING_KEY, "data_dir": folder}
    return Settings.model_validate(given | ({"database_url": url} if url else {}))


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Return settings of the test's own, with fixed keys, for the database that it asks for."""
    named = [n for n in ("database_url", "blank_database_url") if n in request.fixturenames]
    url: str | None = request.getfixturevalue(named[0]) if named else None
    return settings_for(tmp_path, url)


@pytest.fixture
def database(database_url: str, settings: Settings) -> Iterator[Database]:
    """Return a migrated, empty database: every test that takes this runs on both kinds."""
    from vcs.database import connect

    database = connect(settings)
    yield database
    database.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a real browser, one for each worker."""
    path = chromium.program()
    if path is None:
        pytest.skip("Chromium, not on this machine")
    with chromium.started(path) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page with no cookies that can reach this machine alone."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()
