"""What people decided against contact comes back on its day."""

from __future__ import annotations

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.consequences.reviewing import ask_for_review, reviews_due


def review_declines(sweep: Sweep) -> Done:
    """Ask a manager to look again at each no whose day has come."""
    with sweep.db.reading() as session:
        found = reviews_due(session, sweep.today, FINDS_AT_A_TIME)
    done = 0
    for decline_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += ask_for_review(session, decline_id, sweep.now())
    return Done(len(found), done)
