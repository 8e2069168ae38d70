"""The lines of a set: who is to be told, added and brought up to date. For any hand that records.

What somebody decided about a line stays as it is. A person's own choice is followed as it changes.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.clock import london_date
from vcs.database import insert_once
from vcs.events.catalogue import OUT_FROM_ITS_DAY, kind_row
from vcs.events.moments import has_come
from vcs.events.offender import (
    death_in,
    events_of,
    is_ended_by,
    latest_whereabouts,
    open_parts,
    referrals_of_offender,
)
from vcs.events.records import EventKind, EventLine, KeyEvent, NotTold
from vcs.events.ways import not_told_at_once, reachable
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.victims.find import Part
from vcs.victims.records import Victim

_LINES = table_of(EventLine)


def lines_of(session: Session, event: KeyEvent) -> list[EventLine]:
    """Return the lines that count now: those of the undoing once the event was taken back."""
    query = select(EventLine).where(
        EventLine.event_id == event.id, EventLine.undo == (event.taken_back_at is not None)
    )
    return list(session.exec(query.order_by(col(EventLine.id))))


def add_line(session: Session, event: KeyEvent, victim: Victim, now: datetime) -> bool:
    """Add a person to a set. Returns whether they were not in it before."""
    row = {
        "event_id": event.id,
        "victim_id": victim.id,
        "undo": False,
        "joined_at": now,
        "letters_only": False,
        "tries": 0,
        "heard_before": False,
    }
    once = insert_once(session, _LINES, "event_id", "victim_id", "undo").values(row)
    return session.execute(once.returning(_LINES.c.id)).first() is not None


def follow_choices(
    session: Session,
    sealer: Sealer,
    event: KeyEvent,
    noted: tuple[datetime, str],
    is_over: bool | None = None,
) -> None:
    """Have each line follow its person's own choice, and end the hold once all are ready.

    Nobody is told of what the offender's death ended: ``is_over``, where the caller knows it.
    """
    if event.taken_back_at is not None:
        return
    if is_over is None:
        is_over = has_died_since(session, sealer, event)
    for line in lines_of(session, event):
        if line.told_at is None and line.not_told_by is None:
            _follow_choice(session, sealer, (event, line), noted, is_over=is_over)
    session.flush()
    end_hold(session, event, noted[0])


def has_died_since(session: Session, sealer: Sealer, event: KeyEvent) -> bool:
    """Say whether the offender's death ended the telling of an event."""
    referral = session.get_one(Referral, event.referral_id)
    events = events_of(session, referrals_of_offender(session, sealer, referral))
    return _is_over(death_in(events), event)


def _is_over(death: KeyEvent | None, event: KeyEvent) -> bool:
    return death is not None and is_ended_by(death, event)


def follow_death(
    session: Session, sealer: Sealer, event: KeyEvent, noted: tuple[datetime, str]
) -> None:
    """Bring the sets of an offender in line with a death that was recorded, or taken back."""
    if event.kind != EventKind.DIED:
        return
    referral = session.get_one(Referral, event.referral_id)
    events = events_of(session, referrals_of_offender(session, sealer, referral))
    death = death_in(events)
    for one in events:
        if one.id != event.id:
            session.refresh(one, with_for_update=True)
            follow_choices(session, sealer, one, noted, _is_over(death, one))


def _follow_choice(
    session: Session,
    sealer: Sealer,
    what: tuple[KeyEvent, EventLine],
    noted: tuple[datetime, str],
    *,
    is_over: bool,
) -> None:
    event, line = what
    now, who = noted
    victim = session.get_one(Victim, line.victim_id)
    reason = not_told_at_once(kind_row(event.kind), reachable(session, sealer, victim))
    reason = NotTold.OFFENDER_DIED if is_over else reason
    if line.not_told_reason == (reason and str(reason)):
        return
    before = line.not_told_reason
    line.not_told_reason, line.not_told_at = reason, now if reason else None
    session.add(line)
    referral = session.get_one(Referral, victim.referral_id)
    detail = f"{event.reference} {victim.reference}"
    # What a death ended, and its end, are of the offender; the rest is the person's own choice.
    of_death = is_over or before == NotTold.OFFENDER_DIED
    noun = "event.death_followed" if of_death else "event.choice_followed"
    trail.note(session, trail.Note(now, who, noun, referral.reference, detail))


def end_hold(session: Session, event: KeyEvent, now: datetime) -> None:
    """End the hold of planned news where every line that is still open is ready, or he is out."""
    if event.may_tell_at is None:
        waiting = [one for one in lines_of(session, event) if one.is_open]
        # A set in which nobody waits yet keeps its hold for whoever joins it.
        is_ready = bool(waiting) and all(one.way for one in waiting)
        if is_ready or is_out_already(event, london_date(now)):
            event.may_tell_at = now
            session.add(event)


def is_out_already(event: KeyEvent, today: date) -> bool:
    """Say whether it is news of a release whose day has come: it is planned news no more."""
    is_release = event.kind in OUT_FROM_ITS_DAY
    return is_release and has_come(event.happened_on, event.only_month, today)


def join_open_sets(
    session: Session, sealer: Sealer, referral: Referral, noted: tuple[datetime, str]
) -> list[KeyEvent]:
    """Add everybody in the offender's open referrals to each set that still matters.

    ``noted`` is the moment, and in whose name the trail has it. Returns the sets that grew.
    """
    referrals = referrals_of_offender(session, sealer, referral)
    events = events_of(session, referrals)
    latest, death = latest_whereabouts(events, london_date(noted[0])), death_in(events)
    grown = []
    for event in events:
        if not _still_matters(session, event, event is latest):
            continue
        # An event is held before its lines, by whoever changes them.
        session.refresh(event, with_for_update=True)
        if _join(session, event, open_parts(session, referrals), noted):
            grown.append(event)
        follow_choices(session, sealer, event, noted, _is_over(death, event))
    return grown


def _still_matters(session: Session, event: KeyEvent, is_latest: bool) -> bool:
    """Say whether somebody new is told of an event: its set is open, or it is where he is now."""
    if event.taken_back_at is not None:
        return False
    return is_latest or any(line.is_open for line in lines_of(session, event))


def _join(
    session: Session, event: KeyEvent, parts: list[Part], noted: tuple[datetime, str]
) -> bool:
    now, who = noted
    grown = False
    for victim, referral in parts:
        if add_line(session, event, victim, now):
            grown = True
            detail = f"{event.reference} {victim.reference}"
            trail.note(session, trail.Note(now, who, "event.joined", referral.reference, detail))
    session.flush()
    return grown
