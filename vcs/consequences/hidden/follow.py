"""What hides a case follows its offender into later cases; where nobody can tell, it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.exclusions.records import Exclusion
from vcs.access.restrictions.records import Restriction
from vcs.clock import london_date
from vcs.consequences.hidden.asking import ask_whether_one, end_what_is_known
from vcs.consequences.hidden.following import exclude_from_others
from vcs.consequences.hidden.other_cases import hidden_cases, sorted_out, told_now
from vcs.consequences.hidden.restricting_others import restrict_others
from vcs.intake.cursors import came_to, held_cursor
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence

_COMPARED: Final = (
    (Exclusion, "exclusions compared with names"),
    (Restriction, "restrictions compared with names"),
)


def follow_into_new(
    session: Session, sealer: Sealer, sentence_ids: Collection[int], now: datetime
) -> int:
    """Bring exclusions and restrictions to sentences that were told now of the same offenders.

    Where a date of birth is missing a manager is asked. Returns to how many something was brought.
    """
    if not sentence_ids:
        return 0
    end_what_is_known(session, sealer, sorted(sentence_ids), now)
    told = session.exec(select(Sentence).where(col(Sentence.id).in_(sorted(sentence_ids))))
    hidden = hidden_cases(session, {one.date_of_birth for one in told})
    found = told_now(session, sealer, hidden, sentence_ids)
    brought = 0
    for own in hidden:
        cases = found[own.id]
        brought += bring(session, sealer, own, cases.surely, now)
        ask_whether_one(session, sealer, own, cases.perhaps, london_date(now))
    return brought


def bring(
    session: Session, sealer: Sealer, own: Sentence, others: Collection[Sentence], now: datetime
) -> int:
    """Bring all that hides a case to other cases of the same offender. Returns to how many."""
    if not others:
        return 0
    excluded = exclude_from_others(session, sealer, own, others, now)
    return excluded + restrict_others(session, sealer, own, others, now)


def not_compared(session: Session) -> list[int]:
    """Return the sentences hidden by what was decided since names were compared the last time."""
    return sorted({one for table, name in _COMPARED for one in _since(session, table, name)})


def _since(session: Session, table: type[Exclusion | Restriction], name: str) -> Iterable[int]:
    newer = (col(table.id) > came_to(session, name), col(table.lifted_at).is_(None))
    return session.exec(select(table.sentence_id).where(*newer))


def ask_about_known(
    session: Session, sealer: Sealer, own_id: int, others: Collection[int], now: datetime
) -> int:
    """Ask about those of some sentences on record that are perhaps of a hidden case's offender.

    ``others`` are what search finds for the name. Returns how many questions were asked.
    """
    query = select(Sentence).where(col(Sentence.id).in_(sorted(others)))
    found = session.exec(query.order_by(col(Sentence.id))).all() if others else ()
    own = session.get_one(Sentence, own_id)
    perhaps = sorted_out(sealer, own, found).perhaps
    return ask_whether_one(session, sealer, own, perhaps, london_date(now))


def compared(session: Session) -> None:
    """Keep that names were compared with all that was decided until now."""
    for table, name in _COMPARED:
        newest = session.exec(select(table.id).order_by(col(table.id).desc())).first()
        held_cursor(session, name).last_id = newest or 0
