"""Keep a morning's digests, each once, and record what a mail server took.

A digest that was not taken gives way to the next one, which covers its time as well: after three
days without mail there is one digest and not three.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.causes.late_decisions import keys_of_late_decisions
from vcs.alerts.digest.agenda.matter import id_of
from vcs.alerts.digest.compose import Draft, Line
from vcs.alerts.digest.facts import as_json
from vcs.alerts.digest.records import Digest, DigestLine, LineState, Part
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.alerts.rungs.directory import Person
from vcs.alerts.waits import is_free
from vcs.clock import london_date
from vcs.database import insert_once
from vcs.law.deadlines.duties import in_words
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

_DIGESTS, _LINES, _ALERTS = table_of(Digest), table_of(DigestLine), table_of(AlertRecord)

UNSENT_FOR = timedelta(days=5)
"""After so long without a digest that was taken, a person is asked to tell its reader."""

_MORNINGS = 2
"""One digest alone after a long holiday is no outage of five days."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a digest that is to be kept belongs: its reader, its region, the held run if any."""

    person: Person
    draft: Draft
    run_id: int | None = None
    part: Part = Part.DIGEST


def keep_digest(session: Session, kept: Kept, now: datetime) -> bool:
    """Keep one person's digest of a day, and owe it. False where it is there already.

    One of a held run is kept and not owed: its counts go in its place.
    """
    person, facts, day = kept.person, kept.draft.facts, kept.draft.facts.day
    row = {
        "account_id": person.account_id,
        "region_code": person.region_code or "",
        "day": day,
        "part": str(kept.part),
        "run_id": kept.run_id,
        "covers_from": facts.covers_from,
        "covers_until": facts.covers_until,
        "facts": as_json(facts),
        "new_rows": facts.counts.new,
    }
    once = insert_once(session, _DIGESTS, "account_id", "day", "part").values(row)
    digest_id = session.execute(once.returning(_DIGESTS.c.id)).scalar_one_or_none()
    if digest_id is None:
        return False
    _withdraw_unsent(session, person.account_id, digest_id, now)
    if kept.part is Part.DIGEST:
        _keep_lines(session, digest_id, (person, day), kept.draft.lines)
    if kept.run_id is None or kept.part is Part.COUNTS:
        owe_digest(session, digest_id, now)
    return True


def owe_digest(session: Session, digest_id: int, now: datetime) -> None:
    """Owe the mail of a digest that was kept."""
    digest = session.get_one(Digest, digest_id)
    kind = AlertKind.DIGEST if digest.part == Part.DIGEST else AlertKind.COUNTS
    day = digest.day.isoformat()
    subject = f"the morning of {in_words(digest.day)}"
    occurrence = f"{day}:{digest.account_id}"
    region_code = digest.region_code or None
    notice = Notice(kind, subject, occurrence, {}, region_code, digest.account_id)
    owe_alert(session, notice, now)
    key = f"{kind}:{subject}:{occurrence}"
    digest.alert_id = session.exec(select(AlertRecord.id).where(AlertRecord.key == key)).one()
    session.add(digest)


def _keep_lines(
    session: Session, digest_id: int, whose: tuple[Person, date], lines: Sequence[Line]
) -> None:
    person, day = whose
    rows = [
        {
            "digest_id": digest_id,
            "account_id": person.account_id,
            "day": day,
            "matter": one.matter,
            "rung": one.rung,
            "state": str(one.state),
            "is_new": one.is_new,
            "is_last": False,
        }
        for one in lines
    ]
    if rows:
        unique = ("account_id", "matter", "rung", "day")
        session.execute(insert_once(session, _LINES, *unique), rows)


def _withdraw_unsent(session: Session, account_id: int, but: int, now: datetime) -> None:
    """Withdraw a person's earlier digests that no server took: the new one covers their time."""
    earlier = select(_DIGESTS.c.alert_id).where(
        _DIGESTS.c.account_id == account_id,
        _DIGESTS.c.id < but,
        _DIGESTS.c.taken_at.is_(None),
        _DIGESTS.c.alert_id.is_not(None),
        _DIGESTS.c.part == str(Part.DIGEST),
    )
    _withdraw(session, _ALERTS.c.id.in_(earlier), now)


def withdraw_stale(session: Session, today: date, now: datetime) -> int:
    """Withdraw the unsent digests of other days: none is sent on a day that it does not name."""
    other_day = select(_DIGESTS.c.alert_id).where(
        _DIGESTS.c.day != today, _DIGESTS.c.alert_id.is_not(None)
    )
    return _withdraw(session, _ALERTS.c.id.in_(other_day), now)


def _withdraw(session: Session, which: ColumnElement[bool], now: datetime) -> int:
    unsent = (
        _ALERTS.c.sent_at.is_(None),
        _ALERTS.c.failed_reason.is_(None),
        _ALERTS.c.withdrawn_at.is_(None),
        is_free(_ALERTS.c.claimed_until, now),
    )
    withdraw = update(_ALERTS).where(which, *unsent).values(withdrawn_at=now, claimed_by=None)
    return len(session.execute(withdraw.returning(_ALERTS.c.id)).all())


def stale_digests(session: Session, today: date) -> bool:
    """Say whether a digest of another day is still owed."""
    query = (
        select(Digest.id)
        .join(AlertRecord, col(AlertRecord.id) == col(Digest.alert_id))
        .where(
            col(AlertRecord.sent_at).is_(None),
            col(AlertRecord.failed_reason).is_(None),
            col(AlertRecord.withdrawn_at).is_(None),
            Digest.day != today,
        )
    )
    return session.exec(query.limit(1)).first() is not None


