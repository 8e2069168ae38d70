"""Work out what units' programs are told of their referrals, and whose a consultation is."""

from __future__ import annotations

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.consultations.find import find_asked
from vcs.partners.outcomes.work_out import work_out


def find_consulted(sweep: Sweep) -> Done:
    """Find whose the new questions of offender managers are, and ask the units."""
    with sweep.db.writing() as session:
        count = find_asked(session, sweep.sealer, sweep.now(), FINDS_AT_A_TIME)
    return Done(count, count)


def tell_units(sweep: Sweep) -> Done:
    """Add what became of referrals since, for units' programs to read."""
    with sweep.db.writing() as session:
        count = work_out(session, sweep.sealer, sweep.now(), FINDS_AT_A_TIME)
    return Done(count, count)
