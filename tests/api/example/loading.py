"""``python -m tests.api.example.loading DAY POINT``: loads the example and kills itself there.

A number is the so-manieth sign of progress; ``kept`` is just after everything was kept.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date

from api.example.copies import LetterCopies
from api.example.telling import tell
from vcs.database import connect
from vcs.sealing import Sealer
from vcs.settings import Settings


def kill(*_: object) -> None:
    """End this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(today: date, point: str) -> None:
    """Load until the point."""
    settings, seen = Settings.load(), iter(range(1, 1000))

    def progress(*_: object) -> None:
        if str(next(seen)) == point:
            kill()

    if point == "kept":
        setattr(LetterCopies, "publish", kill)  # noqa: B010 - so that it is typed as before
    tell(connect(settings), Sealer(settings.sealing_keys), settings, today, progress)


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]), sys.argv[2])