def ask_if_long_unsent(session: Session, alert_id: int, now: datetime) -> None:
    """Ask a person, once, to tell somebody by other means whose digests were not taken for days.

    Asked as a digest is put off, never as it is written: one that goes at once needs nobody.
    """
    digest = session.exec(select(Digest).where(Digest.alert_id == alert_id)).first()
    since = _unsent_since(session, digest.account_id) if digest else None
    if digest is None or since is None or now - since < UNSENT_FOR:
        return
    unsent = select(func.count()).where(
        col(Digest.account_id) == digest.account_id,
        col(Digest.taken_at).is_(None),
        col(Digest.covers_until) > since - timedelta(seconds=1),
    )
    if session.execute(unsent).scalar_one() < _MORNINGS:
        return
    name = session.get_one(Account, digest.account_id).name
    asked = (
        f"No morning email has reached {name} for five days. Tell them by other means what "
        "was missed, and find out why."
    )
    key = _unsent_key(digest.account_id, since)
    question = Question(key, TaskKind.ALERT_NOT_SENT, asked, digest.region_code or None)
    open_tasks(session, [question], london_date(now))


def _unsent_since(session: Session, account_id: int) -> datetime | None:
    """Return up to when somebody was told last; from when on, where they never were."""
    taken = select(func.max(Digest.covers_until)).where(
        Digest.account_id == account_id, col(Digest.taken_at).is_not(None)
    )
    first = select(func.min(Digest.covers_until)).where(Digest.account_id == account_id)
    found = [session.execute(one).scalar_one() for one in (taken, first)]
    return next((one for one in found if one is not None), None)


def _unsent_key(account_id: int, since: datetime) -> str:
    return f"{TaskKind.ALERT_NOT_SENT}:digest:{account_id}:{since.isoformat()}"


def _end_question(session: Session, account_id: int, now: datetime) -> None:
    """Close the questions about somebody whom no digest reached: one reaches them now."""
    since = _unsent_since(session, account_id)
    keys = [_unsent_key(account_id, since)] if since is not None else []
    not_had = (
        select(AlertRecord.key)
        .join(Digest, col(Digest.alert_id) == col(AlertRecord.id))
        .where(Digest.account_id == account_id, col(Digest.taken_at).is_(None))
    )
    keys += [f"{TaskKind.ALERT_NOT_SENT}:{key}:{account_id}" for key in session.exec(not_had)]
    asked = (col(Task.key).in_(keys), col(Task.done_at).is_(None))
    session.execute(update(Task).where(*asked).values(done_at=now, answer="overtaken"))


def take(session: Session, alert_ids: Sequence[int], now: datetime) -> None:
    """Record which of some alerts are digests that were taken: only now do their rows count."""
    query = select(Digest).where(col(Digest.alert_id).in_(alert_ids)).order_by(col(Digest.id))
    told = {key for one in session.exec(query).all() for key in _take(session, one, now)}
    if told:
        _mark_told(session, told, now)


def _take(session: Session, digest: Digest, now: datetime) -> list[str]:
    """Record that a digest was taken. Returns the matters that it told of as missed or settled."""
    if digest.part == Part.DIGEST:
        _end_question(session, digest.account_id, now)
    digest.taken_at = now
    session.add(digest)
    if digest.part != Part.DIGEST:
        return []
    lines = session.exec(select(DigestLine).where(DigestLine.digest_id == digest.id)).all()
    theirs = select(_LINES.c.matter).where(_LINES.c.digest_id == digest.id)
    before = (
        _LINES.c.account_id == digest.account_id,
        _LINES.c.is_last,
        _LINES.c.matter.in_(theirs),
    )
    session.execute(update(_LINES).where(*before).values(is_last=False))
    session.execute(update(_LINES).where(_LINES.c.digest_id == digest.id).values(is_last=True))
    return [one.matter for one in lines if one.state != LineState.DUE]


def untake(session: Session, alert_id: int) -> None:
    """Record that a digest which was taken came back: the next one tells all of it anew."""
    digest = session.exec(select(Digest).where(Digest.alert_id == alert_id)).first()
    if digest is None or digest.taken_at is None:
        return
    digest.taken_at = None
    session.add(digest)
    session.flush()
    had = select(Digest.id).where(col(Digest.taken_at).is_not(None))
    theirs = select(DigestLine).where(DigestLine.digest_id == digest.id, col(DigestLine.is_last))
    for line in session.exec(theirs).all():
        line.is_last = False
        before = select(DigestLine).where(
            DigestLine.account_id == line.account_id,
            DigestLine.matter == line.matter,
            col(DigestLine.digest_id).in_(had),
        )
        last = session.exec(before.order_by(col(DigestLine.id).desc()).limit(1)).first()
        if last is not None:
            last.is_last = True


def _mark_told(session: Session, matters: Collection[str], now: datetime) -> None:
    """Mark the alerts that waited for a digest, and whose matters one told of, as sent.

    Once for all digests of a transaction, and in the order of the alerts: those of two schedulers
    may tell of the same ones.
    """
    deadlines = [one for one in (id_of(key, "deadline") for key in matters) if one is not None]
    tasks = [one for one in (id_of(key, "task") for key in matters) if one is not None]
    alerts = [one for one in (id_of(key, "alert") for key in matters) if one is not None]
    which = or_(
        _ALERTS.c.id.in_(alerts),
        _ALERTS.c.deadline_id.in_(deadlines),
        _ALERTS.c.key.in_(keys_of_late_decisions(tasks)),
    )
    open_still = (_ALERTS.c.sent_at.is_(None), _ALERTS.c.withdrawn_at.is_(None))
    held = select(_ALERTS.c.id).where(which, *open_still).order_by(_ALERTS.c.id).with_for_update()
    ids = session.execute(held).scalars().all()
    session.execute(update(_ALERTS).where(_ALERTS.c.id.in_(ids)).values(sent_at=now))
