"""Staff who must not see a case, who opened one in an emergency, or who read unusually much."""

from __future__ import annotations

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.access.actors import SYSTEM
from vcs.access.records import Account
from vcs.alerts import emergencies, unusual_reading
from vcs.consequences import handover, restricting


def hand_over_hidden(sweep: Sweep) -> Done:
    """Ask for another officer of referrals that came to be hidden from the one they have."""
    with sweep.db.reading() as session:
        found = handover.excluded_accounts(session)
    done = 0
    for account_id in found:
        with sweep.db.writing() as session:
            account = session.get_one(Account, account_id, with_for_update=True)
            done += handover.hand_over_hidden(session, account, SYSTEM, sweep.now())
    # Most sweeps find nothing to hand over, and record nothing.
    return Done(done, done)


def let_managers_in(sweep: Sweep) -> Done:
    """Ask for other people where nobody who is named for a restricted case acts on it."""
    with sweep.db.reading() as session:
        found = restricting.left_to_nobody(session, sweep.today)
    done = 0
    for restriction_id in found:
        with sweep.db.writing() as session:
            done += restricting.ask_for_others(session, restriction_id, sweep.now())
    return Done(done, done)


def notice_emergencies(sweep: Sweep) -> Done:
    """Owe the emails about what was opened in an emergency."""
    with sweep.db.reading() as session:
        found = emergencies.untold_emergencies(session, FINDS_AT_A_TIME)
    done = 0
    for emergency_id in found:
        with sweep.db.writing() as session:
            done += emergencies.tell_of_emergency(session, emergency_id, sweep.now())
    return Done(len(found), done)


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
