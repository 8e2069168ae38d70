"""Application state: opened at start-up, handed to every route, closed at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from fastapi import Request
from sqlmodel import Session

from api.answers import Answers
from letters.render import Renderer
from vcs import logs
from vcs.clock import london_date
from vcs.consequences.messages.desk import read_waiting
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import settle_custody
from vcs.database import Database
from vcs.intake.inbox import Inbox
from vcs.keys import canary
from vcs.ledger.health import mail_stands_still_since
from vcs.migrations.upgrade import schema_problems
from vcs.partners.desk import attach_early, read_requests
from vcs.sealing import Sealer
from vcs.search.keep import list_names
from vcs.settings import Settings

Now = Callable[[], datetime]

_LOG = logs.logger("vcs.door")

_LULL_SECONDS = 0.05

_LOOKS_FOR_A_LULL = 20

_LOOK_EVERY_SECONDS = 1.0

_AT_A_TIME = 5

_SCHEMA_LOOK = timedelta(minutes=1)

_MAIL_LOOK = timedelta(seconds=15)


class Reader:
    """A thread that reads waiting messages: when traffic pauses, or within a second.

    While the inbox is busy, and a court waits for its answer, the thread yields and reads a few
    messages each second. It is best effort: the scheduler reads whatever it leaves.
    """

    def __init__(self, db: Database, sealer: Sealer, inbox: Inbox, now: Now) -> None:
        """Create the thread; ``start`` runs it."""
        self._db, self._sealer, self._inbox, self._now = db, sealer, inbox, now
        self._woken, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Start reading."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the current message and end the thread."""
        self._ended.set()
        self._woken.set()
        self._thread.join(timeout=30)

    def wake(self) -> None:
        """Wake the thread: a message was accepted."""
        self._woken.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._woken.wait(_LOOK_EVERY_SECONDS)
            self._wait_for_a_lull()
            self._read_all()

    def _wait_for_a_lull(self) -> None:
        for _ in range(_LOOKS_FOR_A_LULL):
            self._woken.clear()
            if self._ended.wait(_LULL_SECONDS):
                return
            if not (self._woken.is_set() or self._inbox.is_busy):
                return

    def _read_all(self) -> None:
        try:
            while not self._ended.is_set() and self._read_some() and not self._woken.is_set():
                pass
        except Exception as error:
            # The next pass, or the scheduler, reads the message again.
            _LOG.error("reading.stopped", **logs.fault(error))

    def _read_some(self) -> int:
        read = read_waiting(self._db, self._sealer, _AT_A_TIME, now=self._now)
        custody = read_custody(self._db, self._sealer, _AT_A_TIME, self._now())
        custody += settle_custody(self._db, self._sealer, _AT_A_TIME, self._now())
        requests = read_requests(self._db, self._sealer, _AT_A_TIME, now=self._now)
        if read:
            # One of these messages may hold the sentence that an early referral waits for.
            attach_early(self._db, self._sealer, now=self._now)
            self._list_names(read)
        return read + requests + custody

    def _list_names(self, limit: int) -> None:
        """Let search find what was just read; the scheduler lists whatever is left."""
        with self._db.writing() as session:
            list_names(session, self._sealer, limit)


@dataclass(slots=True)
class AppState:
    """What every route needs. ``now`` is the only clock that routes have; tests pass their own."""

    settings: Settings
    db: Database
    sealer: Sealer
    inbox: Inbox
    reader: Reader
    now: Now
    answers: Answers = field(default_factory=Answers)
    _renderer: Renderer | None = None
    _schema: tuple[datetime, list[str]] | None = None
    _mail: tuple[datetime, datetime | None] | None = None
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
                self._renderer = Renderer(is_training=self.settings.is_training)
            return self._renderer

    def data_problems(self) -> list[str]:
        """List what is wrong with schema and keys. Slow, so the answer is kept for a minute."""
        with self._lock:
            now = self.now()
            if self._schema is None or not timedelta(0) <= now - self._schema[0] < _SCHEMA_LOOK:
                self._schema = (now, self._look_at_data())
            return list(self._schema[1])

    def mail_stands_still_since(self, session: Session) -> datetime | None:
        """Return since when no email goes, for every page. The answer is kept for some seconds."""
        now = self.now()
        if self._mail is None or not timedelta(0) <= now - self._mail[0] < _MAIL_LOOK:
            self._mail = (now, mail_stands_still_since(session, now))
        return self._mail[1]

    def _look_at_data(self) -> list[str]:
        problems = schema_problems(self.db)
        if problems:
            return problems
        with self.db.reading() as session:
            return canary.problems(session, self.sealer)

    def close(self) -> None:
        """Stop the threads and the renderer; the inbox first, so no accepted message is lost."""
        self.inbox.stop()
        self.reader.stop()
        if self._renderer is not None:
            self._renderer.close()
        self.db.close()


def app_state(request: Request) -> AppState:
    """Return the state of the application that is serving a request."""
    opened: AppState = request.app.state.door
    return opened
