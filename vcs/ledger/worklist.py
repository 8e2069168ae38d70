"""The worklist: the referrals that somebody may see, in the order of what is wanted next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import seen_by
from vcs.law.due import State, days_left, soon, state_of
from vcs.ledger.headline import next_due
from vcs.ledger.in_hand import theirs, without_officer
from vcs.ledger.sorting import Sort, order
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.referrals.officers.reads import Cover, Hands, hands
from vcs.referrals.proposal_reads import WaitingProposal, waiting_proposals
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import (
    is_urgent,
)
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.victims.records import Victim

Filter = Literal[
    "open",
    "overdue",
    "due_soon",
    "mine",
    "awaiting",
    "unassigned",
    "referred",
    "closed",
    "all",
]


@dataclass(frozen=True, slots=True)
class WorklistAsked:
    """Which referrals the worklist is asked for, and which part of that list.

    ``officer`` narrows it to the referrals of one officer; ``references`` to those named.
    ``sort`` None is by what is wanted next: urgent ones first, then the soonest due.
    """

    show: Filter = "open"
    part: Slice = FIRST
    sort: Sort | None = None
    officer: int | None = None
    references: tuple[str, ...] | None = None


WORKLIST = WorklistAsked()

_AT_A_TIME = 200

_BY_DAY = ("overdue", "due_soon")

"""The lists that are chosen by the first day on which something falls due."""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One referral. ``working_days`` are those left for its next duty, below zero when late.

    ``urgent`` says that release may come before every deadline, ``provisional`` that ``due_on``
    may move: the official bank holidays do not reach so far yet. ``proposal`` is what waits for the
    unit's decision, if anything does; ``cover`` says who answers while its officer is away,
    and ``look_due_on`` that somebody should look again for its victim by today.
    """

    reference: str
    offender_name: str
    case_reference: str
    court_name: str
    sentenced_on: date
    outcome: str
    basis: str
    status: str
    victims: int
    next_duty: str | None
    due_on: date | None
    state: State
    working_days: int
    region_code: str | None
    vlo_name: str | None
    urgent: bool = False
    provisional: bool = False
    proposal: WaitingProposal | None = None
    cover: Cover | None = None
    vlo_account_id: int | None = None
    look_due_on: date | None = None


def worklist(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    today: date,
    asked: WorklistAsked = WORKLIST,
) -> Page[WorklistRow]:
    """Return a page of the referrals a person may see, in the order that is asked for."""
    held = hands(session, today)
    return one_page(
        session,
        _ids(actor, held, asked),
        asked.part,
        lambda found: _rows(session, sealer, held, _whole(session, [row.id for row in found])),
        _count(actor, held, asked),
    )


def worklist_rows(
    session: Session, sealer: Sealer, actor: Actor, today: date, asked: WorklistAsked
) -> Iterator[WorklistRow]:
    """Yield the rows of the whole list, read a few at a time; whoever asks stops at some number."""
    held = hands(session, today)
    query = _ids(actor, held, asked).execution_options(yield_per=_AT_A_TIME)
    for some in session.execute(query).partitions():
        yield from _rows(session, sealer, held, _whole(session, [row.id for row in some]))


def _ids(actor: Actor, held: Hands, asked: WorklistAsked) -> Select[Any]:
    """Return the ids in their order: whole rows are wide, and sorted far more slowly."""
    due = next_due()
    return (
        select(col(Referral.id).label("id"))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .outerjoin(due, due.c.referral_id == col(Referral.id))
        .where(*_wanted(actor, held, asked, due))
        .order_by(*order(asked.sort, due, held.day))
    )


def _count(actor: Actor, held: Hands, asked: WorklistAsked) -> Select[Any]:
    query: Select[Any] = select(func.count()).select_from(Referral)
    due = next_due() if asked.show in _BY_DAY else None
    if due is not None:
        query = query.join(due, due.c.referral_id == col(Referral.id))
    return query.where(*_wanted(actor, held, asked, due))


def _wanted(
    actor: Actor, held: Hands, asked: WorklistAsked, due: Any
) -> tuple[ColumnElement[bool], ...]:
    chosen = _chosen(asked.show, actor, due, held)
    return (seen_by(actor, Referral), chosen, *_narrowed(asked))


