"""A person's part in a case, what they chose, and how they may be reached: for the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from vcs.post.addresses.alike import (
    alike,
    earlier_letters,
    latest_choice,
    no_of_each,
    no_on,
    others_no,
    parted,
)
from vcs.post.cases.letter_case import (
    CameBack,
    ChangedAddress,
    EarlierLetter,
    Wanted,
)
from vcs.post.cases.who_and_when import (
    not_now,
)
from vcs.post.holds.changed_address import changed_address, has_gone_there
from vcs.post.records import LetterQuestion, LetterRecord
from vcs.post.returned.reads import returned_to, subject_of_returned
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.terms import LetterFormat
from vcs.victims.find import Part, parts_of
from vcs.victims.person import Person, opened
from vcs.victims.preferences.allowed import Preferences
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import ChoiceRecord, PersonRecord, Victim
from vcs.victims.same_place import comparable
from vcs.victims.shared import Answered, Match, answered, holding, matches


@dataclass(frozen=True, slots=True)
class CasePart:
    """A person's part in one referral, with what is read of it once for every question."""

    session: Session
    sealer: Sealer
    victim: Victim
    today: date
    referral: Referral
    sentence: Sentence
    person: Person
    parts: Sequence[Part]
    offender: tuple[Sentence, ...]

    @classmethod
    def of(cls, session: Session, sealer: Sealer, victim: Victim, today: date) -> CasePart:
        """Read what every question needs."""
        referral = session.get_one(Referral, victim.referral_id)
        sentence = session.get_one(Sentence, referral.sentence_id)
        return cls(
            session,
            sealer,
            victim,
            today,
            referral,
            sentence,
            opened(sealer, victim.person),
            parts_of(session, victim.person_id),
            sentences_of_offender(session, sealer, sentence),
        )

    @property
    def held(self) -> PersonRecord:
        """Return the person's record."""
        return self.victim.person


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person, and others who may be that person, chose and were sent."""

    latest: ChoiceRecord | None
    others: tuple[ChoiceRecord, ...]
    apart: tuple[ChoiceRecord, ...]
    earlier: tuple[EarlierLetter, ...]

    @property
    def latest_id(self) -> int | None:
        """Return the id of the latest choice; None before there is one."""
        return self.latest.id if self.latest else None

    def subjects(self) -> dict[LetterQuestion, str]:
        """Return what the questions about it are about."""
        return {
            LetterQuestion.SECOND_LETTER: " ".join(sorted(one.reference for one in self.earlier)),
            LetterQuestion.EARLIER_OPT_OUT: " ".join(str(one.id) for one in self.others),
            LetterQuestion.KEPT_APART: " ".join(str(one.id) for one in self.apart),
            LetterQuestion.NOT_NOW: str(self.latest.id) if self.latest else "",
        }

    def for_case(self, today: date) -> dict[str, Any]:
        """Return the same for the gate."""
        return {
            "opted_out_on": no_on(self.latest),
            "not_now": not_now(self.latest, today),
            "may_have_opted_out_on": tuple(one.chosen_on for one in self.others),
            "apart_said_no_on": tuple(one.chosen_on for one in self.apart),
            "earlier_letters": self.earlier,
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody may be reached, and what is known of where they live."""

    said: Preferences
    moved: ChangedAddress | None
    came_back: tuple[CameBack, ...]
    safe: bool | None
    is_unconfirmed: bool

    def subjects(self, address: str) -> dict[LetterQuestion, str]:
        """Return what the questions about it are about."""
        ids = " ".join(str(one.id) for one in self.said.lines if one.rule is Rule.ONLY)
        return {
            LetterQuestion.ONLY_VIA: f"{ids}|{self.said.via_whom}",
            LetterQuestion.CHANGED_ADDRESS: self.moved.subject if self.moved else "",
            LetterQuestion.RETURNED: subject_of_returned(self.came_back, address),
            LetterQuestion.UNCONFIRMED_ADDRESS: f"{address}|{self.safe}",
            LetterQuestion.PARTICULAR_ADDRESS: address,
        }

    def goes_by(self, form: str | None) -> Way:
        """Return how a letter in a format leaves; None is whichever format may go.

        Plain text goes by email to somebody who allows that, and never on paper.
        """
        allows = self.said.allows(Way.EMAIL)
        either = form is None and self.said.bar(Way.POST) is not None
        is_email = allows and (form == LetterFormat.TEXT or either)
        return Way.EMAIL if is_email else Way.POST

    def for_case(self) -> dict[str, Any]:
        """Return the same for the gate."""
        return {
            "preferences": self.said,
            "changed_address": self.moved,
            "came_back": self.came_back,
            "is_unconfirmed": self.is_unconfirmed,
        }


def reach_of(part: CasePart) -> Reach:
    """Return how somebody may be reached, and what is known of where they live."""
    session, sealer, victim, person = part.session, part.sealer, part.victim, part.person
    moved = changed_address(session, sealer, victim, person, part.parts)
    here = comparable(person.where, person.postcode)
    # A first letter to a changed address takes a second person already.
    is_known = part.held.address_confirmed_on is not None or moved is not None
    return Reach(
        standing_preferences(session, sealer, victim.person_id),
        moved,
        returned_to(session, sealer, part.held, part.parts),
        part.held.safe_to_post,
        not is_known and not has_gone_there(session, sealer, part.parts, here),
    )


def choices_of(part: CasePart, about: LetterRecord | Wanted) -> Choices:
    """Return what a person, and others who may be that person, chose and were sent."""
    session, sealer = part.session, part.sealer
    rows = alike(session, sealer, part.victim, part.person, part.offender)
    same, apart = parted(session, part.victim, rows)
    return Choices(
        latest_choice(session, same),
        others_no(session, sealer, part.victim, part.person, rows),
        no_of_each(session, apart),
        earlier_letters(session, (*same, *apart), about),
    )


def shared_with(part: CasePart) -> tuple[Match, ...]:
    """Return the addresses of the court that hold a letter to a person's.

    Those of every offender in whose referral a person is: whose door a letter must not reach does
    not depend on which offender it is about.
    """
    session, sealer = part.session, part.sealer
    offenders = {one.id: one for one in part.offender}
    for _, referral in part.parts:
        if referral.sentence_id not in offenders:
            sentence = session.get_one(Sentence, referral.sentence_id)
            offenders |= {one.id: one for one in sentences_of_offender(session, sealer, sentence)}
    found = matches(session, sealer, tuple(offenders.values()), part.person)
    known = answered(session, sealer, part.held.id, part.person) if found else Answered()
    return holding(found, known)
