"""People on record, made ready to be found again; and staff who must not see a case."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.access.actors import SYSTEM
from vcs.access.records import Account
from vcs.consequences import handover
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


def hand_over_hidden(sweep: Sweep) -> Done:
    """Ask for another officer of referrals that came to be hidden from the one they have."""
    with sweep.db.reading() as session:
        found = handover.excluded_accounts(session)
    done = 0
    for account_id in found:
        with sweep.db.writing() as session:
            account = session.get_one(Account, account_id, with_for_update=True)
            done += handover.hand_over_hidden(session, account, SYSTEM, sweep.now())
    return Done(len(found), done)
