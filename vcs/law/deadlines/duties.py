"""The table of duties: what starts the clock, who owes what, by which day, and why.

The table is ``data/duties.csv``, read once and checked when this module is loaded. Each question
(a duty under an outcome of the law) has exactly one row for every day of the calendar: a time
limit, ``none stated`` where the source gives no number, or ``not owed``. What ``tracked`` says of a
row: ``yes`` becomes a deadline of a referral, with alerts, and is what staff can meet here;
``clock`` is shown as a clock that runs beside it (``vcs.clocks``), with or without a day; ``no``
is owed by nobody.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

from vcs.law.deadlines.working_days import (
    FIRST_DAY,
    LAST_DAY,
    add_working_days,
    is_provisional,
    version,
)
from vcs.law.decision import Deadline
from vcs.law.provisions import PROVISIONS
from vcs.terms import Outcome, OwedBy

Unit = Literal["working days", "days", "calendar days", "months", "none stated", "not owed"]
Confidence = Literal["high", "medium", "low"]
Tracked = Literal["yes", "clock", "no"]

REFER = "refer-to-probation"
FIRST_CONTACT = "first-contact"
ASSESS_NEEDS = "assess-needs"

ROUTED_UNDER = "DVCVA 2004 s.35(3)"

"""Why the duty falls on the probation region of the sentencing court."""

ANY = "any"

TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        "sentence": "the day of sentence",
        "result received": "the day on which the witness care unit receives the result",
        "referral": "the day of the referral",
        "first letter": "the first letter",
        "joining": "the day of joining the scheme",
        "parole hearing": "the day of the parole panel",
        "parole decision": "the parole decision",
        "victim's wish": "the day on which the victim's wish is known",
        "restrictions end": "the day on which the restrictions end",
        "release": "the release",
        "complaint": "the day of the complaint",
        "question": "the day on which a person is asked",
        "live contact": "the first live contact",
        "approval": "the approval",
        "needs asked": "the day on which they were last asked about it",
    }
)

OWERS = (
    *OwedBy,
    "victim liaison unit manager",
    "probation",
    "Parole Board",
    "parties to the parole review",
    "every service provider",
    "administrator",
)
_WITHOUT_NUMBER = ("none stated", "not owed")
LAST_OF_COUNTS = date(LAST_DAY.year - 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: ``count`` units after the trigger, for triggers in the dates given.

    ``outcome`` is the answer of the law that makes the duty arise; None is any of them. ``count``
    None is a duty whose time limit is not known, or none at all (``unit`` says which).
    """

    duty: str
    title: str
    outcome: Outcome | None
    trigger: str
    owed_by: str
    count: int | None
    unit: Unit
    tracked_as: Tracked
    provision: str
    applies_from: date
    applies_until: date
    confidence: Confidence
    source: str
    note: str

    @property
    def is_owed(self) -> bool:
        """Say whether there was such a duty at that time."""
        return self.unit != "not owed"

    @property
    def tracked(self) -> bool:
        """Say whether it becomes a deadline of a referral, with alerts."""
        return self.tracked_as == "yes"

    @property
    def has_clock(self) -> bool:
        """Say whether a clock runs for it beside the deadlines, with or without a day."""
        return self.tracked_as == "clock"

    @property
    def limit(self) -> str:
        """Write the time limit in words, for example ``10 working days from the referral``."""
        if not self.is_owed:
            return "not owed at that time"
        if self.count is None:
            return f"time limit not known, from {TRIGGERS[self.trigger]}"
        unit = self.unit if self.count != 1 else self.unit.removesuffix("s")
        return f"{self.count} {unit} from {TRIGGERS[self.trigger]}"

    def applies(self, day: date) -> bool:
        """Say whether the row answers for a trigger on a day."""
        return self.applies_from <= day <= self.applies_until


def duty_from(row: Mapping[str, str]) -> Duty:
    """Read one row of the table; raises ValueError for a word or date that cannot be."""
    return Duty(
        row["duty"],
        row["title"],
        None if row["outcome"] == ANY else Outcome(row["outcome"]),
        row["trigger"],
        row["owed_by"],
        int(row["count"]) if row["count"] else None,
        row["unit"],  # type: ignore[arg-type]  # looked at in faults()
        row["tracked"],  # type: ignore[arg-type]  # looked at in faults()
        row["provision"],
        date.fromisoformat(row["applies_from"]),
        date.fromisoformat(row["applies_until"]) if row["applies_until"] else LAST_DAY,
        row["confidence"],  # type: ignore[arg-type]  # looked at in faults()
        row["source"],
        row["note"],
    )


def faults(rows: Iterable[Duty]) -> Iterator[str]:
    """Say in words what is wrong with a table: each row by itself, then each question over time."""
    questions: dict[tuple[str, Outcome | None], list[Duty]] = defaultdict(list)
    titles: dict[str, str] = {}
    for row in rows:
        yield from (f"{row.duty} from {row.applies_from}: {fault}" for fault in _of_a_row(row))
        if titles.setdefault(row.duty, row.title) != row.title:
            yield f"{row.duty} has two titles"
        questions[row.duty, row.outcome].append(row)
    for (duty, _), found in questions.items():
        expected = FIRST_DAY
        for row in sorted(found, key=lambda one: one.applies_from):
            if row.applies_from != expected:
                yield f"{duty} has no row or two on {min(row.applies_from, expected)}"
            expected = row.applies_until + timedelta(days=1)
        if expected != LAST_DAY + timedelta(days=1):
            yield f"{duty} has no row on {expected}"


