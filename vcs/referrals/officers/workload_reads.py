"""How much each officer of a region has to do, as a manager sees it before giving referrals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.law.deadlines.due import soon
from vcs.referrals.officers.reads import Cover, Hands, hands, officers_in
from vcs.referrals.officers.share import Load
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import is_urgent_of_few
from vcs.sentences.records import Sentence


@dataclass(frozen=True, slots=True)
class Workload:
    """One officer and what they have to do, with what they cover. ``away`` is set on leave."""

    account_id: int
    name: str
    load: Load
    away: Cover | None


def workloads(session: Session, actor: Actor, today: date) -> tuple[Workload, ...]:
    """Return how much each officer of the manager's region has to do on a day, by name.

    What the manager must not see is not counted: it would be known by the count.
    """
    require_may(actor, Act.ASSIGN_OFFICER)
    held, officers = hands(session, today), officers_in(session, actor.region_code)
    among = {one for officer in officers for one in held.of(officer)}
    loads = _loads(session, among, today, actor.hidden.sentences)
    return tuple(
        Workload(account_id, name, _with_cover(held, account_id, loads), held.cover_of(account_id))
        for account_id, name in officers.items()
    )


def _with_cover(held: Hands, account_id: int, loads: dict[int, Load]) -> Load:
    total = Load()
    for officer in held.of(account_id):
        total = total.plus(loads[officer])
    return total


def _loads(
    session: Session, officers: set[int], today: date, hidden: Collection[int]
) -> dict[int, Load]:
    pressing = select(col(DeadlineRecord.id)).where(
        col(DeadlineRecord.referral_id) == col(Referral.id),
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
        col(DeadlineRecord.due_on) <= soon(today),
    )
    officer = col(Referral.vlo_account_id)
    query = (
        select(
            officer,
            func.count(),
            func.count(case((is_urgent_of_few(), 1))),
            func.count(case((pressing.correlate(Referral).exists(), 1))),
        )
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(officer.in_(officers), col(Referral.status) != ReferralStatus.CLOSED)
        .group_by(officer)
    )
    if hidden:
        query = query.where(col(Referral.sentence_id).not_in(hidden))
    found: dict[int, Load] = defaultdict(Load)
    for account_id, *counts in session.execute(query):
        found[account_id] = Load(*counts)
    return found
