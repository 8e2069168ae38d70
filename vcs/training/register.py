"""Who has passed their role's course, by region and role; which provisions people get wrong.

People are counted and never named or ranked. A count of under five people is withheld, and with it
a second one of its role, so that no total gives the first away: also where one person gave many
answers. Who works for no region, as most practitioners do, is counted for every region.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import case, func, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import Act, require_may
from vcs.intake.regions import region_named
from vcs.terms import Role
from vcs.training.courses import COURSES, course_of
from vcs.training.records import CourseAnswer, CourseSitting
from vcs.training.sit import counts

FEWEST: Final = 5

ASKED_ENOUGH: Final = 50

WRONG_PERCENT: Final = 30
"""Of fifty answers on one provision: more than this, and it is the guidance that fails."""

WITHHELD: Final = "withheld"

Number = int | str


@dataclass(frozen=True, slots=True)
class Completion:
    """How many people of a role in a region have passed its course; "withheld" where too few."""

    region: str
    role: Role
    course: str
    people: Number
    passed: Number


@dataclass(frozen=True, slots=True)
class WrongProvision:
    """How often a provision was answered, and how often wrongly."""

    provision: str
    asked: Number
    wrong: Number
    fails: bool


def passed_by(session: Session, today: date) -> dict[int, set[str]]:
    """Return which courses count for whom on a day."""
    query = select(CourseSitting).where(CourseSitting.passed == true())
    passed: dict[int, set[str]] = {}
    for sitting in session.exec(query):
        if counts(sitting, today):
            passed.setdefault(sitting.account_id, set()).add(sitting.course)
    return passed


@dataclass(frozen=True, slots=True)
class Practitioner:
    """One member of staff: where they work, and whether the course of their role counts."""

    region_code: str | None
    role: Role
    has_passed: bool


def practitioners(session: Session, today: date) -> Iterator[Practitioner]:
    """Yield everybody who can sign in."""
    passed = passed_by(session, today)
    query = select(Account).where(col(Account.active), col(Account.password_hash) != "")
    for one in session.exec(query.order_by(col(Account.id))):
        role = Role(one.role)
        done = course_of(role).key in passed.get(one.id, set())
        yield Practitioner(one.region_code, role, done)


def completion(session: Session, actor: Actor, today: date) -> tuple[Completion, ...]:
    """Return completion by role and region.

    A manager sees their own region, and those who work for none.
    """
    require_may(actor, Act.SEE_TRAINING)
    cells: dict[tuple[Role, str | None], list[bool]] = {}
    for one in practitioners(session, today):
        if actor.role is Role.ADMINISTRATOR or one.region_code in (actor.region_code, None):
            cells.setdefault((one.role, one.region_code), []).append(one.has_passed)
    kept = _open_cells({key: len(people) for key, people in cells.items()})
    rows = (_row(key, people, key in kept) for key, people in cells.items())
    return tuple(sorted(rows, key=lambda row: (row.role, row.region)))


def _open_cells(sizes: dict[tuple[Role, str | None], int]) -> set[tuple[Role, str | None]]:
    """Return the cells that may be shown. A role with one small cell loses its next smallest."""
    shown = {key for key, size in sizes.items() if size >= FEWEST}
    for role in Role:
        hidden = [key for key in sizes if key[0] is role and key not in shown]
        largest = [key for key in shown if key[0] is role]
        if len(hidden) == 1 and largest:
            shown.remove(min(largest, key=lambda key: (sizes[key], str(key[1]))))
    return shown


def _row(key: tuple[Role, str | None], people: list[bool], is_open: bool) -> Completion:
    role, region_code = key
    found = region_named(region_code) if region_code else None
    passed = sum(people)
    is_told = is_open and (passed == 0 or passed == len(people) or _is_safe(passed, len(people)))
    return Completion(
        found.name if found else "No region",
        role,
        course_of(role).title,
        len(people) if is_open else WITHHELD,
        passed if is_told else WITHHELD,
    )


def _is_safe(passed: int, people: int) -> bool:
    return passed >= FEWEST and people - passed >= FEWEST


def wrong_provisions(session: Session, actor: Actor) -> tuple[WrongProvision, ...]:
    """Return the provisions by how often they were answered wrongly, the worst first."""
    require_may(actor, Act.SEE_TRAINING)
    bad = case((col(CourseAnswer.is_right).is_(False), col(CourseSitting.account_id)))
    good = case((col(CourseAnswer.is_right).is_(True), col(CourseSitting.account_id)))
    query = (
        columns(
            col(CourseAnswer.turns_on),
            func.count(),
            func.count(bad),
            *(func.count(func.distinct(one)) for one in (CourseSitting.account_id, bad, good)),
        )
        .join(CourseSitting, col(CourseSitting.id) == col(CourseAnswer.sitting_id))
        .where(col(CourseAnswer.is_right).is_not(None))
        .group_by(col(CourseAnswer.turns_on))
    )
    found = [_Answers(*row) for row in session.execute(query)]
    shown = [_wrong(one) for one in found]
    # What is withheld stands last, so that its place says nothing of it.
    return tuple(sorted(shown, key=_worst_first))


@dataclass(frozen=True, slots=True)
class _Answers:
    """The scored answers on one provision, and how many people gave, missed and knew one."""

    provision: str
    asked: int
    wrong: int
    people: int
    people_wrong: int
    people_right: int


def _wrong(one: _Answers) -> WrongProvision:
    fails = one.asked >= ASKED_ENOUGH and one.wrong * 100 > WRONG_PERCENT * one.asked
    asked = one.asked if one.people >= FEWEST else WITHHELD
    is_told = one.people >= FEWEST and not any(
        0 < people < FEWEST for people in (one.people_wrong, one.people_right)
    )
    wrong = one.wrong if is_told else WITHHELD
    return WrongProvision(one.provision, asked, wrong, fails=fails and is_told)


def _worst_first(row: WrongProvision) -> tuple[float, str]:
    if isinstance(row.wrong, int) and isinstance(row.asked, int):
        return -row.wrong / row.asked, row.provision
    return 1, row.provision


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A course as somebody sees it: whether it is theirs to pass, and their last sitting."""

    key: str
    title: str
    about: str
    is_required: bool
    is_passed: bool
    last: CourseSitting | None


def own_courses(session: Session, actor: Actor, today: date) -> tuple[OwnCourse, ...]:
    """Return every course with the actor's results, those required for their role first."""
    query = select(CourseSitting).where(CourseSitting.account_id == actor.account_id)
    sat = session.exec(query.order_by(col(CourseSitting.id))).all()
    rows = (
        OwnCourse(
            one.key,
            one.title,
            one.about,
            actor.role in one.roles,
            any(mine.course == one.key and counts(mine, today) for mine in sat),
            next((mine for mine in reversed(sat) if mine.course == one.key), None),
        )
        for one in COURSES
    )
    return tuple(sorted(rows, key=lambda row: not row.is_required))
