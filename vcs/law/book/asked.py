"""Which routes and which conditions the law held on a day, told by the functions that ask them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
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


LIMBS = ("DVCVA 2004 s.45(2)(a)", "DVCVA 2004 s.45(2)(b)", "DVCVA 2004 s.45(2)(c)")

"""What makes an offence a sexual, violent or terrorism offence: any one of the three."""

GIVES = {
    "_section_35": ("DVCVA 2004 s.35(3)",),
    "_restricted": ("DVCVA 2004 s.37", "DVCVA 2004 s.37ZA"),
    "_restrictions_ended": ("DVCVA 2004 s.36A",),
    "_unrestricted": ("DVCVA 2004 s.36A",),
    "_transferred": ("DVCVA 2004 s.42", "DVCVA 2004 s.42A"),
}

"""What a route gives the victim, beside the provision that opens it."""

_WITHOUT_42A = ("Sections 42 and 42A", "Section 42")


@dataclass(frozen=True, slots=True)
class Question:
    """One condition as it is asked, with what its docstring adds."""

    asked: str
    more: str


def routes_on(day: date) -> Iterator[str]:
    """Yield each way into the scheme that was open, as the function that asks it says it."""
    yield from (words for _, words in _routes(day))


def _routes(day: date) -> Iterator[tuple[str, str]]:
    for name, value in vars(eligibility).items():
        returns = getattr(value, "__annotations__", {}).get("return")
        if returns == "Reasons" and value.__doc__ and _held(OPENED_BY[name], day):
            words = " ".join(value.__doc__.split())
            both = _held("DVCVA 2004 s.42A", day)
            yield name, words if both else words.replace(*_WITHOUT_42A)


def questions_on(day: date) -> Iterator[Question]:
    """Yield each condition that was asked, room by room, naming the list of the day."""
    for _, words in _named(day):
        asked, _, more = words.partition("?")
        yield Question(asked + "?", more.strip())


def _named(day: date) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each condition that was asked on a day."""
    named = rule_sets.answer_on(rule_sets.WHICH_LIST, day).answer.split(",")[0]
    for room, provision in _ROOMS.items():
        for name, words in _asking(room):
            if _held(ASKED_UNDER.get(name, provision), day):
                yield name, words.replace("Schedule 18", named)


@dataclass(frozen=True, slots=True)
class OpenRoute:
    """A route that was open: what opens it, what it asks in its order, what it gives the victim."""

    words: str
    provision: str
    asks: tuple[str, ...]
    gives: str


def limbs_on(day: date) -> Iterator[str]:
    """Yield what makes an offence count, limb by limb, with what is unsure of each."""
    for row in (PROVISIONS[one] for one in LIMBS):
        if in_force(row, day):
            note = f" {row.note}" if row.note else ""
            yield f"{row.words} ({row.id}, {row.confidence}){note}"


def open_routes(day: date) -> Iterator[OpenRoute]:
    """Yield each route that was open on a day."""
    asked = {name: words.partition("?")[0] + "?" for name, words in _named(day)}
    for name, words in _routes(day):
        asks = [asked[one] for one in _asks(name) if one in asked]
        given = [one for one in GIVES.get(name, ()) if _held(one, day)]
        told = " ".join(f"{PROVISIONS[one].words} ({one})" for one in given)
        yield OpenRoute(words, OPENED_BY[name], tuple(dict.fromkeys(asks)), told)


def _asks(name: str) -> Iterator[str]:
    """Yield the names that a route's function calls, through the functions that it shares."""
    for called in getattr(eligibility, name).__code__.co_names:
        yield called
        shared = getattr(eligibility, called, None)
        if getattr(shared, "__module__", "") == eligibility.__name__ and called.startswith("_"):
            yield from _asks(called)


@dataclass(frozen=True, slots=True)
class AskedOfPerson:
    """What a person is asked where a condition cannot be told, why, and who can know it."""

    condition: str
    asked: str
    why: str
    who_knows: str
    provision: str


@cache
def asked_of_people() -> tuple[AskedOfPerson, ...]:
    """Return the whole table. Raises ValueError for a provision that is not known."""
    text = (files("vcs.law") / "data" / "asked_of_a_person.csv").read_text(encoding="utf-8")
    rows = tuple(AskedOfPerson(**row) for row in csv.DictReader(text.splitlines()))
    unknown = [row.provision for row in rows if row.provision and row.provision not in PROVISIONS]
    if unknown:
        raise ValueError(f"asked_of_a_person.csv: not in the table of provisions: {unknown}")
    return rows


def asked_of_people_on(day: date) -> tuple[AskedOfPerson, ...]:
    """Return what could be asked of a person under the law of a day."""
    return tuple(row for row in asked_of_people() if _held(row.provision, day))


def _held(provision: str, day: date) -> bool:
    return not provision or in_force(PROVISIONS[provision], day)


def _asking(room: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each condition that a module asks openly."""
    for name, value in vars(room).items():
        words = " ".join((getattr(value, "__doc__", None) or "").split())
        own = getattr(value, "__module__", None) == room.__name__ and not name.startswith("_")
        if own and callable(value) and "?" in words:
            yield name, words
