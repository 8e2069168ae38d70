"""Offers are made again at the event that somebody named, and before a release.

For any hand that records an event, and for the scheduler: asking twice is harmless.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.consequences.trace_again import ask_at_event
from vcs.events.embargo import is_under_embargo
from vcs.events.offender import open_parts, referrals_of_offender
from vcs.events.records import EventKind, KeyEvent
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice
from vcs.victims.contact.said_no import may_be_asked
from vcs.victims.find import Part
from vcs.victims.records import AskAgainAt, ChoiceRecord

BEFORE_RELEASE: Final = timedelta(weeks=8)
"""How long before a planned release an offer is made again: ours, to be confirmed."""

AFTER_NOT_NOW: Final = timedelta(days=14)
"""Nobody who said *not now* after a release was planned is asked again sooner: ours as well."""

STILL_NEWS: Final = timedelta(days=30)
"""An event that we knew of longer ago brings no new offer to those who gave no reply: ours."""

_AHEAD: Final = (EventKind.RELEASE_PLANNED, EventKind.RELEASE_MOVED)

_RELEASES: Final = (*_AHEAD, EventKind.RELEASED, EventKind.TIME_SERVED)

AT: Final[Mapping[AskAgainAt, tuple[EventKind, ...]]] = {
    AskAgainAt.RELEASE: _RELEASES,
    AskAgainAt.PAROLE: (EventKind.PAROLE_REVIEW,),
    AskAgainAt.TEMPORARY_RELEASE: (EventKind.TEMPORARY_RELEASE,),
    AskAgainAt.ANY_EVENT: tuple(EventKind),
}
"""The events at which somebody is asked again, by what they named."""

AFTER_NO_REPLY: Final = (
    *_RELEASES,
    EventKind.PAROLE_REVIEW,
    EventKind.TEMPORARY_RELEASE,
    EventKind.OPEN_CONDITIONS,
)
"""The events at which the offer is made again to somebody who gave no reply."""

_NOT_NOW = (
    "This person said “not now”, and that they may be asked again at an event which has now been "
    "recorded. Look at the key events of the referral. Make the offer again, in a way that they "
    "allow, and record what they chose on the referral: that closes this task."
)

_RELEASE_FIRST = (
    "This person said “not now”, and named a later day or another event. A release comes first, "
    "and after it the offer comes too late. Read their words. Make the offer again, in a way that "
    "they allow, and record what they chose on the referral: that closes this task."
)

_NO_REPLY = (
    "This person gave no reply to the offer, and an event has been recorded at which it is made "
    "again. Look at the key events of the referral. Make the offer again, in a way that they "
    "allow, and record what they chose on the referral: that closes this task."
)


def offer_again(session: Session, sealer: Sealer, event: KeyEvent, now: datetime) -> int:
    """Ask officers to offer again to whoever an event is the moment for. Returns how many.

    Whoever could not be traced is looked for again, before a release or at danger.
    What is under embargo is the moment for nothing yet: a call would give it away.
    """
    if is_under_embargo(event, now):
        return 0
    today = london_date(now)
    event.offers_asked_on = today
    session.add(event)
    if event.taken_back_at is not None:
        return 0
    referral = session.get_one(Referral, event.referral_id)
    referrals = referrals_of_offender(session, sealer, referral)
    untraced = ask_at_event(session, referrals, event, today)
    parts = open_parts(session, referrals)
    asked = [one for part in parts for one in _question(session, sealer, (event, part), today)]
    open_tasks(session, asked, today)
    return len(asked) + untraced


def _question(
    session: Session, sealer: Sealer, what: tuple[KeyEvent, Part], today: date
) -> Iterator[Question]:
    event, (victim, referral) = what
    choice = _newest_choice(session, victim.id)
    due_on = _due_on(event, choice, today) if choice else None
    if choice is None or due_on is None or not may_be_asked(session, sealer, victim):
        return
    if _is_asked_by(session, victim.id, due_on):
        return
    yield Question(
        f"ask_again:{choice.id}:{event.reference}",
        TaskKind.ASK_AGAIN,
        _words(event, choice),
        referral.region_code,
        due_on,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )


def _words(event: KeyEvent, choice: ChoiceRecord) -> str:
    if choice.choice == Choice.NO_REPLY:
        return _NO_REPLY
    return _NOT_NOW if _is_named(event, choice) else _RELEASE_FIRST


def _is_asked_by(session: Session, victim_id: int, due_on: date) -> bool:
    """Say whether an officer is asked to make the offer already, by the same day or sooner."""
    query = select(Task.id).where(
        Task.victim_id == victim_id,
        Task.kind == TaskKind.ASK_AGAIN,
        col(Task.done_at).is_(None),
        col(Task.due_on) <= due_on,
    )
    return session.exec(query.limit(1)).first() is not None


def _newest_choice(session: Session, victim_id: int) -> ChoiceRecord | None:
    newest = (col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    query = select(ChoiceRecord).where(ChoiceRecord.victim_id == victim_id)
    return session.exec(query.order_by(*newest).limit(1)).first()


def _due_on(event: KeyEvent, choice: ChoiceRecord, today: date) -> date | None:
    """Return by when the offer is made again; None where this is not the moment for it."""
    if not _is_moment_for(event, choice, today):
        return None
    was_before = choice.recorded_at <= event.recorded_at
    if event.happened_on < today or (was_before and event.kind not in _AHEAD):
        return today if was_before else None
    before = event.happened_on - BEFORE_RELEASE
    if was_before:
        return max(today, before)
    # They chose after it was known that it would come: they are not asked again at once.
    not_before = min(max(before, choice.chosen_on + AFTER_NOT_NOW), event.happened_on)
    return today if today >= not_before else None


def _is_moment_for(event: KeyEvent, choice: ChoiceRecord, today: date) -> bool:
    """Say whether the offer is made again at an event.

    A release that comes before the day or the event that somebody named is one: after it the
    offer comes too late.
    """
    is_news = event.happened_on >= today or london_date(event.recorded_at) + STILL_NEWS >= today
    if choice.choice == Choice.NOT_NOW:
        named_on = choice.ask_again_on
        comes_first = named_on is None or named_on > event.happened_on or named_on < today
        is_release = event.kind in _RELEASES and comes_first and is_news
        return _is_named(event, choice) or is_release
    return choice.choice == Choice.NO_REPLY and event.kind in AFTER_NO_REPLY and is_news


def _is_named(event: KeyEvent, choice: ChoiceRecord) -> bool:
    at = choice.ask_again_at
    return at is not None and event.kind in AT[AskAgainAt(at)]


def events_to_offer_at(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the events at which nobody looked for offers yet, or not today and they are near."""
    today = london_date(now)
    soon = and_(
        col(KeyEvent.happened_on) >= today,
        col(KeyEvent.happened_on) <= today + BEFORE_RELEASE,
        col(KeyEvent.offers_asked_on) < today,
    )
    query = select(KeyEvent.id).where(
        col(KeyEvent.taken_back_at).is_(None),
        or_(
            col(KeyEvent.embargo_until).is_(None),
            col(KeyEvent.embargo_until) <= now,
            col(KeyEvent.embargo_ended_at).is_not(None),
        ),
        or_(col(KeyEvent.offers_asked_on).is_(None), soon),
    )
    return list(session.exec(query.order_by(col(KeyEvent.id)).limit(limit)))
