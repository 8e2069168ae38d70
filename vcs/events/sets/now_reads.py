"""Who has to be told now: sets that are open, danger and what is overdue before all others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import seen_one_by_one
from vcs.events.catalogue import DANGER_KINDS, KindRow, kind_row
from vcs.events.embargo import told_from
from vcs.events.records import EventLine, KeyEvent
from vcs.events.updates.reads import OwedUpdates, owed_updates
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class OpenSet:
    """One open set, with how many of the reader's own people wait, and of how many.

    ``unassigned`` are those of them who have no officer: the duty manager's.
    """

    reference: str
    row: KindRow
    undo: bool
    tell_by_at: datetime
    is_held: bool
    told_from: datetime | None
    waiting: int
    told: int
    unassigned: int
    is_mine: bool

    def is_under_embargo(self, now: datetime) -> bool:
        """Say whether nobody may be told yet."""
        return self.told_from is not None and now < self.told_from and not self.undo

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the time to tell is over."""
        return now > self.tell_by_at


@dataclass(frozen=True, slots=True)
class ToTell:
    """What leads the first page: sets of danger and overdue ones, and how many others are open.

    ``updates`` are the dangers of which people are owed word again.
    """

    urgent: tuple[OpenSet, ...]
    others: int
    updates: tuple[OwedUpdates, ...] = ()


def to_tell_now(session: Session, actor: Actor, now: datetime) -> ToTell:
    """Return the open sets with people of the actor's region, danger first, then by their time."""
    found = open_sets(session, actor)
    urgent = tuple(one for one in found if one.row.danger or one.is_overdue(now))
    return ToTell(urgent, len(found) - len(urgent), owed_updates(session, actor))


def open_sets(session: Session, actor: Actor) -> list[OpenSet]:
    """Return the sets in which people of the actor's region are still to be told."""
    query = (
        select(KeyEvent, EventLine, Referral.vlo_account_id)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(seen_one_by_one(actor, Referral), _counts())
        .where(col(KeyEvent.id).in_(_open_events()))
    )
    events: dict[int, KeyEvent] = {}
    lines: dict[int, list[tuple[EventLine, int | None]]] = defaultdict(list)
    for event, line, officer in session.exec(query):
        events[event.id] = event
        lines[event.id].append((line, officer))
    found = (_open_set(actor, events[key], rows) for key, rows in lines.items())
    return sorted((one for one in found if one.waiting), key=_order)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Somebody who is still to be told, as emails to staff need it: no name, no referral."""

    event: str
    kind: str
    tell_by_at: datetime
    region_code: str | None
    officer_id: int | None
    sentence_id: int


def waiting_lines(session: Session) -> list[WaitingLine]:
    """Return everybody who is still to be told of anything, in every region."""
    query = (
        select(KeyEvent, Referral)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(_is_open(), _counts())
        .order_by(col(EventLine.id))
    )
    return [
        WaitingLine(
            event.reference,
            event.kind,
            event.undo_by_at or event.tell_by_at,
            referral.region_code,
            referral.vlo_account_id,
            referral.sentence_id,
        )
        for event, referral in session.exec(query)
    ]


def called_off(session: Session, since: datetime) -> list[tuple[str, str | None]]:
    """Return events taken back since a moment while people waited to be told, with each region."""
    query = (
        select(KeyEvent.reference, Referral.region_code)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(_is_open(), ~col(EventLine.undo), col(KeyEvent.taken_back_at) >= since)
        .distinct()
    )
    return list(session.exec(query))


def referrals_to_tell() -> SelectOfScalar[int]:
    """Return the referrals in which somebody is still to be told of an event."""
    return (
        select(Victim.referral_id)
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .where(_is_open(), _counts())
    )


def _order(one: OpenSet) -> tuple[bool, bool, datetime]:
    return not one.row.danger, not one.is_mine, one.tell_by_at


def _open_set(actor: Actor, event: KeyEvent, lines: list[tuple[EventLine, int | None]]) -> OpenSet:
    waiting = [officer for line, officer in lines if line.is_open]
    undo = event.taken_back_at is not None
    return OpenSet(
        event.reference,
        kind_row(event.kind),
        undo,
        event.undo_by_at or event.tell_by_at,
        event.may_tell_at is None and not undo,
        told_from(event),
        len(waiting),
        sum(line.told_at is not None for line, _ in lines),
        waiting.count(None),
        actor.account_id in waiting,
    )


def _counts() -> ColumnElement[bool]:
    """Return which lines count: those of the undoing once the event was taken back."""
    taken_back = col(KeyEvent.taken_back_at).is_not(None)
    return col(EventLine.undo) == taken_back


def _is_open() -> ColumnElement[bool]:
    return and_(col(EventLine.told_at).is_(None), col(EventLine.not_told_reason).is_(None))


def _open_events() -> SelectOfScalar[int]:
    return select(EventLine.event_id).where(_is_open())


def sets_that_may_grow(session: Session, since: datetime, after: int, limit: int) -> list[int]:
    """Return referrals whose open sets, or danger since a moment, somebody new may have to join.

    They come by id, those after ``after``: they stay open, so the first would come for ever.
    """
    is_new_danger = and_(col(KeyEvent.kind).in_(DANGER_KINDS), col(KeyEvent.recorded_at) >= since)
    query = (
        select(KeyEvent.referral_id)
        .where(
            col(KeyEvent.referral_id) > after,
            col(KeyEvent.taken_back_at).is_(None),
            or_(is_new_danger, col(KeyEvent.id).in_(_open_events())),
        )
        .distinct()
        .order_by(col(KeyEvent.referral_id))
    )
    return list(session.exec(query.limit(limit)))


def sentences_of_set(session: Session, event_reference: str, region_code: str | None) -> list[int]:
    """Return the sentences, of one region, whose people are in a set."""
    query = (
        select(Referral.sentence_id)
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .where(KeyEvent.reference == event_reference, Referral.region_code == region_code)
        .distinct()
    )
    return list(session.exec(query))


def officers_of_set(
    session: Session, event_reference: str, region_code: str | None
) -> list[Account]:
    """Return the officers, of one region, of the people in a set."""
    query = (
        select(Account)
        .join(Referral, col(Referral.vlo_account_id) == col(Account.id))
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .where(
            KeyEvent.reference == event_reference,
            Referral.region_code == region_code,
            col(Account.active),
        )
        .distinct()
        .order_by(col(Account.email))
    )
    return list(session.exec(query))


def sentences_of_event(
    session: Session, event_reference: str, region_code: str | None
) -> list[int]:
    """Return the sentences, of one region, whose people are in a set; else where it is recorded."""
    recorded_in = (
        select(Referral.sentence_id)
        .join(KeyEvent, col(KeyEvent.referral_id) == col(Referral.id))
        .where(KeyEvent.reference == event_reference)
    )
    found = sentences_of_set(session, event_reference, region_code)
    return found or list(session.exec(recorded_in))
