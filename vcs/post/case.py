"""Gathers what the gate asks: about the person, the offender, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.post.alike import (
    alike,
    earlier_letters,
    latest_choice,
    no_of_each,
    no_on,
    others_no,
    parted,
)
from vcs.post.basis import Basis, basis_now, basis_of, changes, signed_differently
from vcs.post.changed_address import changed_address
from vcs.post.gate import EarlierLetter, LetterCase
from vcs.post.letter_case import CameBack, ChangedAddress
from vcs.post.open_questions import (
    decided,
    is_instruction_asked_about,
    is_person_asked_about,
    is_sentence_asked_about,
)
from vcs.post.reads import visible_letter
from vcs.post.records import LetterQuestion, LetterRecord, LetterStatus
from vcs.post.returned.reads import returned_to, subject_of_returned
from vcs.post.signatory import Signatory, signatory
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.victims.family.of_age import came_of_age
from vcs.victims.find import Part, parts_of, visible_victim
from vcs.victims.person import Person, format_needs, life_of, opened
from vcs.victims.preferences.allowed import Preferences
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import Rule
from vcs.victims.records import ChoiceRecord, PersonRecord, Victim
from vcs.victims.shared import Answered, Match, answered, holding, matches, subject_of

_NO_NEED = frozenset(("", "-", "none", "no", "nil", "n/a", "na", "nothing", "none known", "dim"))


@dataclass(frozen=True, slots=True)
class Gathered:
    """The gate's case of one letter, what a letter would rest on, and what decisions are about.

    ``signed`` is whom a letter would name today.
    """

    case: LetterCase
    basis: Basis
    signed: Signatory
    subjects: dict[LetterQuestion, str]


def case_of_letter(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> LetterCase:
    """Return what the gate asks about a letter. Raises NotFound where it is not theirs to see."""
    require_may(actor, Act.SEE_LETTER)
    letter, victim, _ = visible_letter(session, reference, actor)
    return gather(session, sealer, victim, letter, today).case


def case_of_victim(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> LetterCase:
    """Return what the gate asks about a letter to a victim that is not drafted yet."""
    require_may(actor, Act.WRITE_LETTER)
    victim = visible_victim(session, reference, actor)
    return gather(session, sealer, victim, None, today).case


def _subjects(
    person: Person,
    earlier: Iterable[EarlierLetter],
    others: Iterable[ChoiceRecord],
    needs: str,
    shared: Iterable[Match],
) -> dict[LetterQuestion, str]:
    """Return what each question is about: a decision holds while that is the same."""
    return {
        LetterQuestion.SHARED_ADDRESS: subject_of(person, shared),
        LetterQuestion.SECOND_LETTER: " ".join(sorted(one.reference for one in earlier)),
        LetterQuestion.EARLIER_OPT_OUT: " ".join(str(one.id) for one in others),
        LetterQuestion.FORMAT: needs.casefold(),
        LetterQuestion.NAME: f"{person.name}|{person.salutation}",
    }


@dataclass(frozen=True, slots=True)
class _Reach:
    """How somebody may be reached, and what is known of where they live."""

    said: Preferences
    moved: ChangedAddress | None
    came_back: tuple[CameBack, ...]

    def subjects(self, address: str) -> dict[LetterQuestion, str]:
        """Return what the questions about it are about."""
        ids = " ".join(str(one.id) for one in self.said.lines if one.rule is Rule.ONLY)
        return {
            LetterQuestion.ONLY_VIA: f"{ids}|{self.said.via_whom}",
            LetterQuestion.CHANGED_ADDRESS: self.moved.subject if self.moved else "",
            LetterQuestion.RETURNED: subject_of_returned(self.came_back, address),
        }


def _reach(
    session: Session, sealer: Sealer, victim: Victim, person: Person, parts: Sequence[Part]
) -> _Reach:
    return _Reach(
        standing_preferences(session, sealer, victim.person_id),
        changed_address(session, sealer, victim, person, parts),
        returned_to(session, sealer, victim.person, parts),
    )


def gather(
    session: Session, sealer: Sealer, victim: Victim, letter: LetterRecord | None, today: date
) -> Gathered:
    """Return what is true now about a letter to a victim; ``letter`` None before it is drafted."""
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    held, parts = victim.person, parts_of(session, victim.person_id)
    person, offender = opened(sealer, held), sentences_of_offender(session, sealer, sentence)
    rows = alike(session, sealer, victim, person, offender)
    same, apart = parted(session, victim, rows)
    latest, said_no = latest_choice(session, same), no_of_each(session, apart)
    others = others_no(session, sealer, victim, person, rows)
    earlier = earlier_letters(session, (*same, *apart), letter)
    signed, latest_id = signatory(session, referral, today), latest.id if latest else None
    basis = basis_now(session, victim, person, sentence, latest_id).signed(signed)
    needs = " ".join(format_needs(sealer, held).split())
    shared = _shared(session, sealer, _offenders(session, sealer, offender, parts), held.id, person)
    reach = _reach(session, sealer, victim, person, parts)
    subjects = _subjects(person, earlier, others, needs, shared) | reach.subjects(basis.address)
    subjects[LetterQuestion.KEPT_APART] = " ".join(str(one.id) for one in said_no)
    case = LetterCase(
        name=person.name,
        salutation=person.salutation,
        is_closed=referral.status == ReferralStatus.CLOSED,
        **_of_lives(session, sealer, victim, today),
        opted_out_on=no_on(latest),
        may_have_opted_out_on=tuple(one.chosen_on for one in others),
        apart_said_no_on=tuple(one.chosen_on for one in said_no),
        earlier_letters=earlier,
        has_shared_address=bool(shared),
        format_needs="" if needs.casefold().strip(".") in _NO_NEED else needs,
        **_since(session, sealer, letter, (victim, sentence), basis),
        **_asked(session, sentence, held, parts),
        preferences=reach.said,
        changed_address=reach.moved,
        came_back=reach.came_back,
        decided=decided(session, sealer, letter, subjects),
        drafted_by=letter.drafted_by if letter else None,
    )
    return Gathered(case, basis, signed, subjects)


def _shared(
    session: Session,
    sealer: Sealer,
    offenders: tuple[Sentence, ...],
    person_id: int,
    person: Person,
) -> tuple[Match, ...]:
    """Return the addresses of the court that hold a letter to a person's."""
    found = matches(session, sealer, offenders, person)
    known = answered(session, sealer, person_id, person) if found else Answered()
    return holding(found, known)


