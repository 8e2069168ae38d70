"""Find what a digest may be about: duties and decisions that run or were missed, and were settled.

Everything is worked out when it is read: nothing here depends on a sweep having marked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from vcs.alerts.digest.agenda.matter import (
    BY_DUTY,
    Decision,
    Matter,
    deadline_matter,
    id_of,
)
from vcs.alerts.digest.agenda.of_clocks import (
    clock_named,
    clocks_ended_late,
    open_clocks,
    said_once,
)
from vcs.alerts.digest.agenda.of_decisions import decisions, messages_aside, open_decisions
from vcs.alerts.digest.agenda.of_messages import more_alike
from vcs.alerts.digest.agenda.whose import EVERYBODY, Whose
from vcs.clocks.records import ClockRecord
from vcs.law.deadlines import duties
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import is_being_decided
from vcs.tasks.records import Task

LONGEST_DUTY = timedelta(days=75)
"""No rung of a duty is reached so long before its due day: the longest is 40 working days."""

MOST_DECISIONS = 300
"""How many decisions one page reads, those due first."""


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """What is open, each once, and the keys of those for which another row speaks.

    ``is_cut`` says that more decisions wait than were read.
    """

    rows: tuple[Matter, ...]
    spoken_for: frozenset[str]
    is_cut: bool = False


def open_matters(session: Session, today: date, whose: Whose = EVERYBODY) -> OpenMatters:
    """Return every duty and decision that is open and may have reached a rung, oldest first."""
    until = today + LONGEST_DUTY
    query = _deadlines().where(*_open(), whose.lies(), col(DeadlineRecord.due_on) <= until)
    found = [_of_deadline(deadline, referral) for deadline, referral in session.exec(query)]
    found += open_clocks(session, and_(whose.lies(), col(ClockRecord.due_on) <= until))
    found += open_decisions(session, whose) + messages_aside(session, whose)
    return _each_once(session, found, today)


@dataclass(frozen=True, slots=True)
class Found:
    """The referrals that one reader's page is made of. ``is_cut`` says that more are open."""

    referral_ids: tuple[int, ...]
    is_cut: bool = False


def matters_of(
    session: Session, today: date, whose: Whose, referral_ids: Sequence[int]
) -> OpenMatters:
    """Return what is open of some referrals, and the decisions that wait, oldest first."""
    until = today + LONGEST_DUTY
    theirs = col(DeadlineRecord.referral_id).in_(referral_ids)
    query = _deadlines().where(theirs, *_owed(), col(DeadlineRecord.due_on) <= until)
    # Found by their referrals: what was met on no day is far more.
    ended_on = func.coalesce(col(DeadlineRecord.met_on), col(DeadlineRecord.lifted_on))
    query = query.where(ended_on.is_(None))
    found = [_of_deadline(deadline, referral) for deadline, referral in session.exec(query)]
    those = col(ClockRecord.referral_id).in_(referral_ids)
    found += open_clocks(session, and_(those, col(ClockRecord.due_on) <= until))
    asked = open_decisions(session, whose, MOST_DECISIONS + 1)
    found += asked[:MOST_DECISIONS] + messages_aside(session, whose)
    return replace(_each_once(session, found, today), is_cut=len(asked) > MOST_DECISIONS)


def open_matters_of(session: Session, referral_id: int) -> list[Matter]:
    """Return all that is open of one referral, by its day, whichever row speaks for it today."""
    query = _deadlines().where(*_open(), col(Referral.id) == referral_id)
    found = [_of_deadline(deadline, referral) for deadline, referral in session.exec(query)]
    found += open_clocks(session, col(ClockRecord.referral_id) == referral_id)
    asked = (col(Task.done_at).is_(None), col(Referral.id) == referral_id)
    found += decisions(session, and_(*asked))
    return sorted(_in_question(session, found), key=_by_day)


def _each_once(session: Session, found: list[Matter], today: date) -> OpenMatters:
    rows, spoken_for = said_once(_in_question(session, found), today)
    more = more_alike(session, rows)
    others = frozenset(key for alike in more.values() for key in alike)
    shown = (
        replace(one, more_alike=len(more.get(one.key, ()))) for one in rows if one.key not in others
    )
    return OpenMatters(tuple(sorted(shown, key=_by_day)), spoken_for | others)


