"""Find what a digest may be about: duties and decisions that run or were missed, and were settled.

Everything is worked out when it is read: nothing here depends on a sweep having marked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, true
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from vcs.alerts.digest.agenda.matter import (
    BY_DUTY,
    Decision,
    Matter,
    deadline_matter,
    id_of,
    task_matter,
)
from vcs.alerts.digest.agenda.of_clocks import (
    clock_named,
    clocks_ended_late,
    open_clocks,
    said_once,
)
from vcs.alerts.digest.agenda.of_messages import more_alike
from vcs.alerts.digest.agenda.whose import EVERYBODY, Whose
from vcs.alerts.rungs.ladder import Stand
from vcs.clock import london_date
from vcs.clocks.records import ClockRecord
from vcs.law.deadlines import duties
from vcs.law.deadlines.due import ANSWER_SET_ASIDE, DECIDE
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import is_being_decided, region
from vcs.sentences.records import Sentence
from vcs.tasks.ask import WITH_A_CLOCK
from vcs.tasks.records import Task, TaskKind

_ALSO_OFFENDER = "Find out whether a victim is an offender in another case"

_ASKED = {
    TaskKind.RESULT_CODE: (DECIDE, Decision.CODE),
    TaskKind.ALSO_OFFENDER: (_ALSO_OFFENDER, Decision.OTHER),
    TaskKind.SAME_OFFENDER: ("Find out whether two cases are of one offender", Decision.OTHER),
    TaskKind.SET_ASIDE: (ANSWER_SET_ASIDE, Decision.READ),
}
"""The questions that are not whether contact is owed: what is done, and what is decided."""

_ADMINISTRATORS = (TaskKind.RESULT_CODE, TaskKind.SET_ASIDE)
"""The questions that are an administrator's, of no region."""

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
    found += _open_decisions(session, whose) + _messages_aside(session, whose)
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
    decisions = _open_decisions(session, whose, MOST_DECISIONS + 1)
    found += decisions[:MOST_DECISIONS] + _messages_aside(session, whose)
    return replace(_each_once(session, found, today), is_cut=len(decisions) > MOST_DECISIONS)


def open_matters_of(session: Session, referral_id: int) -> list[Matter]:
    """Return all that is open of one referral, by its day, whichever row speaks for it today."""
    query = _deadlines().where(*_open(), col(Referral.id) == referral_id)
    found = [_of_deadline(deadline, referral) for deadline, referral in session.exec(query)]
    found += open_clocks(session, col(ClockRecord.referral_id) == referral_id)
    asked = (col(Task.done_at).is_(None), col(Referral.id) == referral_id)
    found += _decisions(session, and_(*asked))
    return sorted(found, key=_by_day)


def _each_once(session: Session, found: list[Matter], today: date) -> OpenMatters:
    rows, spoken_for = said_once(found, today)
    more = more_alike(session, rows)
    others = frozenset(key for alike in more.values() for key in alike)
    shown = (
        replace(one, more_alike=len(more.get(one.key, ()))) for one in rows if one.key not in others
    )
    return OpenMatters(tuple(sorted(shown, key=_by_day)), spoken_for | others)


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
        return next(iter(_decisions(session, col(Task.id) == task_id)), None)
    return None


def is_open(session: Session, matter: Matter) -> bool:
    """Say whether a matter is still to be done."""
    deadline_id = id_of(matter.key, "deadline")
    if deadline_id is None:
        return matter.settled_on is None
    query = select(DeadlineRecord.id).join(
        Referral, col(Referral.id) == col(DeadlineRecord.referral_id)
    )
    return session.exec(query.where(DeadlineRecord.id == deadline_id, *_open())).first() is not None


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
    ended = (col(DeadlineRecord.met_on), col(DeadlineRecord.lifted_on))
    return (*(one.is_(None) for one in ended), *_owed())


def _owed() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a duty that is still owed and that nobody is deciding about."""
    awaited = and_(
        col(DeadlineRecord.duty) == duties.REFER, col(Referral.status) == ReferralStatus.AWAITING
    )
    after = and_(
        col(DeadlineRecord.duty) != duties.REFER, col(Referral.status) != ReferralStatus.CLOSED
    )
    return or_(awaited, after), ~is_being_decided()


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


def _open_decisions(session: Session, whose: Whose, most: int | None = None) -> list[Matter]:
    """Return the decisions that wait; none is an officer's, and one about a code has no region."""
    if whose.officers is not None:
        return []
    return list(_decisions(session, and_(*_asked_still(whose), ~_is_aside()), most))


def _messages_aside(session: Session, whose: Whose) -> list[Matter]:
    """Return the messages that wait to be read: however many, they push no decision off a page."""
    if whose.officers is not None:
        return []
    return list(_decisions(session, and_(*_asked_still(whose), _is_aside())))


def _is_aside() -> ColumnElement[bool]:
    return col(Task.kind) == str(TaskKind.SET_ASIDE)


def _asked_still(whose: Whose) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Task.done_at).is_(None), _asked_of(whose)


def _asked_of(whose: Whose) -> ColumnElement[bool]:
    if whose.passed_up is not None:
        codes = col(Task.kind) == str(TaskKind.RESULT_CODE)
        return or_(codes, whose.passed_up.within(region(), col(Sentence.id), col(Referral.id)))
    return true() if whose.region_code is None else region() == whose.region_code


def _decisions(
    session: Session, which: ColumnElement[bool], most: int | None = None
) -> Iterator[Matter]:
    """Yield the decisions that have a time of their own."""
    query = (
        select(Task, region(), Referral.reference)
        .select_from(Task)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(
            col(Task.kind).in_([str(kind) for kind in (*WITH_A_CLOCK, TaskKind.SET_ASIDE)]),
            which,
        )
        .order_by(col(Task.due_on), col(Task.id))
        .limit(most)
    )
    for task, region_code, referral in session.exec(query):
        if task.due_on is not None:
            yield _of_decision(task, (region_code, referral), task.due_on)


def _of_decision(task: Task, place: tuple[str | None, str | None], due_on: date) -> Matter:
    is_theirs = task.kind in _ADMINISTRATORS
    duty, decision = _ASKED.get(TaskKind(task.kind), (DECIDE, Decision.DECIDE))
    region_code, referral = place
    return Matter(
        task_matter(task.id),
        task.reference,
        f"/tasks/{task.reference}",
        None if is_theirs else region_code,
        task.sentence_id,
        None,
        duty,
        decision,
        min(task.opened_on, due_on),
        due_on,
        Stand.ADMINISTRATOR if is_theirs else Stand.MANAGER,
        london_date(task.done_at) if task.done_at else None,
        referral,
    )
