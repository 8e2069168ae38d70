"""What the gate must know about one letter: values, worked out in ``case.py``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.records import LetterQuestion
from vcs.post.returned.reasons import ReturnReason
from vcs.terms import LetterFormat
from vcs.victims.preferences.allowed import NOTHING_SAID, Preferences
from vcs.victims.preferences.records import Way


@dataclass(frozen=True, slots=True)
class EarlierLetter:
    """A first letter to the same person about the same offender that may have gone already."""

    reference: str
    approved_at: datetime
    approved_by: int


@dataclass(frozen=True, slots=True)
class ChangedAddress:
    """That an address, or an email address, is another than before, on one party's word.

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
class NotNow:
    """That somebody asked to be left alone for now; ``until`` None is until something happens."""

    said_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class News:
    """Whether somebody knows already of what a letter tells, since it was known on a day.

    ``missing`` says what is missing of three tries on different days and ways; "" for nothing.
    """

    known_on: date
    was_reached: bool = False
    chose_letters_only: bool = False
    missing: str = ""


@dataclass(frozen=True, slots=True)
class HardDay:
    """That a day on which a letter may come is, or may be, one on which not to write.

    ``words`` are those of the person. ``on`` is None where no day can be read in them.
    """

    words: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter that nobody has begun yet. ``format`` is None where any will do that may go."""

    kind: str
    occasion: str = ""
    format: LetterFormat | None = None


@dataclass(frozen=True, slots=True)
class LetterCase:
    """What the gate must know about one letter, as it is now.

    ``child_came_of_age_on`` is the day on which somebody for whom this person spoke turned 18.
    ``opted_out_on`` is the day of a latest *no* about this offender. ``chose_otherwise_on`` is the
    day of the choice that stands where the letter confirms another one. ``may_have_opted_out_on``
    are the days of a *no* that may be hers: of somebody like her, or about another offender.
    ``apart_said_no_on`` are the days of a *no* about this offender of somebody very like this
    person, whom a person decided to be another. ``changes`` are plain words for what changed since
    an approved letter was approved. ``signed_otherwise`` are plain words for how who answers for
    the referral differs from whom an approved letter names. ``decided`` holds what a person has
    decided about this letter and that has not lapsed, ``decided_by`` who did. ``stopped_by`` are
    the holds that stop this kind of letter. ``earlier_letters`` went for the same occasion.
    ``news`` is None for a letter that may come out of the blue.
    ``is_under_embargo`` and ``is_told_together``: what it tells may not be told yet, or not before
    everybody whom it concerns may be told. ``is_unconfirmed``: nobody
    confirmed the address, and no letter has gone there. ``goes_by`` is email for plain
    text to somebody who allows email, and post for any other letter. ``mailbox_readers`` are plain
    words for who else has, or may read, the email address. ``contact_note`` is what was
    noted about reaching them safely. ``is_to_others``: it goes to a partner,
    who may write to this person. ``has_offenders_name``: the offender, or somebody sentenced in the
    same case, is or may be called so.
    """

    name: str
    salutation: str = ""
    name_in_latin: str = ""
    has_offenders_name: bool = False
    stopped_by: frozenset[HoldKind] = frozenset(HoldKind)
    is_first_letter: bool = True
    has_address: bool = True
    safe_to_post: bool | None = True
    is_unconfirmed: bool = False
    address_asks: tuple[str, ...] = ()
    is_child_alone: bool = False
    is_by_somebody_excluded: bool = False
    not_now: NotNow | None = None
    news: News | None = None
    hard_day: HardDay | None = None
    is_under_embargo: bool = False
    is_told_together: bool = False
    decided_by: frozenset[int] = frozenset()
    wordings_decided: frozenset[str] = frozenset()
    is_closed: bool = False
    has_died: bool = False
    child_came_of_age_on: date | None = None
    opted_out_on: date | None = None
    chose_otherwise_on: date | None = None
    may_have_opted_out_on: tuple[date, ...] = ()
    apart_said_no_on: tuple[date, ...] = ()
    earlier_letters: tuple[EarlierLetter, ...] = ()
    has_shared_address: bool = False
    format_needs: str = ""
    changes: tuple[str, ...] = ()
    signed_otherwise: tuple[str, ...] = ()
    is_sentence_asked_about: bool = False
    is_instruction_asked_about: bool = False
    is_safety_asked_about: bool = False
    is_person_asked_about: bool = False
    waits_for: tuple[tuple[LetterQuestion, int], ...] = ()
    preferences: Preferences = NOTHING_SAID
    contact_note: str = ""
    goes_by: Way = Way.POST
    changed_address: ChangedAddress | None = None
    has_email: bool = True
    changed_email: ChangedAddress | None = None
    mailbox_readers: tuple[str, ...] = ()
    came_back: tuple[CameBack, ...] = ()
    decided: frozenset[LetterQuestion] = frozenset()
    drafted_by: int | None = None
    is_to_others: bool = False

    @property
    def by_email_alone(self) -> bool:
        """Say whether no letter on paper may go to this person, and plain text by email may."""
        said = self.preferences
        return said.bar(Way.POST) is not None and said.allows(Way.EMAIL)

    @property
    def leaves_by_email(self) -> bool:
        """Say whether this letter leaves by email and by no other way."""
        return self.goes_by is Way.EMAIL and self.by_email_alone
