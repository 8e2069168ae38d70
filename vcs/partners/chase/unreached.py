"""Ask a person about a unit whom no email reaches: refused, put off, come back, or no mailbox.

Each morning brings another email, so nothing is given up by itself: somebody must look.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.alerts.bounced import Bounce
from vcs.clock import london_date
from vcs.intake.regions import POLICE_AREAS
from vcs.law.deadlines.duties import in_words
from vcs.partners.chase.records import Chase, Mailbox
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

PUT_OFF_FOR = timedelta(days=5)
"""After so long without an email that was taken, a person is asked: as for emails to staff."""

_NO_MAILBOX = (
    "Victims are due from {unit}, and no mailbox is held for it: nobody asks it for them. Enter "
    "its mailbox, and ask the unit by other means until then."
)

_PUT_OFF = (
    "No email to {unit} has been taken since %s: its mail server puts them off. Correct its "
    "mailbox, and tell the unit by other means what is due."
)

_CAME_BACK = (
    "The email to {unit} came back (%s). Correct its mailbox, and tell the unit by other means "
    "what is due."
)


def ask_of_unit(session: Session, area: str, words: str, today: date) -> None:
    """Ask an administrator about one unit, once at a time; again where it was answered in vain.

    ``words`` name it as ``{unit}``.
    """
    asked = words.format(unit=f"the witness care unit of {POLICE_AREAS.get(area, area)}")
    key = f"{TaskKind.ALERT_NOT_SENT}:chase:{area}"
    open_tasks(session, [Question(key, TaskKind.ALERT_NOT_SENT, asked)], today)
    again = update(Task).where(col(Task.key) == key, col(Task.done_at).is_not(None))
    session.execute(
        again.values(done_at=None, done_by=None, answer=None, opened_on=today, question=asked)
    )


def ask_about_unit(session: Session, area: str, now: datetime) -> bool:
    """Ask about a unit from which something is due, where no email reaches it. Says if it is so."""
    today = london_date(now)
    if session.get(Mailbox, area) is None:
        ask_of_unit(session, area, _NO_MAILBOX, today)
        return True
    since = _put_off_since(session, area)
    if since is None or now - since < PUT_OFF_FOR:
        return False
    ask_of_unit(session, area, _PUT_OFF % in_words(london_date(since)), today)
    return True


def _put_off_since(session: Session, area: str) -> datetime | None:
    """Return since when emails to a unit are tried, and none is taken; None where none is."""
    theirs = col(Chase.police_area) == area
    taken: datetime | None = session.exec(select(func.max(Chase.sent_at)).where(theirs)).one()
    first = select(func.min(Chase.owed_at)).where(theirs, Chase.tries > 0)
    if taken is not None:
        first = first.where(col(Chase.owed_at) > taken)
    return session.exec(first.where(col(Chase.sent_at).is_(None))).one()


def record_bounce_of_chase(session: Session, bounce: Bounce, now: datetime) -> bool:
    """Record that an email to a unit came back, and ask about it. Returns whether it was news."""
    query = select(Chase).where(
        Chase.message_id == bounce.message_id, col(Chase.sent_at).is_not(None)
    )
    chase = session.exec(query.with_for_update()).first()
    if chase is None or bounce.account_id is not None:
        return False
    chase.sent_at, chase.failed_reason = None, f"It came back ({bounce.code})."
    session.add(chase)
    trail.note(session, trail.Note(now, SYSTEM, "chase.given_up", chase.police_area))
    ask_of_unit(session, chase.police_area, _CAME_BACK % bounce.code, london_date(now))
    return True
