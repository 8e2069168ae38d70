"""News under embargo: nobody is told of an event before a moment, and its clock runs from then.

It ends by itself. It ends at once where the news is out: then everybody is told without delay.
Danger is never under embargo, and nor is whatever is never held back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import LONDON, london_date
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.events.catalogue import OUT_FROM_ITS_DAY, KindRow, When, kind_row
from vcs.events.find import hold_event
from vcs.events.moments import london_moment, read_time, start_of, tell_by
from vcs.events.records import LONGEST_REASON, EventLine, KeyEvent
from vcs.law.deadlines.duties import in_words
from vcs.referrals.records import Referral

LONGEST: Final = timedelta(days=90)
"""For how long news may be under embargo: our own setting, to be confirmed."""

ONCE_OUT: Final = timedelta(hours=4)
"""Within how long everybody is told once the news is out: ours, like the time of a released set."""


@dataclass(frozen=True, slots=True)
class Embargo:
    """Until when nobody is told, as it was typed in London time, and who asked for it and why."""

    until_on: date
    until_time: str
    why: str


def moment_of(embargo: Embargo) -> datetime | None:
    """Return the moment of an embargo; None for an hour that cannot be read."""
    clock = read_time(embargo.until_time)
    return london_moment(embargo.until_on, clock) if clock else None


def embargo_problems(
    row: KindRow, happened_on: date, embargo: Embargo, now: datetime
) -> dict[str, str]:
    """Return what is wrong with an embargo, by field."""
    fields = {}
    until = moment_of(embargo)
    if not row.may_hold:
        fields["embargo_on"] = f"“{row.words}” is never held back, so it cannot be under embargo"
    elif until is None:
        fields["embargo_time"] = "Enter the hour like 14:05 or 2:05pm"
    elif until <= now:
        fields["embargo_on"] = "The moment must be in the future"
    elif until > now + LONGEST:
        fields["embargo_on"] = f"The moment must be within {LONGEST.days} days"
    elif _is_too_late(row, happened_on, until, now):
        fields["embargo_on"] = "People must be told before the day itself: choose a moment before"
    if not embargo.why.strip() or len(embargo.why) > LONGEST_REASON:
        words = f"Enter who asks for it and why, in {LONGEST_REASON} characters or fewer"
        fields["embargo_why"] = words
    return fields


def _is_too_late(row: KindRow, happened_on: date, until: datetime, now: datetime) -> bool:
    is_before_its_day = row.when is When.AHEAD or happened_on > london_date(now)
    return (is_before_its_day or row.kind in OUT_FROM_ITS_DAY) and until >= start_of(happened_on)


def put_under(work: Work, event: KeyEvent, embargo: Embargo) -> None:
    """Put an event under embargo, checked before; the time to tell counts from its moment."""
    until = moment_of(embargo)
    if until is None:
        raise NotValid("Enter the hour.", {"embargo_time": "Enter the hour like 14:05 or 2:05pm"})
    event.embargo_until, event.embargo_by = until, work.actor.account_id
    event.embargo_sealed = work.sealer.seal_text(embargo.why.strip())
    event.embargo_ended_at = event.embargo_ended_by = event.embargo_ended_sealed = None
    event.tell_by_at = tell_by(kind_row(event.kind), event.happened_on, until)
    work.session.add(event)


def set_embargo(work: Work, event_reference: str, embargo: Embargo) -> KeyEvent:
    """Put an event under embargo after it was recorded, or move its moment.

    Raises Conflict where somebody has been told, or it was taken back; NotAllowed for a later
    moment from whoever set the one that stands: that takes a second person.
    """
    work.require_may(Act.SET_EMBARGO)
    event = hold_event(work, event_reference)
    if event.taken_back_at is not None:
        raise Conflict("This event was taken back. Load its page again.")
    if is_told_to_anybody(work.session, event):
        raise Conflict(
            "Somebody has been told of this already, so it cannot be under embargo. Tell whoever "
            "asked for it."
        )
    row = kind_row(event.kind)
    if fields := embargo_problems(row, event.happened_on, embargo, work.now):
        raise NotValid("Some details need correcting.", fields)
    require_second(work, event, embargo)
    put_under(work, event, embargo)
    _note(work, "event.embargo_set", event)
    return event


def require_second(work: Work, event: KeyEvent, embargo: Embargo) -> None:
    """Raise NotAllowed where whoever set an embargo would have it last longer."""
    until, was = moment_of(embargo), event.embargo_until
    if event.embargo_by == work.actor.account_id and until and was and until > was:
        raise NotAllowed(
            "Ask another manager: whoever put this under embargo cannot make it last longer."
        )


def end_embargo(work: Work, event_reference: str, reason: str) -> KeyEvent:
    """End an embargo at once, because the news is out: everybody is told now, without a hold."""
    work.require_may(Act.SET_EMBARGO)
    event = hold_event(work, event_reference)
    if not is_under_embargo(event, work.now):
        raise Conflict("This event is not under embargo. Load its page again.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter where it is known, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why it ends.", {"reason": words})
    event.embargo_ended_at, event.embargo_ended_by = work.now, work.actor.account_id
    event.embargo_ended_sealed = work.sealer.seal_text(reason.strip())
    event.may_tell_at = event.may_tell_at or work.now
    event.tell_by_at = min(event.tell_by_at, work.now + ONCE_OUT)
    work.session.add(event)
    _note(work, "event.embargo_ended", event)
    return event


def _note(work: Work, what: str, event: KeyEvent) -> None:
    referral = work.session.get_one(Referral, event.referral_id)
    work.note(what, referral.reference, event.reference)


def is_told_to_anybody(session: Session, event: KeyEvent) -> bool:
    """Say whether somebody has been told of an event."""
    lines = session.exec(select(EventLine).where(EventLine.event_id == event.id))
    return any(line.told_at is not None for line in lines)


def is_under_embargo(event: KeyEvent, now: datetime) -> bool:
    """Say whether nobody may be told of an event yet."""
    until = told_from(event)
    return until is not None and now < until and event.taken_back_at is None


def told_from(event: KeyEvent) -> datetime | None:
    """Return the moment from which people may be told; None for an event without an embargo."""
    return event.embargo_ended_at or event.embargo_until


def refuse_under_embargo(event: KeyEvent, now: datetime) -> None:
    """Raise Conflict, with the moment, where nobody may be told of an event yet."""
    if is_under_embargo(event, now) and event.embargo_until is not None:
        there = event.embargo_until.astimezone(LONDON)
        raise Conflict(
            f"Nobody is told of this before {there:%H:%M} on {in_words(there.date())}: it is under "
            "embargo. If the news is out already, ask a manager to end the embargo."
        )
