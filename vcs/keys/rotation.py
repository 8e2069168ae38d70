"""Changing the sealing key: everything is sealed anew under the newest one, a few rows at a time.

Killed at any point, it is taken up where it was by running it again: what is done can be seen from
the values themselves, which begin with the name of their key. The steps, in this order, never leave
a value that the keys given do not open:

1. the new key is in the key file, before the database knows of it;
2. the database names it as its own, so that nobody starts without it;
3. every value is sealed anew; old keys open what is left;
4. when nothing is left under them, the old keys are retired; from then on they may be removed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import bindparam, update

from vcs.database import Database, lock
from vcs.errors import Conflict, NotStarted
from vcs.key_file import replace_secret
from vcs.keys import canary
from vcs.keys.given import adopt, sealer_of
from vcs.keys.sealed import SEALED, SealedColumn
from vcs.sealing import Sealer
from vcs.settings import Settings

AT_A_TIME = 200

SECONDS_TO_SETTLE = 5.0

"""How long a running process may take from sealing a value to keeping it, after the key changed."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values were sealed anew, and how many no key opens; ``retired`` keys by name."""

    sealed: int
    unopened: int
    newest: str
    retired: tuple[str, ...]


def begin(db: Database, settings: Settings, now: datetime) -> Settings:
    """Make or take the newest key; returns the settings with it. Raises Conflict or NotStarted.

    A key is made only where the file holds the one key in use. Where the environment gives the
    keys, or where a rotation did not come to its end, the first key given is the newest.
    """
    with db.writing() as session:
        lock(session, canary.LOCK)
        settings = settings.again()
        given, file = _listed(settings), settings.sealing_keys_file
        is_first = _is_the_only_one(canary.active(session), given, settings)
        if is_first and file is None:
            raise Conflict(
                "Everything is sealed with the one key in VCS_SEALING_KEYS: put a new key before "
                "it, start every process again with both, and run this again."
            )
        if is_first and file is not None:
            replace_secret(file, ",".join([Fernet.generate_key().decode(), *given]))
            settings = settings.again()
        return adopt(session, settings, now)


def _listed(settings: Settings) -> list[str]:
    return [key.strip() for key in settings.sealing_keys.split(",") if key.strip()]


def _is_the_only_one(active: list[canary.Known], given: list[str], settings: Settings) -> bool:
    sealer = sealer_of(settings)
    in_use = [row.name for row in active]
    return sealer is not None and len(given) == 1 and in_use == [sealer.names[0]]


def seal_all(db: Database, sealer: Sealer, say: Say) -> int:
    """Seal every value anew that is not under the newest key; returns how many were."""
    done = 0
    for column in SEALED:
        count = _seal_column(db, sealer, column)
        if count:
            say(f"{column.called}: {count} sealed anew")
        done += count
    return done


def _seal_column(db: Database, sealer: Sealer, column: SealedColumn) -> int:
    done, after = 0, 0
    while True:
        with db.reading() as session:
            rows = column.some(session, after, AT_A_TIME, column.not_under(sealer))
        if not rows:
            return done
        after = rows[-1].id
        anew = [
            {"row_id": row.id, "was": row.sealed, "becomes": sealer.seal_anew(row.sealed)}
            for row in rows
            if sealer.opens(row.sealed)
        ]
        done += _put(db, column, anew)


def _put(db: Database, column: SealedColumn, anew: list[dict[str, object]]) -> int:
    """Put each value in its place, unless somebody has changed the row meanwhile."""
    if not anew:
        return 0
    its_id = column.table.c.id
    unchanged = (its_id == bindparam("row_id"), column.column == bindparam("was"))
    becomes: dict[str, Any] = {column.name: bindparam("becomes")}
    with db.writing() as session:
        session.connection().execute(update(column.table).where(*unchanged).values(becomes), anew)
    return len(anew)


def left(db: Database, sealer: Sealer) -> tuple[int, int]:
    """Return how many values are under an older key, and how many no key opens."""
    older = unopened = 0
    for column in SEALED:
        after = 0
        while True:
            with db.reading() as session:
                rows = column.some(session, after, AT_A_TIME, column.not_under(sealer))
            if not rows:
                break
            after = rows[-1].id
            opened = sum(sealer.opens(row.sealed) for row in rows)
            older, unopened = older + opened, unopened + len(rows) - opened
    return older, unopened


def rotate(
    db: Database,
    settings: Settings,
    now: datetime,
    say: Say,
    settle_seconds: float = SECONDS_TO_SETTLE,
) -> Rotated:
    """Change the key from beginning to end, or from where an earlier run was ended."""
    settings = begin(db, settings, now)
    sealer = sealer_of(settings)
    if sealer is None:
        raise NotStarted(["The sealing keys are missing."])
    done = seal_all(db, sealer, say)
    with db.reading() as session:
        is_over = [row.name for row in canary.active(session)] == [sealer.names[0]]
    # Running processes take up the new key within a second, and keep what they have in hand.
    while not is_over:
        time.sleep(settle_seconds)
        count = seal_all(db, sealer, say)
        done, is_over = done + count, not count
    _, unopened = left(db, sealer)
    with db.writing() as session:
        lock(session, canary.LOCK)
        retired = canary.retire(session, but=sealer.names[0], now=now)
    return Rotated(done, unopened, sealer.names[0], retired)


def remove(db: Database, settings: Settings) -> int:
    """Remove retired keys from the key file; returns how many. Raises Conflict while one is needed.

    Only the newest key stays.
    """
    file, given = settings.sealing_keys_file, _listed(settings)
    sealer = sealer_of(settings)
    if sealer is None:
        raise NotStarted(["The sealing keys are missing."])
    older, _ = left(db, sealer)
    with db.writing() as session:
        lock(session, canary.LOCK)
        in_use = [row.name for row in canary.active(session)]
        if in_use != [sealer.names[0]] or older:
            raise Conflict("Old keys are still needed: run vcs keys rotate to its end first.")
        if file is None and len(given) > 1:
            raise Conflict(
                "Nothing is sealed with the old keys any more: take them out of VCS_SEALING_KEYS, "
                "all but the first."
            )
        if file is not None and len(given) > 1:
            replace_secret(file, given[0])
    return len(given) - 1
