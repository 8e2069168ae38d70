"""What is owed to whom while an offender is at large, for the page of an event and first pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import seen_by
from vcs.events.catalogue import KindRow, kind_row
from vcs.events.records import KeyEvent
from vcs.events.updates.owed import updates_of, why_none
from vcs.events.updates.records import Ended, EventUpdate
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class GivenUpdate:
    """One word that was given."""

    given_at: datetime
    how: str
    by: str
    spoke_to: str
    said: str


@dataclass(frozen=True, slots=True)
class UpdatesOf:
    """What one person is owed, and was given, newest first.

    ``due_at`` None means that nothing is owed now, and ``ended`` why, where that is known.
    """

    due_at: datetime | None
    tries: int
    tried_at: datetime | None
    ended: str | None
    ended_words: str
    given: tuple[GivenUpdate, ...]

    @property
    def may_be_given(self) -> bool:
        """Say whether word may be recorded: it is owed, or they may have changed their mind."""
        return self.due_at is not None or self.ended == Ended.NOT_WANTED


def updates_for(
    session: Session, sealer: Sealer, event: KeyEvent, victim: Victim, names: Mapping[int, str]
) -> UpdatesOf:
    """Return what one person is owed of a danger that lasts, and what they were given."""
    rows = updates_of(session, event, victim.id)
    waiting = next((row for row in rows if row.is_open), None)
    last = rows[-1] if rows and waiting is None else None
    ended = last.ended_because if last else None
    sealed = last.ended_sealed if last else None
    words = shown(sealer.open_text, sealed, UNOPENED) if sealed else ""
    return UpdatesOf(
        waiting.due_at if waiting else None,
        waiting.tries if waiting else 0,
        waiting.tried_at if waiting else None,
        ended or (None if waiting else why_none(session, sealer, victim)),
        words,
        tuple(_given(sealer, row, names) for row in reversed(rows) if row.given_at),
    )


def _given(sealer: Sealer, row: EventUpdate, names: Mapping[int, str]) -> GivenUpdate:
    said: dict[str, str] = shown(sealer.open_json, row.sealed, {}) if row.sealed else {}
    return GivenUpdate(
        row.given_at or row.opened_at,
        row.given_how or "",
        names.get(row.given_by or 0, ""),
        said.get("spoke_to", ""),
        said.get("said", ""),
    )


@dataclass(frozen=True, slots=True)
class OwedUpdates:
    """One danger of which people of the reader's region are owed word, the first by ``due_at``."""

    reference: str
    row: KindRow
    waiting: int
    due_at: datetime


def owed_updates(session: Session, actor: Actor) -> tuple[OwedUpdates, ...]:
    """Return the dangers of which somebody within reach is owed word, the earliest due first.

    The few rows that are open are found first: a region has many more referrals.
    """
    is_open = col(EventUpdate.given_at).is_(None), col(EventUpdate.ended_at).is_(None)
    query = (
        select(KeyEvent.reference, KeyEvent.kind, EventUpdate.due_at)
        .join(EventUpdate, col(EventUpdate.event_id) == col(KeyEvent.id))
        .join(Victim, col(Victim.id) == col(EventUpdate.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            seen_by(actor, Referral),
            col(EventUpdate.id).in_(select(EventUpdate.id).where(*is_open)),
        )
        .order_by(col(EventUpdate.due_at))
    )
    found: dict[str, list[tuple[str, datetime]]] = {}
    for reference, kind, due_at in session.exec(query):
        found.setdefault(reference, []).append((kind, due_at))
    return tuple(
        OwedUpdates(reference, kind_row(rows[0][0]), len(rows), rows[0][1])
        for reference, rows in found.items()
    )


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """Somebody who is owed word, as emails to staff need it: no name, no referral."""

    event: str
    number: int
    due_at: datetime
    region_code: str | None
    officer_id: int | None
    sentence_id: int


def waiting_updates(session: Session) -> list[WaitingUpdate]:
    """Return everybody who is owed word of anything, in every region."""
    query = (
        select(KeyEvent.reference, EventUpdate, Referral)
        .join(EventUpdate, col(EventUpdate.event_id) == col(KeyEvent.id))
        .join(Victim, col(Victim.id) == col(EventUpdate.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(EventUpdate.given_at).is_(None), col(EventUpdate.ended_at).is_(None))
        .order_by(col(EventUpdate.id))
    )
    return [
        WaitingUpdate(
            event,
            word.number,
            word.due_at,
            referral.region_code,
            referral.vlo_account_id,
            referral.sentence_id,
        )
        for event, word, referral in session.exec(query)
    ]
