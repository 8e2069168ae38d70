"""Emails about whoever opened many people's details."""

from __future__ import annotations

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.alerts import unusual_reading


def notice_unusual_reading(sweep: Sweep) -> Done:
    """Owe the emails about whoever opened many people's details."""
    with sweep.db.reading() as session:
        found = unusual_reading.untold_readings(session, FINDS_AT_A_TIME)
    done = 0
    for reading_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += unusual_reading.tell_of_reading(session, reading_id, sweep.now())
    return Done(len(found), done)
