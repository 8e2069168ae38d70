"""A restriction follows the offender: into cases that are known, and those that courts tell later.

Each case gets a row of its own, of the same decision: same people, same moment, same decider. Where
people of that case's own are named already, theirs stays; where a manager ended it, it does not
come back.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.exclusions.cases import of_the_same_cases
from vcs.access.records import Account
from vcs.access.restrictions.records import NamedPerson, Restriction
from vcs.access.restrictions.restricted import restrictions_of
from vcs.consequences.hidden.other_cases import known
from vcs.consequences.moves.handover import hand_over_hidden
from vcs.database import lock
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.victims.identity.asking import end_naming

ONE_AT_A_TIME: Final = 0x76637308
"""The lock that everybody who restricts a case holds."""


def restrict_others(
    session: Session, sealer: Sealer, own: Sentence, others: Collection[Sentence], now: datetime
) -> int:
    """Bring the restriction of a case to other cases of its offender. Returns to how many.

    Officers who are not named hand them over.
    """
    query = select(Restriction).where(
        Restriction.sentence_id == own.id, col(Restriction.lifted_at).is_(None)
    )
    standing = session.exec(query.order_by(col(Restriction.id))).all()
    return sum(_follow_to(session, sealer, row, others, now) for row in standing)


def restrict_known(session: Session, sealer: Sealer, row: Restriction, now: datetime) -> int:
    """Restrict the offender's other cases too. Returns how many."""
    own = session.get_one(Sentence, row.sentence_id)
    return _follow_to(session, sealer, row, known(session, sealer, own), now)


def with_followers(session: Session, rows: Collection[int]) -> list[int]:
    """Return restrictions with those elsewhere that end with them: of a decision made here."""
    found = set(rows)
    for one in session.exec(select(Restriction).where(col(Restriction.id).in_(rows))).all():
        same = _of_one_decision(session, one)
        if one.id == min(same):
            found |= {its_id for its_id, row in same.items() if row.lifted_at is None}
    return sorted(found)


def hand_over_case(session: Session, sentence_id: int, who: str, now: datetime) -> None:
    """Take the open referrals of a case from officers who may not see it, and name them nowhere."""
    case = {sentence_id} | of_the_same_cases(session, [sentence_id])
    end_naming(session, case)
    query = select(Referral.vlo_account_id).where(
        col(Referral.sentence_id).in_(case), Referral.status != ReferralStatus.CLOSED
    )
    for account_id in sorted({one for one in session.exec(query) if one}):
        account = session.get_one(Account, account_id, with_for_update=True)
        hand_over_hidden(session, account, who, now)


def _follow_to(
    session: Session,
    sealer: Sealer,
    row: Restriction,
    others: Collection[Sentence],
    now: datetime,
) -> int:
    """Bring one restriction to other cases of the offender."""
    if others:
        lock(session, ONE_AT_A_TIME)
    return sum(_follow(session, sealer, row, one, now) for one in others)


def _follow(
    session: Session, sealer: Sealer, row: Restriction, to: Sentence, now: datetime
) -> bool:
    """Restrict one more case, unless it is restricted, or a manager of it ended this there."""
    if restrictions_of(session, to.id) or _was_ended_there(session, row, to.id):
        return False
    given = row.model_dump(exclude={"id", "sentence_id", "sealed"})
    sealed = sealer.seal_text(sealer.open_text(row.sealed))
    more = Restriction(sentence_id=to.id, sealed=sealed, **given)
    session.add(more)
    session.flush()
    named = sorted(_named(session, row))
    session.add_all(NamedPerson(restriction_id=more.id, account_id=one) for one in named)
    session.flush()
    who = " ".join(f"account:{one}" for one in named)
    trail.note(session, trail.Note(now, SYSTEM, "restriction.followed", to.reference, who))
    hand_over_case(session, to.id, SYSTEM, now)
    return True


def _was_ended_there(session: Session, row: Restriction, sentence_id: int) -> bool:
    """Say whether this restriction, or an earlier list of people, was ended in a case alone."""
    decision = _of_one_decision(session, row)
    made_in = decision[min(decision)].sentence_id
    here = {made_in} | of_the_same_cases(session, [made_in])
    there = {sentence_id} | of_the_same_cases(session, [sentence_id])
    query = select(Restriction).where(
        col(Restriction.sentence_id).in_(there), col(Restriction.lifted_at).is_not(None)
    )
    for ended in session.exec(query).all():
        same = _of_one_decision(session, ended)
        first = same[min(same)]
        is_alone = first.id != ended.id and first.lifted_at != ended.lifted_at
        if is_alone and (row.id in same or first.sentence_id in here):
            return True
    return False


def _of_one_decision(session: Session, row: Restriction) -> dict[int, Restriction]:
    """Return the rows of one decision in every case, by number: the first is where it was made."""
    query = select(Restriction).where(
        Restriction.restricted_at == row.restricted_at,
        Restriction.restricted_by == row.restricted_by,
    )
    named = _named(session, row)
    found = session.exec(query.order_by(col(Restriction.id))).all()
    return {one.id: one for one in found if _named(session, one) == named}


def _named(session: Session, row: Restriction) -> set[int]:
    query = select(NamedPerson.account_id).where(NamedPerson.restriction_id == row.id)
    return set(session.exec(query))
