"""What was told of by an email of its own, before there were digests: it is not told of as new."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from vcs.alerts.causes.late_decisions import keys_of_late_decisions
from vcs.alerts.digest.agenda.matter import deadline_matter, id_of
from vcs.alerts.digest.records import DigestLine
from vcs.alerts.records import AlertRecord

_AT_A_TIME = 500


def mailed_singly(session: Session, matters: Sequence[str]) -> frozenset[str]:
    """Return those of some missed matters that were mailed, and of which no digest ever told."""
    found: set[str] = set()
    for start in range(0, len(matters), _AT_A_TIME):
        few = matters[start : start + _AT_A_TIME]
        in_digests = select(DigestLine.matter).where(col(DigestLine.matter).in_(few))
        told = session.exec(in_digests.distinct()).all()
        found |= _mailed(session, few) - set(told)
    return frozenset(found)


def _mailed(session: Session, matters: Sequence[str]) -> set[str]:
    deadlines = [one for one in (id_of(key, "deadline") for key in matters) if one is not None]
    query = select(AlertRecord.deadline_id).where(
        col(AlertRecord.deadline_id).in_(deadlines), col(AlertRecord.sent_at).is_not(None)
    )
    mailed = {deadline_matter(one) for one in session.exec(query) if one is not None}
    tasks = (key for key in matters if id_of(key, "task") is not None)
    return mailed | {key for key in tasks if _was_mailed(session, id_of(key, "task") or 0)}


def _was_mailed(session: Session, task_id: int) -> bool:
    query = select(AlertRecord.id).where(
        col(AlertRecord.key).in_(keys_of_late_decisions([task_id])),
        col(AlertRecord.sent_at).is_not(None),
    )
    return session.exec(query).first() is not None
