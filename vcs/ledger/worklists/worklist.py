"""The worklist: the referrals that somebody may see, in the order of what is wanted next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.law.deadlines.due import State, days_left, state_of
from vcs.ledger.worklists.sorting import MOST_SORTED, Look, listing, sorted_ids, worklist_count
from vcs.ledger.worklists.worklist_asked import WORKLIST, WorklistAsked
from vcs.paging import Page, all_keys, keyed_page, one_page
from vcs.referrals.closure.proposal_reads import WaitingProposal, waiting_proposals
from vcs.referrals.officers.reads import Cover, Hands, hands
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import is_urgent_of_few
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.victims.records import Victim

_AT_A_TIME = 200


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
    """Return a page of the referrals a person may see, in the order that is asked for.

    More than ``MOST_SORTED`` are in the order of what is wanted next, whatever is asked for.
    """
    held = hands(session, today)
    look = Look(actor, held, asked)

    def rows(ids: Sequence[int]) -> Iterable[WorklistRow]:
        return _rows(session, sealer, held, _whole(session, ids))

    total = worklist_count(session, look)
    if asked.sort is None or total > MOST_SORTED:
        found = listing(session, look)
        return keyed_page(session, found, asked.part, total, lambda keys: rows(_ids(keys)))
    query = sorted_ids(session, look, asked.sort)
    return one_page(session, query, asked.part, lambda ids: rows([one for (one,) in ids]), total)


def worklist_rows(
    session: Session, sealer: Sealer, actor: Actor, today: date, asked: WorklistAsked
) -> Iterator[WorklistRow]:
    """Yield the rows of the whole list, read a few at a time; whoever asks stops at some number."""
    held = hands(session, today)
    look = Look(actor, held, asked)
    for ids in _all_ids(session, look):
        yield from _rows(session, sealer, held, _whole(session, ids))


def _all_ids(session: Session, look: Look) -> Iterator[list[int]]:
    if look.asked.sort is None or worklist_count(session, look) > MOST_SORTED:
        for keys in all_keys(session, listing(session, look), _AT_A_TIME):
            yield _ids(keys)
        return
    query = sorted_ids(session, look, look.asked.sort)
    found = session.execute(query.execution_options(yield_per=_AT_A_TIME))
    for some in found.scalars().partitions():
        yield list(some)


def _ids(keys: Sequence[tuple[Any, ...]]) -> list[int]:
    """Return the ids of referrals, which are the last of each key."""
    return [key[-1] for key in keys]


def _whole(session: Session, ids: Sequence[int]) -> list[Any]:
    """Return the rows of some referrals, in the order of their ids, each with its next duty.

    The next duty is found by its id: asked for all the referrals at once, a database may rather
    read every duty that is open anywhere.
    """
    next_duty = (
        select(col(DeadlineRecord.id))
        .where(col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None))
        .order_by(col(DeadlineRecord.due_on), col(DeadlineRecord.id).desc())
        .limit(1)
    )
    victims = select(func.count()).where(col(Victim.referral_id) == col(Referral.id))
    duty_id, count = (one.correlate(Referral).scalar_subquery() for one in (next_duty, victims))
    query = (
        select(Referral, Sentence, DeadlineRecord, count, col(Account.name), is_urgent_of_few())
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .outerjoin(DeadlineRecord, col(DeadlineRecord.id) == duty_id)
        .outerjoin(Account, col(Account.id) == col(Referral.vlo_account_id))
        .where(col(Referral.id).in_(ids))
    )
    found = {row[0].id: row for row in session.execute(query)}
    return [found[one] for one in ids]


def _rows(session: Session, sealer: Sealer, held: Hands, found: list[Any]) -> Iterable[WorklistRow]:
    today = held.day
    proposals = waiting_proposals(session, [row[0].id for row in found])
    for referral, sentence, duty, victims, vlo_name, urgent in found:
        is_closed = referral.status == ReferralStatus.CLOSED
        owed = None if is_closed else duty
        owed_on = owed.due_on if owed else None
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
            owed.duty if owed else None,
            owed_on,
            _state(referral, owed_on, today),
            days_left(owed_on, today) if owed_on else 0,
            referral.region_code,
            vlo_name,
            urgent and not is_closed,
            owed.provisional if owed else False,
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
