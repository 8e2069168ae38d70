"""What happened to an offender, as lists and the page of a referral show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.events.catalogue import KindRow, Whereabouts, kind_row
from vcs.events.if_out import answer_of
from vcs.events.offender import events_of, latest_whereabouts, referrals_of_offender
from vcs.events.records import EventLine, KeyEvent
from vcs.events.sets.lines import lines_of
from vcs.events.sets.progress import Progress, progress_of
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event in a list. ``late_by`` counts the days from when it happened to when we knew."""

    reference: str
    row: KindRow
    happened_on: date
    happened_at: datetime | None
    only_month: bool
    recorded_at: datetime
    taken_back: bool
    progress: Progress


@dataclass(frozen=True, slots=True)
class OffenderEvents:
    """What happened to an offender, newest first; ``now`` is the latest about where he is."""

    rows: tuple[EventRow, ...]
    now: EventRow | None

    @property
    def is_out(self) -> bool:
        """Say whether he is out, as far as events tell."""
        return self.now is not None and self.now.row.after is Whereabouts.OUT

    @property
    def has_died(self) -> bool:
        """Say whether a death was recorded."""
        return self.now is not None and self.now.row.after is Whereabouts.DEAD


def events_of_referral(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> OffenderEvents:
    """Return what happened to a referral's offender, in every case of theirs, newest first."""
    referral = visible_referral(session, actor, reference)
    events = events_of(session, referrals_of_offender(session, sealer, referral))
    latest = latest_whereabouts(events, today)
    rows = {event.id: _row(session, event) for event in reversed(events)}
    return OffenderEvents(tuple(rows.values()), rows[latest.id] if latest else None)


def _row(session: Session, event: KeyEvent) -> EventRow:
    return EventRow(
        event.reference,
        kind_row(event.kind),
        event.happened_on,
        event.happened_at,
        event.only_month,
        event.recorded_at,
        event.taken_back_at is not None,
        progress_of(lines_of(session, event)),
    )


@dataclass(frozen=True, slots=True)
class EventsSummary:
    """What the page of a referral says of events, in a line.

    ``waiting`` are its people who are still to be told of one. ``asked`` maps each of its victims'
    references to what they asked for if he is out unexpectedly, and when; None never asked.
    """

    recorded: int
    waiting: int
    asked: Mapping[str, tuple[str, date] | None]


@dataclass(frozen=True, slots=True)
class EventDay:
    """One event on the line of a referral. Of a planned one only the month may be known."""

    words: str
    happened_on: date
    only_month: bool


def event_days(session: Session, referral: Referral) -> tuple[EventDay, ...]:
    """Return what happened, or is planned, for a referral's people; nothing taken back."""
    of_people = (
        select(EventLine.event_id)
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .where(Victim.referral_id == referral.id)
    )
    query = select(KeyEvent).where(
        or_(col(KeyEvent.id).in_(of_people), col(KeyEvent.referral_id) == referral.id),
        col(KeyEvent.taken_back_at).is_(None),
    )
    return tuple(
        EventDay(kind_row(one.kind).words, one.happened_on, one.only_month)
        for one in session.exec(query)
    )


def events_summary(session: Session, referral: Referral) -> EventsSummary:
    """Return what the page of a referral says of events."""
    victims = list(session.exec(select(Victim).where(Victim.referral_id == referral.id)))
    ids = [victim.id for victim in victims]
    of_them = select(EventLine).where(col(EventLine.victim_id).in_(ids))
    lines = list(session.exec(of_them))
    answers = {one.reference: answer_of(session, one.person_id) for one in victims}
    return EventsSummary(
        len({line.event_id for line in lines}),
        len({line.victim_id for line in lines if line.is_open}),
        {key: (one.answer, one.answered_on) if one else None for key, one in answers.items()},
    )
