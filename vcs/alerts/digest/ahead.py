"""What was written while the clock stood ahead keeps its reader from nothing once it is put back.

A digest that bears a later day was made of what would have been missed by then. It counts as told
on the day on which this is noticed, so that its own day has a digest when it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from vcs.alerts.digest.records import Digest, DigestLine, Part
from vcs.alerts.records import AlertRecord
from vcs.alerts.waits import is_in_hand
from vcs.clock import london_date


def digests_ahead(session: Session, now: datetime) -> list[int]:
    """Return the digests of days that have not come, of which no email is in anybody's hand."""
    in_hand = select(AlertRecord.id).where(
        col(AlertRecord.sent_at).is_(None), is_in_hand(col(AlertRecord.claimed_until), now)
    )
    query = select(Digest.id).where(
        Digest.day > london_date(now),
        col(Digest.alert_id).is_(None) | col(Digest.alert_id).not_in(in_hand),
    )
    return list(session.exec(query.order_by(col(Digest.id))))


def take_back_ahead(session: Session, ids: Sequence[int], now: datetime) -> int:
    """Free the later days of some digests. Returns how many there were.

    What nobody had is forgotten; what a mail server took stays on record, as told today.
    """
    query = select(Digest).where(col(Digest.id).in_(ids)).order_by(col(Digest.id))
    found = session.exec(query.with_for_update()).all()
    for one in found:
        _free_its_email(session, one, now)
        if one.taken_at is None or one.part != Part.DIGEST:
            _forget(session, one)
        else:
            _tell_today(session, one, now)
        session.flush()
    return len(found)


def _free_its_email(session: Session, digest: Digest, now: datetime) -> None:
    """Let the day have an email of its own, and withdraw this one where it did not leave."""
    alert = session.get(AlertRecord, digest.alert_id) if digest.alert_id is not None else None
    if alert is None:
        return
    alert.key = f"{alert.key}:ahead:{alert.id}"
    if alert.sent_at is None and alert.withdrawn_at is None:
        alert.withdrawn_at = now
    session.add(alert)


def _forget(session: Session, digest: Digest) -> None:
    session.execute(delete(DigestLine).where(col(DigestLine.digest_id) == digest.id))
    session.delete(digest)


def _tell_today(session: Session, digest: Digest, now: datetime) -> None:
    """Have a digest count as taken today: beside the digest of today, and together with others."""
    today = london_date(now)
    query = select(Digest).where(
        Digest.account_id == digest.account_id, Digest.day == today, Digest.part == str(Part.AHEAD)
    )
    kept = session.exec(query).first()
    _move_lines(session, digest, kept or digest, today)
    if kept is not None:
        session.flush()
        session.delete(digest)
        return
    digest.part, digest.day, digest.taken_at = str(Part.AHEAD), today, now
    digest.covers_from = min(digest.covers_from, now)
    digest.covers_until = min(digest.covers_until, now)
    session.add(digest)


def _move_lines(session: Session, digest: Digest, kept: Digest, today: date) -> None:
    """Move the lines of a digest to today: one that stands there already is told once."""
    lines = session.exec(select(DigestLine).where(DigestLine.digest_id == digest.id)).all()
    for line in lines:
        its = (DigestLine.account_id == line.account_id, DigestLine.matter == line.matter)
        same = select(DigestLine.id).where(
            *its, DigestLine.rung == line.rung, DigestLine.day == today
        )
        held = session.exec(same).first()
        if held is None:
            line.day, line.digest_id = today, kept.id
            session.add(line)
            continue
        if line.is_last:
            values = {"is_last": True, "state": line.state}
            session.execute(update(DigestLine).where(col(DigestLine.id) == held).values(values))
        session.delete(line)
