"""Two people who were one are two again: what an entry about either said that both were told.

While they were one, one entry counted for every part of the person. Nobody can tell afterwards
which of the two was rung, so whoever may not know is told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from vcs.access.records import AuditEntry
from vcs.access.work import Work
from vcs.events.catalogue import When, kind_row
from vcs.events.offender import events_of, latest_whereabouts, referrals_of_offender
from vcs.events.records import EventLine, KeyEvent
from vcs.events.sets.lines import follow_choices
from vcs.events.updates.owed import UPDATE_KINDS
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class Doubted:
    """One line of somebody who may not have been told. ``is_owed`` where they are told again."""

    event: KeyEvent
    victim: Victim
    referral: Referral
    is_owed: bool


def owe_what_one_was_told(work: Work, people: Sequence[int], joined_at: datetime) -> list[Doubted]:
    """Owe again what was recorded as told to either of two people while they were one.

    What was told by an entry about the other one is owed again while the event still matters; in
    danger also what was told by their own, since the number that was rung may have been the
    other's. Returns every line in doubt, the others for a person to look into.
    """
    found = [_looked_at(work, row, joined_at) for row in _told_lines(work, people)]
    doubted = [(line, one) for line, one in found if one is not None]
    for line, one in doubted:
        if one.is_owed:
            _open_again(work, line, one, joined_at)
    work.session.flush()
    return [one for _, one in doubted]


def follow_own_choices(work: Work, people: Sequence[int]) -> None:
    """Have the lines of two people follow each one's own choice again, and no longer the other's.

    Whoever was left out because of the other's *no* is to be told like everybody.
    """
    query = (
        select(EventLine.event_id)
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .where(col(Victim.person_id).in_(people), col(KeyEvent.taken_back_at).is_(None))
    )
    for event_id in sorted(set(work.session.exec(query))):
        event = work.session.get_one(KeyEvent, event_id, with_for_update=True)
        follow_choices(work.session, work.sealer, event, (work.now, work.actor.who))


_Row = tuple[EventLine, KeyEvent, Victim, Referral]


def _told_lines(work: Work, people: Sequence[int]) -> Iterator[_Row]:
    query = (
        select(EventLine, KeyEvent, Victim, Referral)
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Victim.person_id).in_(people), col(EventLine.told_at).is_not(None))
        .order_by(col(KeyEvent.id), col(EventLine.id))
    )
    for line, event, victim, referral in work.session.exec(query).all():
        # What was taken back counts by its lines of the undoing.
        if line.undo == (event.taken_back_at is not None):
            yield line, event, victim, referral


def _looked_at(work: Work, row: _Row, joined_at: datetime) -> tuple[EventLine, Doubted | None]:
    line, event, victim, referral = row
    own_at = _entered_at(work, row)
    if own_at is not None and own_at < joined_at:
        return line, None
    is_danger = kind_row(event.kind).danger and not line.undo
    is_owed = (own_at is None or is_danger) and _matters(work, line, event)
    return line, Doubted(event, victim, referral, is_owed)


def _entered_at(work: Work, row: _Row) -> datetime | None:
    """Return when it was recorded by an entry about this very victim; None where it never was."""
    line, event, victim, referral = row
    said = f"{event.reference} {victim.reference} "
    query = select(AuditEntry.at).where(
        AuditEntry.subject == referral.reference,
        AuditEntry.event == ("event.undone_told" if line.undo else "event.told"),
        col(AuditEntry.detail).startswith(said, autoescape=True),
    )
    return work.session.exec(query.order_by(col(AuditEntry.seq).desc()).limit(1)).first()


def _matters(work: Work, line: EventLine, event: KeyEvent) -> bool:
    """Say whether somebody still has to know: it lasts, is to come, or says where he is now."""
    if line.undo:
        return True
    if event.kind in UPDATE_KINDS and event.over_at is None:
        return True
    if kind_row(event.kind).when is not When.PAST and event.happened_on >= work.today:
        return True
    referral = work.session.get_one(Referral, event.referral_id)
    events = events_of(work.session, referrals_of_offender(work.session, work.sealer, referral))
    latest = latest_whereabouts(events, work.today)
    return latest is not None and latest.id == event.id


def _open_again(work: Work, line: EventLine, one: Doubted, joined_at: datetime) -> None:
    line.told_at, line.told_how, line.told_by = None, None, None
    line.told_sealed, line.heard_before = None, False
    if line.way_at is not None and line.way_at >= joined_at:
        # It was chosen for the two of them.
        line.way, line.way_at, line.way_by, line.way_sealed = None, None, None, None
        line.letters_only = False
    work.session.add(line)
    detail = f"{one.event.reference} {one.victim.reference}"
    work.note("event.told_to_another", one.referral.reference, detail)
