"""Whether a database and a data folder are for training or for real work: never for both.

A database says so in a row that the migration of an empty one writes, a folder in a file. What has
no such mark is real, so that whatever was there before there was training is real too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, inspect, select
from sqlmodel import Session

from vcs.errors import NotStarted
from vcs.keys.records import DatabasePurpose
from vcs.settings import Mode, Settings
from vcs.tables import table_of

MARK: Final = "for-training-only"

_OF_OURS: Final = ("keys", "mail", "letters", "vcs.sqlite3", "example-sign-in.txt")
"""What a data folder of this program may hold."""

_PURPOSES = table_of(DatabasePurpose)


def problems(session: Session | Connection, settings: Settings) -> Iterator[str]:
    """Say in a sentence where a database that was set up is for the other purpose."""
    is_marked = session.execute(select(_PURPOSES.c.name)).first() is not None
    if is_marked and not settings.is_training:
        yield (
            "This database is for training: everybody in it is made up. Set VCS_MODE=training, or "
            "name the real database in VCS_DATABASE_URL."
        )
    if settings.is_training and not is_marked:
        yield (
            "VCS_MODE is training and this database was not made for training: name an empty one "
            "in VCS_DATABASE_URL, or leave it out."
        )


def folder_problems(settings: Settings) -> Iterator[str]:
    """Say in a sentence where the data folder is for the other purpose."""
    is_marked = (settings.data_dir / MARK).exists()
    if is_marked and not settings.is_training:
        yield "The data folder (VCS_DATA_DIR) is for training: name the real one."
    holds = any((settings.data_dir / name).exists() for name in _OF_OURS)
    if settings.is_training and holds and not is_marked:
        yield (
            "VCS_MODE is training and the data folder (VCS_DATA_DIR) was not made for training: "
            "name an empty one, or leave it out."
        )


def require_folder(settings: Settings) -> None:
    """Raise NotStarted before anything is written to a data folder of the other purpose."""
    found = [*folder_problems(settings)]
    if found:
        raise NotStarted(found)


def require(connection: Connection, settings: Settings) -> None:
    """Raise NotStarted before a database of the other purpose is migrated; mark the folder."""
    found: list[str] = []
    if inspect(connection).has_table(_PURPOSES.name):
        found += problems(connection, settings)
    elif settings.is_training and inspect(connection).get_table_names():
        found.append(
            "VCS_MODE is training and this database is not empty: name an empty one in "
            "VCS_DATABASE_URL, or leave it out."
        )
    if found:
        raise NotStarted(found)
    if settings.is_training:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.data_dir / MARK).write_text("Everybody in this folder is made up.\n")


def claim(connection: Connection, settings: Settings, now: datetime) -> None:
    """Mark an empty database as made for training."""
    if not settings.is_training:
        return
    if connection.execute(select(_PURPOSES.c.name)).first() is None:
        row = {"name": str(Mode.TRAINING), "set_at": now}
        connection.execute(insert(_PURPOSES).values(row))
