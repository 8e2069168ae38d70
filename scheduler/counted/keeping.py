"""What is kept beside the rows: counted again by a newer calendar, and once for a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.access.rules import Act
from vcs.clock import london_date
from vcs.clocks import fold
from vcs.database import try_lock
from vcs.ledger.counted.keep import (
    Counting,
    Shown,
    is_large,
    keep,
    kept,
    remove_old,
)
from vcs.ledger.counted.whose import reaches
from vcs.ledger.figures.delays import make_known, unmade
from vcs.measures.counted import (
    counted_by_every_axis,
    counting_of_figures,
    counting_of_pictures,
)
from vcs.measures.facts import last_year
from vcs.measures.shown_before import published_so_far

LOCK: Final = 0x76637391
"""Two processes never count the same figures: they take minutes."""


def keep_clocks(sweep: Sweep) -> Done:
    """Work out the clocks that are still marked, and those that an older calendar counted."""
    done = 0
    while not sweep.stopping.is_set():
        with sweep.db.reading() as session:
            if not fold.is_wanted(session):
                break
        with sweep.db.writing() as session:
            fold.mark_outdated(session, FINDS_AT_A_TIME)
            some = fold.work_off(session)
        if not some:
            break
        done += some
    return Done(done, done)


def count_figures(sweep: Sweep) -> Done:
    """Count the figures of the day of one reach, where so many are stored that no page can."""
    now = sweep.now()
    with sweep.db.reading() as session:
        if not is_large(session) or kept(session, day := _of_the_day(session, now)):
            return Done()
        if not try_lock(session, LOCK):
            return Done()  # another process counts
        counted = next(_not_counted(session, now), None)
        # Written while the lock is held, so that no other counts the same meanwhile.
        with sweep.db.writing() as writing:
            for counting, found in counted or [(day, True)]:
                keep(writing, counting, Shown(found, now))
            remove_old(writing, now)
    return Done(1, 1)


def make_delays_known(sweep: Sweep) -> Done:
    """Count the delays of each quarter that is over, once: what was made known stays."""
    with sweep.db.reading() as session:
        if not unmade(session, sweep.now()):
            return Done()
    with sweep.db.writing() as session:
        made = make_known(session, sweep.now())
    return Done(made, made)


_Counted = list[tuple[Counting[Any], Any]]


def _of_the_day(session: Session, now: datetime) -> Counting[bool]:
    """Return what says that all figures of a day are counted, beside all that is published."""
    asked = {"today": london_date(now), "beside": published_so_far(session)}
    return Counting("day", asked, lambda _: True, bool, bool)


def _not_counted(session: Session, now: datetime) -> Iterator[_Counted]:
    today = london_date(now)
    for reach in reaches(session, Act.SEE_FIGURES, now):
        asked = last_year(today, today, reach)
        pictures = counting_of_pictures(session, asked)
        figures = counting_of_figures(session, asked, None)
        seen = kept(session, figures) is not None
        if not (seen and kept(session, pictures) is not None):
            yield [
                *counted_by_every_axis(session, asked),
                (pictures, pictures.count(session)),
            ]
