"""Everybody's address compared again, when a court may have told a new one of an offender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.ids_of_person import sharing
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import is_one_offender
from vcs.victims.records import Victim
from vcs.victims.whereabouts.addresses import ask_again_about_shared

_MOST_BORN_ON_A_DAY = 500
"""Courts give one made-up day of birth to many: the newest of them are compared at once.

The gate compares all of them before a letter goes.
"""


def compare_addresses_again(
    session: Session, sealer: Sealer, sentence_ids: Iterable[int], now: datetime
) -> int:
    """Ask at once where a victim's address may be one that a court told now. Returns how many.

    Compared are the victims in the cases of these sentences, and those of the same offenders in
    other cases; by an id of the person, whatever their names and births. Of other offenders nothing
    is opened but the names of those who have a victim and were born on the same day.
    """
    if not (ids := sorted(sentence_ids)):
        return 0
    told = session.exec(select(Sentence).where(col(Sentence.id).in_(ids))).all()
    keys = {one.case_key for one in told if one.case_key}
    in_cases = col(Sentence.case_key).in_(keys)
    case = {one.id: one for one in (*told, *session.exec(select(Sentence).where(in_cases)))}
    own = col(Sentence.id).in_(sorted(case))
    near = {*_with_victims(session, own)} | set(_of_same_offenders(session, sealer, case.values()))
    if by_id := {other for some in sharing(session, case).values() for other in some}:
        near |= {*_with_victims(session, col(Sentence.id).in_(sorted(by_id)))}
    query = (
        select(Victim)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Referral.sentence_id).in_(sorted(near)))
        .order_by(col(Victim.id))
    )
    victims = session.exec(query).all() if near else []
    return sum(ask_again_about_shared(session, sealer, one, now) for one in victims)


def _with_victims(session: Session, which: ColumnElement[bool]) -> Sequence[int]:
    query = (
        select(Sentence.id)
        .join(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .where(which)
        .distinct()
    )
    return session.exec(query).all()


def _of_same_offenders(session: Session, sealer: Sealer, case: Iterable[Sentence]) -> Iterable[int]:
    """Yield the sentences in any case that have victims and are about one of these offenders."""
    by_day: dict[date, list[Sentence]] = {}
    for one in case:
        if one.date_of_birth:
            by_day.setdefault(one.date_of_birth, []).append(one)
    for born, offenders in by_day.items():
        newest = (
            select(Sentence.id)
            .where(Sentence.date_of_birth == born)
            .order_by(col(Sentence.id).desc())
            .limit(_MOST_BORN_ON_A_DAY)
        )
        ids = _with_victims(session, col(Sentence.id).in_(newest))
        others = session.exec(select(Sentence).where(col(Sentence.id).in_(ids))) if ids else ()
        for other in others:
            if any(is_one_offender(sealer, one, other) for one in offenders):
                yield other.id
