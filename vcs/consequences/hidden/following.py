"""An exclusion follows the offender: into cases that are known, and those that courts tell later.

Who must not see one case of a brother must not see his next one either. Each case gets a row of its
own, of the same decision: same person, same moment, same decider. Where a manager ended it, it does
not come back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account
from vcs.consequences.moves.handover import hand_over_hidden
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import is_one_offender


def exclude_from_new(
    session: Session, sealer: Sealer, sentence_ids: Collection[int], now: datetime
) -> int:
    """Exclude people from sentences that were told now of an offender whom they must not see.

    Returns from how many. The officer of one of them hands it over.
    """
    standing = session.exec(
        select(Exclusion, Sentence)
        .join(Sentence, col(Sentence.id) == col(Exclusion.sentence_id))
        .where(col(Exclusion.lifted_at).is_(None), col(Sentence.date_of_birth).is_not(None))
        .order_by(col(Exclusion.id))
    ).all()
    if not standing or not sentence_ids:
        return 0
    days = {sentence.date_of_birth for _, sentence in standing}
    born_alike = select(Sentence).where(
        col(Sentence.id).in_(sorted(sentence_ids)), col(Sentence.date_of_birth).in_(days)
    )
    told = session.exec(born_alike.order_by(col(Sentence.id))).all()
    return sum(follow_to(session, sealer, one, told, now) for one in standing)


def exclude_from_known(session: Session, sealer: Sealer, row: Exclusion, now: datetime) -> int:
    """Exclude somebody from the offender's other sentences too. Returns from how many."""
    sentence = session.get_one(Sentence, row.sentence_id)
    if sentence.date_of_birth is None:
        return 0
    born_alike = select(Sentence).where(Sentence.date_of_birth == sentence.date_of_birth)
    others = session.exec(born_alike.order_by(col(Sentence.id))).all()
    return follow_to(session, sealer, (row, sentence), others, now)


def of_one_decision(session: Session, row: Exclusion) -> list[Exclusion]:
    """Return the rows of one decision that still count, in every case of the offender."""
    query = select(Exclusion).where(*_of(row), col(Exclusion.lifted_at).is_(None))
    return list(session.exec(query.order_by(col(Exclusion.id)).with_for_update()))


def follow_to(
    session: Session,
    sealer: Sealer,
    standing: tuple[Exclusion, Sentence],
    others: Iterable[Sentence],
    now: datetime,
) -> int:
    """Bring one exclusion to those of some sentences that are of the same offender.

    A name that cannot be opened is nobody's.
    """
    row, own = standing
    has_it = set(session.exec(select(Exclusion.sentence_id).where(*_of(row))))
    found = [
        one
        for one in others
        if one.id not in has_it
        and sealer.opens(one.offender_name)
        and sealer.opens(own.offender_name)
        and is_one_offender(sealer, own, one)
    ]
    for one in found:
        given = row.model_dump(exclude={"id", "sentence_id", "sealed"})
        sealed = sealer.seal_text(sealer.open_text(row.sealed))
        session.add(Exclusion(sentence_id=one.id, sealed=sealed, **given))
        who = f"account:{row.account_id}"
        trail.note(session, trail.Note(now, SYSTEM, "exclusion.followed", one.reference, who))
    session.flush()
    account = session.get(Account, row.account_id)
    if found and account is not None:
        hand_over_hidden(session, account, SYSTEM, now)
    return len(found)


def _of(row: Exclusion) -> tuple[bool, ...]:
    """Return the conditions by which the rows of one decision are found."""
    return (
        Exclusion.account_id == row.account_id,
        Exclusion.excluded_at == row.excluded_at,
        Exclusion.excluded_by == row.excluded_by,
    )
