"""Keep a look at somebody's details before anything is shown; refuse it above the limit.

Every place that opens where a person can be found calls :func:`keep_look`, and none shows anything
before the transaction is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from vcs.access.reading.limits import WITHIN, ReadingLimit, limits_of
from vcs.access.reading.records import LiftedLimit, PersonalRead, Scope, UnusualReading
from vcs.access.work import Work
from vcs.database import lock
from vcs.errors import RecordedRefusal
from vcs.terms import Role

_READER = 0x76637380_00000000
"""A reader’s lock is this and the account: two looks at once are counted one after the other."""

_ASK = {
    Role.VLO: "Ask a manager of your region to lift the limit for you. They have been told.",
    Role.UNIT_ADMINISTRATOR: "Ask a manager of your region to lift the limit for you.",
    Role.MANAGER: "Ask another manager of your region, or an administrator, to lift it for you.",
    Role.HEAD: "Ask a manager of your region, or an administrator, to lift it for you.",
    Role.INSPECTOR: "Ask an administrator to lift it for you.",
    Role.ADMINISTRATOR: "Ask another administrator to lift the limit for you.",
}

_COUNTED = {
    Scope.OUTSIDE: "people in referrals that are not yours",
    Scope.ALL: "people",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What is about to be opened, and why.

    ``whose`` is equal for two looks at the same person. ``officer_id`` is the officer of the
    referral: a look is within the reader's caseload if that is the reader. ``event`` and
    ``subject`` are those of the trail; ``thing`` is a victim's or letter's reference.
    """

    event: str
    subject: str
    whose: str
    reason: str
    thing: str = ""
    officer_id: int | None = None


class TooManyOpened(RecordedRefusal):
    """Somebody has opened the details of as many people in an hour as they may."""

    status = 429
    title = "You have opened too many people’s details"


def keep_look(work: Work, look: Look) -> None:
    """Keep who looks at what, and why, in the trail and as a row that is counted.

    Call it before anything is opened. Raises TooManyOpened, which keeps that it was refused;
    nothing may be shown then. A second look at the same person within the hour counts once.
    """
    lock(work.session, _READER + work.actor.account_id)
    outside = look.officer_id != work.actor.account_id
    for limit in limits_of(work.actor.role, work.today):
        people = _people(work, look, limit.scope, outside=outside)
        if people > limit.stop_at and not is_lifted(work):
            raise _refusal(work, look, limit)
        if people >= limit.tell_at:
            _tell_once(work, limit.scope, people, stopped=False)
    work.session.add(_row(work, look))
    detail = f"{look.thing}: {look.reason}" if look.thing else look.reason
    work.note(look.event, look.subject, detail)
    work.session.flush()


def _people(work: Work, look: Look, scope: Scope, *, outside: bool) -> int:
    """Return how many people the reader has opened within the hour, this look counted.

    Nobody if it is no new person for this scope: it is allowed then, and nothing is told anew.
    """
    if scope is Scope.OUTSIDE and not outside:
        return 0
    counted = [
        col(PersonalRead.account_id) == work.actor.account_id,
        col(PersonalRead.at) > work.now - WITHIN,
        col(PersonalRead.refused).is_(False),
    ]
    if scope is Scope.OUTSIDE:
        counted.append(col(PersonalRead.outside).is_(True))
    opened = set(work.session.exec(select(PersonalRead.whose).where(*counted).distinct()))
    return 0 if look.whose in opened else len(opened) + 1


def is_lifted(work: Work) -> bool:
    """Return whether a manager has lifted the limits for the reader, as they stand now."""
    query = select(LiftedLimit.id).where(
        LiftedLimit.account_id == work.actor.account_id, col(LiftedLimit.until) > work.now
    )
    return work.session.exec(query.limit(1)).first() is not None


def _refusal(work: Work, look: Look, limit: ReadingLimit) -> TooManyOpened:
    """Return a refusal, which is kept by itself: the transaction of the look is undone."""

    def keep(session: Session) -> None:
        again = Work(session, work.sealer, work.actor, work.now)
        lock(session, _READER + work.actor.account_id)
        session.add(_row(again, look, refused=True))
        _tell_once(again, limit.scope, limit.stop_at, stopped=True)
        again.note("reading.refused", look.subject, look.thing)

    return TooManyOpened(
        f"Nothing was shown. In the last hour you have opened the details of {limit.stop_at} "
        f"{_COUNTED[limit.scope]}, which is the most that anyone may. This has been recorded. "
        f"{_ASK[work.actor.role]}",
        keep,
    )


def _row(work: Work, look: Look, *, refused: bool = False) -> PersonalRead:
    return PersonalRead(
        account_id=work.actor.account_id,
        at=work.now,
        event=look.event,
        whose=look.whose,
        subject=look.subject,
        thing=look.thing,
        reason=look.reason,
        outside=look.officer_id != work.actor.account_id,
        refused=refused,
    )


def _tell_once(work: Work, scope: Scope, people: int, *, stopped: bool) -> None:
    """Have the managers told, once an hour for each scope; and once more when it is stopped."""
    query = select(func.count()).where(
        UnusualReading.account_id == work.actor.account_id,
        UnusualReading.scope == scope,
        col(UnusualReading.stopped).is_(stopped),
        col(UnusualReading.at) > work.now - WITHIN,
    )
    if work.session.exec(query).one() == 0:
        work.session.add(
            UnusualReading(
                account_id=work.actor.account_id,
                at=work.now,
                scope=scope,
                people=people,
                stopped=stopped,
            )
        )


def told_about(work: Work) -> int | None:
    """Return of how many people managers were told within the hour; None if they were not."""
    query = (
        select(UnusualReading.people)
        .where(
            UnusualReading.account_id == work.actor.account_id,
            col(UnusualReading.at) > work.now - WITHIN,
        )
        .order_by(col(UnusualReading.id).desc())
    )
    return work.session.exec(query.limit(1)).first()
