"""In which state a sentence stands: one expression, for pages, counts, rows and the proof alike.

It is asked of a sentence joined to its referral, where there is one (:func:`joined`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from vcs.access.actors import Actor, Reach
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.referrals.records import Basis, ClosedReason, Referral, ReferralStatus
from vcs.sentences.history.current import OWED
from vcs.sentences.records import AwaitedCode, DecisionRecord, Sentence, SentenceReport
from vcs.tables import table_of
from vcs.tasks.records import DECIDING, Task, TaskKind
from vcs.terms import Outcome, SentenceState

REFUSED = ClosedReason.REFUSED_REFERRAL

_OWED = (Basis.STATUTORY, Basis.NOTIFICATION_SCHEME)


def joined() -> FromClause:
    """Return sentences, each with its referral or with nothing beside it."""
    sentences, referrals = table_of(Sentence), table_of(Referral)
    return sentences.outerjoin(referrals, referrals.c.sentence_id == sentences.c.id)


def state(asked: ColumnElement[bool] | None = None) -> ColumnElement[str]:
    """Return the state of a sentence. What fits nowhere else is a person's to decide.

    A referral's own state stands whatever the court says later, because a feed withdraws nothing.
    A closed referral about which a question is open is that question's. What is part of another
    sentence is counted there. ``asked`` says the same as :func:`is_asked` in a way that is quicker
    for few sentences.
    """
    status, outcome = col(Referral.status), col(Sentence.outcome)
    traced = and_(status == ReferralStatus.AWAITING, col(Referral.traced_since).is_not(None))
    refused = and_(status == ReferralStatus.CLOSED, col(Referral.closed_reason) == REFUSED)
    part_of_another = and_(col(Referral.id).is_(None), col(Sentence.told_in_id).is_not(None))
    answered_no = and_(col(Referral.id).is_(None), _answered_no())
    return case(
        (status == ReferralStatus.REFERRED, str(SentenceState.REFERRED)),
        (traced, str(SentenceState.TRACED)),
        (status == ReferralStatus.AWAITING, str(SentenceState.AWAITED)),
        (part_of_another, str(SentenceState.NOT_ELIGIBLE)),
        (is_asked() if asked is None else asked, str(SentenceState.DECISION_DUE)),
        (refused, str(SentenceState.REFUSED)),
        (status == ReferralStatus.CLOSED, str(SentenceState.NOT_ELIGIBLE)),
        (outcome == Outcome.NOT_ELIGIBLE, str(SentenceState.NOT_ELIGIBLE)),
        (answered_no, str(SentenceState.NOT_ELIGIBLE)),
        else_=str(SentenceState.DECISION_DUE),
    )


def is_asked_now() -> ColumnElement[bool]:
    """Say of a task whether it is open and asks whether contact is owed."""
    return and_(col(Task.done_at).is_(None), col(Task.kind).in_([str(kind) for kind in DECIDING]))


def is_asked() -> ColumnElement[bool]:
    """Say of a sentence whether an open task asks if contact is owed."""
    # Found once for the whole query: open questions are few, sentences many.
    asked = select(col(Task.sentence_id)).where(col(Task.sentence_id).is_not(None), is_asked_now())
    return col(Sentence.id).in_(asked)


def waits_for_a_code() -> ColumnElement[bool]:
    """Say of a sentence whether it waits for a result code that somebody is asked about.

    It waits, too, while its message is to be read again by the answer.
    """
    asked = (
        select(col(AwaitedCode.sentence_id))
        .join(Task, col(Task.result_code) == col(AwaitedCode.code))
        .where(col(Task.kind) == str(TaskKind.RESULT_CODE), col(Task.done_at).is_(None))
    )
    return col(Sentence.id).in_(union(asked, to_be_read_again()))


def to_be_read_again() -> Select[int]:
    """Return the sentences that wait for a code and of which a message is to be read again."""
    return (
        select(col(SentenceReport.sentence_id))
        .join(AwaitedCode, col(AwaitedCode.sentence_id) == col(SentenceReport.sentence_id))
        .join(CourtMessage, col(CourtMessage.id) == col(SentenceReport.message_id))
        .where(col(CourtMessage.status) == str(MessageStatus.WAITING))
    )


def is_being_decided() -> ColumnElement[bool]:
    """Say of a sentence's referral whether a person has before them what the court took back.

    Its duties stay, and no alert about them is sent meanwhile: the decision has a clock of its own.
    Messages that contradict each other take nothing back from a sentence that is still owed.
    """
    asked = select(col(Task.sentence_id)).where(
        col(Task.sentence_id).is_not(None), asks_about_a_change()
    )
    taken_back = select(col(Sentence.id)).where(col(Sentence.id).in_(asked), is_taken_back())
    return col(Referral.sentence_id).in_(taken_back)


def was_late_when_asked(due_on: Mapped[date | None]) -> ColumnElement[bool]:
    """Say whether a day of a referral had passed when a person was asked what the court changed."""
    asked = select(col(Task.id)).where(
        col(Task.sentence_id) == col(Referral.sentence_id),
        asks_about_a_change(),
        col(Task.opened_on) > due_on,
    )
    return asked.exists()


def asks_about_a_change() -> ColumnElement[bool]:
    """Say of a task whether it is open and asks about a sentence that changed or is gone."""
    kinds = [str(TaskKind.SENTENCE_CHANGED), str(TaskKind.SENTENCE_GONE)]
    return and_(col(Task.done_at).is_(None), col(Task.kind).in_(kinds))


def is_taken_back() -> ColumnElement[bool]:
    """Say of a sentence whether the court took back that contact is owed."""
    return or_(
        col(Sentence.gone),
        col(Sentence.left_as).is_not(None),
        col(Sentence.outcome).not_in([str(one) for one in OWED]),
    )


def _answered_no() -> ColumnElement[bool]:
    """Say whether a person answered that contact is not owed, after the newest decision."""
    newest: Any = (
        select(col(DecisionRecord.made_at))
        .where(col(DecisionRecord.sentence_id) == col(Sentence.id))
        .order_by(col(DecisionRecord.id).desc())
        .limit(1)
        .correlate(Sentence)
        .scalar_subquery()
    )
    answered = select(col(Task.id)).where(
        col(Task.sentence_id) == col(Sentence.id),
        col(Task.kind).in_([str(kind) for kind in DECIDING]),
        col(Task.done_by).is_not(None),
        col(Task.answer) == Outcome.NOT_ELIGIBLE,
        col(Task.done_at) >= newest,
    )
    return answered.correlate(Sentence).exists()


def unaccounted() -> ColumnElement[bool]:
    """Say whether a sentence is eligible and not accounted for: the headline's question.

    A victim whose details are being traced has not been reached, and so counts.
    """
    return and_(
        col(Referral.status) == ReferralStatus.AWAITING,
        col(Referral.basis).in_([str(basis) for basis in _OWED]),
    )


def region() -> ColumnElement[str | None]:
    """Return the region that answers for a sentence: its referral's, where it has one."""
    return case(
        (col(Referral.id).is_(None), col(Sentence.region_code)), else_=col(Referral.region_code)
    )


