"""Write each reader's digest of the morning, and hold a surge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.jobs import Done, Sweep
from vcs.alerts.causes import missed
from vcs.alerts.digest import ahead, held, vacancies, write
from vcs.alerts.digest.due import readers_due
from vcs.alerts.digest.gather import drafts
from vcs.alerts.digest.lost import ask_of_lost, lost_questions
from vcs.alerts.digest.records import Part
from vcs.alerts.digest.write import Kept
from vcs.ledger.silence.silent_courts import silent_courts


def write_digests(sweep: Sweep, *, first_ever: bool = False) -> Done:
    """Write the digests that are due, and withdraw those of other days that never left."""
    _take_back_ahead(sweep)
    _withdraw_stale(sweep)
    with sweep.db.reading() as session:
        due = readers_due(session, sweep.now(), first_ever=first_ever)
        if not due:
            return Done()
        quiet = silent_courts(session, sweep.today)
        morning, found = drafts(session, sweep.now(), due, quiet)
        empty = vacancies.empty_rungs(session, morning)
        lost = lost_questions(morning)
    if lost:
        with sweep.db.writing() as session:
            ask_of_lost(session, lost, sweep.now())
    if empty:
        with sweep.db.writing() as session:
            vacancies.ask_about(session, empty, sweep.today)
    return _keep_all(sweep, [Kept(person, draft) for person, draft in found])


def _keep_all(sweep: Sweep, found: Sequence[Kept]) -> Done:
    """Keep digests, each in a transaction of its own; a region's surge is held."""
    runs: dict[str, int] = {}
    for region, new in held.new_by_region(found).items():
        with sweep.db.writing() as session:
            run = held.run_for(session, region, sweep.today, new, sweep.now())
            if run is not None:
                runs[region] = run.id
    done = 0
    for one in found:
        if sweep.stopping.is_set():
            break
        kept = replace(one, run_id=runs.get(one.person.region_code or ""))
        with sweep.db.writing() as session:
            done += write.keep_digest(session, kept, sweep.now())
            if kept.run_id is not None:
                write.keep_digest(session, replace(kept, part=Part.COUNTS), sweep.now())
    return Done(done, done)


def _take_back_ahead(sweep: Sweep) -> None:
    """Take back what was written while the clock stood ahead, once it is put back."""
    with sweep.db.reading() as session:
        found = ahead.digests_ahead(session, sweep.now())
        is_marked = missed.marked_ahead(session, sweep.today)
    if found or is_marked:
        with sweep.db.writing() as session:
            ahead.take_back_ahead(session, found, sweep.now())
            missed.take_back_marks(session, sweep.today)


def _withdraw_stale(sweep: Sweep) -> None:
    with sweep.db.reading() as session:
        is_stale = write.stale_digests(session, sweep.today)
    if is_stale:
        with sweep.db.writing() as session:
            write.withdraw_stale(session, sweep.today, sweep.now())


def move_held_on(sweep: Sweep) -> Done:
    """Ask the next person about a run that nobody answered, and let it go at the day's end."""
    with sweep.db.reading() as session:
        found = held.runs_to_move_on(session, sweep.now())
    return sweep.each(found, lambda session, run: held.move_on(session, run, sweep.now())).acts
