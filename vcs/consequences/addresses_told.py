"""Everybody's address compared again, when a court may have told a new one of an offender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.victims.addresses import ask_again_about_shared
from vcs.victims.records import Victim


def compare_addresses_again(
    session: Session, sealer: Sealer, sentence_ids: Iterable[int], now: datetime
) -> int:
    """Ask at once where a victim's address may be one that a court told now. Returns how many.

    Compared are the victims of the offenders of these sentences, in all their cases, and those of
    everybody sentenced beside them. Nothing is opened where none of these has a victim yet.
    """
    told = session.exec(select(Sentence).where(col(Sentence.id).in_(sorted(sentence_ids)))).all()
    with_victims = _with_victims(session, _and_beside(session, told))
    victims: dict[int, Victim] = {}
    for sentence in with_victims:
        ids = [other.id for other in sentences_of_offender(session, sealer, sentence)]
        query = (
            select(Victim)
            .join(Referral, col(Referral.id) == col(Victim.referral_id))
            .where(col(Referral.sentence_id).in_(ids))
        )
        victims |= {one.id: one for one in session.exec(query.order_by(col(Victim.id)))}
    return sum(ask_again_about_shared(session, sealer, one, now) for one in victims.values())


def _and_beside(session: Session, told: Sequence[Sentence]) -> list[Sentence]:
    keys = {one.case_key for one in told if one.case_key}
    beside = session.exec(select(Sentence).where(col(Sentence.case_key).in_(keys))).all()
    return list({one.id: one for one in (*told, *beside)}.values())


def _with_victims(session: Session, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return those whose offender may have a victim, by day of birth and case. Opens nothing."""
    born = {one.date_of_birth for one in sentences if one.date_of_birth}
    keys = {one.case_key for one in sentences if one.case_key}
    ids = [one.id for one in sentences]
    may_be = or_(
        col(Sentence.id).in_(ids),
        col(Sentence.date_of_birth).in_(born),
        col(Sentence.case_key).in_(keys),
    )
    query = (
        select(col(Sentence.id), col(Sentence.date_of_birth), col(Sentence.case_key))
        .join(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .where(may_be)
    )
    near = {part for row in session.exec(query) for part in row if part}
    return [one for one in sentences if near & {one.id, one.date_of_birth, one.case_key}]
