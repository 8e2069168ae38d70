"""What an exclusion hides: the sentence, its case, its people, and what they are in elsewhere.

Looked up anew for each request, so that a victim who is added to a case later is hidden as well.
The tables of the rooms above are asked by name, as the keys do: access knows none of their nouns.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, or_, select
from sqlmodel import Session, SQLModel, col

from vcs.access.actors import NOTHING_HIDDEN, Hidden
from vcs.access.exclusions.records import Exclusion


def hidden_from(session: Session, account_id: int) -> Hidden:
    """Return all that is hidden from a member of staff, by every exclusion that counts."""
    named = select(col(Exclusion.sentence_id)).where(
        col(Exclusion.account_id) == account_id, col(Exclusion.lifted_at).is_(None)
    )
    sentences = set(session.execute(named).scalars())
    if not sentences:
        return NOTHING_HIDDEN
    sentences |= _of_the_same_cases(session, sentences)
    people = _people_in(session, sentences)
    sentences |= _elsewhere(session, people)
    referral = _table("referral")
    referrals = _all(session, referral.c.id, referral.c.sentence_id, sentences)
    requests = _requests(session, sentences, referrals)
    return Hidden(
        frozenset(sentences), frozenset(referrals), frozenset(people), frozenset(requests)
    )


def excluded_from(session: Session, sentence_id: int, accounts: Collection[int]) -> set[int]:
    """Return which of some members of staff must not see a sentence."""
    if not accounts:
        return set()
    some = select(col(Exclusion.account_id)).where(
        col(Exclusion.account_id).in_(accounts), col(Exclusion.lifted_at).is_(None)
    )
    excluded = session.execute(some.distinct()).scalars().all()
    return {one for one in excluded if sentence_id in hidden_from(session, one).sentences}


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _all(session: Session, wanted: Any, column: Any, values: Collection[Any]) -> set[Any]:
    return set(session.execute(select(wanted).where(column.in_(values))).scalars())


def _of_the_same_cases(session: Session, sentences: Collection[int]) -> set[int]:
    sentence = _table("sentence")
    keys = _all(session, sentence.c.case_key, sentence.c.id, sentences) - {""}
    found: set[int] = _all(session, sentence.c.id, sentence.c.case_key, keys)
    return found


def _people_in(session: Session, sentences: Collection[int]) -> set[int]:
    referral, victim = _table("referral"), _table("victim")
    query = (
        select(victim.c.person_id)
        .join(referral, referral.c.id == victim.c.referral_id)
        .where(referral.c.sentence_id.in_(sentences))
    )
    return set(session.execute(query).scalars())


def _elsewhere(session: Session, people: Collection[int]) -> set[int]:
    """Return the sentences of other referrals that the people are in."""
    referral, victim = _table("referral"), _table("victim")
    query = (
        select(referral.c.sentence_id)
        .join(victim, victim.c.referral_id == referral.c.id)
        .where(victim.c.person_id.in_(people))
    )
    return set(session.execute(query).scalars())


def _requests(session: Session, sentences: Collection[int], referrals: Collection[int]) -> set[str]:
    """Return the receipts of what witness care sent for these cases, before or after sentence."""
    sentence, request = _table("sentence"), _table("referral_request")
    keys = _all(session, sentence.c.case_key, sentence.c.id, sentences) - {""}
    query = select(request.c.receipt).where(
        or_(request.c.case_key.in_(keys), request.c.referral_id.in_(referrals))
    )
    return set(session.execute(query).scalars())
