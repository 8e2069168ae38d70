"""The courses: whose each is, and which questions are drawn for one sitting."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from vcs.errors import NotFound
from vcs.law.rule_sets import RuleSet
from vcs.terms import Role
from vcs.training.made import TAUGHT, made
from vcs.training.scenario import Scenario
from vcs.training.written import written

QUESTIONS: Final = 10

MINUTES: Final = 10

_MADE_AT_LEAST: Final = 3

PASS_PERCENT: Final = 80


@dataclass(frozen=True, slots=True)
class Course:
    """One course of ten questions. ``roles`` are those that must have passed it."""

    key: str
    title: str
    about: str
    roles: tuple[Role, ...]


COURSES: Final = (
    Course(
        "court",
        "At court: see an eligible sentence as it is passed",
        "For court officers. Anybody may take it.",
        (),
    ),
    Course(
        "witness-care",
        "Witness care: refer everybody, and safely",
        "What must be told, to whom, and how a victim is reached without harm.",
        (Role.WITNESS_CARE,),
    ),
    Course(
        "liaison",
        "Victim liaison: choices, safety, told together",
        "What she chose, what she may be told, and what never reaches an offender.",
        (Role.VLO,),
    ),
    Course(
        "managing",
        "Managing a unit: discretion, families, release in error",
        "What a manager decides, and what nobody may decide in a victim’s place.",
        (Role.MANAGER, Role.HEAD),
    ),
    Course(
        "offender-management",
        "Offender management: consult, and keep it from the offender",
        "Whom to ask, what may be used, and what never gets into a plan or report.",
        (Role.PRACTITIONER,),
    ),
    Course(
        "office",
        "In the office: letters, calls and requests for records",
        "What is in scope, what may be said on the phone, what is disclosed to whom.",
        (Role.UNIT_ADMINISTRATOR, Role.ADMINISTRATOR),
    ),
    Course(
        "inspecting",
        "Inspecting: what the law asks, path by path",
        "Who is owed contact, from the rules themselves.",
        (Role.INSPECTOR,),
    ),
)

_BY_KEY: Final = {one.key: one for one in COURSES}


def course(key: str) -> Course:
    """Return a course; raises NotFound where there is none."""
    if key not in _BY_KEY:
        raise NotFound("There is no such course.")
    return _BY_KEY[key]


def course_of(role: Role) -> Course:
    """Return the course that a role must have passed."""
    return next(one for one in COURSES if role in one.roles)


@cache
def scenarios(rules: RuleSet = TAUGHT) -> dict[str, Scenario]:
    """Return every scenario by its id: those that people wrote, then those made from the law."""
    every = (*(one.scenario for one in written()), *made(rules))
    return {one.id: one for one in every}


@cache
def provisions(rules: RuleSet = TAUGHT) -> tuple[str, ...]:
    """Return every provision that a question turns on."""
    return tuple(sorted({one.turns_on for one in scenarios(rules).values()}))


def drawn(key: str, seed: str, rules: RuleSet = TAUGHT) -> tuple[Scenario, ...]:
    """Draw the questions of one sitting: the same seed draws the same.

    What concerns safety is always asked. Of the law's own scenarios each answer comes up in turn.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, and no secret
    own = [one.scenario for one in written() if key in one.courses]
    safety = [one for one in own if one.is_safety]
    rest = [one for one in own if not one.is_safety]
    room = QUESTIONS - _MADE_AT_LEAST - len(safety)
    taken = [*safety, *chance.sample(rest, min(room, len(rest)))]
    taken += _in_turn(chance, QUESTIONS - len(taken), rules)
    chance.shuffle(taken)
    return tuple(taken)


def _in_turn(chance: random.Random, how_many: int, rules: RuleSet) -> Iterator[Scenario]:
    by_answer: dict[str, list[Scenario]] = {}
    for one in made(rules):
        by_answer.setdefault(one.right, []).append(one)
    answers = sorted(by_answer)
    chance.shuffle(answers)
    for number in range(how_many):
        yield chance.choice(by_answer[answers[number % len(answers)]])
