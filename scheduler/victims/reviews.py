"""What people decided against contact comes back on its day."""

from __future__ import annotations

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.consequences.closing.reviewing import ask_for_review, reviews_due


def review_declines(sweep: Sweep) -> Done:
    """Ask a manager to look again at each no whose day has come."""
    with sweep.db.reading() as session:
        found = reviews_due(session, sweep.today, FINDS_AT_A_TIME)
    return sweep.each(found, lambda session, decline: ask_for_review(session, decline, sweep.now()))
