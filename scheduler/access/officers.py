"""Officers who are away, and referrals that another region was asked to take."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.consequences.moves.transfer import ask_old_unit
from vcs.referrals.officers.cover_needed import ask_for_cover, cover_to_ask
from vcs.referrals.officers.transfer_reads import offers_to_ask_about


def ask_who_covers(sweep: Sweep) -> Done:
    """Ask the managers who covers, from the day on which nobody does; close what is covered."""
    with sweep.db.reading() as session:
        if not cover_to_ask(session, sweep.today):
            return Done()
    with sweep.db.writing() as session:
        asked = ask_for_cover(session, sweep.today, sweep.now())
    return Done(asked, asked)


def ask_about_transfers(sweep: Sweep) -> Done:
    """Ask the unit that offered a referral to another region, where nobody there answered."""
    with sweep.db.reading() as session:
        found = offers_to_ask_about(session, sweep.today)
    return sweep.each(
        found,
        lambda session, transfer: ask_old_unit(session, transfer, sweep.today, sweep.now()),
    )
