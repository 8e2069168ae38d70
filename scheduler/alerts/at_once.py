"""Owe the emails about what cannot wait for a morning, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from sqlmodel import Session

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.alerts import at_once
from vcs.alerts.causes import safety_warnings, stop_telling
from vcs.alerts.digest.recipients import leavers

_Tell = Callable[[Session, int, datetime, date], bool]


def notice_at_once(sweep: Sweep) -> Done:
    """Owe the emails about what cannot wait: safety, releases, and what leavers planned."""
    with sweep.db.reading() as session:
        found: tuple[tuple[_Tell, Sequence[int]], ...] = (
            (
                at_once.tell_of_question,
                at_once.untold_questions(session, sweep.today, FINDS_AT_A_TIME),
            ),
            (
                partial(safety_warnings.tell_of_warning, sealer=sweep.sealer),
                safety_warnings.untold_warnings(session, FINDS_AT_A_TIME),
            ),
            (
                at_once.tell_of_release,
                at_once.untold_releases(session, sweep.today, FINDS_AT_A_TIME),
            ),
        )
        stops = stop_telling.untold_stops(session, sweep.now())
        plans = leavers.left_plans(session, sweep.today)
    told = [sweep.each(ids, partial(_told_now, sweep, tell)) for tell, ids in found]
    done, failed = sum(one.done for one in told), sum(one.failed for one in told)
    if stops:
        with sweep.db.writing() as session:
            done += stop_telling.tell_of_stops(session, stops, sweep.now())
    if plans:
        with sweep.db.writing() as session:
            done += leavers.tell_of_left_plans(session, plans, sweep.today, sweep.now())
    return Done(done, done, failed)


def _told_now(sweep: Sweep, tell: _Tell, session: Session, found_id: int) -> int:
    return tell(session, found_id, sweep.now(), sweep.today)
