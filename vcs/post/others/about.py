"""What a letter to others is about: the sentence, its referral, and for some kinds a victim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.errors import NotFound
from vcs.post.others.destinations.places import kind_for, place_for
from vcs.post.others.records import OfficeKind
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Addressee, LetterPolicy
from vcs.post.signatory import Signatory, signatory, unit_signs
from vcs.post.subjects.subject import LOOK_BACK
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class OtherSubject:
    """What brings one letter. ``occasion`` tells it from others of its kind about the same case."""

    occasion: str
    known_on: date


@dataclass(frozen=True, slots=True)
class About:
    """A case as letters to others look at it. ``victim`` is None for kinds that name none."""

    session: Session
    sealer: Sealer
    sentence: Sentence
    referral: Referral | None
    victim: Victim | None
    now: datetime

    @property
    def today(self) -> date:
        """Return the London day."""
        return london_date(self.now)

    @property
    def subject(self) -> str:
        """Return the reference under which the trail and the letter name the case."""
        return self.referral.reference if self.referral else self.sentence.reference

    @property
    def victim_id(self) -> int | None:
        """Return the id of whom it is about; None for kinds that name nobody."""
        return self.victim.id if self.victim else None

    @property
    def region_code(self) -> str | None:
        """Return the region that answers for the case: its referral's, where it has one."""
        return (self.referral or self.sentence).region_code

    @property
    def police_area(self) -> str | None:
        """Return the police area of the case in the same way."""
        return (self.referral or self.sentence).police_area

    @property
    def victims(self) -> tuple[Victim, ...]:
        """Return everybody in the referral."""
        if self.referral is None:
            return ()
        query = select(Victim).where(Victim.referral_id == self.referral.id)
        return tuple(self.session.exec(query.order_by(col(Victim.id))))

    def is_recent(self, day: date) -> bool:
        """Say whether something is new enough for a letter to be drafted by itself."""
        return self.today - LOOK_BACK <= day <= self.today

    def office_asked(self, row: LetterPolicy) -> tuple[OfficeKind, str]:
        """Return what kind of office a letter goes to, and the place that it serves."""
        kind = kind_for(row.to)
        return kind, place_for(kind, self.police_area, self.region_code)

    def signed(self) -> Signatory:
        """Return whom a letter names today: the unit where no officer has the case."""
        if self.referral is None:
            return unit_signs(self.session, self.region_code)
        by = signatory(self.session, self.referral, self.today)
        return replace(by, officer=by.officer or "")


def about_letter(session: Session, sealer: Sealer, letter: LetterRecord, now: datetime) -> About:
    """Return what a letter to others is about. Raises NotFound for a letter to a victim."""
    if letter.sentence_id is None:
        raise NotFound("There is no such letter.")
    victim = session.get_one(Victim, letter.about_victim_id) if letter.about_victim_id else None
    return about_case(session, sealer, letter.sentence_id, victim, now)


def about_case(
    session: Session, sealer: Sealer, sentence_id: int, victim: Victim | None, now: datetime
) -> About:
    """Return a case, with the victim whom a letter is about; None for one that names nobody."""
    sentence = session.get_one(Sentence, sentence_id)
    query = select(Referral).where(Referral.sentence_id == sentence_id)
    return About(session, sealer, sentence, session.exec(query).first(), victim, now)


def names_a_victim(row: LetterPolicy) -> bool:
    """Say whether a kind of letter to others is about one victim's own wishes."""
    return row.to in (Addressee.HOSPITAL_MANAGERS, Addressee.OFFENDER_MANAGER)
