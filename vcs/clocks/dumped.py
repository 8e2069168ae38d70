"""Every clock for a canonical dump: worked out from the facts, whatever is kept of them."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, select

from vcs.clocks.derive import Row, clock_rows
from vcs.clocks.facts import facts_of
from vcs.referrals.records import Referral

_AT_A_TIME = 500


def clocks_by_referral(session: Session) -> dict[int, list[Row]]:
    """Return the clocks of every referral by its id."""
    found: dict[int, list[Row]] = defaultdict(list)
    last = 0
    while True:
        after = select(Referral.id).where(col(Referral.id) > last).order_by(col(Referral.id))
        ids = session.exec(after.limit(_AT_A_TIME)).all()
        if not ids:
            return found
        for row in clock_rows(facts_of(session, ids)):
            found[row["referral_id"]].append(row)
        last = ids[-1]
