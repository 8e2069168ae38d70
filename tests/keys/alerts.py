"""One row of each table of alerts that holds a sealed value."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from tests.keys.feedback import sealed_feedback
from vcs.alerts.digest.records import HeldRun, MatterAct, Recall
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.clock import now
from vcs.sealing import Sealer


def sealed_alerts(session: Session, sealer: Sealer, account: int) -> None:
    """Add them, and an answer of a victim, in somebody's name."""
    seal, at = sealer.seal, now()
    session.add(
        MatterAct(
            matter="deadline:1", kind="plan", account_id=account, made_at=at, sealed=seal(b"m")
        )
    )
    run = HeldRun(reference="VCS-H", day=date(2026, 3, 20), new_rows=9, usual=1)
    run.asked_at, run.held_at, run.sealed = at, at, seal(b"h")
    alert = AlertRecord(key="k", kind=AlertKind.FEED_SILENT, subject="s", message_id="m")
    alert.owed_at, alert.next_try_at = at, at
    session.add_all([run, alert])
    session.flush()
    session.add(Recall(alert_id=alert.id, recalled_at=at, recalled_by=account, sealed=seal(b"r")))
    sealed_feedback(session, sealer, account)