def _of_a_row(row: Duty) -> Iterator[str]:
    known: tuple[tuple[str, Iterable[str]], ...] = (
        (row.trigger, TRIGGERS),
        (row.owed_by, OWERS),
        (row.unit, get_args(Unit)),
        (row.confidence, get_args(Confidence)),
        (row.tracked_as, get_args(Tracked)),
        (row.provision, PROVISIONS),
    )
    yield from (f"{word!r} is not known" for word, words in known if word not in words)
    needs_number = row.unit not in _WITHOUT_NUMBER
    if (row.count is not None) != needs_number or (row.count is not None and row.count < 1):
        yield f"{row.count} and {row.unit} do not go together"
    if row.tracked and (row.count is None or row.owed_by not in tuple(OwedBy)):
        yield "what is tracked needs a number, and somebody who can meet it here"
    if row.is_owed == (row.tracked_as == "no"):
        yield "what is owed has a clock, and what is not owed has none"
    if not (row.title and row.source) or (row.confidence != "high" and not row.note):
        yield "it lacks a title, a source, or a note that says what is in doubt"


def _read() -> tuple[Duty, ...]:
    text = (files("vcs.law") / "data" / "duties.csv").read_text(encoding="utf-8")
    rows = tuple(duty_from(row) for row in csv.DictReader(text.splitlines()))
    found = list(faults(rows))
    if found:
        raise ValueError("duties.csv: " + "; ".join(found))
    return rows


DUTIES: tuple[Duty, ...] = _read()

TITLES = {row.duty: row.title for row in DUTIES}

_TRACKED = tuple(row for row in DUTIES if row.tracked)


def on(day: date) -> tuple[Duty, ...]:
    """Return every duty that there is on a day, with and without a number."""
    return tuple(row for row in DUTIES if row.applies(day) and row.is_owed)


def deadlines(
    outcome: Outcome, sentenced_on: date, known_on: date | None = None
) -> tuple[Deadline, ...]:
    """Return what is owed from the day of sentence under an outcome of the law.

    ``known_on`` is the day whose knowledge of bank holidays counts: None is all we hold.
    """
    rows = (row for row in _applying("sentence", sentenced_on) if row.outcome is outcome)
    return tuple(_deadline(row, sentenced_on, known_on) for row in rows)


def referral_due(sentenced_on: date, known_on: date | None = None) -> Deadline | None:
    """Return when a referral would be due by law: the date a person works to meanwhile."""
    owed = deadlines(Outcome.STATUTORY, sentenced_on, known_on)
    return next((one for one in owed if one.duty == REFER), None)


def first_contact(referred_on: date, known_on: date | None = None) -> Deadline | None:
    """Return the first-contact deadline that a referral starts; None before the Code of 2020."""
    return _started("referral", FIRST_CONTACT, referred_on, known_on)


def needs_assessment(spoken_on: date, known_on: date | None = None) -> Deadline | None:
    """Return the deadline that the first live contact with a victim starts, if any."""
    return _started("live contact", ASSESS_NEEDS, spoken_on, known_on)


def _started(trigger: str, duty: str, day: date, known_on: date | None) -> Deadline | None:
    rows = (row for row in _applying(trigger, day) if row.duty == duty)
    return next((_deadline(row, day, known_on) for row in rows), None)


def counted_again(
    duty: str, provision: str, starts_on: date, known_on: date | None = None
) -> Deadline | None:
    """Return a deadline counted anew by its own row of the table; None where it has none now."""
    rows = (
        row
        for trigger in ("sentence", "referral", "live contact")
        for row in _applying(trigger, starts_on)
        if (row.duty, row.provision) == (duty, provision)
    )
    return next((_deadline(row, starts_on, known_on) for row in rows), None)


def _applying(trigger: str, day: date) -> Iterator[Duty]:
    if FIRST_DAY <= day <= LAST_OF_COUNTS:
        yield from (row for row in _TRACKED if row.trigger == trigger and row.applies(day))


def _deadline(row: Duty, day: date, known_on: date | None) -> Deadline:
    due_on = due(row, day, known_on)
    counted = f"{row.count} {row.unit} from {in_words(day)}"
    provisional = row.unit == "working days" and is_provisional(day, due_on)
    owed_by, calendar = OwedBy(row.owed_by), version(known_on)
    return Deadline(row.duty, owed_by, day, due_on, counted, row.provision, provisional, calendar)


def due(row: Duty, day: date, known_on: date | None = None) -> date:
    """Return the day on which a duty with a number falls due, when its clock starts on a day.

    Raises ValueError for a duty whose time limit is not known.
    """
    if row.count is None:
        raise ValueError(f"{row.duty} has no time limit to count")
    if row.unit == "working days":
        return add_working_days(day, row.count, known_on)
    if row.unit == "months":
        return _months_after(day, row.count)
    return day + timedelta(days=row.count)


def _months_after(day: date, count: int) -> date:
    """Return the same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + count, 12)
    first = date(day.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def in_words(day: date) -> str:
    """Write a day as people say it, for example ``Friday 20 March 2026``."""
    return f"{day:%A} {day.day} {day:%B %Y}"
