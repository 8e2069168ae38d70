"""Keep first: the court's message is durable before anybody is told that it was accepted.

One thread writes, and takes whatever waits into one commit, so that many senders share the cost
of a disk that says when it is done.
"""

from __future__ import annotations

import hashlib
import queue
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.database import Database, insert_once
from vcs.errors import Busy, NotSignedIn
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.sealing import Sealer
from vcs.tables import table_of

GROUP = 64

MOST_WAITING = 1000

MOST_BYTES_WAITING = 64 * 1024 * 1024

_GROUP_BYTES = 16 * 1024 * 1024

_TABLE = table_of(CourtMessage)

Disabled = Callable[[Session, set[str]], set[str]]

DISABLED = "The client was disabled. Ask an administrator."

_FULL = "Too many messages are waiting to be kept. Send this one again shortly."


@dataclass(frozen=True, slots=True)
class Kept:
    """The receipt of a message that is durable; ``already_held`` when its content came before."""

    receipt: str
    already_held: bool


@dataclass(frozen=True, slots=True)
class _Arrival:
    body: bytes
    client_id: str
    received_at: datetime
    future: Future[Kept] = field(default_factory=Future)


class Inbox:
    """Takes messages from any number of threads and writes them with one."""

    def __init__(self, db: Database, sealer: Sealer, disabled: Disabled | None = None) -> None:
        """Make the inbox; ``start`` lets it take messages.

        ``disabled`` returns which of some clients may send no longer, asked where a message is
        kept: a token only says what was so when it was made.
        """
        self._db, self._sealer = db, sealer
        self._disabled = disabled or _nobody
        self._queue: queue.Queue[_Arrival | None] = queue.Queue(MOST_WAITING)
        self._bytes_waiting = 0
        self._lock = threading.Lock()
        self._open = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to take messages."""
        self._open = True
        self._thread = threading.Thread(target=self._write, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more, write what waits, and end."""
        with self._lock:
            self._open = False
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    @property
    def is_busy(self) -> bool:
        """Say whether anybody waits for a message to be kept at this moment."""
        return self._bytes_waiting > 0

    def submit(self, body: bytes, client_id: str, now: datetime) -> Future[Kept]:
        """Hand in a message. The future is done once it is durable. Raises Busy when full."""
        arrival = _Arrival(body, client_id, now)
        with self._lock:
            if not self._open or self._bytes_waiting + len(body) > MOST_BYTES_WAITING:
                raise Busy(_FULL)
            try:
                self._queue.put_nowait(arrival)
            except queue.Full:
                raise Busy(_FULL) from None
            self._bytes_waiting += len(body)
        return arrival.future

    def keep(self, bodies: Iterable[bytes], client_id: str, now: datetime) -> list[Kept]:
        """Keep messages from this thread, in groups; needs no ``start``."""
        arrivals = (_Arrival(body, client_id, now) for body in bodies)
        kept: list[Kept] = []
        while group := _group_of(arrivals):
            kept += filter(None, self._commit(group))
        return kept

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first, *self._whatever_waits(len(first.body))]
            self._settle(group)

    def _whatever_waits(self, size: int) -> Iterator[_Arrival]:
        for _ in range(GROUP - 1):
            if size > _GROUP_BYTES:
                return
            try:
                arrival = self._queue.get_nowait()
            except queue.Empty:
                return
            if arrival is None:
                self._queue.put(None)
                return
            size += len(arrival.body)
            yield arrival

    def _whoever_waits(self) -> Iterator[_Arrival]:
        """Take everything that waits at this moment, and nothing that comes after it."""
        for _ in range(self._queue.qsize()):
            arrival = self._queue.get()
            if arrival is None:
                self._queue.put(None)
                return
            yield arrival

    def _settle(self, group: Sequence[_Arrival]) -> None:
        """Commit a group and answer each of its senders, with its receipt or with the fault."""
        try:
            kept = self._commit(group)
        except Exception as fault:
            if isinstance(fault, Busy):
                # Whoever came meanwhile has waited as long: none of them waits a second time.
                group = [*group, *self._whoever_waits()]
            for arrival in group:
                _answer(arrival.future, fault)
        else:
            for arrival, one in zip(group, kept, strict=True):
                _answer(arrival.future, one or NotSignedIn(DISABLED))
        with self._lock:
            self._bytes_waiting -= sum(len(arrival.body) for arrival in group)

    def _commit(self, group: Sequence[_Arrival]) -> list[Kept | None]:
        """Keep a group by one commit. None stands for a message of a client that was disabled."""
        hashes = [hashlib.sha256(arrival.body).hexdigest() for arrival in group]
        # Content that comes twice within a group is one row as well.
        firsts: dict[str, _Arrival] = {}
        for one, arrival in zip(hashes, group, strict=True):
            firsts.setdefault(one, arrival)
        rows = {one: self._row(one, arrival) for one, arrival in firsts.items()}
        with self._db.writing() as session:
            disabled = self._disabled(session, {arrival.client_id for arrival in group})
            if not disabled:
                session.execute(insert_once(session, _TABLE, "content_hash"), list(rows.values()))
            answered = [] if disabled else _answers(session, hashes, rows)
            _count_repeats(session, answered)
        return answered if not disabled else self._commit_without(group, disabled)

    def _commit_without(self, group: Sequence[_Arrival], disabled: set[str]) -> list[Kept | None]:
        """Keep what did not come from a disabled client."""
        allowed = [arrival for arrival in group if arrival.client_id not in disabled]
        kept = iter(self._commit(allowed) if allowed else ())
        return [None if arrival.client_id in disabled else next(kept) for arrival in group]

    def _row(self, content_hash: str, arrival: _Arrival) -> dict[str, object]:
        return _row(self._sealer, content_hash, arrival)


