"""The past decided again by the law of today: once for each version of it, a few at a time.

First every message that is kept is read again, then the sentences whose messages are not kept are
decided again on their facts. Each step is one transaction that also says how far it came, so the
walk goes on where it stopped, whoever goes on with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from vcs import clock
from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.consequences import replay
from vcs.consequences.desk import prepared
from vcs.consequences.found_late import owe_digests
from vcs.consequences.recording import follow, record
from vcs.consequences.records import Reassessment, Stage
from vcs.consequences.replay import Difference
from vcs.database import Database, insert_once
from vcs.intake.learned import Meanings
from vcs.intake.records import CourtMessage
from vcs.intake.version import law_version
from vcs.sealing import Sealer
from vcs.sentences import reassess as on_facts
from vcs.sentences import waiting_again
from vcs.sentences.meanings import meanings_held
from vcs.sentences.reassess import Redecided
from vcs.sentences.sentence_work import SentenceWork
from vcs.tables import table_of

_WALKS, _MESSAGES = table_of(Reassessment), table_of(CourtMessage)

SENTENCES_AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the walk is; ``looked_at`` and ``changed`` count from its beginning."""

    stage: Stage
    looked_at: int
    changed: int

    @property
    def is_done(self) -> bool:
        """Say whether all that is stored has been decided by the law of today."""
        return self.stage is Stage.DONE


@dataclass(frozen=True, slots=True)
class _Walk:
    stage: Stage
    last_id: int
    looked_at: int = 0
    changed: int = 0


_AT_THE_START = _Walk(Stage.MESSAGES, 0)


def progress(session: Session) -> Progress:
    """Return how far the law of today has come."""
    walk = _walk(session)
    return Progress(walk.stage, walk.looked_at, walk.changed)


def step(db: Database, sealer: Sealer, now: datetime) -> Progress:
    """Decide the next few again and record what follows; does nothing once all is done."""
    with db.reading() as session:
        walk = _walk(session)
    if walk.stage is Stage.MESSAGES:
        return _messages(db, sealer, walk, now)
    if walk.stage is Stage.FACTS:
        return _facts(db, sealer, walk, now)
    return Progress(walk.stage, walk.looked_at, walk.changed)


def _walk(session: Session) -> _Walk:
    columns = (_WALKS.c.stage, _WALKS.c.last_id, _WALKS.c.looked_at, _WALKS.c.changed)
    found = session.execute(select(*columns).where(_WALKS.c.law == law_version())).first()
    if found is None:
        return _AT_THE_START
    return _Walk(Stage(found.stage), found.last_id, found.looked_at, found.changed)


def _messages(db: Database, sealer: Sealer, walk: _Walk, now: datetime) -> Progress:
    found = replay.some(db, walk.last_id)
    if not found:
        return _move_on(db, walk, _Walk(Stage.FACTS, 0, walk.looked_at, walk.changed), now)
    learned = _learned(db)
    each = (replay.difference(db, sealer, message, learned) for message in found)
    differing = [one for one in each if one is not None]
    looked_at, changed = walk.looked_at + len(found), walk.changed + len(differing)
    after = _Walk(Stage.MESSAGES, found[-1].id, looked_at, changed)
    try:
        return _read_again(db, sealer, (walk, after), differing, now)
    except IntegrityError:
        # The ordinary reader takes each by itself, and sets aside what cannot be recorded.
        with db.writing() as session:
            if _claim(session, walk, after, now):
                _put_back(session, differing, now)
        return _progress(after)


def _read_again(
    db: Database,
    sealer: Sealer,
    steps: tuple[_Walk, _Walk],
    differing: Sequence[Difference],
    now: datetime,
) -> Progress:
    bodies = _bodies(db, [one.message_id for one in differing])
    learned = _learned(db)
    batch = [prepared(body, sealer, learned) for body in bodies]
    with db.writing() as session:
        if _claim(session, *steps, now):
            _put_back(session, differing, now)
            record(session, sealer, batch, now, found_on=clock.london_date(now))
    return _progress(steps[1])


