"""Send the alerts that are owed, to each recipient by a mail of their own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from letters.mails import email
from letters.mails.email import MailPutOff, MailRefused, MailServerDown, Outbox
from scheduler.alerts.after_sending import keep_what_became
from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs import logs
from vcs.alerts import deliver
from vcs.alerts.deliver import NOT_WRITTEN, Copy, Hold
from vcs.alerts.reads import DigestMail, NoticeFacts, alerts_facts, owed_alert_ids

_LOG = logs.logger("vcs.scheduler")

_NOBODY = "Nobody has an account that it could go to."

_NOT_ASKED = "The mail server failed before it was asked."

_AT_A_TIME = 20
"""Alerts in one hand at once: whoever is killed holds up no more for the length of a claim."""

_PUT_OFF_IN_A_ROW = 5
"""After so many mails put off one after another, the server is left alone until the next sweep."""


@dataclass
class _Tally:
    """What became of the mails of one sweep. ``in_a_row`` counts those put off last."""

    sent: int = 0
    failed: int = 0
    in_a_row: int = 0
    is_down: bool = False

    @property
    def is_over(self) -> bool:
        """Say whether the server is not to be asked again in this sweep."""
        return self.is_down or self.in_a_row >= _PUT_OFF_IN_A_ROW


@dataclass(frozen=True)
class _Batch:
    """Some alerts that are sent one after the other, each in hand until the batch is settled."""

    sweep: Sweep
    out: Outbox
    hold: Hold
    facts: Mapping[int, NoticeFacts | DigestMail]
    tally: _Tally

    @property
    def goes_on(self) -> bool:
        """Say whether another mail may be begun: the claim must outlast the slowest."""
        is_in_time = self.sweep.now() + self.out.lease / 2 <= self.hold.until
        return is_in_time and not self.sweep.stopping.is_set() and not self.tally.is_over


def send_alerts(sweep: Sweep) -> Done:
    """Send the alerts that are owed. A server that is down is not asked again in this sweep."""
    with sweep.db.reading() as session:
        found = owed_alert_ids(session, sweep.now(), FINDS_AT_A_TIME)
    tally = _Tally()
    with email.outbox(sweep.settings) as out:
        for start in range(0, len(found), _AT_A_TIME):
            if sweep.stopping.is_set() or tally.is_over:
                break
            _send(sweep, out, found[start : start + _AT_A_TIME], tally)
    return Done(len(found), tally.sent, tally.failed)


def _send(sweep: Sweep, out: Outbox, alert_ids: Sequence[int], tally: _Tally) -> None:
    """Send some alerts: claim them, send each to each, settle them."""
    hold = Hold(secrets.token_hex(8), sweep.now() + out.lease)
    with sweep.db.writing() as session:
        claimed = deliver.claim_alerts(session, alert_ids, hold, sweep.now())
        facts = alerts_facts(session, claimed, sweep.today) if claimed else {}
        people = {its: [one.account_id for one in said.recipients] for its, said in facts.items()}
        copies = deliver.address(session, people, sweep.now()) if claimed else []
        _put_aside(
            session, sweep, hold, {one: one in facts for one in claimed if not people.get(one)}
        )
    tally.failed += len(claimed) - len(facts)
    if not claimed:
        return
    waiting = _send_each(_Batch(sweep, out, hold, facts, tally), copies)
    with sweep.db.writing() as session:
        for copy in waiting:
            deliver.put_off(session, copy, _NOT_ASKED, sweep.now())
        sent = [one for one in claimed if people.get(one)]
        tried = {one.alert_id for one in copies}
        deliver.settle_alerts(session, hold, sent, tried, sweep.now())


def _put_aside(session: Session, sweep: Sweep, hold: Hold, alerts: Mapping[int, bool]) -> None:
    """Postpone alerts that can go to nobody now, each with whether it could be worked out.

    A person is asked at once about one that could not: no later try will mend it.
    """
    for alert_id, is_worked_out in alerts.items():
        why = _NOBODY if is_worked_out else NOT_WRITTEN
        deliver.postpone_alert(session, hold, alert_id, why, sweep.now())
        if not is_worked_out:
            deliver.ask_about_unwritten(session, alert_id, None, sweep.now())


def _send_each(batch: _Batch, copies: Sequence[Copy]) -> list[Copy]:
    """Send copies while the batch goes on. Returns those put off with the one that failed last.

    What was not begun stays as it was, and is sent in a later sweep.
    """
    for at, copy in enumerate(copies):
        if not batch.goes_on:
            return []
        _send_copy(batch, copy)
        if batch.tally.is_over:
            return [one for one in copies[at + 1 :] if one.alert_id == copy.alert_id]
    return []


def _send_copy(batch: _Batch, copy: Copy) -> None:
    """Send one recipient's copy, and keep what became of it before anything else is sent."""
    sweep, tally, facts = batch.sweep, batch.tally, batch.facts[copy.alert_id]
    to = next(one for one in facts.recipients if one.account_id == copy.account_id)
    try:
        batch.out.send(email.alert(facts, sweep.settings, to))
    except MailRefused as fault:
        tally.failed += 1
        why = str(fault)
        keep_what_became(sweep, lambda session: deliver.give_up(session, copy, why, sweep.now()))
    except MailPutOff as fault:
        _LOG.warning("alerts.put_off", **logs.fault(fault))
        tally.failed += 1
        tally.in_a_row += 1
        tally.is_down = isinstance(fault, MailServerDown)
        why = str(fault)
        keep_what_became(sweep, lambda session: deliver.put_off(session, copy, why, sweep.now()))
    except Exception as fault:
        # A fault of the program in one mail must not keep those behind it, danger among them.
        _LOG.error("alerts.not_written", **logs.fault(fault))
        tally.failed += 1
        keep_what_became(
            sweep, lambda session: deliver.put_off_unwritten(session, copy, sweep.now())
        )
    else:
        tally.sent, tally.in_a_row = tally.sent + 1, 0
        keep_what_became(sweep, lambda session: deliver.record_taken(session, copy, sweep.now()))
