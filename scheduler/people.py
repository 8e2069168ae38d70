"""People on record, made ready to be found again; and the officers who are away."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.consequences.transfer import ask_old_unit
from vcs.referrals.officers.cover_needed import ask_for_cover, cover_to_ask
from vcs.referrals.officers.transfer_reads import offers_to_ask_about
from vcs.victims import known

PEOPLE_AT_A_TIME, TIMES_AT_A_TICK = 100, 20


def digest_people(sweep: Sweep) -> Done:
    """Make the digests of people who have none under the newest key, some at each tick."""
    done = 0
    for _ in range(TIMES_AT_A_TICK):
        with sweep.db.writing() as session:
            made = known.digest_and_ask(session, sweep.sealer, sweep.today, PEOPLE_AT_A_TIME)
        done += made
        if made < PEOPLE_AT_A_TIME or sweep.stopping.is_set():
            break
    return Done(done, done)


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
    done = 0
    for transfer_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += ask_old_unit(session, transfer_id, sweep.today, sweep.now())
    return Done(len(found), done)
