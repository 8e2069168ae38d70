"""People who join those that are told of a key event, and who hear again while danger lasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlmodel import Session

from scheduler.jobs import Done, Sweep
from vcs import logs
from vcs.access.actors import SYSTEM
from vcs.alerts.causes import late_telling
from vcs.consequences.key_events import bring_sets_up_to_date
from vcs.consequences.offers.offers_again import events_to_offer_at, offer_again
from vcs.errors import VcsError
from vcs.events.records import KeyEvent
from vcs.events.sets.now_reads import sets_that_may_grow
from vcs.events.updates.owed import dangers_that_last, follow

_LOG = logs.logger("vcs.scheduler")

SETS_AT_A_TIME, DANGER_LASTS = 200, timedelta(days=7)


def join_sets(sweep: Sweep) -> Done:
    """Add to each open set, and to danger of the last week, whoever no door added."""
    since = sweep.now() - DANGER_LASTS
    found = _all_of(
        sweep, lambda session, after: sets_that_may_grow(session, since, after, SETS_AT_A_TIME)
    )
    done, failed = _each(sweep, found, _join, "set.not_joined")
    return Done(len(found), done, failed).acts


def _join(sweep: Sweep, session: Session, referral_id: int) -> int:
    return bring_sets_up_to_date(session, sweep.sealer, referral_id, sweep.now())


def keep_word(sweep: Sweep) -> Done:
    """Open the next word for whoever hears again while a danger lasts; end it once that is over."""
    found = _all_of(sweep, lambda session, after: dangers_that_last(session, after, SETS_AT_A_TIME))
    done, failed = _each(sweep, found, _keep_word, "word.not_kept")
    return Done(done, done, failed)


def _keep_word(sweep: Sweep, session: Session, event_id: int) -> int:
    event = session.get_one(KeyEvent, event_id)
    return follow(session, sweep.sealer, event, (sweep.now(), SYSTEM))


def notice_late_telling(sweep: Sweep) -> Done:
    """Owe the emails about people who must be told soon, or should have been told by now."""
    with sweep.db.reading() as session:
        wanted = late_telling.wanted_notices(session, sweep.now())
        new = late_telling.untold_notices(session, wanted)
        dropped = late_telling.no_longer_wanted(session, wanted)
    if not new and not dropped:
        return Done()
    with sweep.db.writing() as session:
        changed = late_telling.keep_notices(session, new, dropped, sweep.now())
    return Done(changed, changed)


def offer_at_events(sweep: Sweep) -> Done:
    """Ask officers to make the offer again at an event that somebody named, or before a release."""
    with sweep.db.reading() as session:
        found = events_to_offer_at(session, sweep.now(), SETS_AT_A_TIME)
    done, failed = _each(sweep, found, _offer, "offer.not_asked")
    return Done(done, done, failed)


def _offer(sweep: Sweep, session: Session, event_id: int) -> int:
    event = session.get_one(KeyEvent, event_id, with_for_update=True)
    return offer_again(session, sweep.sealer, event, sweep.now())


def _all_of(sweep: Sweep, find: Callable[[Session, int], list[int]]) -> list[int]:
    """Return every id that is found, some at a time: what stays open stays among the first."""
    found: list[int] = []
    while True:
        with sweep.db.reading() as session:
            more = find(session, found[-1] if found else 0)
        found += more
        if len(more) < SETS_AT_A_TIME:
            return found


def _each(
    sweep: Sweep, found: Sequence[int], act: Callable[[Sweep, Session, int], int], fault_name: str
) -> tuple[int, int]:
    """Act on each in a transaction of its own; return how much was done and how many failed.

    One name that no key opens keeps nobody of another offender from being told.
    """
    done = failed = 0
    for row_id in found:
        if sweep.stopping.is_set():
            break
        try:
            with sweep.db.writing() as session:
                done += act(sweep, session, row_id)
        except VcsError as fault:
            failed += 1
            _LOG.error(fault_name, **logs.fault(fault))
    return done, failed
