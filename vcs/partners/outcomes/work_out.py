"""What became of referrals, worked out from what is held, each once. Safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from sqlmodel import Session

from vcs.access.restrictions.restricted import restricted_sentences
from vcs.database import insert_once, lock
from vcs.partners.outcomes import again, of_referrals, of_units
from vcs.partners.outcomes.records import OutcomeKind, ReferralOutcome
from vcs.partners.outcomes.row import Books, Row
from vcs.sealing import Sealer
from vcs.tables import table_of

LOCK: Final = 0x7663730C

_OUTCOMES = table_of(ReferralOutcome)


def work_out(session: Session, sealer: Sealer, now: datetime, limit: int) -> int:
    """Add what is new, oldest first. Returns how many rows were added."""
    lock(session, LOCK)
    books = Books(session, sealer, now, limit, restricted_sentences(session))
    rows = [row for source in _SOURCES for row in source(books)]
    rows.sort(key=lambda row: (row["happened_on"], _SORTED[row["kind"]], row["source_id"]))
    for row in rows:
        once = insert_once(session, _OUTCOMES, "kind", "source", "source_id", "turn")
        session.execute(once.values(row))
    return len(rows)


_SOURCES: Final[tuple[Callable[[Books], Iterator[Row]], ...]] = (
    of_referrals.requests,
    of_referrals.returned,
    of_referrals.contacted,
    of_referrals.answered,
    of_referrals.not_answered,
    of_referrals.closed,
    of_units.chased,
    of_units.messages,
    of_units.proposals,
    again.told_again,
)

_SORTED: Final = {str(kind): place for place, kind in enumerate(OutcomeKind)}
