"""One email each working morning to each witness care unit from which something is due."""

from __future__ import annotations

from datetime import time

from letters.mails import email
from letters.mails.chase_mail import chase_mail
from letters.mails.email import MailPutOff, MailRefused, MailServerDown, Outbox
from scheduler.alerts.after_sending import keep_what_became
from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs import logs
from vcs.clock import LONDON
from vcs.law.deadlines.working_days import is_working_day
from vcs.partners.chase.owe import (
    ask_about_unwritten,
    chase_taken,
    claim_chase,
    owe_chase,
    put_off_chase,
    refuse_chase,
    take_back_ahead,
    withdraw_chases,
)
from vcs.partners.chase.reads import (
    NO_MAILBOX,
    any_ahead,
    from_json,
    not_looked_at,
    nothing_due,
    owed_chases,
    to_chase,
    with_mailbox,
)
from vcs.partners.chase.records import Chase, Mailbox
from vcs.partners.chase.unreached import ask_about_unit

_LOG = logs.logger("vcs.scheduler")

_FROM = time(7)
"""From when on a working morning the emails go, in London. Ours."""


def owe_chases(sweep: Sweep) -> Done:
    """Owe each witness care unit its email of the day, where something is due from it.

    A person is asked about a unit that has no mailbox, or whose emails nobody takes.
    """
    _take_back_ahead(sweep)
    there = sweep.now().astimezone(LONDON)
    if there.time() < _FROM or not is_working_day(there.date(), there.date()):
        return Done()
    with sweep.db.reading() as session:
        new = not_looked_at(session, sweep.today)
        found = to_chase(session, sweep.today) if new else {}
        without = sorted(found.keys() - with_mailbox(session))
    facts = {area: found.get(area) or nothing_due(area, sweep.today) for area in new}
    asked = without if NO_MAILBOX in new else []
    asked += [area for area in new if area in found and area not in without]
    about = sweep.each(asked, lambda session, area: ask_about_unit(session, area, sweep.now()))
    looked = sweep.each(
        new, lambda session, area: owe_chase(session, area, facts[area], sweep.now())
    )
    return Done(about.done + looked.done, about.done + looked.done, about.failed + looked.failed)


def _take_back_ahead(sweep: Sweep) -> None:
    with sweep.db.reading() as session:
        is_ahead = any_ahead(session, sweep.today)
    if is_ahead:
        with sweep.db.writing() as session:
            take_back_ahead(session, sweep.now())


def send_chases(sweep: Sweep) -> Done:
    """Send the emails to witness care units. A server that is down is not asked again here."""
    with sweep.db.reading() as session:
        found = owed_chases(session, sweep.now(), FINDS_AT_A_TIME)
    done = failed = 0
    with email.outbox(sweep.settings) as out:
        for chase_id in found:
            if sweep.stopping.is_set():
                break
            try:
                done += _send(sweep, out, chase_id)
            except MailServerDown:
                failed += 1
                break
            except (MailPutOff, MailRefused):
                failed += 1
    return Done(len(found), done, failed)


def _send(sweep: Sweep, out: Outbox, chase_id: int) -> bool:
    """Send one email: claim it, send it, settle it. Raises what the outbox raised."""
    with sweep.db.writing() as session:
        if not claim_chase(session, chase_id, out.lease, sweep.now()):
            return False
        chase = session.get_one(Chase, chase_id)
        mailbox = session.get(Mailbox, chase.police_area)
        if mailbox is None:
            withdraw_chases(session, chase.police_area, sweep.now())
            return False
    try:
        mail = chase_mail(chase, from_json(chase.facts), mailbox, sweep.settings)
    except Exception as fault:
        # A fault of the program in one email must not keep those to other units.
        _LOG.error("chase.not_written", **logs.fault(fault))
        with sweep.db.writing() as session:
            put_off_chase(session, chase, sweep.now())
            ask_about_unwritten(session, chase, sweep.today)
        raise MailPutOff("The email could not be written.") from None
    try:
        out.send(mail)
    except MailRefused as fault:
        why = str(fault)
        keep_what_became(
            sweep, lambda session: refuse_chase(session, chase, why, sweep.now(), sweep.today)
        )
        raise
    except MailPutOff as fault:
        _LOG.warning("chase.put_off", **logs.fault(fault))
        keep_what_became(sweep, lambda session: put_off_chase(session, chase, sweep.now()))
        raise
    keep_what_became(sweep, lambda session: chase_taken(session, chase_id, sweep.now()))
    return True