def _whole(session: Session, ids: Sequence[int]) -> list[Any]:
    """Return the rows of some referrals, in the order of their ids."""
    open_days = (
        select(func.min(col(DeadlineRecord.due_on)))
        .where(col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None))
    )
    victims = select(func.count()).where(col(Victim.referral_id) == col(Referral.id))
    due_on, count = (one.correlate(Referral).scalar_subquery() for one in (open_days, victims))
    query = (
        select(Referral, Sentence, due_on, count, col(Account.name), is_urgent())
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .outerjoin(Account, col(Account.id) == col(Referral.vlo_account_id))
        .where(col(Referral.id).in_(ids))
    )
    found = {row[0].id: row for row in session.execute(query)}
    return [found[one] for one in ids]


def _chosen(filter: Filter, actor: Actor, due: Any, held: Hands) -> ColumnElement[bool]:
    status, today = col(Referral.status), held.day
    is_open = status != ReferralStatus.CLOSED
    if filter == "overdue":
        return and_(is_open, due.c.due_on < today)
    if filter == "due_soon":
        return and_(is_open, due.c.due_on.between(today, soon(today)))
    chosen: dict[str, ColumnElement[bool]] = {
        "open": is_open,
        "mine": and_(is_open, theirs(held, actor)),
        "unassigned": and_(is_open, without_officer(held)),
        "awaiting": status == ReferralStatus.AWAITING,
        "referred": status == ReferralStatus.REFERRED,
        "closed": status == ReferralStatus.CLOSED,
        "all": true(),
    }
    return chosen[filter]


def _narrowed(asked: WorklistAsked) -> Iterator[ColumnElement[bool]]:
    if asked.officer is not None:
        yield col(Referral.vlo_account_id) == asked.officer
    if asked.references is not None:
        yield col(Referral.reference).in_(asked.references)


def _rows(session: Session, sealer: Sealer, held: Hands, found: list[Any]) -> Iterable[WorklistRow]:
    today = held.day
    duties = dict(_next_duties(session, [(row[0].id, row[2]) for row in found if row[2]]))
    proposals = waiting_proposals(session, [row[0].id for row in found])
    for referral, sentence, due_on, victims, vlo_name, urgent in found:
        is_closed = referral.status == ReferralStatus.CLOSED
        owed_on = None if is_closed else due_on
        duty, provisional = duties.get(referral.id, (None, False)) if owed_on else (None, False)
        yield WorklistRow(
            referral.reference,
            shown(sealer.open_text, sentence.offender_name, UNOPENED),
            sentence.case_reference,
            sentence.court_name,
            sentence.sentenced_on,
            sentence.outcome,
            referral.basis,
            referral.status,
            victims,
            duty,
            owed_on,
            _state(referral, owed_on, today),
            days_left(owed_on, today) if owed_on else 0,
            referral.region_code,
            vlo_name,
            urgent and not is_closed,
            provisional,
            proposals.get(referral.id),
            held.cover_for(referral),
            referral.vlo_account_id,
            None if is_closed or not _look_due(referral, today) else referral.look_again_on,
        )


def _look_due(referral: Referral, today: date) -> bool:
    return referral.look_again_on is not None and referral.look_again_on <= today


def _state(referral: Referral, due_on: date | None, today: date) -> State:
    """Say how a referral stands. One that waits with no date set by law is still to do."""
    if due_on is not None:
        return state_of(due_on, None, today)
    by_status = {ReferralStatus.AWAITING: State.DUE, ReferralStatus.REFERRED: State.MET}
    return by_status.get(ReferralStatus(referral.status), State.NONE)


def _next_duties(
    session: Session, due: Iterable[tuple[int, date]]
) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Yield each referral's next duty, and whether its day is provisional."""
    wanted = dict(due)
    query = select(
        col(DeadlineRecord.referral_id),
        col(DeadlineRecord.due_on),
        col(DeadlineRecord.duty),
        col(DeadlineRecord.provisional),
    ).where(
        col(DeadlineRecord.referral_id).in_(wanted),
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    for referral_id, due_on, duty, provisional in session.execute(query):
        if wanted[referral_id] == due_on:
            yield referral_id, (duty, provisional)
