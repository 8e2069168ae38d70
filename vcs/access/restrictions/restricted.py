"""Which sentences a restriction keeps from whom.

While nobody who is named and decides about the case is at work, the managers and heads of its
region are let in: a restriction never silences an alarm. The tables of the rooms above are asked
by name, as in ``vcs/access/exclusions/hidden.py``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from vcs.access.exclusions.cases import of_the_same_cases, table
from vcs.access.records import Account
from vcs.access.restrictions.records import NamedPerson, Restriction
from vcs.access.rules import MANAGING


def restricted_from(session: Session, account_id: int, today: date) -> set[int]:
    """Return the sentences of restricted cases that a member of staff may not see on a day."""
    theirs = select(col(NamedPerson.restriction_id)).where(
        col(NamedPerson.account_id) == account_id
    )
    query = select(col(Restriction.id), col(Restriction.sentence_id)).where(
        col(Restriction.lifted_at).is_(None), col(Restriction.id).not_in(theirs)
    )
    found = dict(session.execute(query).all())
    if not found:
        return set()
    if decides(session, [account_id]):
        found = {one: found[one] for one in found.keys() & held_by_somebody(session, found, today)}
    return of_the_same_cases(session, found.values()) | set(found.values())


def restricted_among(
    session: Session, sentence_id: int, accounts: Collection[int], today: date
) -> set[int]:
    """Return which of some members of staff a restriction keeps from a sentence on a day."""
    found = restrictions_of(session, sentence_id)
    if not found or not accounts:
        return set()
    query = select(col(NamedPerson.restriction_id), col(NamedPerson.account_id))
    named = set(session.execute(query.where(col(NamedPerson.restriction_id).in_(found))))
    held = held_by_somebody(session, found, today)
    stand_in = decides(session, accounts)
    return {
        account
        for account in accounts
        for one in found
        if (one, account) not in named and (one in held or account not in stand_in)
    }


def restrictions_of(session: Session, sentence_id: int) -> list[int]:
    """Return the restrictions that count for a sentence, by its own case."""
    case = {sentence_id} | of_the_same_cases(session, [sentence_id])
    query = select(col(Restriction.id)).where(
        col(Restriction.sentence_id).in_(case), col(Restriction.lifted_at).is_(None)
    )
    return list(session.execute(query.order_by(col(Restriction.id))).scalars())


def restricted_sentences(session: Session) -> set[int]:
    """Return every sentence of a case that is restricted."""
    query = select(col(Restriction.sentence_id)).where(col(Restriction.lifted_at).is_(None))
    named = set(session.execute(query).scalars())
    return named | of_the_same_cases(session, named) if named else named


def held_by_somebody(session: Session, restrictions: Collection[int], today: date) -> set[int]:
    """Return which restrictions name a manager or head of the case's region who is at work."""
    absence, referral = table("absence"), table("referral")
    away = select(absence.c.account_id).where(
        absence.c.first_on <= today,
        absence.c.last_on >= today,
        or_(absence.c.stopped_on.is_(None), absence.c.stopped_on > today),
    )
    query = (
        select(col(NamedPerson.restriction_id))
        .join(Restriction, col(Restriction.id) == col(NamedPerson.restriction_id))
        .join(Account, col(Account.id) == col(NamedPerson.account_id))
        .outerjoin(referral, referral.c.sentence_id == col(Restriction.sentence_id))
        .where(
            col(NamedPerson.restriction_id).in_(restrictions),
            col(Account.active),
            col(Account.role).in_([str(role) for role in MANAGING]),
            col(Account.id).not_in(away),
            or_(
                referral.c.region_code.is_(None),
                referral.c.region_code == col(Account.region_code),
            ),
        )
    )
    return set(session.execute(query).scalars())


def decides(session: Session, accounts: Collection[int]) -> set[int]:
    """Return which of some members of staff decide about cases, so that they may stand in."""
    query = select(col(Account.id)).where(
        col(Account.id).in_(accounts), col(Account.role).in_([str(role) for role in MANAGING])
    )
    return set(session.execute(query).scalars())