def police_area() -> ColumnElement[str | None]:
    """Return the police area of a sentence in the same way."""
    return case(
        (col(Referral.id).is_(None), col(Sentence.police_area)), else_=col(Referral.police_area)
    )


def within(reached: Reach) -> ColumnElement[bool]:
    """Return whether a sentence lies within reach: its referral's place goes first."""
    return reached.covering(region(), police_area(), col(Sentence.id))


def theirs(actor: Actor, query: Select[Any]) -> Select[Any]:
    """Narrow a query to what a person answers for: a manager's region, or everything."""
    require_may(actor, Act.SEE_LEDGER)
    return query.where(within(reach_of_counts(actor)))


def is_urgent() -> ColumnElement[bool]:
    """Say of a sentence whether its decision that stands says that release may come soon."""
    one, any_of_them = aliased(DecisionRecord), aliased(DecisionRecord)
    about = col(any_of_them.sentence_id) == col(one.sentence_id)
    newest = select(func.max(col(any_of_them.id))).where(about).correlate(one).scalar_subquery()
    urgent = select(col(one.sentence_id)).where(col(one.urgent), col(one.id) == newest)
    return col(Sentence.id).in_(urgent)


def is_urgent_of_few() -> ColumnElement[bool]:
    """Say the same, worked out for each sentence by itself: where few are asked about."""
    newest: Any = (
        select(col(DecisionRecord.urgent))
        .where(col(DecisionRecord.sentence_id) == col(Sentence.id))
        .order_by(col(DecisionRecord.id).desc())
        .limit(1)
        .correlate(Sentence)
        .scalar_subquery()
    )
    return case((newest, true()), else_=false())
