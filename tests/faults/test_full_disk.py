"""A disk that is full: what cannot be kept is refused, what is kept is read, space heals it.

On a small file system of its own where this process may mount one. Elsewhere SQLite is held to
the pages it has, which it reports in the same words as a full disk.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy import Connection, event, func, text
from sqlmodel import select

from tests.api.conftest import settings_in
from tests.api.office import Office, Secrets, furnished, opened
from tests.faults.senders import message
from tests.services import postgres, small_disk
from tests.services.clock import MovableClock
from tests.services.small_disk import SmallDisk
from vcs.intake.records import CourtMessage
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.sealing import Sealer
from vcs.settings import Settings

MEGABYTES = 16

MOST_TRIES = 400

KINDS = ["sqlite", "postgresql"] if small_disk.can_be_mounted() else ["sqlite held to its pages"]

PADDING = b" " * 30_000


class Space(Protocol):
    """What can be used up and given back."""

    def fill(self) -> None:
        """Leave no space."""

    def free(self) -> None:
        """Give it back."""


@dataclass
class Pages:
    """The stand-in: as many pages of SQLite as there are at the moment, or any number."""

    office: Office
    most: int = 0

    def __post_init__(self) -> None:
        event.listen(self.office.app.state.door.db.engine, "begin", self._limit)

    def _limit(self, connection: Connection) -> None:
        pages = self.most or 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def fill(self) -> None:
        with self.office.app.state.door.db.reading() as session:
            self.most = int(session.execute(text("PRAGMA page_count")).scalar_one())

    def free(self) -> None:
        self.most = 0


@pytest.fixture(params=KINDS)
def cramped(
    request: pytest.FixtureRequest,
    furniture: tuple[Path, Secrets],
    tmp_path: Path,
    clock: MovableClock,
) -> Iterator[tuple[Office, Space]]:
    """Return the office with its messages on a small disk, and the disk."""
    if request.param == "postgresql":
        with on_postgresql(request.getfixturevalue("postgres_server"), tmp_path, clock) as found:
            yield found
    elif request.param == "sqlite":
        with small_disk.mounted(MEGABYTES) as disk:
            shutil.copyfile(furniture[0], disk.folder / "vcs.sqlite3")
            with opened(settings_in(disk.folder), clock, furniture[1]) as office:
                yield office, disk
    else:
        shutil.copyfile(furniture[0], tmp_path / "vcs.sqlite3")
        with opened(settings_in(tmp_path), clock, furniture[1]) as office:
            yield office, Pages(office)


@contextmanager
def on_postgresql(
    server: postgres.Server, folder: Path, clock: MovableClock
) -> Iterator[tuple[Office, SmallDisk]]:
    """Open the office on a PostgreSQL that keeps the table of messages on a small disk."""
    from vcs.migrations.upgrade import migrate

    name = f"small_{uuid.uuid4().hex}"
    with small_disk.mounted(MEGABYTES) as disk:
        place = disk.folder / "tables"
        place.mkdir()
        shutil.chown(place, postgres.SUPERUSER)
        server.create(name)
        url = server.url(name)
        base = settings_in(folder)
        settings = Settings.model_validate(base.model_dump() | {"database_url": url})
        migrate(settings)
        by_hand(server, name, f"CREATE TABLESPACE {name} LOCATION '{place}'")
        by_hand(server, name, f"ALTER TABLE court_message SET TABLESPACE {name}")
        try:
            with opened(settings, clock, furnished(settings, clock)) as office:
                yield office, disk
        finally:
            disk.free()
            server.drop(name)
            by_hand(server, "postgres", f"DROP TABLESPACE {name}")


def by_hand(server: postgres.Server, name: str, command: str) -> None:
    address = f"host={server.folder} user={postgres.SUPERUSER} dbname={name}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(command.encode())


def kept(office: Office) -> int:
    with office.app.state.door.db.reading() as session:
        return int(session.exec(select(func.count()).select_from(CourtMessage)).one())


def send_until_refused(office: Office, first: int) -> tuple[int, int]:
    """Send until the disk takes no more: how many were accepted, and the number of the refused."""
    for number in range(first, first + MOST_TRIES):
        answer = office.send(message(number) + PADDING)
        if answer.status_code == 503:
            assert int(answer.headers["retry-after"]) > 0
            assert answer.headers["content-type"] == "application/problem+json"
            return number - first, number
        assert answer.status_code == 202
    raise AssertionError("the disk was never full")


def test_a_full_disk_refuses_reads_on_and_heals_by_itself(
    cramped: tuple[Office, Space], rounds: int
) -> None:
    office, space = cramped
    receipt = office.send(message(0)).json()["receipt"]
    accepted, number = 1, 1
    for _ in range(rounds):
        space.fill()
        more, refused = send_until_refused(office, number)
        accepted += more
        assert kept(office) == accepted, "what was refused was kept, or what was accepted was not"
        assert office.receipt(receipt)["receipt"] == receipt
        assert office.client.get("/livez").status_code == 200
        space.free()
        assert office.send(message(refused) + PADDING).status_code == 202
        accepted, number = accepted + 1, refused + 1
    office.read()
    door = office.app.state.door
    with door.db.reading() as session:
        assert invariant_problems(session, Sealer(office.settings.sealing_keys)) == []
        if door.db.engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert (
            session.exec(select(func.count()).where(CourtMessage.status == "read")).one()
            == accepted
        )
