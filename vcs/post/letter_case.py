"""What the gate must know about one letter: values, worked out in ``case.py``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vcs.post.records import LetterQuestion
from vcs.post.returned.reasons import ReturnReason
from vcs.victims.preferences.allowed import NOTHING_SAID, Preferences


@dataclass(frozen=True, slots=True)
class EarlierLetter:
    """A first letter to the same person about the same offender that may have gone already."""

    reference: str
    approved_at: datetime
    approved_by: int


@dataclass(frozen=True, slots=True)
class ChangedAddress:
    """That an address is another than when they were referred, on one party's word.

    ``entered_by`` is as the trail has it. ``subject`` is what a decision about it is about.
    """

    changed_on: date
    entered_by: str
    subject: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """An earlier letter to this person that came back.

    ``is_here``: it went to the address that is held now, and nobody confirmed that address since.
    ``is_asked``: an officer has not answered the task about it yet.
    """

    letter_reference: str
    reason: ReturnReason
    came_back_on: date
    is_here: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class LetterCase:
    """What the gate must know about one letter, as it is now.

    ``child_came_of_age_on`` is the day on which somebody for whom this person spoke turned 18.
    ``opted_out_on`` is the day of a latest *no* about this offender. ``may_have_opted_out_on`` are
    the days of a *no* that may be hers: of somebody like her, or about another offender.
    ``apart_said_no_on`` are the days of a *no* about this offender of somebody very like this
    person, whom a person decided to be another. ``changes`` are plain words for what changed since
    an approved letter was approved. ``signed_otherwise`` are plain words for how who answers for
    the referral differs from whom an approved letter names. ``decided`` holds what a person has
    decided about this letter and that has not lapsed.
    """

    name: str
    salutation: str = ""
    is_closed: bool = False
    has_died: bool = False
    child_came_of_age_on: date | None = None
    opted_out_on: date | None = None
    may_have_opted_out_on: tuple[date, ...] = ()
    apart_said_no_on: tuple[date, ...] = ()
    earlier_letters: tuple[EarlierLetter, ...] = ()
    has_shared_address: bool = False
    format_needs: str = ""
    changes: tuple[str, ...] = ()
    signed_otherwise: tuple[str, ...] = ()
    is_sentence_asked_about: bool = False
    is_instruction_asked_about: bool = False
    is_person_asked_about: bool = False
    preferences: Preferences = NOTHING_SAID
    changed_address: ChangedAddress | None = None
    came_back: tuple[CameBack, ...] = ()
    decided: frozenset[LetterQuestion] = frozenset()
    drafted_by: int | None = None
