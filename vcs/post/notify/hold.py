"""Whether a letter is on its way by GOV.UK Notify, and taking it back while it is not there yet."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlmodel import Session, select

from vcs.errors import Conflict
from vcs.post.notify.records import NotifyLetter, NotifyStatus

WITH_NOTIFY: Final = (
    "GOV.UK Notify has this letter, so it must not leave by another way as well. Its page says how "
    "far it is."
)


def not_with_notify(session: Session, letter_id: int, why: str, now: datetime) -> None:
    """Take a letter back that goes out by another way. Raises Conflict where Notify has it."""
    if may_be_there(session, letter_id, why, now):
        raise Conflict(WITH_NOTIFY)


def may_be_there(session: Session, letter_id: int, why: str, now: datetime) -> bool:
    """Take a letter back that goes out by another way; say whether Notify may have it already."""
    row = of_letter(session, letter_id)
    if row is None or row.status not in (NotifyStatus.WAITING, NotifyStatus.ACCEPTED):
        return False
    if row.status == NotifyStatus.ACCEPTED or row.tries:
        return True
    row.status, row.failed_reason, row.told_at = NotifyStatus.STOPPED, why, now
    session.add(row)
    return False


def of_letter(session: Session, letter_id: int) -> NotifyLetter | None:
    """Return a letter's way by Notify, held until the transaction ends; None where it has none."""
    query = select(NotifyLetter).where(NotifyLetter.letter_id == letter_id)
    return session.exec(query.with_for_update()).first()
