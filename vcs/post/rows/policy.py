"""What a row of the letter catalogue says, and the words its columns are written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vcs.post.holds.hold_kinds import HoldKind
from vcs.terms import Language, Role


class Addressee(StrEnum):
    """To whom a letter goes. ``CONTACT`` is the victim, or whoever acts for the victim."""

    CONTACT = "contact"
    WITNESS_CARE = "witness care"
    YOUTH_OFFENDING_TEAM = "youth offending team"
    HOSPITAL_MANAGERS = "hospital managers"
    OFFENDER_MANAGER = "offender manager"
    REFERRER = "referrer"


class Trigger(StrEnum):
    """What drafts a letter with nobody asking, in words for the people who look after it."""

    REFERRAL_ACCEPTED = "A referral is accepted"
    NOTIFICATION_ACCEPTED = "A referral under the Victim Notification Scheme is accepted"
    DISCRETIONARY_ACCEPTED = "A person decides to offer the scheme at discretion"
    NO_REPLY = "The first letter was posted and there is no reply"
    OPTED_OUT = "The victim chooses not to hear from us"
    OPTED_IN = "The victim chooses to join"
    YEAR_PASSED = "A year has passed since they joined, or since the last annual letter"
    SENTENCE_CHANGED = "The court changes the sentence"
    OPEN_CONDITIONS = "A move to open conditions is considered or made"
    TEMPORARY_RELEASE = "Temporary release is considered"
    EARLY_RELEASE = "Early release is assessed"
    CONDITIONS_DUE = "Licence conditions are about to be decided"
    CONDITIONS_DECIDED = "The conditions asked for are answered"
    RELEASE_PLANNED = "A release is planned"
    RELEASED = "The release took place"
    RECALLED = "A recall to prison"
    PAROLE_REVIEW = "A parole review begins"
    PAROLE_DECIDED = "The Parole Board decides"
    HOSPITAL_REVIEW = "Discharge from hospital is considered, or the tribunal is asked"
    HOSPITAL_DECIDED = "The Secretary of State or the tribunal decides on discharge"
    HOSPITAL_WISH = "The victim of an unrestricted patient says what they wish"
    RESTRICTIONS_ENDED = "The restrictions on a patient end"
    TO_HOSPITAL = "A move from prison to hospital"
    FROM_HOSPITAL = "A move from hospital back to prison"
    AT_LARGE = "An escape, an absconding, or a failure to return"
    BACK_IN_CUSTODY = "A return to custody"
    DIED = "The offender dies"
    REMOVED = "Removal from the country is planned or done"
    LICENCE_ENDS = "The licence ends"
    RELEASED_IN_ERROR = "A release in error"
    REFUSED = "The unit decides that the scheme does not apply"
    CLOSED = "A referral is closed because of the sentence or the scheme"
    OFFICER_CHANGED = "Another officer takes over"
    REFERRAL_LATE = "No victim was referred by the tenth working day after sentence"
    YOUTH_SENTENCE = "A sentence of somebody under 18 that is outside the scheme"
    CONDITIONS_ASKED = "The victim asks for licence conditions"


class Occasion(StrEnum):
    """For what a letter of a kind may go once: a second for the same is *already gone*."""

    REFERRAL = "referral"
    EVENT = "event"
    YEAR = "year"
    CHOICE = "choice"
    CONDITION_ANSWER = "condition answer"


class Forbidden(StrEnum):
    """What a letter must not say, whoever wrote it."""

    PRISON = "the name or place of a prison"
    EXACT_DATE = "an exact date of release"
    RELEASE_ADDRESS = "an address the offender is released to"
    MEDICAL = "medical facts, treatment or leave"
    OTHER_VICTIM = "another victim"
    COMPUTED_DATE = "a date that was worked out and that nobody confirmed"
    OFFENCE_DETAILS = "details of the offence"
    OFFENDER_NAME = "the offender's name"
    STOCK_NOTHING = "stock words for nothing having happened"
    HOSPITAL = "the name or address of a hospital"
    PRESSURE = "pressure to join"
    FULL_SCHEME = "a promise of the full scheme"
    NEW_SENSITIVE = "new sensitive facts"
    SPECULATION = "speculation"
    FULL_LICENCE = "conditions that do not concern the victim"
    RISK_REASONS = "reasons or risk behind a recall"
    DOSSIER = "what is in the parole dossier"
    DELIBERATIONS = "how a decision was reached"
    VICTIM_NAME = "the victim's name"
    VICTIM_ADDRESS = "where the victim is or how to reach them"
    MORE_THAN_WISH = "more of the victim than wish, name and address"
    ZONE_IS_HOME = "that an area to keep out of is where the victim lives, works or goes"


AS_A_RULE: Final = frozenset(
    {
        Forbidden.PRISON,
        Forbidden.EXACT_DATE,
        Forbidden.RELEASE_ADDRESS,
        Forbidden.MEDICAL,
        Forbidden.OTHER_VICTIM,
        Forbidden.COMPUTED_DATE,
        Forbidden.OFFENCE_DETAILS,
        Forbidden.OFFENDER_NAME,
        Forbidden.STOCK_NOTHING,
        Forbidden.HOSPITAL,
        Forbidden.ZONE_IS_HOME,
    }
)
"""What every letter to a victim must not say. A row that must say one of them takes it away."""

EVERY_HOLD: Final = frozenset(HoldKind)

COMMON: Final = (
    "salutation",
    "window",
    "reference",
    "letter_reference",
    "written_on",
    "standing",
    "vlo_name",
    "unit_area",
    "phone",
    "email",
    "unit_address",
    "court_order",
)
"""Facts of every letter to a contact. ``vlo_name`` and ``unit_address`` may be absent."""

COMMON_TO_OTHERS: Final = (
    "window",
    "reference",
    "letter_reference",
    "written_on",
    "vlo_name",
    "unit_area",
    "phone",
    "email",
    "unit_address",
)

EVERYONE_IN_THE_UNIT: Final = (Role.VLO, Role.MANAGER)

SCHEME_OWNER: Final = "Victim Contact Scheme policy lead"

NOTIFICATION_OWNER: Final = "Victim Notification Scheme policy lead"

HOSPITAL_OWNER: Final = "Mental health casework lead for victims"


@dataclass(frozen=True, slots=True)
class LetterPolicy:
    """One row.

    ``duty`` is the id in ``vcs.law.deadlines.duties`` of the duty that is met when the letter was
    posted, ``duties_too`` of others; None for a letter that meets none. ``facts`` are those it may
    use, and no others, besides the common ones; ``may_be_absent`` are those it can go without.
    ``forbidden`` is what it must not say. ``stopped_by`` are the holds of the gate that stop it.
    ``once_per`` is the occasion for which one of its kind may go. ``spoken_first`` is news that
    must not come out of the blue on paper. ``contact_goes_on``: she hears from us after it, and
    can stop that. ``reviewed_on`` is the day on which its owner last
    agreed to it; None until somebody did. ``kinds_before`` are names that earlier versions kept.
    """

    kind: str
    purpose: str
    trigger: Trigger
    source: str
    confidence: str
    duty: str | None = None
    to: Addressee = Addressee.CONTACT
    facts: tuple[str, ...] = ()
    may_be_absent: tuple[str, ...] = ()
    forbidden: frozenset[Forbidden] = AS_A_RULE
    stopped_by: frozenset[HoldKind] = EVERY_HOLD
    once_per: Occasion = Occasion.EVENT
    spoken_first: bool = False
    contact_goes_on: bool = True
    duties_too: tuple[str, ...] = ()
    languages: tuple[Language, ...] = (Language.ENGLISH, Language.WELSH)
    approved_by: tuple[Role, ...] = EVERYONE_IN_THE_UNIT
    owner: str = SCHEME_OWNER
    reviewed_on: date | None = None
    kinds_before: tuple[str, ...] = ()


def passes(*kinds: HoldKind) -> frozenset[HoldKind]:
    """Return every hold but those a letter passes: a new hold stops it until a row says not."""
    return EVERY_HOLD - frozenset(kinds)


def besides(*more: Forbidden, may: Iterable[Forbidden] = ()) -> frozenset[Forbidden]:
    """Return what is forbidden as a rule and more, without what this letter may or must say."""
    return (AS_A_RULE | frozenset(more)) - frozenset(may)
