"""The frozen facts a rule may read. No names, no addresses: only what the law asks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vcs.terms import Change, Finding, SentenceKind, Sequence, Term


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """One thing imposed for one offence.

    ``terms`` holds every length that the court's message states for it: none when no length is
    stated, more than one when number and text contradict each other.
    ``life`` is set when the message marks the result as lasting for life. ``days_counted`` are the
    days on remand or on tagged bail that count towards the term, None where none are stated;
    ``released`` is set where the message says that the offender walks free at once.
    ``custodial`` and ``extension`` are the two parts of an extended sentence, or of one for an
    offender of particular concern, where the message states them apart: ``terms`` may hold the
    custodial part or the whole.
    """

    kind: SentenceKind
    label: str = ""
    result_code: str | None = None
    terms: tuple[Term, ...] = ()
    sequence: Sequence = Sequence.NOT_STATED
    life: bool = False
    days_counted: int | None = None
    released: bool = False
    custodial: Term | None = None
    extension: Term | None = None


@dataclass(frozen=True, slots=True)
class OffenceFacts:
    """One offence as it was dealt with on this occasion.

    ``offence_code`` is the CJS code of the offence convicted of, which may differ from the one
    charged; None when the message gives none. ``notification`` says whether the court recorded
    notification under Part 2 of the Sexual Offences Act 2003 for this offence. ``change`` says how
    the sentence was changed after it was first passed; None where it was not. ``taken_back`` are
    the court's words for what it took back of a conviction or sentence: shown, and never asked.
    """

    sequence: int
    offence_code: str | None
    title: str = ""
    finding: Finding = Finding.NOT_STATED
    convicted_on: date | None = None
    committed_from: date | None = None
    committed_until: date | None = None
    notification: bool = False
    domestic_abuse: bool = False
    sentences: tuple[SentenceFacts, ...] = ()
    change: Change | None = None
    taken_back: str = ""


@dataclass(frozen=True, slots=True)
class TransferDirection:
    """A move from prison to hospital under section 47 of the Mental Health Act 1983.

    ``given_on`` is the day of the direction; ``restricted`` says whether a restriction direction
    came with it. Either is None where it is not known. No court feed tells of one.
    """

    given_on: date | None = None
    restricted: bool | None = None


@dataclass(frozen=True, slots=True)
class SentencingFacts:
    """One offender, one case, one sentencing occasion.

    ``total_terms`` are the lengths the court stated for the whole sentence across offences;
    ``total_life`` is set where it stated that the whole is life, which one of them may be.
    ``restricted`` says whether a restriction order was made for the person on this occasion, and
    ``notification`` whether notification was recorded for the person and for no one offence.
    ``crown_court`` is None where the court's kind is not known; ``outside_court`` is set for a
    court that is none of England and Wales, or the Court Martial. ``restrictions_ended_on`` is the
    day on which a restriction order, a limitation or a restriction direction stopped while the
    offender stays in hospital.
    ``lower_confidence`` marks facts from a copy of the court's message that leaves out result
    codes, lengths and the dates of offences: no rule asks about it, and people are told.
    ``on_application`` marks offences that the court dealt with again, on an appeal for example: an
    earlier sentence of the case may be changed by it. No rule asks about it.
    """

    sentenced_on: date
    court_code: str | None
    offences: tuple[OffenceFacts, ...]
    date_of_birth: date | None = None
    youth: bool | None = None
    organisation: bool = False
    died: bool = False
    crown_court: bool | None = None
    total_terms: tuple[Term, ...] = ()
    restricted: bool = False
    notification: bool = False
    outside_court: bool = False
    transfer: TransferDirection | None = None
    restrictions_ended_on: date | None = None
    lower_confidence: bool = False
    total_life: bool = False
    on_application: bool = False

    def age_on(self, day: date) -> int | None:
        """Return the offender's age in whole years on a day, or None without a date of birth."""
        born = self.date_of_birth
        if born is None or born > day:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
