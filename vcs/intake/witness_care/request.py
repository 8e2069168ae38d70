"""The five requests that a witness care unit's program may send, each a typed JSON object."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vcs.intake.witness_care.values import (
    Asked,
    CaseReference,
    Day,
    Key,
    Line,
    Receipt,
    Reference,
    Words,
)
from vcs.terms import ChaseAnswer, Language, VictimRelation

Lines = Annotated[list[Line], Field(max_length=7)]

How = Literal["by phone", "by letter", "by email", "in person", "by another way"]

_ONE_SENTENCE = "name the sentence by referral_reference, or else by case_reference"

_ONE_VICTIM = "name the victim by victim_reference, or else by receipt"


class Details(Asked):
    """What may be said of a victim."""

    name: Line = ""
    standing: VictimRelation = VictimRelation.VICTIM
    salutation: Line = ""
    name_in_latin: Line = ""
    about: Line = ""
    address_lines: Lines = Field(default_factory=list)
    postcode: Line = ""
    country: Line = ""
    address_confirmed_on: Day | None = None
    safe_to_post: bool | None = None
    safe_contact_notes: Words = ""
    phone: Line = ""
    email: Line = ""
    language: Language = Language.ENGLISH
    format_needs: Words = ""


class AskedVictim(Details):
    """One person to be contacted. Only the name and what they are to the crime must be known.

    ``safe_to_post`` null means that nobody has said yet, which is not a yes.
    """

    name: Line
    standing: VictimRelation


class Changes(Details):
    """What is to be put right about a victim. What is left out stays; an empty text takes away."""


class NewAddress(Asked):
    """Where a victim lives now. What is not said about it is not known."""

    address_lines: Annotated[Lines, Field(min_length=1)]
    postcode: Line = ""
    country: Line = ""
    address_confirmed_on: Day | None = None
    safe_to_post: bool | None = None
    safe_contact_notes: Words | None = None


class AskedOffender(Asked):
    """The offender as the witness care unit knows them; the arrest summons number is for people.

    The court messages read so far do not carry it, so it is shown and not compared.
    """

    name: Line = ""
    date_of_birth: Day | None = None
    asn: Line = ""

    @model_validator(mode="after")
    def _says_something(self) -> AskedOffender:
        if not (self.name or self.date_of_birth or self.asn):
            raise ValueError("at least a name, a date of birth or an arrest summons number")
        return self


class Request(Asked):
    """What every request may carry: the sender's own key, which makes a repeat harmless."""

    request_id: Key | None = None


class AboutSentence(Request):
    """A request about a sentence: ours by its reference, or the court's by case and offender."""

    referral_reference: Reference | None = None
    case_reference: CaseReference | None = None
    offender: AskedOffender | None = None
    sentenced_on: Day | None = None

    @model_validator(mode="after")
    def _names_one(self) -> AboutSentence:
        if (self.referral_reference is None) == (self.case_reference is None):
            raise ValueError(_ONE_SENTENCE)
        return self


class AboutVictim(Request):
    """A request about a victim: by our reference, or by the receipt of the request that told."""

    victim_reference: Reference | None = None
    receipt: Receipt | None = None
    victim_number: Annotated[int, Field(ge=1, le=20)] = 1

    @model_validator(mode="after")
    def _names_one(self) -> AboutVictim:
        if (self.victim_reference is None) == (self.receipt is None):
            raise ValueError(_ONE_VICTIM)
        return self


class ReferralAsked(AboutSentence):
    """A referral of victims for a sentence, which may not have come yet."""

    kind: Literal["referral"]
    victims: Annotated[list[AskedVictim], Field(min_length=1, max_length=20)]


class CorrectionAsked(AboutVictim):
    """A correction of what was told about a victim."""

    kind: Literal["correction"]
    changes: Changes

    @model_validator(mode="after")
    def _changes_something(self) -> CorrectionAsked:
        if not self.changes.model_fields_set:
            raise ValueError("at least one change")
        return self


class ChangeOfAddressAsked(AboutVictim):
    """A victim has moved."""

    kind: Literal["change_of_address"]
    new_address: NewAddress


class OptOutAsked(Request):
    """A victim does not want contact: one who was referred, or one asked before any referral."""

    kind: Literal["opt_out"]
    victim_reference: Reference | None = None
    receipt: Receipt | None = None
    victim_number: Annotated[int, Field(ge=1, le=20)] = 1
    referral_reference: Reference | None = None
    case_reference: CaseReference | None = None
    offender: AskedOffender | None = None
    sentenced_on: Day | None = None
    said_on: Day
    how: How
    evidence: Words = ""

    @model_validator(mode="after")
    def _names_one(self) -> OptOutAsked:
        named = (
            self.victim_reference,
            self.receipt,
            self.referral_reference,
            self.case_reference,
        )
        if sum(one is not None for one in named) != 1:
            raise ValueError(f"{_ONE_VICTIM}; before any referral {_ONE_SENTENCE}")
        return self


class ChaseAnsweredAsked(AboutSentence):
    """An answer to the question where a victim's details are."""

    kind: Literal["chase_answered"]
    answer: ChaseAnswer
    note: Words = ""

    @model_validator(mode="after")
    def _has_evidence(self) -> ChaseAnsweredAsked:
        if self.answer is ChaseAnswer.REFUSED_REFERRAL and not self.note:
            raise ValueError("say in note who asked the victim, when, and what they said")
        return self


AnyRequest = (
    ReferralAsked | CorrectionAsked | ChangeOfAddressAsked | OptOutAsked | ChaseAnsweredAsked
)

KINDS: dict[str, type[AnyRequest]] = {
    "referral": ReferralAsked,
    "correction": CorrectionAsked,
    "change_of_address": ChangeOfAddressAsked,
    "opt_out": OptOutAsked,
    "chase_answered": ChaseAnsweredAsked,
}