def _since(
    session: Session,
    sealer: Sealer,
    letter: LetterRecord | None,
    about: tuple[Victim, Sentence],
    basis: Basis,
) -> dict[str, Any]:
    """Return what changed since a letter was approved; nothing before it is."""
    if letter is None or letter.status != LetterStatus.APPROVED:
        return {}
    was = basis_of(session, sealer, letter, *about)
    return {
        "changes": changes(was, basis, safe_to_post=about[0].person.safe_to_post),
        "signed_otherwise": signed_differently(was, basis),
    }


def _asked(
    session: Session, sentence: Sentence, held: PersonRecord, parts: Sequence[Part]
) -> dict[str, Any]:
    """Say what a person must still answer before a letter may go."""
    return {
        "is_sentence_asked_about": is_sentence_asked_about(session, sentence),
        "is_instruction_asked_about": is_instruction_asked_about(session, parts),
        "is_person_asked_about": is_person_asked_about(session, held, parts),
    }


def _of_lives(session: Session, sealer: Sealer, victim: Victim, today: date) -> dict[str, Any]:
    return {
        "has_died": life_of(session, sealer, victim.person_id).has_died,
        "child_came_of_age_on": came_of_age(session, sealer, victim, today),
    }


def _offenders(
    session: Session, sealer: Sealer, offender: tuple[Sentence, ...], parts: Sequence[Part]
) -> tuple[Sentence, ...]:
    """Return the sentences of every offender in whose referral a person is, the given ones first.

    Whose door a letter must not reach does not depend on which offender it is about.
    """
    found = {one.id: one for one in offender}
    for _, referral in parts:
        if referral.sentence_id not in found:
            sentence = session.get_one(Sentence, referral.sentence_id)
            found |= {one.id: one for one in sentences_of_offender(session, sealer, sentence)}
    return tuple(found.values())
