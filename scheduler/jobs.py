"""What the scheduler does: find, and for each find look again and act in its own transaction."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from letters import email
from letters.email import MailPutOff, MailRefused, Outbox
from vcs import clock, logs
from vcs.alerts import late_decisions, missed, owe
from vcs.alerts.deliver import claim_alert, give_up_alert, postpone_alert, record_sent
from vcs.alerts.reads import alert_facts, owed_alert_ids
from vcs.consequences import recount
from vcs.consequences.desk import read_waiting
from vcs.database import Database
from vcs.errors import VcsError
from vcs.keys.unopened import look_at_each
from vcs.ledger import listening, proving
from vcs.ledger.feeds import feeds, silence_due, silent
from vcs.ledger.proof import proof_due, prove
from vcs.partners.deciding import ask_about_late
from vcs.partners.desk import attach_early, read_requests
from vcs.partners.receipts import late_requests
from vcs.post import opening
from vcs.post.due import letters_to_check
from vcs.referrals.due import missed_candidates, to_count_again
from vcs.sealing import Sealer
from vcs.sentences import retention
from vcs.sentences.set_aside.reads import set_aside_too_old
from vcs.settings import Settings
from vcs.tasks import unopened
from vcs.tasks.ask import open_tasks

_LOG = logs.logger("vcs.scheduler")

MESSAGES_AT_A_TIME = 500

FINDS_AT_A_TIME = 500

BODIES_AT_A_TIME = 50

_NOBODY = "Nobody has an account that it could go to."


@dataclass(frozen=True, slots=True)
class Done:
    """What one job did: how many it found, did, and failed at."""

    found: int = 0
    done: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Sweep:
    """Everything a job needs. ``stopping`` ends it after the item in hand."""

    settings: Settings
    db: Database
    sealer: Sealer
    now: Callable[[], datetime] = clock.now
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def today(self) -> date:
        """Return today's date in London."""
        return clock.london_date(self.now())


def read_messages(sweep: Sweep) -> Done:
    """Read court messages that the web process left waiting."""
    count = read_waiting(sweep.db, sweep.sealer, MESSAGES_AT_A_TIME, now=sweep.now)
    return Done(count, count)


def count_again(sweep: Sweep) -> Done:
    """Count anew the open deadlines that an older bank-holiday calendar counted."""
    today = sweep.today
    with sweep.db.reading() as session:
        found = to_count_again(session, today, FINDS_AT_A_TIME)
    done = 0
    if found.alike:
        with sweep.db.writing() as session:
            done += recount.keep_as_counted(session, found.alike, today)
    for deadline_id in found.changed:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += recount.count_again(session, deadline_id, today, sweep.now())
    return Done(len(found.alike) + len(found.changed), done)


def attach_referrals(sweep: Sweep) -> Done:
    """Deal with witness care's requests that were left waiting, and with those whose time came."""
    count = read_requests(sweep.db, sweep.sealer, MESSAGES_AT_A_TIME, now=sweep.now)
    count += attach_early(sweep.db, sweep.sealer, FINDS_AT_A_TIME, now=sweep.now)
    return Done(count, count)


def ask_about_late_referrals(sweep: Sweep) -> Done:
    """Ask a person about referrals whose sentence is long in coming."""
    with sweep.db.reading() as session:
        found = late_requests(session, sweep.today, FINDS_AT_A_TIME)
    done = 0
    for request_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += ask_about_late(session, sweep.sealer, request_id, sweep.today, sweep.now())
    return Done(len(found), done)


def mark_missed(sweep: Sweep) -> Done:
    """Mark the deadlines that passed, and owe one alert for each."""
    with sweep.db.reading() as session:
        found = missed_candidates(session, sweep.today, FINDS_AT_A_TIME)
    done = 0
    for deadline_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += missed.mark_missed(session, deadline_id, sweep.today, sweep.now())
    return Done(len(found), done)


def notice_late_decisions(sweep: Sweep) -> Done:
    """Owe one alert for each decision that took longer than its time."""
    with sweep.db.reading() as session:
        found = late_decisions.late_decisions(session, sweep.today, FINDS_AT_A_TIME)
    done = 0
    for task_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += late_decisions.owe_late_decision(session, task_id, sweep.today, sweep.now())
    return Done(len(found), done)


def withdraw_letters(sweep: Sweep) -> Done:
    """Withdraw approved letters that are out of date, or name who does not answer any more."""
    with sweep.db.reading() as session:
        found = letters_to_check(session, sweep.today, FINDS_AT_A_TIME)
    done = 0
    for victim_id in found:
        if sweep.stopping.is_set():
            break
        with sweep.db.writing() as session:
            done += opening.withdraw_if_outdated(session, sweep.sealer, victim_id, sweep.now())
    # Most changes leave a letter as it was: nothing is recorded for those at each tick.
    return Done(done, done)


def prove_ledger(sweep: Sweep) -> Done:
    """Prove that the ledger closes, where that is due, and keep what was found."""
    with sweep.db.reading() as session:
        if not proof_due(session, sweep.now()):
            return Done()
        proof = prove(session, sweep.sealer, sweep.now())
    with sweep.db.writing() as session:
        proving.keep_proof(session, proof.counts, proof.problems, sweep.now(), sweep.today)
    if proof.problems:
        proving.mend_counts(sweep.db)
    return Done(1, 1)


