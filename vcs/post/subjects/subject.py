"""What a letter is about, what is read once to find it, and whether that was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.errors import Conflict
from vcs.events.embargo import is_under_embargo
from vcs.events.offender import death_in, is_ended_by
from vcs.events.records import EventLine, KeyEvent
from vcs.needs.conditions.records import ConditionRequest
from vcs.post import catalogue
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Trigger
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.victims.records import Victim

LOOK_BACK: Final = timedelta(days=90)
"""How long after something happened a letter about it is still drafted by itself."""

OF_AN_END: Final = frozenset({Trigger.REFUSED, Trigger.CLOSED})
"""What brings letters that are untrue once the referral is open again."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What one letter is about.

    ``occasion`` tells it from others of its kind; "" where only one may go in a referral.
    ``known_on`` is the day from which it could be written. ``is_due`` says that its trigger drafts
    it by itself: a person may begin it before that.
    """

    occasion: str
    known_on: date
    is_due: bool = True
    event_id: int | None = None
    choice_id: int | None = None
    request_id: int | None = None
    officer_id: int | None = None


@dataclass(frozen=True)
class Around:
    """A victim with what triggers are looked for in. For one look: events are read once."""

    session: Session
    sealer: Sealer
    victim: Victim
    referral: Referral
    sentence: Sentence
    now: datetime

    @classmethod
    def of(cls, session: Session, sealer: Sealer, victim: Victim, now: datetime) -> Around:
        """Read a victim's referral and sentence."""
        referral = session.get_one(Referral, victim.referral_id)
        sentence = session.get_one(Sentence, referral.sentence_id)
        return cls(session, sealer, victim, referral, sentence, now)

    @property
    def today(self) -> date:
        """Return the London day."""
        return london_date(self.now)

    @cached_property
    def events(self) -> tuple[KeyEvent, ...]:
        """Return the events that the victim may be written to about, the newest first.

        What was taken back, is under embargo, is not for this person, or was ended by the
        offender's death, is none of them.
        """
        query = (
            select(KeyEvent, EventLine.not_told_reason)
            .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
            .where(
                EventLine.victim_id == self.victim.id,
                col(EventLine.undo).is_(False),
                col(KeyEvent.taken_back_at).is_(None),
            )
            .order_by(col(KeyEvent.id).desc())
        )
        every = self.session.exec(query).all()
        death = death_in(event for event, _ in every)
        told = (event for event, not_told in every if not_told is None)
        stands = (one for one in told if death is None or not is_ended_by(death, one))
        return tuple(event for event in stands if not is_under_embargo(event, self.now))

    def is_recent(self, day: date) -> bool:
        """Say whether something is new enough for a letter to be drafted by itself."""
        return self.today - LOOK_BACK <= day <= self.today


def about(session: Session, letter: LetterRecord) -> str:
    """Return what a letter tells of as it stands: two that are equal would tell the same."""
    told = []
    if letter.event_id is not None:
        event = session.get_one(KeyEvent, letter.event_id)
        told.append(f"{event.kind} {event.happened_on} {event.only_month} {is_taken_back(event)}")
    if letter.request_id is not None:
        request = session.get_one(ConditionRequest, letter.request_id)
        told.append(f"{request.answer} {request.answered_on}")
    return "; ".join(told)


def is_taken_back(event: KeyEvent) -> bool:
    """Say whether an event was recorded by mistake."""
    return event.taken_back_at is not None


def is_gone(session: Session, letter: LetterRecord) -> bool:
    """Say whether what a letter tells of was taken back: an event, or the end of contact."""
    event = session.get(KeyEvent, letter.event_id) if letter.event_id is not None else None
    is_back = event is not None and is_taken_back(event)
    return is_back or _is_of_no_end(session, letter)


def _is_of_no_end(session: Session, letter: LetterRecord) -> bool:
    """Say whether a letter to a victim tells of an end, and their referral is open."""
    if letter.victim_id is None or catalogue.letter(letter.kind).trigger not in OF_AN_END:
        return False
    victim = session.get_one(Victim, letter.victim_id)
    return session.get_one(Referral, victim.referral_id).status != ReferralStatus.CLOSED


def require_standing(session: Session, letter: LetterRecord) -> None:
    """Raise Conflict where what a letter tells of was taken back."""
    if is_gone(session, letter):
        raise Conflict("What this letter tells of was taken back, so it must not go.")
