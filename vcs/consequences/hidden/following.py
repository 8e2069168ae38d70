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
from vcs.consequences.hidden.other_cases import known
from vcs.consequences.moves.handover import hand_over_hidden
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence


def exclude_from_others(
    session: Session, sealer: Sealer, own: Sentence, others: Collection[Sentence], now: datetime
) -> int:
    """Bring every exclusion from a case to other cases of its offender. Returns from how many.

    The officer of one of them hands it over.
    """
    query = select(Exclusion).where(
        Exclusion.sentence_id == own.id, col(Exclusion.lifted_at).is_(None)
    )
    standing = session.exec(query.order_by(col(Exclusion.id))).all()
    return sum(_follow_to(session, sealer, row, others, now) for row in standing)


def exclude_from_known(session: Session, sealer: Sealer, row: Exclusion, now: datetime) -> int:
    """Exclude somebody from the offender's other sentences too. Returns from how many."""
    own = session.get_one(Sentence, row.sentence_id)
    return _follow_to(session, sealer, row, known(session, sealer, own), now)


def of_one_decision(session: Session, row: Exclusion) -> list[Exclusion]:
    """Return the rows of one decision that still count, in every case of the offender."""
    query = select(Exclusion).where(*_of(row), col(Exclusion.lifted_at).is_(None))
    return list(session.exec(query.order_by(col(Exclusion.id)).with_for_update()))


def _follow_to(
    session: Session, sealer: Sealer, row: Exclusion, others: Iterable[Sentence], now: datetime
) -> int:
    """Bring one exclusion to other cases of the offender that have not had it yet."""
    has_it = set(session.exec(select(Exclusion.sentence_id).where(*_of(row))))
    found = [one for one in others if one.id not in has_it]
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
