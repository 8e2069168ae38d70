"""What became of a letter at GOV.UK Notify: claimed, accepted, put off, refused, left.

No letter goes twice: it is claimed before each try, and once a try was made its reference is looked
for at Notify before another. None is lost: what nobody can find out, a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import Conflict, NotFound
from vcs.post.batches.leaving import held_with_concern, why_not_leave
from vcs.post.gate import Step
from vcs.post.notify.email import NOT_BY_EMAIL, email_for
from vcs.post.notify.hold import of_letter
from vcs.post.notify.records import NotifyLetter, NotifyStatus
from vcs.post.posting import Despatch, keep_despatch
from vcs.post.records import LetterRecord
from vcs.post.returned.reasons import ReturnReason
from vcs.post.returned.record import Report, keep_any_return
from vcs.post.stale.stopping import ask_about_unsent, ask_to_stop
from vcs.terms import LetterFormat, Role

NOTIFY: Final = Actor(0, "GOV.UK Notify", Role.ADMINISTRATOR, client_id="govuk-notify")

GIVE_UP_AFTER: Final = timedelta(days=5)
"""Notify forgets a reference after seven days: then nobody can tell whether it has a letter."""

LOOK_EVERY: Final = timedelta(hours=1)
"""Where no callback came for so long, Notify is asked."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


class News(StrEnum):
    """What a status of Notify means for a letter."""

    ON_ITS_WAY = "on its way"
    LEFT = "left"
    REFUSED = "refused"


STATUSES: Final[Mapping[str, News]] = {
    "accepted": News.ON_ITS_WAY,
    "created": News.ON_ITS_WAY,
    "pending-virus-check": News.ON_ITS_WAY,
    "sending": News.ON_ITS_WAY,
    "received": News.LEFT,
    "delivered": News.LEFT,
    "cancelled": News.REFUSED,
    "permanent-failure": News.REFUSED,
    "temporary-failure": News.REFUSED,
    "technical-failure": News.REFUSED,
    "validation-failed": News.REFUSED,
    "virus-scan-failed": News.REFUSED,
}
"""Each status of a letter or an email in Notify's documentation. Any other changes nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter in hand. ``look_first``: Notify may have it from an earlier try.

    ``pdf`` is the finished file: text for one in plain text, which goes by email to ``email``.
    """

    letter_id: int
    reference: str
    pdf: bytes
    look_first: bool
    claimant: str
    is_email: bool = False
    email: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What Notify says about a letter: its id there, its status, and the day it was posted."""

    notify_id: str
    status: str
    left_on: date | None = None


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the letters that are to be sent now."""
    free = col(NotifyLetter.claimed_until).is_(None) | (col(NotifyLetter.claimed_until) < now)
    query = select(NotifyLetter.letter_id).where(
        NotifyLetter.status == NotifyStatus.WAITING, col(NotifyLetter.next_try_at) <= now, free
    )
    return list(session.exec(query.order_by(col(NotifyLetter.id)).limit(limit)))


