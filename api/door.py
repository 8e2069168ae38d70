"""What every route needs, opened at start-up and closed at the end: one object, passed on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from fastapi import Request

from letters.render import Renderer
from vcs.casework.reading_desk import read_waiting
from vcs.clock import london_date
from vcs.database import Database
from vcs.intake.inbox import Inbox
from vcs.sealing import Sealer
from vcs.settings import Settings

Now = Callable[[], datetime]
_LOG = logging.getLogger("vcs.door")
AT_THE_LATEST_SECONDS = 1.0
_AT_A_TIME = 50


class Reader:
    """A thread that reads what waits: woken by each acceptance, and looking every second.

    It is a comfort and not a promise. Whatever it leaves, the scheduler reads.
    """

    def __init__(self, db: Database, sealer: Sealer, inbox: Inbox) -> None:
        """Make the thread; ``start`` lets it run."""
        self._db, self._sealer, self._inbox = db, sealer, inbox
        self._woken, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the message in hand and end."""
        self._ended.set()
        self._woken.set()
        self._thread.join(timeout=30)

    def wake(self) -> None:
        """Say that something was accepted."""
        self._woken.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._woken.wait(AT_THE_LATEST_SECONDS)
            self._woken.clear()
            self._read_all()

    def _read_all(self) -> None:
        try:
            while not self._ended.is_set() and self._read_some():
                pass
        except Exception as error:
            # The next look, or the scheduler, takes it up again.
            _LOG.error("reading stopped by %s", type(error).__name__)

    def _read_some(self) -> int:
        return read_waiting(self._db, self._sealer, _AT_A_TIME)


@dataclass(slots=True)
class Door:
    """The open door. ``now`` is the only clock that routes have; tests give their own."""

    settings: Settings
    db: Database
    sealer: Sealer
    inbox: Inbox
    reader: Reader
    now: Now
    _renderer: Renderer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def today(self) -> date:
        """Return today's date in London."""
        return london_date(self.now())

    @property
    def renderer(self) -> Renderer:
        """Return the letter renderer, started at its first use."""
        with self._lock:
            if self._renderer is None:
                self._renderer = Renderer()
            return self._renderer

    def close(self) -> None:
        """Stop the threads and the renderer, the inbox first: what was accepted is durable."""
        self.inbox.stop()
        self.reader.stop()
        if self._renderer is not None:
            self._renderer.close()


def door(request: Request) -> Door:
    """Return the open door of the app that is serving a request."""
    opened: Door = request.app.state.door
    return opened
