"""Give approved letters to GOV.UK Notify, and take back those that it does not have yet."""

from __future__ import annotations

from typing import Final

from sqlmodel import col

from vcs.access.work import Work
from vcs.post.batches.fill import Filled, HeldBack, candidates, may_batch, seer, why_on_its_way
from vcs.post.batches.leaving import held_with_concern, why_not_leave
from vcs.post.gate import Step
from vcs.post.notify.hold import of_letter
from vcs.post.notify.records import NotifyLetter, NotifyStatus
from vcs.post.records import LetterRecord

AT_A_TIME: Final = 20

_REFUSED_BEFORE: Final = (
    "GOV.UK Notify refused this letter before. Print it, or withdraw it and draft a new one."
)


def give(work: Work, region_code: str | None, after: int = 0) -> Filled:
    """Give the next few approved letters to Notify. Repeat with ``last`` until it is None.

    Nothing is sent here: the scheduler sends what is given.
    """
    may_batch(work)
    query = candidates(seer(work), region_code).where(col(LetterRecord.id) > after)
    ids = work.session.exec(query.order_by(col(LetterRecord.id)).limit(AT_A_TIME)).all()
    held = tuple(back for one in ids if (back := hand_over(work, one)))
    return Filled(len(ids) - len(held), held, ids[-1] if ids else None)


def hand_over(work: Work, letter_id: int) -> HeldBack | None:
    """Give one letter to Notify; return why not where it stays."""
    letter, concern = held_with_concern(work, letter_id)
    if why := why_not_leave(work, letter, Step.OPEN):
        return HeldBack(letter.reference, why)
    row = of_letter(work.session, letter_id)
    if row is not None and row.status == NotifyStatus.FAILED:
        return HeldBack(letter.reference, _REFUSED_BEFORE)
    if why := why_on_its_way(work, letter, concern):
        return HeldBack(letter.reference, why)
    row = row or NotifyLetter(
        letter_id=letter.id, asked_at=work.now, asked_by=work.actor.who, next_try_at=work.now
    )
    row.status, row.failed_reason = NotifyStatus.WAITING, None
    row.asked_at, row.asked_by, row.next_try_at = work.now, work.actor.who, work.now
    work.session.add(row)
    work.session.flush()
    work.note("letter.given_to_notify", concern.subject, letter.reference)
    return None
