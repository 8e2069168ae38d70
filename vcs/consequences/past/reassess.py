"""The past decided again by the law of today: once for each version of it, a few at a time.

First every message that is kept is read again, then the sentences whose messages are not kept are
decided again on their facts. Each step is one transaction that also says how far it came, so the
walk goes on where it stopped, whoever goes on with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session

from vcs import clock, logs
from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.alerts.causes.late_decisions import withdraw_late_decisions
from vcs.consequences.messages.desk import may_pass, prepared
from vcs.consequences.messages.recording import follow, record
from vcs.consequences.past import replay
from vcs.consequences.past.found_late import owe_digests
from vcs.consequences.past.replay import Difference
from vcs.consequences.records import Reassessment, Stage
from vcs.database import Database, insert_once
from vcs.intake.records import CourtMessage
from vcs.intake.version import law_version
from vcs.referrals.questions.awaited import left_waiting
from vcs.sealing import Sealer
from vcs.sentences import reassess as on_facts
from vcs.sentences.court_messages import waiting_again
from vcs.sentences.enquiries.awaited_codes import with_questions_of_their_own
from vcs.sentences.enquiries.meanings import close_known, meanings_held
from vcs.sentences.history.reports import MessageToRecord
from vcs.sentences.reassess import Redecided
from vcs.sentences.saving.sentence_work import SentenceWork
from vcs.tables import table_of

_LOG = logs.logger("vcs.reassessing")

_WALKS, _MESSAGES = table_of(Reassessment), table_of(CourtMessage)

SENTENCES_AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the walk is: the last one seen at its stage, and what it has counted so far."""

    stage: Stage = Stage.MESSAGES
    last_id: int = 0
    looked_at: int = 0
    changed: int = 0

    @property
    def is_done(self) -> bool:
        """Say whether all that is stored has been decided by the law of today."""
        return self.stage is Stage.DONE

    def then(self, stage: Stage) -> Progress:
        """Return the beginning of another stage."""
        return replace(self, stage=stage, last_id=0)

    def past(self, last_id: int, looked_at: int, changed: int) -> Progress:
        """Return how far it is after a step that saw so many, of which so many changed."""
        return Progress(self.stage, last_id, self.looked_at + looked_at, self.changed + changed)


def progress(session: Session) -> Progress:
    """Return how far the law of today has come."""
    columns = (_WALKS.c.stage, _WALKS.c.last_id, _WALKS.c.looked_at, _WALKS.c.changed)
    found = session.execute(select(*columns).where(_WALKS.c.law == law_version())).first()
    if found is None:
        return Progress()
    return Progress(Stage(found.stage), found.last_id, found.looked_at, found.changed)


def step(db: Database, sealer: Sealer, now: datetime) -> Progress:
    """Decide the next few again and record what follows; does nothing once all is done."""
    with db.reading() as session:
        far = progress(session)
    if far.stage is Stage.MESSAGES:
        return _messages(db, sealer, far, now)
    if far.stage is Stage.FACTS:
        return _facts(db, sealer, far, now)
    return far


def _messages(db: Database, sealer: Sealer, far: Progress, now: datetime) -> Progress:
    found = replay.some(db, far.last_id)
    if not found:
        return _move_on(db, sealer, (far, far.then(Stage.FACTS)), now)
    with db.reading() as session:
        learned = meanings_held(session)
    each = (replay.difference(db, sealer, message, learned) for message in found)
    differing = [one for one in each if one is not None]
    bodies = _bodies(db, [one.message_id for one in differing])
    batch = [prepared(body, sealer, learned) for body in bodies]
    after = far.past(found[-1].id, len(found), len(differing))
    try:
        _read_again(db, sealer, (far, after), differing, (batch, now))
    except Exception as fault:
        if may_pass(fault):
            raise
        # The ordinary reader takes each by itself, and sets aside what cannot be recorded.
        _LOG.error("law.not_reassessed_together", **logs.fault(fault))
        _read_again(db, sealer, (far, after), differing, ([], now))
    return after


def _read_again(
    db: Database,
    sealer: Sealer,
    steps: tuple[Progress, Progress],
    differing: Sequence[Difference],
    batch: tuple[Sequence[MessageToRecord], datetime],
) -> None:
    """Put messages back to wait, and record at once those that are given."""
    prepared_again, now = batch
    with db.writing() as session:
        if _claim(session, *steps, now):
            seen = [(one.message_id, one.status) for one in differing]
            waiting_again.read_again(session, seen, now)
            record(session, sealer, prepared_again, now, found_on=clock.london_date(now))


def _bodies(db: Database, message_ids: list[int]) -> Sequence[Row[Any]]:
    columns = (_MESSAGES.c.id, _MESSAGES.c.receipt, _MESSAGES.c.content_hash, _MESSAGES.c.body)
    theirs = (_MESSAGES.c.id.in_(message_ids), _MESSAGES.c.body.is_not(None))
    with db.reading() as session:
        return session.execute(select(*columns).where(*theirs).order_by(_MESSAGES.c.id)).all()


def _facts(db: Database, sealer: Sealer, far: Progress, now: datetime) -> Progress:
    with db.reading() as session:
        found = on_facts.without_message(session, far.last_id, SENTENCES_AT_A_TIME)
    if not found:
        return _move_on(db, sealer, (far, far.then(Stage.DONE)), now)
    moved = [again for one in found if (again := on_facts.decided_again(one)) is not None]
    after = far.past(found[-1].sentence_id, len(found), len(moved))
    with db.writing() as session:
        if _claim(session, far, after, now):
            _keep(session, sealer, moved, now)
    return after


def _keep(session: Session, sealer: Sealer, moved: Sequence[Redecided], now: datetime) -> None:
    books = SentenceWork(session, sealer, now, clock.london_date(now))
    ids = [one.sentence_id for one in moved if on_facts.keep(session, one, now)]
    if ids:
        follow(books, ids, found_on=books.today)


def _claim(session: Session, before: Progress, after: Progress, now: datetime) -> bool:
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


def _move_on(
    db: Database, sealer: Sealer, steps: tuple[Progress, Progress], now: datetime
) -> Progress:
    """Go on to the next stage; at the end, tell each region once what was found late."""
    before, after = steps
    with db.writing() as session:
        if _claim(session, before, after, now) and after.stage is Stage.DONE:
            _settle_codes(SentenceWork(session, sealer, now, clock.london_date(now)))
            _finish(session, after, now)
    return after


def _settle_codes(books: SentenceWork) -> None:
    """Ask once for a code what was asked sentence by sentence, and nothing of a code now known."""
    session = books.session
    closed = close_known(session, books.now)
    withdraw_late_decisions(session, [task.id for task in closed], books.now)
    for task in closed:
        follow(books, left_waiting(session, task.result_code or ""), found_on=books.today)
    follow(books, with_questions_of_their_own(session), found_on=books.today)


def _finish(session: Session, walk: Progress, now: datetime) -> None:
    its_own = _WALKS.c.law == law_version()
    started_at = session.execute(select(_WALKS.c.started_at).where(its_own)).scalar_one()
    owe_digests(session, clock.london_date(started_at), law_version(), now)
    if walk.changed:
        detail = f"{walk.looked_at} looked at, {walk.changed} changed"
        trail.note(session, trail.Note(now, SYSTEM, "law.reassessed", law_version(), detail))
