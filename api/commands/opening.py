"""The database, opened for a command."""

from __future__ import annotations

import sys

from vcs.database import Database
from vcs.errors import NotAllowed
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.start.checks import Started, start


def opened() -> tuple[Database, Sealer]:
    """Make the start-up checks and open the database. Raises NotStarted."""
    started = begun(Settings.load())
    return started.db, started.sealer


def opened_for_real() -> tuple[Database, Sealer]:
    """Do the same for what lets something in from outside. Raises NotAllowed in training."""
    settings = Settings.load()
    if settings.is_training:
        raise NotAllowed(
            "VCS_MODE is training: everybody there is made up, so nothing comes in from outside."
        )
    started = begun(settings)
    return started.db, started.sealer


def begun(settings: Settings, listen_on: str | None = None) -> Started:
    """Make the start-up checks, and say what they mended. Raises NotStarted."""
    started = start(settings, listen_on)
    tell(started.mended)
    return started


def tell(mended: tuple[str, ...]) -> None:
    """Say on standard error what was mended."""
    for words in mended:
        print(f"vcs: {words}", file=sys.stderr)
