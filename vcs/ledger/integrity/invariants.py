"""Invariants that must hold even after a crash: for ``vcs check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Exists,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlmodel import Session, col

from vcs.alerts.records import AlertRecord
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.keys import canary
from vcs.keys.sealed import holding
from vcs.law.deadlines import duties
from vcs.ledger.integrity.checks import LEDGER_CHECKS
from vcs.ledger.integrity.closing_checks import CLOSING_CHECKS
from vcs.ledger.integrity.event_checks import EVENT_CHECKS, left_out_of_sets
from vcs.ledger.integrity.people_checks import PEOPLE_CHECKS, against_wishes, met_and_not_asked
from vcs.ledger.kept.recount import differences
from vcs.partners.records import ReferralRequest, RequestStatus, RequestVictim
from vcs.referrals.records import Basis, DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import waits_for_a_code
from vcs.sealing import Sealer
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tasks.message_reads import TRIED_AGAIN, read_in_part
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Outcome
from vcs.victims.records import PersonRecord, Victim

_NAMED_AT_MOST = 5

_AT_A_TIME = 200


def invariant_problems(session: Session, sealer: Sealer) -> list[str]:
    """Say in plain sentences what does not hold; an empty list when all is well."""
    broken = sorted(session.execute(_any()).scalars())
    problems = [_problem(session, *_QUERIES[number]) for number in broken]
    problems += _awaiting_without_deadline(session)
    problems += left_out_of_sets(session, sealer)
    problems += against_wishes(session, sealer)
    problems += met_and_not_asked(session)
    problems += _counts_apart(session)
    return problems + _unopened(session, sealer)


@cache
def _any() -> CompoundSelect[Any]:
    """Return the one question which of the queries finds anything, by their numbers."""
    each: Iterator[Select[Any]] = (
        select(literal_column(str(number))).where(query().exists())
        for number, (_, query) in enumerate(_QUERIES)
    )
    return union_all(*each)


def _counts_apart(session: Session) -> list[str]:
    """Say how far the kept counts are not what the rows say. The nightly proof mends them."""
    found = differences(session)
    if not found:
        return []
    return [
        f"Kept counts that are not as the rows say: {found.sentences} of sentences and "
        f"{found.counts} of lists. They are counted anew with the nightly proof."
    ]


def _unopened(session: Session, sealer: Sealer) -> list[str]:
    """Say which keys are missing, and which of each column's oldest and newest values do not open.

    The scheduler looks at all values in turn and asks an administrator about each.
    """
    found = list(canary.problems(session, sealer))
    for column in holding(session, {}):
        for order in (column.table.c.id.asc(), column.table.c.id.desc()):
            query = select(column.table.c.id, column.column).where(column.column.is_not(None))
            row = session.execute(query.order_by(order).limit(1)).first()
            if row is not None and not sealer.opens(row[1]):
                found.append(f"Row {row[0]} of {column.called} cannot be opened.")
    return list(dict.fromkeys(found))


def _problem(session: Session, words: str, query: Callable[[], Select[Any]]) -> str:
    found = [str(one) for one in session.execute(query().limit(_NAMED_AT_MOST + 1)).scalars()]
    more = " and more" if len(found) > _NAMED_AT_MOST else ""
    return f"{words}: {', '.join(found[:_NAMED_AT_MOST])}{more}."


def _eligible_without_referral() -> Select[Any]:
    outcomes = [str(Outcome.STATUTORY), str(Outcome.NOTIFICATION_SCHEME)]
    return (
        select(col(Sentence.reference))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(
            col(Sentence.outcome).in_(outcomes),
            col(Referral.id).is_(None),
            col(Sentence.told_in_id).is_(None),
        )
    )


def _undecided_without_task() -> Select[Any]:
    outcomes = [str(Outcome.CANNOT_TELL), str(Outcome.DISCRETIONARY)]
    asked = exists().where(col(Task.sentence_id) == col(Sentence.id))
    referred = exists().where(col(Referral.sentence_id) == col(Sentence.id))
    return select(col(Sentence.reference)).where(
        col(Sentence.outcome).in_(outcomes),
        col(Sentence.told_in_id).is_(None),
        ~asked,
        ~waits_for_a_code(),
        ~referred,
    )


def _not_as_decided() -> Select[Any]:
    newest = (
        select(func.max(col(DecisionRecord.id)))
        .where(col(DecisionRecord.sentence_id) == col(Sentence.id))
        .correlate(Sentence)
        .scalar_subquery()
    )
    joined = and_(
        col(DecisionRecord.sentence_id) == col(Sentence.id), col(DecisionRecord.id) == newest
    )
    return (
        select(col(Sentence.reference))
        .outerjoin(DecisionRecord, joined)
        .where(
            or_(
                col(DecisionRecord.id).is_(None),
                col(DecisionRecord.outcome) != col(Sentence.outcome),
            )
        )
    )


def _awaiting_without_deadline(session: Session) -> list[str]:
    has_one = exists().where(
        col(DeadlineRecord.referral_id) == col(Referral.id),
        col(DeadlineRecord.duty) == duties.REFER,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    query = (
        select(col(Referral.reference), col(Sentence.sentenced_on))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(
            col(Referral.status) == ReferralStatus.AWAITING,
            col(Referral.basis) == Basis.STATUTORY,
            ~has_one,
        )
    )
    # Before the scheme's first Code the law set no such date.
    lost = [ref for ref, day in session.execute(query) if duties.referral_due(day) is not None]
    if not lost:
        return []
    return [f"Referrals that wait without a deadline: {', '.join(lost[:_NAMED_AT_MOST])}."]


def _status_against_victims() -> Select[Any]:
    has_victim = exists().where(col(Victim.referral_id) == col(Referral.id))
    return select(col(Referral.reference)).where(
        or_(
            and_(col(Referral.status) == ReferralStatus.AWAITING, has_victim),
            and_(col(Referral.status) == ReferralStatus.REFERRED, ~has_victim),
        )
    )


def _victims_of_joined_records() -> Select[Any]:
    return (
        select(col(Victim.reference))
        .join(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .where(col(PersonRecord.joined_to_id).is_not(None))
    )


def _missed_without_alert() -> Select[Any]:
    owed = exists().where(col(AlertRecord.deadline_id) == col(DeadlineRecord.id))
    return (
        select(col(Referral.reference))
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(DeadlineRecord.missed_on).is_not(None), ~owed)
    )


def _asked_of_message() -> Exists:
    return exists().where(
        col(Task.message_id) == col(CourtMessage.id),
        col(Task.kind) == TaskKind.SET_ASIDE,
        col(Task.done_at).is_(None),
    )


def _is_aside() -> ColumnElement[bool]:
    return col(CourtMessage.status) == MessageStatus.SET_ASIDE


def _set_aside_without_task() -> Select[Any]:
    return select(col(CourtMessage.receipt)).where(_is_aside(), ~_asked_of_message())


def _read_in_part_without_task() -> Select[Any]:
    looked_at = exists().where(
        col(Task.message_id) == col(CourtMessage.id),
        col(Task.kind) == TaskKind.SET_ASIDE,
        col(Task.answer) != TRIED_AGAIN,
    )
    lost = (read_in_part(), ~_asked_of_message(), ~looked_at)
    return select(col(CourtMessage.receipt)).where(*lost)


def _settled_with_task() -> Select[Any]:
    settled = (~_is_aside(), ~read_in_part(), _asked_of_message())
    return select(col(CourtMessage.receipt)).where(*settled)


def _messages_without_result() -> Select[Any]:
    unread = and_(
        col(CourtMessage.status) != MessageStatus.WAITING, col(CourtMessage.read_at).is_(None)
    )
    return select(col(CourtMessage.receipt)).where(unread)


def _requests_without_victims() -> Select[Any]:
    has_victim = exists().where(col(RequestVictim.request_id) == col(ReferralRequest.id))
    attached = col(ReferralRequest.status) == RequestStatus.ATTACHED
    return select(col(ReferralRequest.receipt)).where(attached, ~has_victim)


def _requests_half_read() -> Select[Any]:
    waiting = col(ReferralRequest.status) == RequestStatus.WAITING
    unread = col(ReferralRequest.read_at).is_(None)
    return select(col(ReferralRequest.receipt)).where(waiting != unread)


def _requests_refused_without_reason() -> Select[Any]:
    refused = col(ReferralRequest.status) == RequestStatus.REFUSED
    return select(col(ReferralRequest.receipt)).where(
        refused, col(ReferralRequest.problem).is_(None)
    )


_QUERIES: tuple[tuple[str, Callable[[], Select[Any]]], ...] = (
    ("Eligible sentences without a referral", _eligible_without_referral),
    ("Sentences that a person must decide, without a task", _undecided_without_task),
    ("Sentences that do not say what their newest decision says", _not_as_decided),
    ("Referrals whose status and victims disagree", _status_against_victims),
    ("Victims whose record was joined to another", _victims_of_joined_records),
    ("Missed deadlines for which no alert is owed", _missed_without_alert),
    ("Messages set aside without a task", _set_aside_without_task),
    ("Messages read in part without a task", _read_in_part_without_task),
    ("Messages no longer set aside, with a task still open", _settled_with_task),
    ("Messages that count as read and were never read", _messages_without_result),
    ("Requests that count as attached and have no victim", _requests_without_victims),
    ("Requests that are neither waiting nor read, or both", _requests_half_read),
    ("Requests refused without a reason", _requests_refused_without_reason),
    *LEDGER_CHECKS,
    *CLOSING_CHECKS,
    *EVENT_CHECKS,
    *PEOPLE_CHECKS,
)
"""What must hold, each as a query for the rows of which it does not."""
