"""Requests that are not settled, for our own people: references and days, nobody's details."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.records import FeedClient
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.law.deadlines.working_days import working_days_between
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.tasks.records import Task, TaskTopic
from vcs.terms import Role

REFUSED_SHOWN_FOR = timedelta(days=30)

_ASKED = (
    TaskTopic.LATE,
    TaskTopic.ELSEWHERE,
    TaskTopic.MATCH,
    TaskTopic.CLOSED,
    TaskTopic.FAULT,
)
_UNSETTLED = (RequestStatus.WAITING, RequestStatus.EARLY)


@dataclass(frozen=True, slots=True)
class EarlyRow:
    """One request. ``task_reference`` is what a person is asked about it, while it is open."""

    receipt: str
    kind: str
    status: str
    case_reference: str | None
    sender: str
    received_on: date
    waited: int
    problem: str | None
    task_reference: str | None


@dataclass(frozen=True, slots=True)
class EarlyCounts:
    """How many requests wait for a sentence, how many of them for a person, how many refused."""

    early: int
    asked: int
    refused: int


def early_requests(
    session: Session, actor: Actor, today: date, asked: Slice = FIRST
) -> Page[EarlyRow]:
    """Return a page of the requests that wait or were refused lately, the oldest first."""
    require_may(actor, Act.SEE_EARLY_REFERRALS)
    columns: tuple[Any, ...] = (
        ReferralRequest,
        col(FeedClient.name),
        func.min(col(Task.reference)),
    )
    query: Select[Any] = (
        select(*columns)
        .select_from(ReferralRequest)
        .outerjoin(FeedClient, col(FeedClient.client_id) == col(ReferralRequest.client_id))
        .outerjoin(Task, _open_task())
        .where(_theirs(actor), _shown(today))
        .group_by(col(ReferralRequest.id), col(FeedClient.name))
        .order_by(col(ReferralRequest.received_on), col(ReferralRequest.id))
    )
    return one_page(session, query, asked, lambda found: _rows(found, actor, today))


def early_counts(session: Session, actor: Actor, today: date) -> EarlyCounts:
    """Count the same requests."""
    require_may(actor, Act.SEE_EARLY_REFERRALS)
    status = col(ReferralRequest.status)
    asked = select(col(Task.id)).where(_open_task()).correlate(ReferralRequest).exists()
    unsettled = status.in_(_UNSETTLED)
    query = select(
        func.count(case((unsettled, 1))),
        func.count(case((and_(unsettled, asked), 1))),
        func.count(case((status == RequestStatus.REFUSED, 1))),
    ).where(_theirs(actor), _shown(today))
    return EarlyCounts(*session.execute(query).one())


def _rows(found: Iterable[Any], actor: Actor, today: date) -> Iterable[EarlyRow]:
    # An administrator sees that something waits, and of which system, and no case.
    sees_cases = actor.role is not Role.ADMINISTRATOR
    for request, sender, task_reference in found:
        yield EarlyRow(
            request.receipt,
            request.kind,
            request.status,
            request.case_reference if sees_cases else None,
            sender or "",
            request.received_on,
            max(working_days_between(request.received_on, today), 0),
            request.problem,
            task_reference,
        )


def _open_task() -> ColumnElement[bool]:
    is_about = col(Task.request_receipt) == col(ReferralRequest.receipt)
    return and_(is_about, col(Task.done_at).is_(None), col(Task.topic).in_(_ASKED))


def _shown(today: date) -> ColumnElement[bool]:
    status = col(ReferralRequest.status)
    lately = col(ReferralRequest.received_on) >= today - REFUSED_SHOWN_FOR
    return or_(status.in_(_UNSETTLED), and_(status == RequestStatus.REFUSED, lately))


def _theirs(actor: Actor) -> ColumnElement[bool]:
    """Return which requests a person may know of: their region's, and those of no region yet."""
    reached = replace(reach_of_counts(actor), unplaced=actor.region_code is not None)
    theirs = reached.covering(col(ReferralRequest.region_code), None, None)
    return and_(theirs, col(ReferralRequest.receipt).not_in(actor.hidden.requests))
