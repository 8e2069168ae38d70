"""Who is owed word of a danger that lasts: worked out from the events, and kept as rows.

``follow`` may run at any time and as often as anybody likes: it brings the rows in line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.clock import london_date
from vcs.database import insert_once
from vcs.events.catalogue import UPDATE_EVERY, Whereabouts, kind_row
from vcs.events.offender import (
    death_in,
    events_of,
    is_ended_by,
    referrals_of_offender,
    says_where_he_is,
)
from vcs.events.records import EventKind, EventLine, IfOut, KeyEvent
from vcs.events.updates.records import Ended, EventUpdate
from vcs.events.ways import reachable
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.victims.records import Victim

_UPDATES = table_of(EventUpdate)

UPDATE_KINDS = tuple(kind for kind, hours in UPDATE_EVERY.items() if hours)


def follow_offender(
    session: Session, sealer: Sealer, event: KeyEvent, noted: tuple[datetime, str]
) -> None:
    """Bring in line what is owed of every danger of an event's offender: it may be over now."""
    referral = session.get_one(Referral, event.referral_id)
    for one in events_of(session, referrals_of_offender(session, sealer, referral)):
        if one.kind in UPDATE_KINDS:
            follow(session, sealer, one, noted)


def follow(session: Session, sealer: Sealer, event: KeyEvent, noted: tuple[datetime, str]) -> int:
    """Open the next word for each person who was told, and end what is owed no longer.

    ``noted`` is the moment, and in whose name the trail has it. Returns how many rows changed.
    """
    if event.kind not in UPDATE_KINDS:
        return 0
    session.refresh(event, with_for_update=True)
    is_over = why_over(session, sealer, event, london_date(noted[0]))
    event.over_at = (event.over_at or noted[0]) if is_over else None
    session.add(event)
    lines = session.exec(
        select(EventLine)
        .where(EventLine.event_id == event.id, col(EventLine.undo).is_(False))
        .where(col(EventLine.told_at).is_not(None))
        .order_by(col(EventLine.id))
    ).all()
    changed = sum(_follow_line(session, sealer, (event, line), is_over, noted) for line in lines)
    session.flush()
    return changed


def why_over(session: Session, sealer: Sealer, event: KeyEvent, today: date) -> Ended | None:
    """Return why a danger is over; None while it lasts, as far as events tell."""
    if event.taken_back_at is not None:
        return Ended.TAKEN_BACK
    referral = session.get_one(Referral, event.referral_id)
    events = events_of(session, referrals_of_offender(session, sealer, referral))
    death = death_in(events)
    if death is not None and is_ended_by(death, event):
        return Ended.DIED
    later = [one for one in events if says_where_he_is(one, today) and is_later(one, event)]
    # A recall on paper finds nobody who is at large.
    later = [one for one in later if one.kind != EventKind.RECALL_ORDERED]
    if not later:
        return None
    is_in = any(kind_row(one.kind).after is Whereabouts.IN for one in later)
    return Ended.BACK if is_in else Ended.OVERTAKEN


def is_later(one: KeyEvent, other: KeyEvent) -> bool:
    """Say whether one event happened after another.

    On one day, where the hour of either is not known, what was recorded later is later.
    """
    if one.id == other.id:
        return False
    if one.happened_on != other.happened_on:
        return one.happened_on > other.happened_on
    if one.happened_at and other.happened_at:
        return one.happened_at > other.happened_at
    return one.id > other.id


def updates_of(session: Session, event: KeyEvent, victim_id: int) -> list[EventUpdate]:
    """Return what somebody was and is owed of an event, the oldest first."""
    query = select(EventUpdate).where(
        EventUpdate.event_id == event.id, EventUpdate.victim_id == victim_id
    )
    return list(session.exec(query.order_by(col(EventUpdate.number))))


def _follow_line(
    session: Session,
    sealer: Sealer,
    what: tuple[KeyEvent, EventLine],
    is_over: Ended | None,
    noted: tuple[datetime, str],
) -> bool:
    event, line = what
    victim = session.get_one(Victim, line.victim_id)
    rows = updates_of(session, event, line.victim_id)
    reason = is_over or why_none(session, sealer, victim)
    if reason is not None:
        return _end(session, event, rows, reason, noted)
    if any(row.is_open for row in rows) or _wants_none(rows):
        return False
    return open_next(session, what, rows, noted[0])


def _wants_none(rows: list[EventUpdate]) -> bool:
    return bool(rows) and rows[-1].ended_because == Ended.NOT_WANTED


def why_none(session: Session, sealer: Sealer, victim: Victim) -> Ended | None:
    """Return why somebody is owed no word whatever happens: their own choice, death, a closing.

    What they asked for beforehand goes before an opt-out.
    """
    person = reachable(session, sealer, victim)
    if person.death_confirmed:
        return Ended.DECEASED
    if person.answer is IfOut.NEVER or (person.answer is None and person.opted_out):
        return Ended.CHOICE
    referral = session.get_one(Referral, victim.referral_id)
    return Ended.CLOSED if referral.status == ReferralStatus.CLOSED else None


def _end(
    session: Session,
    event: KeyEvent,
    rows: Iterable[EventUpdate],
    reason: Ended,
    noted: tuple[datetime, str],
) -> bool:
    ended = [row for row in rows if row.is_open]
    for row in ended:
        row.ended_at, row.ended_because = noted[0], reason
        session.add(row)
        victim = session.get_one(Victim, row.victim_id)
        referral = session.get_one(Referral, victim.referral_id)
        detail = f"{event.reference} {victim.reference} {reason}"
        note = trail.Note(noted[0], noted[1], "event.update_ended", referral.reference, detail)
        trail.note(session, note)
    return bool(ended)


def open_next(
    session: Session, what: tuple[KeyEvent, EventLine], rows: list[EventUpdate], now: datetime
) -> bool:
    """Open the next word for one person. Returns whether it was not open before."""
    event, line = what
    every = timedelta(hours=UPDATE_EVERY[kind_row(event.kind).kind])
    row = {
        "event_id": event.id,
        "victim_id": line.victim_id,
        "number": rows[-1].number + 1 if rows else 1,
        "opened_at": now,
        "due_at": _last_word(line, rows, now) + every,
        "tries": 0,
    }
    once = insert_once(session, _UPDATES, "event_id", "victim_id", "number").values(row)
    return session.execute(once.returning(_UPDATES.c.id)).first() is not None


def _last_word(line: EventLine, rows: list[EventUpdate], now: datetime) -> datetime:
    """Return when they last heard of it; now, where the danger had seemed to be over."""
    if not rows:
        return line.told_at or now
    return rows[-1].given_at or now


def dangers_that_last(session: Session, after: int, limit: int) -> list[int]:
    """Return the dangers of which word is owed, and those with something open, after an id."""
    still_open = (
        select(EventUpdate.event_id)
        .where(col(EventUpdate.given_at).is_(None), col(EventUpdate.ended_at).is_(None))
        .scalar_subquery()
    )
    lasts = (
        col(KeyEvent.kind).in_([str(kind) for kind in UPDATE_KINDS]),
        or_(col(KeyEvent.over_at).is_(None), col(KeyEvent.id).in_(still_open)),
    )
    query = (
        select(KeyEvent.id)
        .where(col(KeyEvent.id) > after, *lasts)
        .order_by(col(KeyEvent.id))
        .limit(limit)
    )
    return list(session.exec(query))