def keep_within(
    session: Session, sealer: Sealer, body: bytes, client_id: str, now: datetime
) -> Kept:
    """Keep one message in the caller's own transaction, with whatever else it changes."""
    content_hash = hashlib.sha256(body).hexdigest()
    row = _row(sealer, content_hash, _Arrival(body, client_id, now))
    session.execute(insert_once(session, _TABLE, "content_hash"), [row])
    held = _receipts(session, [content_hash])[content_hash]
    return Kept(held, held != row["receipt"])


def _row(sealer: Sealer, content_hash: str, arrival: _Arrival) -> dict[str, object]:
    return {
        "receipt": secrets.token_urlsafe(18),
        "content_hash": content_hash,
        "client_id": arrival.client_id,
        "received_at": arrival.received_at,
        "body": sealer.seal_packed(arrival.body),
        "status": str(MessageStatus.WAITING),
    }


def _nobody(session: Session, client_ids: set[str]) -> set[str]:
    return set()


def _answers(
    session: Session, hashes: Sequence[str], rows: dict[str, dict[str, object]]
) -> list[Kept | None]:
    """Return a receipt for each message of a group, in order."""
    held, fresh = _receipts(session, list(rows)), dict(rows)
    answered: list[Kept | None] = []
    for one in hashes:
        row = fresh.pop(one, None)
        answered.append(Kept(held[one], row is None or row["receipt"] != held[one]))
    return answered


def _count_repeats(session: Session, answered: Sequence[Kept | None]) -> None:
    """Count how often content came again. In order, so that two writers never wait in a circle."""
    times = Counter(one.receipt for one in answered if one is not None and one.already_held)
    for receipt in sorted(times):
        counted = {"repeats": _TABLE.c.repeats + times[receipt]}
        session.execute(update(_TABLE).where(_TABLE.c.receipt == receipt).values(counted))


def _receipts(session: Session, hashes: list[str]) -> dict[str, str]:
    query = select(_TABLE.c.content_hash, _TABLE.c.receipt).where(_TABLE.c.content_hash.in_(hashes))
    return {row.content_hash: row.receipt for row in session.execute(query)}


def _group_of(arrivals: Iterator[_Arrival]) -> list[_Arrival]:
    group: list[_Arrival] = []
    size = 0
    for arrival in islice(arrivals, GROUP):
        group.append(arrival)
        size += len(arrival.body)
        if size > _GROUP_BYTES:
            break
    return group


def _answer(future: Future[Kept], answer: Kept | Exception) -> None:
    # A sender that went away has cancelled its future; the message is kept all the same.
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
