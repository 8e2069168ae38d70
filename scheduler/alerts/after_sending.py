"""What became of an email is kept, also where the database is busy: the email may have left."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlmodel import Session

from scheduler.jobs import Sweep
from vcs.errors import Busy

_TRIES, _SECONDS_BETWEEN = 6, 0.2
"""Each try waits for the database as long as any transaction does."""


def keep_what_became(sweep: Sweep, act: Callable[[Session], object]) -> None:
    """Keep what became of an email, trying a busy database again.

    What the server took and nobody kept would be sent twice. Raises Busy where it stays busy.
    """
    for _ in range(_TRIES - 1):
        try:
            with sweep.db.writing() as session:
                act(session)
        except Busy:
            time.sleep(_SECONDS_BETWEEN)
        else:
            return
    with sweep.db.writing() as session:
        act(session)
