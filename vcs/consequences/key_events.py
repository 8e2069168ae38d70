"""What follows from a key event: who is alerted, and who joins its set when somebody is added."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import SYSTEM
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.consequences.closing.reviewing import bring_reviews_forward
from vcs.consequences.drafts.draft import draft_for_victim
from vcs.consequences.embargoes import stop_letters, withdraw_letters
from vcs.consequences.needs.needs_triggers import ask_everybody
from vcs.consequences.offers.offers_again import offer_again
from vcs.events import record
from vcs.events.catalogue import kind_row
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventLine, KeyEvent
from vcs.events.sets.lines import has_died_since, join_open_sets
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.victims.entries import VictimEntry
from vcs.victims.identity import known
from vcs.victims.identity.known import Answer
from vcs.victims.records import Victim


def record_event(work: Work, referral_reference: str, entry: EventEntry) -> tuple[KeyEvent, bool]:
    """Record an event; danger alerts each unit that has people to tell, in the same transaction."""
    event, is_new = record.record_event(work, referral_reference, entry)
    if is_new:
        _follow(work, event)
    elif entry.embargo is not None:
        stop_letters(work, event)
    return event, is_new


def record_told_event(work: Work, referral: Referral, entry: EventEntry) -> tuple[KeyEvent, bool]:
    """Record what a prison's or licence system told, as ``record_event`` does for people."""
    work.require_may(Act.REPORT_CUSTODY)
    record.hold_events(work.session)
    event, is_new = record.keep_event(work, referral, entry)
    if is_new:
        _follow(work, event)
    return event, is_new


def _follow(work: Work, event: KeyEvent) -> None:
    """Do what follows from an event that was recorded just now.

    Nothing follows from one that the offender's death ended before we knew of it.
    """
    if has_died_since(work.session, work.sealer, event):
        return
    if event.kind == EventKind.DIED:
        withdraw_letters(work, event)
    _owe_alerts(work.session, event, work.now)
    ask_everybody(work.session, work.sealer, work.today)
    offer_again(work.session, work.sealer, event, work.now)
    _draft_letters(work, event)
    for sentence in bring_reviews_forward(work.session, work.sealer, event, work.today):
        work.note("decline.review_moved", sentence, work.today.isoformat())


def refer_person(work: Work, referral_reference: str, entry: VictimEntry, answer: Answer) -> Victim:
    """Add somebody to a referral, as ``known.refer_person`` does, and to the sets that are open."""
    victim = known.refer_person(work, referral_reference, entry, answer)
    join_sets(work, work.session.get_one(Referral, victim.referral_id))
    draft_for_victim(work.session, work.sealer, victim, work.now)
    return victim


def join_sets(work: Work, referral: Referral) -> None:
    """Add whoever is in the offender's open referrals by now to each set that still matters."""
    work.session.flush()
    noted = (work.now, work.actor.who)
    for event in join_open_sets(work.session, work.sealer, referral, noted):
        if not has_died_since(work.session, work.sealer, event):
            _owe_alerts(work.session, event, work.now)


def bring_sets_up_to_date(session: Session, sealer: Sealer, referral_id: int, now: datetime) -> int:
    """Add to the open sets of a referral's offender whoever no door added. Returns how many grew.

    For the scheduler: a referral may open, or be opened again, with people in it.
    """
    referral = session.get_one(Referral, referral_id)
    grown = join_open_sets(session, sealer, referral, (now, SYSTEM))
    for event in grown:
        if not has_died_since(session, sealer, event):
            _owe_alerts(session, event, now)
    return len(grown)


def _draft_letters(work: Work, event: KeyEvent) -> None:
    """Draft a letter about an event to everybody in its set, whatever their referral."""
    query = (
        select(Victim)
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .where(EventLine.event_id == event.id)
        .order_by(col(Victim.id))
    )
    for victim in work.session.exec(query).all():
        draft_for_victim(work.session, work.sealer, victim, work.now)


def _owe_alerts(session: Session, event: KeyEvent, now: datetime) -> None:
    """Owe each region with people in a set of danger one email, and the region that recorded it."""
    if not kind_row(event.kind).danger:
        return
    query = (
        select(Referral.region_code)
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .where(EventLine.event_id == event.id)
    )
    recorded_in = session.get_one(Referral, event.referral_id).region_code
    for region in sorted({*session.exec(query), recorded_in}, key=str):
        occurrence = region or "no region"
        values = {"event": event.reference}
        notice = Notice(AlertKind.DANGER, event.reference, occurrence, values, region)
        owe_alert(session, notice, now)
