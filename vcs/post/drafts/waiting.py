"""Letters that wait to be looked at: drafts, with what each is for and what brought it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, true
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may, seen_by
from vcs.clock import london_date
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.post.catalogue import letter as row_of
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.officers.reads import hands
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.terms import Role
from vcs.victims.person import shown_person
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """One draft. ``was_begun`` says that somebody works on it."""

    reference: str
    kind: str
    purpose: str
    trigger: str
    name: str
    referral_reference: str
    drafted_at: datetime
    was_begun: bool


def waiting_letters(
    session: Session, sealer: Sealer, actor: Actor, now: datetime, asked: Slice = FIRST
) -> Page[WaitingLetter]:
    """Return the drafts of an officer's referrals, or of a manager's region, the oldest first."""
    require_may(actor, Act.SEE_LETTER)
    query: Any = (
        select(LetterRecord, Victim, Referral)
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(*theirs(session, actor, now))
        .order_by(col(LetterRecord.id))
    )
    return one_page(session, query, asked, lambda found: (_row(sealer, *one) for one in found))


def _row(sealer: Sealer, letter: LetterRecord, victim: Victim, referral: Referral) -> WaitingLetter:
    row = row_of(letter.kind)
    return WaitingLetter(
        letter.reference,
        row.kind,
        row.purpose,
        row.trigger,
        shown_person(sealer, victim.person).name,
        referral.reference,
        letter.drafted_at,
        letter.drafted_by is not None,
    )


def how_many_wait(session: Session, actor: Actor, now: datetime) -> int:
    """Count the same drafts, for a first page."""
    query = (
        select(func.count(col(LetterRecord.id)))
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(*theirs(session, actor, now))
    )
    return int(session.exec(query).one())


def theirs(session: Session, actor: Actor, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Narrow letters joined with their referrals to the drafts that are somebody's to look at."""
    in_hand: ColumnElement[bool] = true()
    if actor.role is Role.VLO:
        mine = hands(session, london_date(now)).of(actor.account_id)
        in_hand = col(Referral.vlo_account_id).in_(mine)
    return col(LetterRecord.status) == LetterStatus.DRAFT, seen_by(actor, Referral), in_hand