def _learned(db: Database) -> Meanings:
    with db.reading() as session:
        return meanings_held(session)


def _bodies(db: Database, message_ids: list[int]) -> Sequence[Row[Any]]:
    columns = (_MESSAGES.c.id, _MESSAGES.c.receipt, _MESSAGES.c.content_hash, _MESSAGES.c.body)
    theirs = (_MESSAGES.c.id.in_(message_ids), _MESSAGES.c.body.is_not(None))
    with db.reading() as session:
        return session.execute(select(*columns).where(*theirs).order_by(_MESSAGES.c.id)).all()


def _put_back(session: Session, differing: Sequence[Difference], now: datetime) -> None:
    seen = [(one.message_id, one.status) for one in differing]
    waiting_again.read_again(session, seen, now)


def _facts(db: Database, sealer: Sealer, walk: _Walk, now: datetime) -> Progress:
    with db.reading() as session:
        found = on_facts.without_message(session, walk.last_id, SENTENCES_AT_A_TIME)
    if not found:
        return _move_on(db, walk, _Walk(Stage.DONE, 0, walk.looked_at, walk.changed), now)
    moved = [again for one in found if (again := on_facts.decided_again(one)) is not None]
    looked_at, changed = walk.looked_at + len(found), walk.changed + len(moved)
    after = _Walk(Stage.FACTS, found[-1].sentence_id, looked_at, changed)
    with db.writing() as session:
        if _claim(session, walk, after, now):
            _keep(session, sealer, moved, now)
    return _progress(after)


def _keep(session: Session, sealer: Sealer, moved: Sequence[Redecided], now: datetime) -> None:
    books = SentenceWork(session, sealer, now, clock.london_date(now))
    ids = [
        one.sentence_id for one in moved if on_facts.keep(session, one, now, _hash(one.decision))
    ]
    if ids:
        follow(books, ids, found_on=books.today)


def _hash(decision: str) -> str:
    return hashlib.sha256(decision.encode("utf-8")).hexdigest()


def _claim(session: Session, before: _Walk, after: _Walk, now: datetime) -> bool:
    """Take a step, unless another process has taken it since; the row is locked until it ends."""
    start = {"law": law_version(), "stage": str(Stage.MESSAGES), "last_id": 0}
    start |= {"looked_at": 0, "changed": 0, "started_at": now}
    session.execute(insert_once(session, _WALKS, "law"), [start])
    as_seen = (
        _WALKS.c.law == law_version(),
        _WALKS.c.stage == str(before.stage),
        _WALKS.c.last_id == before.last_id,
    )
    values: dict[str, Any] = {
        "stage": str(after.stage),
        "last_id": after.last_id,
        "looked_at": after.looked_at,
        "changed": after.changed,
        "finished_at": now if after.stage is Stage.DONE else None,
    }
    taken = update(_WALKS).where(*as_seen).values(values).returning(_WALKS.c.id)
    return session.execute(taken).first() is not None


def _move_on(db: Database, before: _Walk, after: _Walk, now: datetime) -> Progress:
    """Go on to the next stage; at the end, tell each region once what was found late."""
    with db.writing() as session:
        if _claim(session, before, after, now) and after.stage is Stage.DONE:
            _finish(session, after, now)
    return _progress(after)


def _finish(session: Session, walk: _Walk, now: datetime) -> None:
    its_own = _WALKS.c.law == law_version()
    started_at = session.execute(select(_WALKS.c.started_at).where(its_own)).scalar_one()
    owe_digests(session, clock.london_date(started_at), law_version(), now)
    if walk.changed:
        detail = f"{walk.looked_at} looked at, {walk.changed} changed"
        trail.note(session, now, SYSTEM, "law.reassessed", law_version(), detail)


def _progress(walk: _Walk) -> Progress:
    return Progress(walk.stage, walk.looked_at, walk.changed)
