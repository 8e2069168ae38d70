"""Read what decides who is told of some matters on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from vcs.alerts.digest.recipients.acts_reads import acts_on
from vcs.alerts.digest.recipients.told import Rules
from vcs.alerts.rungs.directory import Directory, directory
from vcs.alerts.rungs.ladder_changes import ladders


def rules_on(
    session: Session, today: date, keys: Iterable[str], staff: Directory | None = None
) -> Rules:
    """Return what decides who is told of some matters on a day."""
    staff = staff or directory(session, today)
    return Rules(today, staff, ladders(session), acts_on(session, list(keys), staff))
