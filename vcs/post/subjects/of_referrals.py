"""Letters about the referral itself: a changed sentence, an end, another officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from sqlmodel import col, select

from vcs.clock import london_date
from vcs.events.records import EventKind, KeyEvent
from vcs.post.rows.policy import Trigger
from vcs.post.stale.basis import imposed_by
from vcs.post.subjects.at_events import events_for
from vcs.post.subjects.of_choices import latest_choice, was_asked
from vcs.post.subjects.subject import Around, Subject
from vcs.referrals.records import ClosedReason, ReferralStatus
from vcs.sentences.records import DecisionRecord

_ONE_CHANGE: Final = timedelta(days=30)
"""A court's message and an event that somebody recorded within it are one change."""


def sentence_changed(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield the last change of a sentence, as the court told it or as somebody recorded it.

    Whoever was not reached yet learns the sentence as it is now from the first letter.
    """
    event = next(events_for(around, (EventKind.SENTENCE_CHANGED,)), None)
    changed = last_change(around)
    if changed is not None and (event is None or _is_one(event, changed)):
        known_on = london_date(changed.made_at)
        reached_on = _in_touch_since(around)
        is_due = reached_on is not None and reached_on <= known_on and around.is_recent(known_on)
        event_id = event.id if event else None
        yield Subject(f"decision {changed.id}", known_on, is_due, event_id=event_id)
    elif event is not None:
        known_on = london_date(event.recorded_at)
        yield Subject(event.reference, known_on, around.is_recent(known_on), event_id=event.id)


def last_change(around: Around) -> DecisionRecord | None:
    """Return the first decision on the sentence as it is now; None where it never changed."""
    query = select(DecisionRecord).where(DecisionRecord.sentence_id == around.sentence.id)
    rows = around.session.exec(query.order_by(col(DecisionRecord.id)))
    runs = [next(run) for _, run in groupby(rows, key=imposed_by)]
    return runs[-1] if len(runs) > 1 else None


def refused(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield that the scheme was found not to apply, for whoever never was in it."""
    yield from _closed(around, was_in_it=False)


def closed(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield that a referral was closed because of the sentence, for whoever was in the scheme."""
    yield from _closed(around, was_in_it=True)


def _closed(around: Around, *, was_in_it: bool) -> Iterator[Subject]:
    referral = around.referral
    ended = referral.status == ReferralStatus.CLOSED and referral.closed_on
    if not ended or referral.closed_reason != ClosedReason.NOT_ELIGIBLE:
        return
    chose = was_asked(around)
    if (chose or around.victim.contacted_on is not None) is was_in_it:
        yield Subject("", ended, around.is_recent(ended))


def officer_changed(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield who answers now, for a person to begin: giving the referral drafts it by itself."""
    officer = around.referral.vlo_account_id
    if officer is not None and _in_touch_since(around) is not None:
        yield Subject(f"officer {officer}", around.today, is_due=False)


def _in_touch_since(around: Around) -> date | None:
    """Return since when somebody knows of the scheme: a contact, or what they chose by a letter."""
    chosen = latest_choice(around)
    days = (around.victim.contacted_on, chosen.chosen_on if chosen else None)
    return min((day for day in days if day), default=None)


def _is_one(event: KeyEvent, changed: DecisionRecord) -> bool:
    return abs(event.recorded_at - changed.made_at) <= _ONE_CHANGE
