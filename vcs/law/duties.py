"""The table of duties: what starts the clock, who owes what, by which day, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vcs.law.decision import Deadline
from vcs.law.provisions import Confidence
from vcs.law.working_days import FIRST_DAY, LAST_DAY, add_working_days, is_provisional
from vcs.terms import Outcome, OwedBy

Trigger = Literal["sentence", "referral"]
Unit = Literal["working days", "days"]

REFER = "refer-to-probation"
FIRST_CONTACT = "first-contact"
ROUTED_UNDER = "DVCVA 2004 s.35(3)"
"""Why the duty falls on the probation region of the sentencing court."""
_WCU, _VLU = OwedBy.WITNESS_CARE_UNIT, OwedBy.VICTIM_LIAISON_UNIT
_SCHEME_BEGAN = date(2001, 4, 1)
_CODE_2020, _BEFORE_CODE_2020 = date(2021, 4, 1), date(2021, 3, 31)


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: ``count`` units after the trigger, for triggers in the dates given.

    ``outcome`` is the answer of the law that makes the duty arise.
    """

    duty: str
    title: str
    trigger: Trigger
    owed_by: OwedBy
    count: int
    provision: str
    applies_from: date
    applies_until: date | None = None
    confidence: Confidence = "high"
    unit: Unit = "working days"
    outcome: Outcome = Outcome.STATUTORY


DUTIES: tuple[Duty, ...] = (
    Duty(
        REFER,
        "Refer the victim to the Probation Victim Liaison Unit",
        "sentence",
        _WCU,
        10,
        "Victims' Code 2020 Right 11",
        _CODE_2020,
    ),
    Duty(
        REFER,
        "Refer the victim to the Probation Victim Liaison Unit",
        "sentence",
        _WCU,
        20,
        "Victims' Code 2015",
        _SCHEME_BEGAN,
        _BEFORE_CODE_2020,
        "medium",
    ),
    Duty(
        FIRST_CONTACT,
        "First contact with the victim",
        "referral",
        _VLU,
        20,
        "Victims' Code 2020 Right 11",
        _CODE_2020,
    ),
    Duty(
        FIRST_CONTACT,
        "First contact with the victim",
        "sentence",
        _VLU,
        40,
        "Probation Circulars: eight weeks",
        _SCHEME_BEGAN,
        _BEFORE_CODE_2020,
        "medium",
    ),
    Duty(
        REFER,
        "Refer the victim to the Probation Victim Liaison Unit",
        "sentence",
        _WCU,
        15,
        "Victim Notification Scheme",
        date(2023, 10, 1),
        None,
        "medium",
        # The source says days and not which: the earlier reading is the careful one.
        "days",
        Outcome.NOTIFICATION_SCHEME,
    ),
)

TITLES = {row.duty: row.title for row in DUTIES}


def deadlines(outcome: Outcome, sentenced_on: date) -> tuple[Deadline, ...]:
    """Return what is owed from the day of sentence under an outcome of the law."""
    rows = (row for row in _applying("sentence", sentenced_on) if row.outcome is outcome)
    return tuple(_deadline(row, sentenced_on) for row in rows)


def referral_due(sentenced_on: date) -> Deadline | None:
    """Return when a referral would be due by law: the date a person works to meanwhile."""
    owed = deadlines(Outcome.STATUTORY, sentenced_on)
    return next((one for one in owed if one.duty == REFER), None)


def first_contact(referred_on: date) -> Deadline | None:
    """Return the first-contact deadline that a referral starts; None before the Code of 2020."""
    owed = (_deadline(row, referred_on) for row in _applying("referral", referred_on))
    return next((one for one in owed if one.duty == FIRST_CONTACT), None)


def _applying(trigger: Trigger, day: date) -> tuple[Duty, ...]:
    return tuple(row for row in DUTIES if row.trigger == trigger and _applies(row, day))


def _applies(row: Duty, day: date) -> bool:
    in_calendar = FIRST_DAY <= day <= date(LAST_DAY.year - 1, 12, 31)
    return in_calendar and row.applies_from <= day <= (row.applies_until or LAST_DAY)


def _deadline(row: Duty, day: date) -> Deadline:
    working = row.unit == "working days"
    due_on = add_working_days(day, row.count) if working else day + timedelta(days=row.count)
    counted = f"{row.count} {row.unit} from {in_words(day)}"
    provisional = working and is_provisional(day, due_on)
    return Deadline(row.duty, row.owed_by, day, due_on, counted, row.provision, provisional)


def in_words(day: date) -> str:
    """Write a day as people say it, for example ``Friday 20 March 2026``."""
    return f"{day:%A} {day.day} {day:%B %Y}"
