"""What is kept of a sentence, worked out from the rows: by the ledger's own expressions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    select,
    true,
    type_coerce,
)
from sqlmodel import col

from vcs.ledger.kept import records
from vcs.ledger.kept.records import NEVER
from vcs.referrals import states
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task


def all_live() -> Select[Any]:
    """Return every sentence as it is to be kept, by the expressions of the pages and the proof."""
    return _live(states.state(), states.is_being_decided(), states.is_urgent())


def few_live() -> Select[Any]:
    """Return the same, worked out for each sentence by itself: for the few that changed.

    The nightly recount compares one with the other.
    """
    is_asked = _task(states.is_asked_now())
    deciding = and_(_task(states.asks_about_a_change()), states.is_taken_back())
    return _live(states.state(is_asked), deciding, states.is_urgent_of_few())


def _task(asks: ColumnElement[bool]) -> ColumnElement[bool]:
    about = col(Task.sentence_id) == col(Sentence.id)
    return select(col(Task.id)).where(about, asks).correlate(Sentence).exists()


def _live(
    state: ColumnElement[str], deciding: ColumnElement[bool], urgent: ColumnElement[bool]
) -> Select[Any]:
    missing, status = states.unaccounted(), col(Referral.status)
    columns: tuple[Any, ...] = (
        col(Sentence.id).label("sentence_id"),
        state.label("state"),
        states.region().label("region_code"),
        states.police_area().label("police_area"),
        col(Sentence.court_code).label("court_code"),
        col(Sentence.sentenced_on).label("sentenced_on"),
        _yes_or_no(missing).label("missing"),
        _yes_or_no(and_(missing, deciding)).label("deciding"),
        col(Referral.id).label("referral_id"),
        status.label("status"),
        col(Referral.vlo_account_id).label("officer_id"),
        _rank(urgent).label("rank"),
        col(Referral.look_again_on).label("look_again_on"),
        _due_on().label("due_on"),
    )
    return select(*columns).select_from(states.joined())


def _yes_or_no(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return a condition that is false where there is nothing to ask it of."""
    return case((condition, true()), else_=false())


def _rank(urgent: ColumnElement[bool]) -> ColumnElement[int]:
    closed = col(Referral.status) == ReferralStatus.CLOSED
    return case(
        (col(Referral.id).is_(None), records.NO_REFERRAL),
        (and_(closed, urgent), records.CLOSED_URGENT),
        (closed, records.CLOSED),
        (urgent, records.OPEN_URGENT),
        else_=records.OPEN,
    )


def _due_on() -> ColumnElement[Any]:
    first = (
        select(func.min(col(DeadlineRecord.due_on)))
        .where(col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None))
        .correlate(Referral)
        .scalar_subquery()
    )
    return type_coerce(func.coalesce(first, literal(NEVER, Date)), Date)