def count_feeds(sweep: Sweep) -> Done:
    """Count who spoke on which day, and the codes that no table holds."""
    count = 0
    while not sweep.stopping.is_set():
        with sweep.db.writing() as session:
            counted = listening.count_messages(session, sweep.now())
            counted += listening.count_decisions(session)
        if not counted:
            break
        count += counted
    return Done(count, count)


def notice_silence(sweep: Sweep) -> Done:
    """Look once a day for courts and clients that have fallen silent, and owe alerts for them."""
    with sweep.db.reading() as session:
        if not silence_due(session, sweep.now()):
            return Done()
        found = feeds(session, sweep.today)
    done = 0
    for feed in silent(found):
        usual = feed.rhythm.usual if feed.rhythm else 0
        with sweep.db.writing() as session:
            silence = owe.Silence(feed.called, feed.last_on, feed.quiet_for, usual)
            done += owe.owe_silence(session, silence, sweep.now())
    return Done(len(found), done)


def notice_set_aside(sweep: Sweep) -> Done:
    """Owe an alert, once a day, while messages that nobody could read wait too long."""
    with sweep.db.reading() as session:
        found = set_aside_too_old(session, sweep.today)
    if not found:
        return Done()
    oldest_on = clock.london_date(found[0].received_at)
    with sweep.db.writing() as session:
        is_new = owe.owe_set_aside_old(session, len(found), oldest_on, sweep.now(), sweep.today)
    # What was told already today is no work done: nothing is recorded at each tick.
    return Done(len(found), 1) if is_new else Done()


def notice_unopened(sweep: Sweep) -> Done:
    """Look at some sealed values, and ask an administrator about those that no key opens."""
    with sweep.db.reading() as session:
        looks = look_at_each(session, sweep.sealer)
        new = unopened.not_asked(session, [one for look in looks for one in look.found])
    if not new and not any(look.has_moved for look in looks):
        return Done()
    with sweep.db.writing() as session:
        asked = unopened.keep_looks(session, looks, sweep.today)
    return Done(asked, asked)


def notice_calendar(sweep: Sweep) -> Done:
    """Ask once for bank holidays that are not proclaimed for 12 months ahead."""
    with sweep.db.reading() as session:
        due = unopened.calendar_question(session, sweep.today)
    if due:
        with sweep.db.writing() as session:
            open_tasks(session, due, sweep.today)
    return Done(len(due), len(due))


def send_alerts(sweep: Sweep) -> Done:
    """Send the alerts that are owed. A server that is down is not asked again in this sweep."""
    with sweep.db.reading() as session:
        found = owed_alert_ids(session, sweep.now(), FINDS_AT_A_TIME)
    done = failed = 0
    with email.outbox(sweep.settings) as out:
        for alert_id in found:
            if sweep.stopping.is_set():
                break
            try:
                done += _send(sweep, out, alert_id)
            except MailRefused:
                failed += 1
            except MailPutOff as fault:
                _LOG.warning("alerts.put_off", **logs.fault(fault))
                failed += 1
                break
    return Done(len(found), done, failed)


def _send(sweep: Sweep, out: Outbox, alert_id: int) -> bool:
    """Send one alert: claim it, send it, settle it. Raises what the outbox raised."""
    claimant = secrets.token_hex(8)
    with sweep.db.writing() as session:
        if not claim_alert(session, alert_id, claimant, out.lease, sweep.now()):
            return False
    with sweep.db.reading() as session:
        facts = alert_facts(session, alert_id, sweep.today)
    if out.needs_recipients and not facts.recipients:
        _put_off(sweep, alert_id, claimant, _NOBODY)
        return False
    try:
        out.send(email.alert(facts, sweep.settings))
    except VcsError as fault:
        _fail(sweep, alert_id, claimant, fault)
        raise
    with sweep.db.writing() as session:
        record_sent(session, alert_id, sweep.now())
    return True


def _fail(sweep: Sweep, alert_id: int, claimant: str, fault: VcsError) -> None:
    if not isinstance(fault, MailRefused):
        _put_off(sweep, alert_id, claimant, str(fault))
        return
    with sweep.db.writing() as session:
        give_up_alert(session, alert_id, claimant, str(fault), sweep.now())


def _put_off(sweep: Sweep, alert_id: int, claimant: str, why: str) -> None:
    with sweep.db.writing() as session:
        postpone_alert(session, alert_id, claimant, why, sweep.now())


def remove_bodies(sweep: Sweep) -> Done:
    """Delete court messages past retention, in small batches so writers are not blocked."""
    settled_before = sweep.now() - timedelta(days=sweep.settings.keep_messages_days)
    with sweep.db.reading() as session:
        found = retention.due_bodies(session, settled_before, FINDS_AT_A_TIME)
    done = 0
    for start in range(0, len(found), BODIES_AT_A_TIME):
        if sweep.stopping.is_set():
            break
        few = found[start : start + BODIES_AT_A_TIME]
        with sweep.db.writing() as session:
            done += retention.remove_bodies(session, few, settled_before, sweep.now(), sweep.today)
    return Done(len(found), done)
