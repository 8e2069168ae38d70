"""The database, opened for a command."""

from __future__ import annotations

from vcs.database import Database, connect, require_current
from vcs.sealing import Sealer
from vcs.settings import Settings


def opened() -> tuple[Database, Sealer]:
    """Open the database that the settings name; refuses an old schema."""
    settings = Settings.load()
    db = connect(settings)
    require_current(db)
    return db, Sealer(settings.sealing_keys)
