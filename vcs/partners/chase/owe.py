"""Owe a unit its email of the day, and record what became of it. Safe from any number of hands."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from vcs.access import trail
from vcs.access.accounts import is_email
from vcs.access.actors import SYSTEM
from vcs.access.rules import Act
from vcs.access.versions import require_version
from vcs.access.work import Work
from vcs.alerts.waits import is_due, is_free
from vcs.clock import london_date
from vcs.database import insert_once, lock
from vcs.errors import NotFound, NotValid
from vcs.intake.regions import POLICE_AREAS
from vcs.partners.chase.reads import ChaseFacts, as_json, mailbox_version
from vcs.partners.chase.records import Chase, Mailbox
from vcs.partners.chase.unreached import ask_of_unit
from vcs.tables import table_of

_CHASES = table_of(Chase)

_ONE_MAILBOX_AT_A_TIME = 0x76634D42

_LONGEST_WAIT = timedelta(minutes=30)

_UNSENT = (
    _CHASES.c.sent_at.is_(None),
    _CHASES.c.withdrawn_at.is_(None),
    _CHASES.c.failed_reason.is_(None),
)


def owe_chase(session: Session, area: str, facts: ChaseFacts, now: datetime) -> bool:
    """Owe a unit its email of a day, in place of older ones that did not leave.

    Where nothing is due, that it was looked at is all that is kept. Returns whether an email is
    owed that was not owed before.
    """
    digest = hashlib.sha256(f"{area}:{facts.day}:{now.isoformat()}".encode()).hexdigest()
    row = {
        "police_area": area,
        "day": facts.day,
        "facts": as_json(facts),
        "message_id": f"chase-{digest[:32]}",
        "owed_at": now,
        "next_try_at": now,
        "tries": 0,
        "withdrawn_at": None if facts.rows else now,
    }
    once = insert_once(session, _CHASES, "police_area", "day").values(row)
    if session.execute(once.returning(_CHASES.c.id)).first() is None:
        return False
    older = update(_CHASES).where(
        _CHASES.c.police_area == area, _CHASES.c.day < facts.day, *_UNSENT
    )
    session.execute(older.values(withdrawn_at=now))
    if not facts.rows:
        return False
    trail.note(session, trail.Note(now, SYSTEM, "chase.owed", area, str(facts.day)))
    return True


def take_back_ahead(session: Session, now: datetime) -> None:
    """Take back what was written for later days while the clock stood ahead: each has its own."""
    ahead = _CHASES.c.day > london_date(now)
    session.execute(delete(_CHASES).where(ahead, is_free(_CHASES.c.claimed_until, now)))


def claim_chase(session: Session, chase_id: int, lease: timedelta, now: datetime) -> bool:
    """Take an email in hand for a while; False where it is not owed, or taken."""
    free = is_free(_CHASES.c.claimed_until, now)
    taken = session.execute(
        update(_CHASES)
        .where(_CHASES.c.id == chase_id, is_due(_CHASES.c.next_try_at, now), *_UNSENT, free)
        .values(claimed_until=now + lease, tries=_CHASES.c.tries + 1)
        .returning(_CHASES.c.id)
    )
    return taken.first() is not None


def chase_taken(session: Session, chase_id: int, now: datetime) -> None:
    """Record that the mail server took an email."""
    values = {"sent_at": now, "claimed_until": None}
    session.execute(update(_CHASES).where(_CHASES.c.id == chase_id, *_UNSENT).values(values))


def put_off_chase(session: Session, chase: Chase, now: datetime) -> None:
    """Put an email off after a fault that may pass, longer each time."""
    wait = min(timedelta(minutes=1) * 2 ** min(chase.tries, 8), _LONGEST_WAIT)
    values = {"next_try_at": now + wait, "claimed_until": None}
    session.execute(update(_CHASES).where(_CHASES.c.id == chase.id, *_UNSENT).values(values))


def ask_about_unwritten(session: Session, chase: Chase, today: date) -> None:
    """Ask a person at once to tell a unit what the program cannot write to it. It is tried on."""
    reason = "could not be written: this is a fault of the program. Tell the unit by other means"
    ask_of_unit(session, chase.police_area, f"The email to {{unit}} {reason} what is due.", today)


def refuse_chase(session: Session, chase: Chase, reason: str, now: datetime, today: date) -> None:
    """Give an email up that was refused for good, and ask an administrator for another mailbox."""
    values = {"failed_reason": reason, "claimed_until": None}
    session.execute(update(_CHASES).where(_CHASES.c.id == chase.id, *_UNSENT).values(values))
    trail.note(session, trail.Note(now, SYSTEM, "chase.given_up", chase.police_area))
    words = "Correct its mailbox, and tell the unit by other means what is due."
    ask_of_unit(
        session, chase.police_area, f"The email to {{unit}} was refused. {reason} {words}", today
    )


def save_mailbox(work: Work, area: str, name: str, email: str, seen: str) -> None:
    """Save where a unit reads its mail; an empty address takes it away.

    ``seen`` is the version that whoever saves was shown. Raises NotValid where another one is held
    now, or the address is none.
    """
    work.require_may(Act.MANAGE_ACCESS)
    if area not in POLICE_AREAS:
        raise NotFound("There is no such police area.")
    lock(work.session, _ONE_MAILBOX_AT_A_TIME)
    held = work.session.get(Mailbox, area, populate_existing=True)
    require_version(seen, mailbox_version(held))
    if not email:
        if held is not None:
            work.session.delete(held)
            work.note("mailbox.removed", area)
        return
    if not is_email(email):
        wrong = "Enter an email address, like name@example.com"
        raise NotValid("Some details need correcting.", {"email": wrong})
    mailbox = held or Mailbox(police_area=area, name=name, email=email)
    mailbox.name, mailbox.email = name, email
    work.session.add(mailbox)
    work.note("mailbox.saved", area)


def withdraw_chases(session: Session, area: str, now: datetime) -> None:
    """Withdraw the emails to a unit that did not leave: nothing is due from it any more."""
    theirs = update(_CHASES).where(col(Chase.police_area) == area, *_UNSENT)
    session.execute(theirs.values(withdrawn_at=now))
