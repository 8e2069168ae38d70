"""People on record, made ready to be found again; and the officers who are away."""

from __future__ import annotations

from datetime import timedelta

from scheduler.jobs import Done, Sweep
from vcs.consequences.key_events import bring_sets_up_to_date
from vcs.consequences.transfer import ask_old_unit
from vcs.events.now_reads import sets_that_may_grow
from vcs.referrals.officers.cover_needed import ask_for_cover, cover_to_ask
from vcs.referrals.officers.transfer_reads import offers_to_ask_about
from vcs.victims import ask_again, known

PEOPLE_AT_A_TIME, TIMES_AT_A_TICK = 100, 20

SETS_AT_A_TIME, DANGER_LASTS = 200, timedelta(days=7)


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


def join_sets(sweep: Sweep) -> Done:
    """Add to each open set, and to danger of the last week, whoever no door added."""
    with sweep.db.reading() as session:
        found = sets_that_may_grow(session, sweep.now() - DANGER_LASTS, SETS_AT_A_TIME)
    done = 0
    for referral_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += bring_sets_up_to_date(session, sweep.sealer, referral_id, sweep.now())
    return Done(len(found), done)


def ask_again_after_not_now(sweep: Sweep) -> Done:
    """Ask officers to make an offer again to those whose *not now* is over, some at each tick."""
    done = 0
    for _ in range(TIMES_AT_A_TICK):
        with sweep.db.writing() as session:
            asked = ask_again.ask_who_is_due(session, sweep.today, PEOPLE_AT_A_TIME)
        done += asked
        if asked < PEOPLE_AT_A_TIME or sweep.stopping.is_set():
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
