"""A furnished office, served; and a browser in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.api.conftest import furniture, settings_in
from tests.api.office import Secrets, sentencing
from tests.pages.served import Site, serving
from tests.services.clock import MovableClock
from vcs.consequences.messages.desk import read_waiting
from vcs.database import connect
from vcs.intake.inbox import Inbox
from vcs.sealing import Sealer
from vcs.search.keep import list_names
from vcs.settings import Settings

__all__ = ["furniture"]

MONDAY_2_MARCH = date(2026, 3, 2)

FRIDAY_20_MARCH = date(2026, 3, 20)


@pytest.fixture
def site(
    furniture: tuple[Path, Secrets], tmp_path: Path, clock: MovableClock, page: Page
) -> Iterator[Site]:
    """Return the office with its court messages read; it is Friday 20 March 2026."""
    shutil.copyfile(furniture[0], tmp_path / "vcs.sqlite3")
    settings = settings_in(tmp_path)
    tell(settings, clock)
    clock.move_to(FRIDAY_20_MARCH)
    with serving(settings, clock) as base:
        yield Site(base, page)


def tell(settings: Settings, clock: MovableClock) -> None:
    """Have the court tell of sentences with each kind of answer, and three unreadable messages."""
    database, sealer = connect(settings), Sealer(settings.sealing_keys)
    bodies = [
        sentencing(MONDAY_2_MARCH),
        sentencing(
            FRIDAY_20_MARCH, first="Barry", last="Invented", urn="13EX0000226", code="ZZ99999"
        ),
        sentencing(FRIDAY_20_MARCH, first="Alan", last="Fictional", urn="13EX0000326"),
        sentencing(
            FRIDAY_20_MARCH, first="Short", last="Sample", urn="13EX0000426", term="6 Months"
        ),
        b'{"hello": "court"}',
        b'{"hello": "again"}',
        b"[1]",
    ]
    Inbox(database, sealer).keep(bodies, "client-tests", clock.now())
    while read_waiting(database, sealer, now=clock.now):
        pass
    with database.writing() as session:
        list_names(session, sealer, 100)
    database.close()
