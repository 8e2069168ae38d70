"""Staff who must not see a case, who opened one in an emergency, or who read unusually much."""

from __future__ import annotations

from functools import partial

from sqlmodel import Session

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.access.actors import SYSTEM
from vcs.access.records import Account
from vcs.alerts.causes import emergencies, unusual_reading
from vcs.consequences.hidden import restricting
from vcs.consequences.moves import handover


def hand_over_hidden(sweep: Sweep) -> Done:
    """Ask for another officer of referrals that came to be hidden from the one they have."""
    with sweep.db.reading() as session:
        found = handover.excluded_accounts(session)
    # Most sweeps find nothing to hand over, and record nothing.
    return sweep.each(found, partial(_hand_over, sweep)).acts


def _hand_over(sweep: Sweep, session: Session, account_id: int) -> int:
    account = session.get_one(Account, account_id, with_for_update=True)
    return handover.hand_over_hidden(session, account, SYSTEM, sweep.now())


def let_managers_in(sweep: Sweep) -> Done:
    """Ask for other people where nobody who is named for a restricted case acts on it."""
    with sweep.db.reading() as session:
        found = restricting.left_to_nobody(session, sweep.today)
    return sweep.each(
        found,
        lambda session, restriction: restricting.ask_for_others(session, restriction, sweep.now()),
    ).acts


def notice_emergencies(sweep: Sweep) -> Done:
    """Owe the emails about what was opened in an emergency."""
    with sweep.db.reading() as session:
        found = emergencies.untold_emergencies(session, FINDS_AT_A_TIME)
    return sweep.each(
        found,
        lambda session, emergency: emergencies.tell_of_emergency(session, emergency, sweep.now()),
    )


def notice_unusual_reading(sweep: Sweep) -> Done:
    """Owe the emails about whoever opened many people's details."""
    with sweep.db.reading() as session:
        found = unusual_reading.untold_readings(session, FINDS_AT_A_TIME)
    return sweep.each(
        found,
        lambda session, reading: unusual_reading.tell_of_reading(session, reading, sweep.now()),
    )