def _in_question(session: Session, found: list[Matter]) -> list[Matter]:
    """Mark what a person is deciding about: whether it is owed at all."""
    asked = set(session.exec(select(Referral.reference).where(is_being_decided())))
    if not asked:
        return found
    return [replace(one, in_question=one.reference in asked) for one in found]


def _by_day(one: Matter) -> tuple[date, str]:
    return one.due_on, one.key


def matter_named(session: Session, key: str) -> Matter | None:
    """Return the matter of a key, open or settled; None where there is none."""
    deadline_id, task_id = id_of(key, "deadline"), id_of(key, "task")
    if deadline_id is not None:
        query = _deadlines().where(DeadlineRecord.id == deadline_id)
        found = session.exec(query).first()
        return _of_deadline(*found) if found else None
    clock_id = id_of(key, "clock")
    if clock_id is not None:
        return clock_named(session, clock_id)
    if task_id is not None:
        return next(iter(decisions(session, col(Task.id) == task_id)), None)
    return None


def is_open(session: Session, matter: Matter) -> bool:
    """Say whether a matter is still to be done."""
    deadline_id = id_of(matter.key, "deadline")
    if deadline_id is None:
        return matter.settled_on is None
    query = select(DeadlineRecord.id).join(
        Referral, col(Referral.id) == col(DeadlineRecord.referral_id)
    )
    query = query.where(DeadlineRecord.id == deadline_id, *_not_ended(), _at_its_stage())
    return session.exec(query).first() is not None


def settled_late(
    session: Session, since: date, today: date, whose: Whose = EVERYBODY
) -> list[Matter]:
    """Return what was settled since a day after it had been missed."""
    met_on, lifted_on = col(DeadlineRecord.met_on), col(DeadlineRecord.lifted_on)
    settled_on = func.coalesce(met_on, lifted_on)
    query = (
        _deadlines()
        # Two ways to be settled, each of which an index answers.
        .where(or_(met_on.between(since, today), lifted_on.between(since, today)))
        .where(settled_on.between(since, today), whose.lies())
        .where(col(DeadlineRecord.due_on) < settled_on)
    )
    found = [_of_deadline(deadline, referral) for deadline, referral in session.exec(query)]
    found += clocks_ended_late(session, whose.lies(), (since, today))
    return sorted(found, key=_by_day)


def matters_named(session: Session, keys: Iterable[str]) -> list[Matter]:
    """Return the matters of some keys, in their order."""
    found = (matter_named(session, key) for key in keys)
    return [one for one in found if one is not None]


def _deadlines() -> Select[DeadlineRecord, Referral]:
    return (
        select(DeadlineRecord, Referral)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .order_by(col(DeadlineRecord.due_on), col(DeadlineRecord.id))
    )


def _open() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a duty that is open."""
    return (*_not_ended(), *_owed())


def _not_ended() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None)


def _owed() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a duty that is still owed.

    What is due waits for whoever decides whether it is owed, and no miss of it is told of; what was
    missed before stays meanwhile, because a wrong word of a court's must hide no miss.
    """
    return _at_its_stage(), or_(~is_being_decided(), col(DeadlineRecord.missed_on).is_not(None))


def _at_its_stage() -> ColumnElement[bool]:
    awaited = and_(
        col(DeadlineRecord.duty) == duties.REFER, col(Referral.status) == ReferralStatus.AWAITING
    )
    after = and_(
        col(DeadlineRecord.duty) != duties.REFER, col(Referral.status) != ReferralStatus.CLOSED
    )
    return or_(awaited, after)


def _of_deadline(deadline: DeadlineRecord, referral: Referral) -> Matter:
    decision = BY_DUTY.get(deadline.duty, Decision.OTHER)
    if deadline.duty != duties.REFER and referral.vlo_account_id is None:
        decision = Decision.ALLOCATE
    key = deadline_matter(deadline.id)
    return Matter(
        key,
        referral.reference,
        f"/referrals/{referral.reference}",
        referral.region_code,
        referral.sentence_id,
        referral.vlo_account_id,
        deadline.duty,
        decision,
        deadline.starts_on,
        deadline.due_on,
        settled_on=deadline.met_on or deadline.lifted_on,
        referral_reference=referral.reference,
        victim_id=deadline.victim_id,
    )
