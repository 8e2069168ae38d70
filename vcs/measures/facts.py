"""One case of one measure, and what is asked for: a period, a day as seen from, a reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from vcs.access.rules import Reach
from vcs.referrals.records import Referral
from vcs.referrals.states import joined, police_area, region, within
from vcs.sentences.records import Sentence
from vcs.victims.records import Victim


class LeftOut(StrEnum):
    """Why a case is in no denominator."""

    NOT_DUE = "not due yet"
    TOLD_LATE = "told of after the due day"
    CLOSED = "closed, or opted out, before it fell due"
    TAKEN_BACK = "taken back by the court"
    NO_CHOICE = "reached under 20 working days ago and no choice yet"
    NO_OFFICER = "referral without an officer"
    NOT_TO_BE_TOLD = "not to be told, with a reason"
    SPLIT = "split by a manager with a reason"
    NOT_SAID = "asked, and preferred not to say"
    EVENT_TAKEN_BACK = "event taken back"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which period, both days included, seen from which day, within whose reach."""

    from_on: date
    to_on: date
    today: date
    reach: Reach

    @property
    def end(self) -> date:
        """Return the last day that is counted: of the period, and not after today."""
        return min(self.to_on, self.today)

    def covers(self, day: date) -> bool:
        """Say whether a day lies in the period."""
        return self.from_on <= day <= self.to_on


_YEAR = timedelta(days=364)


def last_year(to_on: date, today: date, reach: Reach) -> Asked:
    """Return the year that ends with a day: what is shown where nobody asks for other days."""
    return Asked(to_on - _YEAR, to_on, today, reach)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case lies, and the reference by which those who may see it open it."""

    reference: str | None
    sentence: str
    region: str | None
    area: str | None
    court: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One case. ``counts`` says that it is in the numerator; ``value`` is what a median is of.

    ``turn`` says whose turn it was where it is left out because somebody was told late.
    """

    day: date
    place: Place
    counts: bool
    value: float | None = None
    left_out: LeftOut | None = None
    turn: str = ""


_AT_A_TIME = 2000

Compute = Callable[[Session, Asked], Iterator[Fact]]

PLACE: tuple[Any, ...] = (
    col(Referral.reference),
    col(Sentence.reference),
    region(),
    police_area(),
    col(Sentence.court_code),
)


def of_referrals(asked: Asked, *columns: Any) -> Select[Any]:
    """Return a query over the referrals in reach. Each row begins with its :class:`Place`."""
    return (
        select(*PLACE, *columns)
        .select_from(joined())
        .where(within(asked.reach), col(Referral.id).is_not(None))
        # There may be a million rows: never all of them at once.
        .execution_options(yield_per=_AT_A_TIME)
    )


def of_victims(asked: Asked, *columns: Any) -> Select[Any]:
    """Return the same query with a row for each victim in a referral."""
    return of_referrals(asked, *columns).join(Victim, col(Victim.referral_id) == col(Referral.id))


def placed(row: Any) -> Place:
    """Return the place with which a row begins."""
    return Place(*row[:5])
