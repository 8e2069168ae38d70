"""Whoever could not be traced is looked for again: each year, and before a release."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.events.catalogue import kind_row
from vcs.events.embargo import is_under_embargo
from vcs.events.offender import events_of, referrals_of_offender
from vcs.events.planned import planned_release
from vcs.events.records import EventKind, KeyEvent
from vcs.referrals.records import (
    ClosedReason,
    ClosingProposal,
    ProposalDecision,
    Referral,
    ReferralStatus,
)
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic

TRY_AGAIN_AFTER: Final = timedelta(days=365)
"""When somebody tries again where the proposal names no day, and after each try in vain. Ours."""

BEFORE_RELEASE: Final = timedelta(weeks=8)
"""How long before a planned release somebody tries again. Ours, as for offers made again."""

_RELEASES: Final = (
    EventKind.RELEASE_PLANNED,
    EventKind.RELEASE_MOVED,
    EventKind.RELEASED,
    EventKind.TIME_SERVED,
)

_TEXT: Final = (
    "The victim of referral {} could not be traced, and the referral was closed. Before the "
    "offender is released, try again: if the victim is found, open the referral again from its "
    "page."
)

_AT_EVENT: Final = (
    "The victim of referral {} could not be traced, and the referral was closed. Something has "
    "been recorded about the offender that this victim would be told of: look at the key events. "
    "Try again now: if the victim is found, open the referral again from its page."
)


def ask_after_closing(
    session: Session, sealer: Sealer, referral: Referral, proposal: ClosingProposal, now: datetime
) -> None:
    """Ask the unit to try again, on the day that was named, and before a release in any case."""
    today = london_date(now)
    due_on = proposal.try_again_on or today + TRY_AGAIN_AFTER
    events = events_of(session, referrals_of_offender(session, sealer, referral))
    planned = planned_release(events)
    if planned and planned.happened_on >= today and not is_under_embargo(planned, now):
        due_on = min(due_on, max(today, planned.happened_on - BEFORE_RELEASE))
    _ask(session, referral, (f"{TaskTopic.TRACE}:{proposal.id}", _TEXT, due_on), today)


def ask_at_event(
    session: Session, referrals: tuple[Referral, ...], event: KeyEvent, today: date
) -> int:
    """Ask to try again before a release, and at danger, or sooner where that is asked already.

    ``referrals`` are the offender's. Returns how many referrals are asked about.
    """
    is_danger = kind_row(event.kind).danger
    if event.kind not in _RELEASES and not is_danger:
        return 0
    due_on = max(today, event.happened_on - BEFORE_RELEASE)
    text = _AT_EVENT if is_danger or event.happened_on <= today else _TEXT
    untraced = [one for one in referrals if is_untraced(one)]
    for referral in untraced:
        if not _bring_forward(session, referral, due_on):
            key = f"{TaskTopic.TRACE}:{_proposal_id(session, referral)}:{event.reference}"
            _ask(session, referral, (key, text, due_on), today)
    return len(untraced)


def ask_a_year_on(session: Session, task: Task, today: date) -> None:
    """Ask again a year after somebody tried in vain: the referral is closed as it was."""
    referral = session.get(Referral, task.referral_id) if task.referral_id else None
    if task.topic != TaskTopic.TRACE or referral is None or not is_untraced(referral):
        return
    key = f"{TaskTopic.TRACE}:{_proposal_id(session, referral)}:{today.isoformat()}"
    _ask(session, referral, (key, _TEXT, today + TRY_AGAIN_AFTER), today)


def is_untraced(referral: Referral) -> bool:
    """Say whether a referral is closed because its victim could not be traced."""
    is_closed = referral.status == ReferralStatus.CLOSED
    return is_closed and referral.closed_reason == ClosedReason.VICTIM_CANNOT_BE_TRACED


def _bring_forward(session: Session, referral: Referral, due_on: date) -> bool:
    """Make what is asked already due by a day. Returns whether anything is."""
    query = select(Task).where(
        Task.referral_id == referral.id,
        Task.topic == TaskTopic.TRACE,
        col(Task.done_at).is_(None),
    )
    found = session.exec(query.with_for_update()).all()
    for task in found:
        task.due_on = min(task.due_on or due_on, due_on)
        session.add(task)
    return bool(found)


def _proposal_id(session: Session, referral: Referral) -> int:
    query = select(ClosingProposal.id).where(
        ClosingProposal.referral_id == referral.id,
        ClosingProposal.decision == ProposalDecision.CONFIRMED,
    )
    return session.exec(query.order_by(col(ClosingProposal.id).desc())).first() or 0


def _ask(session: Session, referral: Referral, what: tuple[str, str, date], today: date) -> None:
    key, text, due_on = what
    question = Question(
        key,
        TaskKind.QUESTION,
        text.format(referral.reference),
        referral.region_code,
        due_on,
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.TRACE,
    )
    open_tasks(session, [question], today)
