"""What the law answers: an outcome with every condition asked, its answer and its provision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vcs.terms import Answer, Outcome, OwedBy, Route


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition: what was asked, the answer, the fact behind it, the provision.

    ``provision`` is the id of a row in :mod:`vcs.law.provisions`. ``would_change`` says, for a
    no or an unknown, which fact would change the answer.
    """

    condition: str
    answer: Answer
    because: str
    provision: str
    would_change: str = ""


@dataclass(frozen=True, slots=True)
class OffenceDecision:
    """The answer for one offence. ``questions`` are what a person must answer."""

    offence_code: str | None
    sequence: int
    title: str
    outcome: Outcome
    route: Route | None
    reasons: tuple[Reason, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one offender on one sentencing occasion. Never edited.

    ``urgent`` says in a sentence why release may come before every deadline; empty where nothing
    in the facts says so.
    """

    outcome: Outcome
    route: Route | None
    rule_set: str
    offences: tuple[OffenceDecision, ...]
    urgent: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question a person must answer, each once, in order."""
        return tuple(dict.fromkeys(q for offence in self.offences for q in offence.questions))


@dataclass(frozen=True, slots=True)
class Deadline:
    """One duty with its date here. ``counted`` says in words how the date was reached.

    ``provisional`` is set where the bank-holiday calendar is not yet official on the way;
    ``calendar`` names the calendar that it was counted by.
    """

    duty: str
    owed_by: OwedBy
    starts_on: date
    due_on: date
    counted: str
    provision: str
    provisional: bool = False
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty that runs from a day: ``due_on`` None where no text gives a number.

    ``owed_by`` and ``started_by`` are words of the table of duties. ``is_confirmed`` is False for
    a time that is ours, or that was never seen in a text.
    """

    duty: str
    owed_by: str
    started_by: str
    starts_on: date
    due_on: date | None
    counted: str
    provision: str
    is_confirmed: bool
    provisional: bool
    calendar: str
