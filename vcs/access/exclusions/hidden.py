"""What is hidden from somebody: by an exclusion of theirs, or a restriction without their name.

Looked up anew for each request, so that a victim who is added to a case later is hidden as well.
The tables of the rooms above are asked by name, as the keys do: access knows none of their nouns.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from vcs.access.actors import NOTHING_HIDDEN, Hidden
from vcs.access.exclusions.cases import all_of, of_the_same_cases, table
from vcs.access.exclusions.records import Exclusion
from vcs.access.restrictions.restricted import restricted_among, restricted_from


def hidden_from(session: Session, account_id: int, today: date) -> Hidden:
    """Return all that is hidden from a member of staff on a day.

    By every exclusion that counts, and every restriction that does not name them. An exclusion
    hides its people wherever they are, a restriction only where nobody else may look for them:
    what else they are in is somebody's to do.
    """
    excluded = _excluded(session, account_id)
    restricted = restricted_from(session, account_id, today) - excluded
    sentences = excluded | restricted
    if not sentences:
        return NOTHING_HIDDEN
    people = _people_in(session, sentences)
    if restricted:
        people -= _seen_elsewhere(session, people, sentences)
    referral = table("referral")
    referrals = all_of(session, referral.c.id, referral.c.sentence_id, sentences)
    requests = _requests(session, sentences, referrals)
    return Hidden(
        frozenset(sentences), frozenset(referrals), frozenset(people), frozenset(requests)
    )


def excluded_from(
    session: Session, sentence_id: int, accounts: Collection[int], today: date
) -> set[int]:
    """Return which of some members of staff must not see a sentence on a day."""
    if not accounts:
        return set()
    shut_out = exclusions_among(session, sentence_id, accounts)
    return shut_out | restricted_among(session, sentence_id, accounts, today)


def exclusions_among(session: Session, sentence_id: int, accounts: Collection[int]) -> set[int]:
    """Return which of some members of staff an exclusion of theirs keeps from a sentence."""
    some = select(col(Exclusion.account_id)).where(
        col(Exclusion.account_id).in_(accounts), col(Exclusion.lifted_at).is_(None)
    )
    excluded = session.execute(some.distinct()).scalars().all()
    return {one for one in excluded if sentence_id in _excluded(session, one)}


def _excluded(session: Session, account_id: int) -> set[int]:
    """Return the sentences that every exclusion of a member of staff hides."""
    named = select(col(Exclusion.sentence_id)).where(
        col(Exclusion.account_id) == account_id, col(Exclusion.lifted_at).is_(None)
    )
    sentences = set(session.execute(named).scalars())
    if not sentences:
        return sentences
    sentences |= of_the_same_cases(session, sentences)
    return sentences | _elsewhere(session, _people_in(session, sentences))


def _people_in(session: Session, sentences: Collection[int]) -> set[int]:
    referral, victim = table("referral"), table("victim")
    query = (
        select(victim.c.person_id)
        .join(referral, referral.c.id == victim.c.referral_id)
        .where(referral.c.sentence_id.in_(sentences))
    )
    return set(session.execute(query).scalars())


def _elsewhere(session: Session, people: Collection[int]) -> set[int]:
    """Return the sentences of other referrals that the people are in."""
    referral, victim = table("referral"), table("victim")
    query = (
        select(referral.c.sentence_id)
        .join(victim, victim.c.referral_id == referral.c.id)
        .where(victim.c.person_id.in_(people))
    )
    return set(session.execute(query).scalars())


def _seen_elsewhere(
    session: Session, people: Collection[int], sentences: Collection[int]
) -> set[int]:
    """Return those of some people who are in a referral that is not hidden."""
    referral, victim = table("referral"), table("victim")
    query = (
        select(victim.c.person_id)
        .join(referral, referral.c.id == victim.c.referral_id)
        .where(victim.c.person_id.in_(people), referral.c.sentence_id.not_in(sentences))
    )
    return set(session.execute(query).scalars())


def _requests(session: Session, sentences: Collection[int], referrals: Collection[int]) -> set[str]:
    """Return the receipts of what witness care sent for these cases, before or after sentence."""
    sentence, request = table("sentence"), table("referral_request")
    keys = all_of(session, sentence.c.case_key, sentence.c.id, sentences) - {""}
    query = select(request.c.receipt).where(
        or_(request.c.case_key.in_(keys), request.c.referral_id.in_(referrals))
    )
    return set(session.execute(query).scalars())
