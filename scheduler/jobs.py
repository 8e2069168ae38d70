"""What the scheduler does: find, and for each find look again and act in its own transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from vcs import clock, logs
from vcs.alerts import owe
from vcs.alerts.causes import late_decisions, missed
from vcs.consequences.messages.desk import read_waiting
from vcs.consequences.past import recount
from vcs.database import Database
from vcs.errors import CannotOpen
from vcs.keys.unopened import look_at_each
from vcs.ledger.integrity import proving
from vcs.ledger.integrity.proof import proof_due, prove
from vcs.ledger.silence import listening
from vcs.ledger.silence.feeds import Feed, feeds, silence_due, silent
from vcs.partners.deciding import ask_about_late
from vcs.partners.desk import attach_early, read_requests
from vcs.partners.receiving.receipts import late_requests
from vcs.post import opening
from vcs.post.stale.due import go_on_behind, letters_to_check
from vcs.referrals.due_days.due import missed_candidates, to_count_again
from vcs.sealing import Sealer
from vcs.sentences.court_messages import retention
from vcs.sentences.set_aside.reads import set_aside_too_old
from vcs.settings import Settings
from vcs.tasks import unopened
from vcs.tasks.ask import open_tasks
from vcs.victims.person import is_theirs
from vcs.victims.records import PersonRecord

_LOG = logs.logger("vcs.scheduler")

MESSAGES_AT_A_TIME = 500
FINDS_AT_A_TIME = 500
BODIES_AT_A_TIME = 50
ROUNDS_AT_A_TICK = 20

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Done:
    """What one job did: how many it found, did, and failed at."""

    found: int = 0
    done: int = 0
    failed: int = 0

    @property
    def acts(self) -> Done:
        """Return it for a job whose finds are mostly in order: what it did or failed at counts.

        Nothing is recorded of the others at each tick.
        """
        return Done(self.done + self.failed, self.done, self.failed)


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

    def each(self, found: Iterable[_Found], act: Callable[[Session, _Found], int]) -> Done:
        """Act on each item in a transaction of its own.

        One that no key opens has failed, and keeps no other from its turn.
        """
        looked = done = failed = 0
        for item in found:
            if self.stopping.is_set():
                break
            looked += 1
            try:
                with self.db.writing() as session:
                    done += act(session, item)
            except CannotOpen as fault:
                failed += 1
                _LOG.error("item.not_opened", **logs.fault(fault))
        return Done(looked, done, failed)

    def rounds(self, act: Callable[[Session], int], full: int) -> int:
        """Act in rounds, each a transaction, until one does less than ``full``.

        A tick makes no more than twenty: what is due behind this must not wait for all of it.
        """
        done = 0
        for _ in range(ROUNDS_AT_A_TICK):
            with self.db.writing() as session:
                made = act(session)
            done += made
            if made < full or self.stopping.is_set():
                break
        return done


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the timetable.

    ``once_a_tick`` is for what takes long and can wait: what it did brings no further round about.
    """

    name: str
    why: str
    run: Callable[[Sweep], Done]
    once_a_tick: bool = False


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
    again = sweep.each(
        found.changed,
        lambda session, deadline: recount.count_again(session, deadline, today, sweep.now()),
    )
    return Done(len(found.alike) + again.found, done + again.done, again.failed)


def attach_referrals(sweep: Sweep) -> Done:
    """Deal with witness care's requests that were left waiting, and with those whose time came."""
    count = read_requests(sweep.db, sweep.sealer, MESSAGES_AT_A_TIME, now=sweep.now)
    count += attach_early(sweep.db, sweep.sealer, FINDS_AT_A_TIME, now=sweep.now)
    return Done(count, count)


def ask_about_late_referrals(sweep: Sweep) -> Done:
    """Ask a person about referrals whose sentence is long in coming."""
    with sweep.db.reading() as session:
        found = late_requests(session, sweep.today, FINDS_AT_A_TIME)
    return sweep.each(
        found,
        lambda session, request: ask_about_late(
            session, sweep.sealer, request, sweep.today, sweep.now()
        ),
    )


def mark_missed(sweep: Sweep) -> Done:
    """Mark the deadlines that passed, and owe one alert for each."""
    with sweep.db.reading() as session:
        found = missed_candidates(session, sweep.today, FINDS_AT_A_TIME)
    return sweep.each(
        found,
        lambda session, deadline: missed.mark_missed(session, deadline, sweep.today, sweep.now()),
    )


def notice_late_decisions(sweep: Sweep) -> Done:
    """Owe one alert for each decision that took longer than its time."""
    with sweep.db.reading() as session:
        found = late_decisions.late_decisions(session, sweep.today, FINDS_AT_A_TIME)
    return sweep.each(
        found,
        lambda session, task: late_decisions.owe_late_decision(
            session, task, sweep.today, sweep.now()
        ),
    )


def withdraw_letters(sweep: Sweep) -> Done:
    """Withdraw approved letters that are out of date, or name who does not answer any more."""
    with sweep.db.reading() as session:
        found = letters_to_check(session, sweep.today, FINDS_AT_A_TIME)
    if found.upto != found.after:
        with sweep.db.writing() as session:
            go_on_behind(session, found)
    now = sweep.now()
    return sweep.each(
        found.victims,
        lambda session, one: opening.withdraw_if_outdated(session, sweep.sealer, one, now),
    ).acts


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
    told = sweep.each(
        map(_silence, silent(found)),
        lambda session, silence: owe.owe_silence(session, silence, sweep.now()),
    )
    return Done(len(found), told.done, told.failed)


def _silence(feed: Feed) -> owe.Silence:
    usual = feed.rhythm.usual if feed.rhythm else 0
    return owe.Silence(feed.called, feed.last_on, feed.quiet_for, usual)


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
    """Look at some sealed values; ask about those that no key opens, or that are of another."""
    with sweep.db.reading() as session:

        def theirs(row: int, _: bytes) -> bool:
            return is_theirs(sweep.sealer, session.get_one(PersonRecord, row))

        looks = look_at_each(session, sweep.sealer, {"person.sealed": theirs})
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


def remove_bodies(sweep: Sweep) -> Done:
    """Delete court messages past retention, in small batches so writers are not blocked."""
    settled_before = sweep.now() - timedelta(days=sweep.settings.keep_messages_days)
    with sweep.db.reading() as session:
        found = retention.due_bodies(session, settled_before, FINDS_AT_A_TIME)
    starts = range(0, len(found), BODIES_AT_A_TIME)
    removed = sweep.each(
        (found[start : start + BODIES_AT_A_TIME] for start in starts),
        lambda session, few: retention.remove_bodies(
            session, few, settled_before, sweep.now(), sweep.today
        ),
    )
    return Done(len(found), removed.done, removed.failed)
