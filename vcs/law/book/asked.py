"""Which routes and which conditions the law held on a day, told by the functions that ask them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from vcs.law import eligibility, rule_sets
from vcs.law.conditions import beyond_statute, hospital, notes, statutory
from vcs.law.provisions import PROVISIONS, in_force

_PART_1 = "Victims and Courts Act 2026 Sch.6A Part 1"
_PART_2 = "Victims and Courts Act 2026 Sch.6A Part 2"
_PART_3 = "Victims and Courts Act 2026 Sch.6A Part 3"

OPENED_BY = {
    "_section_35": "DVCVA 2004 s.35(1)",
    "_schedule_6a": _PART_2,
    "_hospital_direction": "DVCVA 2004 s.39",
    "_limitation_ended": "DVCVA 2004 s.41A",
    "_restricted": "DVCVA 2004 s.36",
    "_restrictions_ended": "DVCVA 2004 s.38B",
    "_unrestricted": "DVCVA 2004 s.36A",
    "_restriction_alone": "DVCVA 2004 s.36",
    "_hospital_order": "DVCVA 2004 s.36",
    "_transferred": "DVCVA 2004 s.42",
    "_transfer_ended": "DVCVA 2004 s.44B",
}

"""The provision without which a route is not open, by the function that asks its conditions."""

_ROOMS = {
    statutory: "DVCVA 2004 s.35(1)",
    hospital: "DVCVA 2004 s.36",
    beyond_statute: "VCS Policy Framework: discretion",
    notes: "",
}

ASKED_UNDER = {
    "in_force": "",
    "unrestricted": "DVCVA 2004 s.36A",
    "directions": "DVCVA 2004 s.39",
    "transferred": "DVCVA 2004 s.42",
    "restriction_direction": "DVCVA 2004 s.42",
    "transfer_in_force": "DVCVA 2004 s.42",
    "restrictions_ended": "DVCVA 2004 s.38B",
    "notification_scheme": "Victim Notification Scheme",
    "schedule_6a": _PART_2,
    "on_request": _PART_3,
    "schedule_6a_part_1": _PART_1,
    "youth": "Youth: victim contact by the youth offending team",
}

"""The provision without which a condition is not asked, where it is not that of its room."""


_WITHOUT_42A = ("Sections 42 and 42A", "Section 42")


@dataclass(frozen=True, slots=True)
class Question:
    """One condition as it is asked, with what its docstring adds."""

    asked: str
    more: str


def routes_on(day: date) -> Iterator[str]:
    """Yield each way into the scheme that was open, as the function that asks it says it."""
    for name, value in vars(eligibility).items():
        returns = getattr(value, "__annotations__", {}).get("return")
        if returns == "Reasons" and value.__doc__ and _held(OPENED_BY[name], day):
            words = " ".join(value.__doc__.split())
            yield words if _held("DVCVA 2004 s.42A", day) else words.replace(*_WITHOUT_42A)


def questions_on(day: date) -> Iterator[Question]:
    """Yield each condition that was asked, room by room, naming the list of the day."""
    named = rule_sets.answer_on(rule_sets.WHICH_LIST, day).answer.split(",")[0]
    for room, provision in _ROOMS.items():
        for name, words in _asking(room):
            if _held(ASKED_UNDER.get(name, provision), day):
                asked, _, more = words.replace("Schedule 18", named).partition("?")
                yield Question(asked + "?", more.strip())


def _held(provision: str, day: date) -> bool:
    return not provision or in_force(PROVISIONS[provision], day)


def _asking(room: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each condition that a module asks openly."""
    for name, value in vars(room).items():
        words = " ".join((getattr(value, "__doc__", None) or "").split())
        own = getattr(value, "__module__", None) == room.__name__ and not name.startswith("_")
        if own and callable(value) and "?" in words:
            yield name, words
