"""An answer of a victim, sealed: their words, and what was done."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from vcs.clock import now
from vcs.quality.records import Feedback
from vcs.sealing import Sealer


def sealed_feedback(session: Session, sealer: Sealer, account: int) -> None:
    """Add one of the victim with id 1, in somebody's name."""
    day, at = date(2026, 3, 20), now()
    row = Feedback(
        reference="VCS-Q",
        victim_id=1,
        milestone="needs",
        asked_on=day,
        how="by phone",
        has_words=True,
        sealed=sealer.seal(b"w"),
        recorded_at=at,
        recorded_by=account,
        theme="time",
        coded_at=at,
        coded_by=account,
        did_on=day,
        did_sealed=sealer.seal(b"d"),
    )
    session.add(row)
