"""Jobs about lists of other systems."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.access.actors import SYSTEM, Actor
from vcs.access.work import Work
from vcs.lists.asked.arrived import has_news, settle_arrived
from vcs.lists.runs.uploads import forget_uploads
from vcs.terms import Role

_PROGRAM = Actor(0, SYSTEM, Role.ADMINISTRATOR, client_id=SYSTEM)


def settle_lines(sweep: Sweep) -> Done:
    """Close the questions about sentences that lists named and that came meanwhile."""
    done = 0
    while not sweep.stopping.is_set():
        with sweep.db.reading() as session:
            if not has_news(session):
                break
        with sweep.db.writing() as session:
            done += settle_arrived(Work(session, sweep.sealer, _PROGRAM, sweep.now()))
    return Done(done, done)


def remove_uploads(sweep: Sweep) -> Done:
    """Remove files that nobody had matched within a day: they name people."""
    with sweep.db.writing() as session:
        done = forget_uploads(session, sweep.now())
    return Done(done, done)
