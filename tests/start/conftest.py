"""A database that belongs to its keys, and our commands as processes on it."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.services import commands
from tests.services.processes import environment
from vcs import clock
from vcs.database import connect
from vcs.intake.inbox import Inbox
from vcs.keys.given import sealer_of
from vcs.migrations.tables import METADATA
from vcs.settings import Settings


@dataclass
class Shop:
    """Some settings, and the environment that they give a process."""

    settings: Settings
    changes: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def run(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; one that serves is given a minute to refuse."""
        given = environment(self.settings) | self.changes | changes
        environ = {name: value for name, value in given.items() if name not in self.left_out}
        return commands.run(arguments, environ)

    def digest(self) -> str:
        """Return a digest of every row in the database."""
        db = connect(self.settings)
        try:
            with db.reading() as session:
                rows = [
                    (table.name, sorted(map(repr, session.execute(select(table)))))
                    for table in METADATA.sorted_tables
                ]
        finally:
            db.close()
        return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture
def shop(settings: Settings, database_url: str) -> Shop:
    """Return a migrated database that holds one sealed message, on each kind of database."""
    assert database_url
    db, sealer = connect(settings), sealer_of(settings)
    assert sealer is not None
    Inbox(db, sealer).keep([b'{"a": 1}'], "court", clock.now())
    db.close()
    return Shop(settings)


@pytest.fixture
def a_message(tmp_path: Path) -> str:
    """Return the path of a message to load."""
    file = tmp_path / "message.json"
    file.write_text('{"b": 2}')
    return str(file)
