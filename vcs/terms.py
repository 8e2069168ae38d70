"""The glossary as enums and small value types: one word per idea, on screen and in code alike.

Imports the standard library only. Every other room may import this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """The answer to one condition of the law. Unknown is a value, never a quiet no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

"""The answers by names of their own, for what reads them many times in one decision.

Python 3.11 takes ten times as long to look a member up in its enum.
"""


class Outcome(StrEnum):
    """What the law says about one offence or one offender, most protective first."""

    STATUTORY = "statutory"
    NOTIFICATION_SCHEME = "notification_scheme"
    CANNOT_TELL = "cannot_tell"
    DISCRETIONARY = "discretionary"
    NOT_ELIGIBLE = "not_eligible"


PROTECTION_ORDER: tuple[Outcome, ...] = tuple(Outcome)


def most_protective(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome that protects the victim most; raises ValueError for none at all."""
    return min(outcomes, key=PROTECTION_ORDER.index)


class Route(StrEnum):
    """The way into the scheme: which sections of the 2004 Act give the victim the right."""

    SECTION_35 = "section-35"
    HOSPITAL_RESTRICTED = "hospital-restricted"
    HOSPITAL_UNRESTRICTED = "hospital-unrestricted"
    HOSPITAL_DIRECTION = "hospital-direction"
    TRANSFER_RESTRICTED = "transfer-restricted"
    TRANSFER_UNRESTRICTED = "transfer-unrestricted"
    HANDED_OVER = "handed-over-to-hospital"
    NOTIFICATION_SCHEME = "victim-notification-scheme"
    SCHEDULE_6A = "schedule-6a-part-2"


class SentenceKind(StrEnum):
    """What a court imposed, in the words of the law and not of any feed."""

    IMPRISONMENT = "imprisonment"
    YOI_DETENTION = "detention in a young offender institution"
    SECTION_250_DETENTION = "detention under section 250"
    HM_PLEASURE = "detention during His Majesty's pleasure"
    DETENTION_AND_TRAINING = "detention and training order"
    EXTENDED = "extended sentence"
    PARTICULAR_CONCERN = "sentence for an offender of particular concern"
    SERIOUS_TERRORISM = "serious terrorism sentence"
    LIFE = "life sentence"
    INDETERMINATE = "imprisonment or detention for public protection"
    CUSTODY_UNCLEAR = "custody of a kind not made clear"
    SUSPENDED = "suspended sentence"
    SUSPENDED_VARIED = "suspended sentence varied"
    SUSPENDED_ACTIVATED = "suspended sentence activated"
    HOSPITAL_ORDER = "hospital order"
    RESTRICTION_ORDER = "restriction order"
    HOSPITAL_DIRECTION = "hospital and limitation directions"
    INTERIM_HOSPITAL_ORDER = "interim hospital order"
    REMAND_TO_HOSPITAL = "remand to hospital"
    GUARDIANSHIP = "guardianship order"
    SUPERVISION_ORDER = "supervision order"
    ABSOLUTE_DISCHARGE = "absolute discharge"
    DEFAULT_CUSTODY = "custody in default of payment or for contempt"
    NON_CUSTODIAL = "non-custodial sentence"
    UNKNOWN = "a result that is not known to the tables"


class Finding(StrEnum):
    """What the court found about one offence."""

    CONVICTED = "convicted"
    INSANITY = "not guilty by reason of insanity"
    UNFIT_DID_THE_ACT = "unfit to plead and did the act"
    NOT_CONVICTED = "not convicted"
    QUASHED = "conviction quashed"
    PERHAPS_QUASHED = "conviction perhaps quashed"
    NOT_STATED = "not stated"


class Change(StrEnum):
    """How a court changed a sentence after it was passed."""

    APPEAL = "varied on appeal"
    SLIP_RULE = "corrected by the court that passed it"
    UNDULY_LENIENT = "changed on a reference as unduly lenient"
    RESENTENCED = "passed afresh on a resentence"
    QUASHED = "quashed"
    NOT_STATED = "varied, in a way that the message does not state"


class Sequence(StrEnum):
    """How a term runs against the other terms passed on the same occasion."""

    CONCURRENT = "concurrent"
    CONSECUTIVE = "consecutive"
    NOT_STATED = "not stated"


class OwedBy(StrEnum):
    """Who owes a duty."""

    COURT = "court"
    WITNESS_CARE_UNIT = "witness care unit"
    VICTIM_LIAISON_UNIT = "victim liaison unit"


class Role(StrEnum):
    """What a member of staff is signed in as."""

    WITNESS_CARE = "witness_care"
    VLO = "vlo"
    MANAGER = "manager"
    HEAD = "head_of_public_protection"
    UNIT_ADMINISTRATOR = "unit_administrator"
    PRACTITIONER = "practitioner"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


class Choice(StrEnum):
    """What the victim chose. May change at any time; the latest stands."""

    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"
    NOT_NOW = "not_now"
    NO_REPLY = "no_reply"


class SentenceState(StrEnum):
    """Where a sentence stands in the ledger: each is in exactly one state."""

    AWAITED = "awaited"
    TRACED = "traced"
    DECISION_DUE = "decision_due"
    REFERRED = "referred"
    REFUSED = "refused"
    NOT_ELIGIBLE = "not_eligible"


class ChaseAnswer(StrEnum):
    """What a witness care unit answers when it is asked where a victim's details are."""

    DETAILS_TO_FOLLOW = "details_to_follow"
    BEING_TRACED = "being_traced"
    NO_IDENTIFIABLE_VICTIM = "no_identifiable_victim"
    REFUSED_REFERRAL = "refused_referral"


class Language(StrEnum):
    """The languages letters are written in."""

    ENGLISH = "en"
    WELSH = "cy"


class LetterLanguage(StrEnum):
    """What a letter is written in. Bilingual is Welsh first, then English."""

    ENGLISH = "en"
    WELSH = "cy"
    BILINGUAL = "cy-en"

    @property
    def parts(self) -> tuple[Language, ...]:
        """Return the languages of its parts, in order."""
        return tuple(Language(part) for part in self.split("-"))


class LetterFormat(StrEnum):
    """In what form a person reads a letter."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"
    EASY_READ = "easy-read"
    TEXT = "text"


class FoundBy(StrEnum):
    """By what somebody can be found or reached, as a court tells it."""

    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"


class VictimRelation(StrEnum):
    """What a person acting in a referral is to the crime."""

    VICTIM = "victim"
    PARENT_OR_GUARDIAN = "parent, guardian or carer"
    NEXT_OF_KIN = "next of kin"
    SPOKESPERSON = "nominated family spokesperson"
    ATTORNEY = "attorney or deputy"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A length of custody as the court stated it; each part is a whole number, zero or more."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        """Say whether any length is stated at all."""
        return bool(self.years or self.months or self.weeks or self.days)

    def in_words(self) -> str:
        """Write the term as a court would say it, for example ``2 years 6 months``."""
        named = (
            (self.years, "year"),
            (self.months, "month"),
            (self.weeks, "week"),
            (self.days, "day"),
        )
        return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in named if n)
