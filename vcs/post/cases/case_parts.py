"""A person's part in a case, what they chose, and how they may be reached: for the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

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
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import known_of, sentences_of_offender
from vcs.terms import LetterFormat
from vcs.victims.family.of_age import was_childs
from vcs.victims.find import Part, parts_of
from vcs.victims.identity.apart import apart_by_manager
from vcs.victims.person import Person, opened
from vcs.victims.places.same_place import comparable
from vcs.victims.preferences.allowed import Preferences, standing_note
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import ChoiceRecord, PersonRecord, Victim
from vcs.victims.same_person import may_be_of_one_person
from vcs.victims.whereabouts.shared import Answered, Match, answered, holding, matches


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
    note: str = ""

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
            "contact_note": self.note,
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
        standing_note(person.safe_contact_notes),
    )


def choices_of(part: CasePart, about: LetterRecord | Wanted) -> Choices:
    """Return what a person, and others who may be that person, chose and were sent.

    A *no* in a case that may be another offender's is asked about, as one about another is.
    """
    session, sealer = part.session, part.sealer
    may_be = alike(session, sealer, part.victim, part.person, part.offender)
    known = {one.id for one in known_of(session, sealer, part.offender)}
    rows = [one for one in may_be if one.sentence_id in known]
    others = apart_by_manager(session, part.victim.person_id)
    same, apart = parted(rows, others)
    sent_to, sent_apart = parted(may_be, others)
    latest = latest_choice(session, same)
    may_be_no = others_no(session, sealer, part.victim, part.person, rows)
    if latest and no_on(latest) and was_childs(session, sealer, part.victim, latest):
        # Said by a child, or for one: whether it still holds is a person's to find out.
        may_be_no, latest = (*may_be_no, latest), None
    return Choices(
        latest,
        may_be_no,
        no_of_each(session, apart),
        earlier_letters(session, (*sent_to, *sent_apart), about),
    )


def shared_with(part: CasePart) -> tuple[Match, ...]:
    """Return the addresses of the court that hold a letter to a person's.

    Those of every offender in whose referral a person is: whose door a letter must not reach does
    not depend on which offender it is about.
    """
    session, sealer = part.session, part.sealer
    found = matches(session, sealer, every_offender(part), part.person)
    known = answered(session, sealer, part.held.id, part.person) if found else Answered()
    return holding(found, known)


def every_offender(part: CasePart) -> tuple[Sentence, ...]:
    """Return the sentences of every offender in whose referral a person is."""
    session, sealer = part.session, part.sealer
    found = {one.id: one for one in part.offender}
    for _, referral in part.parts:
        if referral.sentence_id not in found:
            sentence = session.get_one(Sentence, referral.sentence_id)
            found |= {one.id: one for one in sentences_of_offender(session, sealer, sentence)}
    return tuple(found.values())


def namesakes(part: CasePart, born_on: date | None) -> tuple[str, ...]:
    """Return the references of the sentences whose offender may be the person of a part.

    The offender may have been named to us as a parent or next of kin of the victim. Their own
    sentences and the others of their cases are compared, by name; another date of birth tells two
    of one name apart. A name that cannot be opened is nobody's: the record is asked about
    elsewhere.
    """
    cases = {one.case_key for one in part.offender if one.case_key}
    beside = select(Sentence).where(col(Sentence.case_key).in_(cases))
    held = {one.id: one for one in (*part.offender, *part.session.exec(beside))}
    found = (one for one in held.values() if not _are_two(born_on, one.date_of_birth))
    return tuple(sorted(one.reference for one in found if _is_called_alike(part, one)))


def _are_two(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one != other


def _is_called_alike(part: CasePart, sentence: Sentence) -> bool:
    offender = shown(part.sealer.open_text, sentence.offender_name, "")
    names = part.person.name, part.person.name_in_latin
    return any(may_be_of_one_person(name, offender) for name in names)
