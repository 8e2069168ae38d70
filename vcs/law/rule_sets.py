"""The rule sets, by date of sentence: for any day exactly one is in force.

The Victims and Courts Act 2026 stands here as a set not yet commenced: giving it a first day is
the dated row that commences it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One set of rules with its first and last day; ``in_force_from`` None is not commenced.

    ``schedule_6a`` opens Schedule 6A in its three Parts: the offences of today with the length,
    listed offences with custody of any length, and other offences on request.
    """

    id: str
    title: str
    in_force_from: date | None
    in_force_until: date | None
    source: str
    confirmed: bool = True
    schedule_6a: bool = False


RULE_SETS: tuple[RuleSet, ...] = (
    RuleSet(
        "before-the-scheme",
        "Before the scheme: contact on request",
        date.min,
        date(2001, 3, 31),
        "Public guidance on older sentences still being served",
        confirmed=False,
    ),
    RuleSet(
        "cjcsa-2000",
        "Criminal Justice and Court Services Act 2000, section 69",
        date(2001, 4, 1),
        date(2005, 6, 30),
        "Replaced by the Act of 2004; text not seen",
        confirmed=False,
    ),
    RuleSet(
        "dvcva-2004",
        "Domestic Violence, Crime and Victims Act 2004, restricted hospital orders only",
        date(2005, 7, 1),
        date(2008, 11, 2),
        "S.I. 2005/1705",
    ),
    RuleSet(
        "dvcva-2004-mha-2007",
        "The Act of 2004 with unrestricted hospital orders",
        date(2008, 11, 3),
        date(2020, 11, 30),
        "Mental Health Act 2007, section 48 and Schedule 6",
    ),
    RuleSet(
        "dvcva-2004-sentencing-code",
        "The Act of 2004 with Schedule 18 to the Sentencing Code",
        date(2020, 12, 1),
        None,
        "Sentencing Act 2020",
    ),
    RuleSet(
        "victims-and-courts-act-2026",
        "Victims and Courts Act 2026, Schedule 6A to the Act of 2004",
        None,
        None,
        "Passed 29 April 2026; no commencement found and the text was not at hand",
        confirmed=False,
        schedule_6a=True,
    ),
)


@lru_cache(maxsize=4096)
def in_force_on(day: date) -> RuleSet:
    """Return the one rule set in force on a day; raises ValueError for none or for two."""
    found = [row for row in RULE_SETS if _covers(row, day)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} rule sets are in force on {day}: there must be one")
    return found[0]


def named(its_id: str) -> RuleSet | None:
    """Return the rule set with an id, commenced or not."""
    return next((row for row in RULE_SETS if row.id == its_id), None)


def _covers(row: RuleSet, day: date) -> bool:
    if row.in_force_from is None:
        return False
    return row.in_force_from <= day and (row.in_force_until is None or day <= row.in_force_until)


@dataclass(frozen=True, slots=True)
class Dated:
    """One answer to one question about the law, with the first and the last day it holds."""

    question: str
    answer: str
    first: date
    last: date
    provision: str


WHICH_LAW = "Which law opens the scheme?"
HOW_LONG = "How long must custody be?"
WHICH_LIST = "Which list names the offences?"
WITHOUT_RESTRICTIONS = "Do hospital orders without restrictions count?"
NOTIFICATION = "Is there a Victim Notification Scheme?"

DATED: tuple[Dated, ...] = (
    Dated(
        WHICH_LAW,
        "none: contact on request",
        date.min,
        date(2001, 3, 31),
        "VCS Policy Framework: discretion",
    ),
    Dated(
        WHICH_LAW,
        "section 69 of the Act of 2000",
        date(2001, 4, 1),
        date(2005, 6, 30),
        "DVCVA 2004 s.35(1)",
    ),
    Dated(
        WHICH_LAW,
        "sections 35 to 45 of the Act of 2004",
        date(2005, 7, 1),
        date.max,
        "DVCVA 2004 s.35(1)",
    ),
    Dated(
        HOW_LONG,
        "no length: there is no right",
        date.min,
        date(2001, 3, 31),
        "VCS Policy Framework: discretion",
    ),
    Dated(HOW_LONG, "12 months", date(2001, 4, 1), date.max, "DVCVA 2004 s.45(1)"),
    Dated(
        WHICH_LIST,
        "Schedule 15 of 2003, read back: the list of 2000 was not seen",
        date.min,
        date(2005, 6, 30),
        "DVCVA 2004 s.45(2)(a)",
    ),
    Dated(
        WHICH_LIST,
        "Schedule 15 of 2003",
        date(2005, 7, 1),
        date(2020, 11, 30),
        "CJA 2003 Sch.15",
    ),
    Dated(WHICH_LIST, "Schedule 18", date(2020, 12, 1), date.max, "Sentencing Code Sch.18"),
    Dated(WITHOUT_RESTRICTIONS, "no", date.min, date(2008, 11, 2), "DVCVA 2004 s.36A"),
    Dated(WITHOUT_RESTRICTIONS, "yes", date(2008, 11, 3), date.max, "DVCVA 2004 s.36A"),
    Dated(NOTIFICATION, "no", date.min, date(2022, 3, 31), "Victim Notification Scheme"),
    Dated(
        NOTIFICATION,
        "in three regions only",
        date(2022, 4, 1),
        date(2023, 12, 31),
        "Victim Notification Scheme",
    ),
    Dated(
        NOTIFICATION,
        "everywhere: the day is not certain",
        date(2024, 1, 1),
        date.max,
        "Victim Notification Scheme",
    ),
)
QUESTIONS = tuple(dict.fromkeys(row.question for row in DATED))


def answer_on(question: str, day: date) -> Dated:
    """Return the one answer to a question on a day; raises ValueError for none or for two."""
    found = [row for row in DATED if row.question == question and row.first <= day <= row.last]
    if len(found) != 1:
        raise ValueError(f"{len(found)} answers on {day} to: {question}")
    return found[0]


def began(question: str, nth: int = 1) -> date:
    """Return the day on which the ``nth`` change of an answer began."""
    return sorted(row.first for row in DATED if row.question == question)[nth]
