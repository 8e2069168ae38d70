"""Counts that may take long: one at a time, and shown again for a while when they did.

Many people asking at once for what takes a minute must not keep the pages of everybody waiting.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from sqlmodel import Session

from api.guards.session import Visit
from vcs.database import Database
from vcs.errors import Busy
from vcs.ledger.counted.keep import Counting, Shown, is_large, kept, newest_change

Found = TypeVar("Found")

LONG: Final = 5.0
"""Seconds after which a count has taken long; what was quicker is counted each time anew."""

_SHOWN_FOR: Final = 20
"""How many times as long as it took it is shown, so that counting takes a twentieth at most."""

UNCHANGED: Final = 600.0
"""Seconds for which a count is shown again while nothing has changed."""

OF_MANY: Final = 6 * 3600.0
"""Seconds for which a count over many sentences is shown again, whatever changes."""

_PATIENCE: Final = 2.0

_BUSY: Final = "Figures are being counted for somebody else. Try again in a minute."

_COUNTED: WeakKeyDictionary[Database, Counted] = WeakKeyDictionary()


class Counted:
    """What was counted of one database."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    def get(self, key: Hashable, count: Callable[[], Found], least: float = 0) -> Found:
        """Return what is kept, or count. Raises Busy while somebody else's count takes long.

        ``least`` says for how many seconds it is kept although it was quick.
        """
        if (kept := self._fresh().get(key)) is not None:
            return kept[1]  # type: ignore[no-any-return]  # as it was counted
        if not self._counting.acquire(timeout=_PATIENCE):
            raise Busy(_BUSY)
        try:
            if (kept := self._fresh().get(key)) is not None:
                return kept[1]  # type: ignore[no-any-return]  # as it was counted
            began = time.monotonic()
            found = count()
            took = time.monotonic() - began
            lasts = max(least, took * _SHOWN_FOR if took >= LONG else 0)
            if lasts:
                self._kept = self._fresh() | {key: (began + lasts, found)}
            return found
        finally:
            self._counting.release()

    def put(self, key: Hashable, found: Any, least: float) -> None:
        """Keep what was counted already, for so many seconds."""
        with self._counting:
            self._kept = self._fresh() | {key: (time.monotonic() + least, found)}

    def now(self, count: Callable[[], Found]) -> Found:
        """Count, whatever is kept. Raises Busy while somebody else's count takes long."""
        if not self._counting.acquire(timeout=_PATIENCE):
            raise Busy(_BUSY)
        try:
            return count()
        finally:
            self._counting.release()

    def _fresh(self) -> dict[Hashable, tuple[float, Any]]:
        now = time.monotonic()
        return {key: kept for key, kept in self._kept.items() if kept[0] > now}


def counted(db: Database) -> Counted:
    """Return what is counted of a database, for as long as that is open."""
    return _COUNTED.setdefault(db, Counted())


def shown(visit: Visit, counting: Counting[Found]) -> Shown[Found]:
    """Return figures with the moment that they hold for.

    Of few sentences they are as at the newest change. Of many they were counted once today: by the
    scheduler, or in this process for whoever asked first.
    """
    db, now = visit.app.db, visit.app.now()
    with db.reading() as session:
        large, change = is_large(session), newest_change(session)
        found = kept(session, counting) if large else None
    if found is not None:
        return found

    def count() -> Shown[Found]:
        with db.reading() as session:
            return Shown(counting.count(session), now)

    key = (counting.kind, counting.written, None if large else change)
    return counted(db).get(key, count, least=OF_MANY if large else UNCHANGED)


def stands(visit: Visit) -> tuple[int, int] | None:
    """Return what differs after each change, where figures are counted after each; else None."""
    with visit.app.db.reading() as session:
        return None if is_large(session) else newest_change(session)


def show_again(
    visit: Visit, counting: Counting[Found], found: Shown[Found], stood: tuple[int, int] | None
) -> None:
    """Show figures again as they were counted when it stood so, although others ask by now."""
    key = (counting.kind, counting.written, stood)
    counted(visit.app.db).put(key, found, UNCHANGED if stood else OF_MANY)


def counted_of_many(visit: Visit, count: Callable[[Session], Found]) -> Found | None:
    """Count before a transaction that writes; None where it is quick enough to count within it."""
    db = visit.app.db
    with db.reading() as session:
        if not is_large(session):
            return None

    def of_now() -> Found:
        with db.reading() as session:
            return count(session)

    return counted(db).now(of_now)