def to_look_at(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the letters that Notify has and of which nothing was heard for a while."""
    query = select(NotifyLetter.letter_id).where(
        NotifyLetter.status == NotifyStatus.ACCEPTED, col(NotifyLetter.next_try_at) <= now
    )
    return list(session.exec(query.order_by(col(NotifyLetter.next_try_at)).limit(limit)))


def claim(work: Work, letter_id: int, claimant: str, lease: timedelta) -> Claim | None:
    """Take a letter in hand for a while; None where it is not due, taken, or may not leave now."""
    letter, concern = held_with_concern(work, letter_id)
    row = of_letter(work.session, letter_id)
    if row is None or not _is_due(row, work.now):
        return None
    is_email = letter.format == LetterFormat.TEXT
    email = email_for(work.session, work.sealer, letter) if is_email else ""
    why = why_not_leave(work, letter, Step.DESPATCH)
    why = why or (NOT_BY_EMAIL if is_email and not email else "")
    if why and not row.tries:
        _settle(work, row, NotifyStatus.STOPPED, why)
        return None
    if row.tries and work.now - row.asked_at >= GIVE_UP_AFTER:
        _give_up(work, row, letter_id, "Nobody could find out whether GOV.UK Notify has it.")
        return None
    if why:
        # Notify may have it already: it is looked for, and not sent again.
        ask_to_stop(work, letter, concern, f"GOV.UK Notify may have it, and now: {why}")
    pdf = b"" if why else work.sealer.open(letter.pdf or b"")
    found = Claim(
        letter.id, letter.reference, pdf, row.tries > 0, claimant, is_email, "" if why else email
    )
    row.claimed_by, row.claimed_until, row.tries = claimant, work.now + lease, row.tries + 1
    work.session.add(row)
    return found


def still_held(session: Session, held: Claim, now: datetime) -> bool:
    """Say whether a claim has not run out: asked just before a letter is sent."""
    query = select(NotifyLetter).where(NotifyLetter.letter_id == held.letter_id)
    row = session.exec(query).one()
    in_time = row.claimed_until is not None and now < row.claimed_until
    return in_time and row.claimed_by == held.claimant and row.status == NotifyStatus.WAITING


def accepted(work: Work, held: Claim, notify_id: str) -> None:
    """Record that Notify has a letter. It has not left: that Notify says later."""
    row = _held(work, held.letter_id)
    if row.status == NotifyStatus.WAITING:
        _settle(work, row, NotifyStatus.ACCEPTED, "")
        row.notify_id, row.next_try_at = notify_id, work.now + LOOK_EVERY


def put_off(work: Work, held: Claim, why: str) -> None:
    """Try again later after a fault that may pass: later each time, and not for ever."""
    row = _held(work, held.letter_id)
    if row.status != NotifyStatus.WAITING or row.claimed_by != held.claimant:
        return
    if work.now - row.asked_at >= GIVE_UP_AFTER:
        _give_up(work, row, held.letter_id, f"It was tried for five days. {why}")
        return
    wait = min(_FIRST_WAIT * 2 ** min(row.tries - 1, 10), _LONGEST_WAIT)
    row.next_try_at, row.claimed_by, row.claimed_until = work.now + wait, None, None
    work.session.add(row)


def not_there(work: Work, held: Claim) -> None:
    """Stop a letter that may not leave any more and that Notify turned out not to have."""
    row = _held(work, held.letter_id)
    if row.status == NotifyStatus.WAITING:
        _settle(work, row, NotifyStatus.STOPPED, "It was stopped before GOV.UK Notify had it.")


def refused(work: Work, held: Claim, why: str) -> None:
    """Record that Notify refused a letter for good, and ask a person."""
    row = _held(work, held.letter_id)
    if row.status == NotifyStatus.WAITING:
        _settle(work, row, NotifyStatus.FAILED, why)
        _ask(work, held.letter_id, f"GOV.UK Notify refused it, so it has not left: {why}")


def tell(work: Work, reference: str, told: Told) -> None:
    """Take in what Notify says of a letter, however often and in whatever order.

    What left has left, whatever comes after it. Raises NotFound for a letter that it was not given.
    """
    query = select(LetterRecord.id).where(LetterRecord.reference == reference)
    letter_id = work.session.exec(query).first()
    if letter_id is None or of_letter(work.session, letter_id) is None:
        raise NotFound("There is no such letter.")
    letter, concern = held_with_concern(work, letter_id)
    row, news = _held(work, letter_id), STATUSES.get(told.status, News.ON_ITS_WAY)
    row.notify_id = row.notify_id or told.notify_id
    if row.status == NotifyStatus.LEFT:
        return
    if news is News.LEFT:
        _settle(work, row, NotifyStatus.LEFT, "")
        _left(work, letter, told.left_on)
    elif news is News.REFUSED and row.status != NotifyStatus.FAILED:
        _settle(work, row, NotifyStatus.FAILED, f"GOV.UK Notify says: {told.status}.")
        words = f"GOV.UK Notify says “{told.status}”, so it has not left."
        ask_about_unsent(work, letter, concern, words)
    elif news is News.ON_ITS_WAY and row.status in (NotifyStatus.WAITING, NotifyStatus.ACCEPTED):
        _settle(work, row, NotifyStatus.ACCEPTED, "")
        row.next_try_at = work.now + LOOK_EVERY


def check_on_its_way(work: Work, letter_id: int) -> None:
    """Ask a person at once where a letter that Notify has may not leave any more."""
    letter, concern = held_with_concern(work, letter_id)
    row = _held(work, letter_id)
    row.next_try_at = work.now + LOOK_EVERY
    work.session.add(row)
    is_text = letter.format == LetterFormat.TEXT
    if row.status == NotifyStatus.ACCEPTED and (why := why_not_leave(work, letter, Step.DESPATCH)):
        stop = "It goes by email at once" if is_text else "Cancel it there before it is printed"
        words = f"GOV.UK Notify has it. {stop}. {why}"
        ask_to_stop(work, letter, concern, words)


def names_of(session: Session, letter_id: int) -> tuple[str, str]:
    """Return a letter's reference, and what Notify calls it."""
    query = (
        select(LetterRecord.reference, NotifyLetter.notify_id)
        .join(NotifyLetter, col(NotifyLetter.letter_id) == col(LetterRecord.id))
        .where(LetterRecord.id == letter_id)
    )
    reference, notify_id = session.exec(query).one()
    return reference, notify_id or ""


def came_back(work: Work, reference: str) -> None:
    """Record that a letter that Notify posted came back. Raises NotFound."""
    query = select(LetterRecord.id).where(LetterRecord.reference == reference)
    letter_id = work.session.exec(query).first()
    if letter_id is None or of_letter(work.session, letter_id) is None:
        raise NotFound("There is no such letter.")
    letter, concern = held_with_concern(work, letter_id)
    keep_any_return(
        work, letter, concern, Report(ReturnReason.NOT_SAID, work.today, "Told by Notify")
    )


def _is_due(row: NotifyLetter, now: datetime) -> bool:
    taken = row.claimed_until is not None and row.claimed_until >= now
    return row.status == NotifyStatus.WAITING and row.next_try_at <= now and not taken


def _held(work: Work, letter_id: int) -> NotifyLetter:
    row = of_letter(work.session, letter_id)
    if row is None:
        raise NotFound("There is no such letter.")
    return row


def _settle(work: Work, row: NotifyLetter, status: NotifyStatus, why: str) -> None:
    row.status, row.failed_reason, row.told_at = status, why or None, work.now
    row.claimed_by = row.claimed_until = None
    work.session.add(row)
    work.session.flush()


def _left(work: Work, letter: LetterRecord, left_on: date | None) -> None:
    """Record the day; one that is on record already, from somebody else, stays."""
    approved_on = london_date(letter.approved_at or work.now)
    day = min(max(left_on or work.today, approved_on), work.today)
    held, concern = held_with_concern(work, letter.id)
    try:
        keep_despatch(work, held, concern, Despatch(day, already_left=True))
    except Conflict:
        ask_about_unsent(
            work, held, concern, "GOV.UK Notify sent it, and it is recorded otherwise."
        )


def _give_up(work: Work, row: NotifyLetter, letter_id: int, why: str) -> None:
    _settle(work, row, NotifyStatus.UNKNOWN, why)
    _ask(work, letter_id, f"{why} Look for this reference in GOV.UK Notify before it goes again.")


def _ask(work: Work, letter_id: int, why: str) -> None:
    letter, concern = held_with_concern(work, letter_id)
    ask_about_unsent(work, letter, concern, why)
