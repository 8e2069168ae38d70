"""What an administrator does about a message that could not be read, or only in part.

It is tried again after a mend, or dismissed with a reason. Whoever opens one says why, and the
trail keeps both before anything is shown.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, or_, select, update
from sqlmodel import Session
from sqlmodel import select as select_one

from vcs.access.actors import Actor
from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.sentences.court_messages.waiting_again import Answered, close_tasks, put_back
from vcs.tables import table_of
from vcs.tasks.message_reads import is_asked_about, looked_at, to_look_at

READ_BY_HAND, HOLDS_NOTHING = "read by hand", "holds nothing for us"

ANSWERS = (READ_BY_HAND, HOLDS_NOTHING)

MOST_AT_ONCE = 500

_LONGEST_NOTE, _LONGEST_REASON = 2000, 200

_REMOVED = "The message itself has been removed: its time was over."

_MESSAGES = table_of(CourtMessage)


def note_look(work: Work, receipt: str, reason: str) -> None:
    """Keep in the trail that somebody opens a message, and why. Commit it before opening.

    ``reason`` is one of the set phrases of the door: none names anybody.
    """
    work.require_may(Act.SEE_SET_ASIDE)
    message = find_set_aside(work.session, receipt)
    if message.body is None:
        raise Conflict(_REMOVED)
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        raise NotValid("Say why you need to see it.", {"reason": "Select why you need to see it"})
    whose = f"message:{message.receipt}"
    keep_look(work, Look("message.shown", message.receipt, whose, reason.strip()))


def try_again(work: Work, receipt: str) -> None:
    """Put a message back to be read. If it cannot be read now either, a fresh task is opened.

    One that was dismissed comes back the same way, as long as the message itself is kept.
    """
    work.require_may(Act.SEE_SET_ASIDE)
    message = find_set_aside(work.session, receipt)
    if message.body is None:
        raise Conflict(_REMOVED)
    _put_back(work, [(message.id, message.receipt)])


def try_all_alike(work: Work, receipt: str) -> int:
    """Put back every message that was set aside, or read in part, as this one was, oldest first.

    Alike are the same format and the same reason. At most 500 go at once; returns how many went.
    """
    one = _set_aside(work.session, receipt, work.actor)
    alike = (
        to_look_at(),
        _MESSAGES.c.problem.is_not_distinct_from(one.problem),
        _MESSAGES.c.format.is_not_distinct_from(one.format),
    )
    query = select(_MESSAGES.c.id, _MESSAGES.c.receipt).where(*alike).order_by(_MESSAGES.c.id)
    found = work.session.execute(query.limit(MOST_AT_ONCE).with_for_update()).all()
    _put_back(work, [(its_id, its_receipt) for its_id, its_receipt in found])
    return len(found)


def dismiss(work: Work, receipt: str, because: str, note: str) -> None:
    """Say that a message needs no more reading, and why. It is kept and counted as dismissed.

    One that was read in part stays read: what it told counts, and only its task is over.
    ``because`` is one of ``ANSWERS``. Raises NotValid without a reason, Conflict where it is no
    longer set aside.
    """
    message = _set_aside(work.session, receipt, work.actor)
    if because not in ANSWERS:
        raise NotValid("Say what became of it.", {"because": "Select what became of it"})
    if not note.strip():
        raise NotValid("Say why.", {"note": "Say what you found"})
    if len(note) > _LONGEST_NOTE:
        too_long = f"Enter {_LONGEST_NOTE} characters or fewer"
        raise NotValid("The reason is too long.", {"note": too_long})
    answered = Answered(because, work.actor.account_id, note.strip())
    close_tasks(work.session, [message.id], answered, work.now)
    settle_dismissed(work.session, message.id, work.now)
    work.note("message.dismissed", message.receipt, because)


def settle_dismissed(session: Session, message_id: int, now: datetime) -> None:
    """Settle a message that a person dismissed; its time to be kept counts from here."""
    status = _MESSAGES.c.status
    aside = status == str(MessageStatus.SET_ASIDE)
    settled = case((aside, str(MessageStatus.DISMISSED)), else_=status)
    values = {"status": settled, "read_at": now}
    session.execute(update(_MESSAGES).where(_MESSAGES.c.id == message_id).values(values))


def find_set_aside(session: Session, receipt: str) -> CourtMessage:
    """Return a message that a person has to do with, held until the transaction ends."""
    query = (
        select_one(CourtMessage)
        .where(CourtMessage.receipt == receipt)
        .where(or_(to_look_at(), looked_at()))
        .with_for_update()
    )
    message = session.exec(query).first()
    if message is None:
        raise NotFound("There is no such message that could not be read.")
    return message


def _set_aside(session: Session, receipt: str, actor: Actor) -> CourtMessage:
    require_may(actor, Act.SEE_SET_ASIDE)
    message = find_set_aside(session, receipt)
    asked = select(_MESSAGES.c.id).where(_MESSAGES.c.id == message.id, is_asked_about())
    if session.execute(asked).first() is None:
        raise Conflict("This message has been dismissed already. Load the page again to see why.")
    return message


def _put_back(work: Work, messages: list[tuple[int, str]]) -> None:
    put_back(work.session, [its_id for its_id, _ in messages], work.now, work.actor.account_id)
    for _, receipt in messages:
        work.note("message.tried_again", receipt)
