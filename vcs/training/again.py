"""What is asked again of somebody who has passed a course: only what has changed since then."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from sqlalchemy import true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.clock import london_date
from vcs.law import rule_sets
from vcs.law.rule_sets import RuleSet
from vcs.training.courses import QUESTIONS
from vcs.training.made import made, made_otherwise
from vcs.training.records import CourseSitting
from vcs.training.scenario import Scenario
from vcs.training.written import written


@dataclass(frozen=True, slots=True)
class Again:
    """A course that was passed within the year, and its scenarios that have changed since."""

    passed: CourseSitting
    changed: tuple[Scenario, ...]

    def drawn(self, seed: str) -> tuple[Scenario, ...]:
        """Draw what is asked: no more than in a whole course. The same seed draws the same."""
        chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, and no secret
        return tuple(chance.sample(self.changed, min(QUESTIONS, len(self.changed))))


def asked_again(session: Session, account_id: int, key: str, today: date) -> Again | None:
    """Return what somebody who begins a course on a day is asked of it; None for all of it.

    All of it is asked a year after it was passed as a whole, and where the law has changed and no
    scenario shows how.
    """
    return _again(session, _passed(account_id, key, today), today)


def last_passed(session: Session, account_id: int, key: str, today: date) -> date | None:
    """Return when somebody last passed a course within its year, whether or not it still counts."""
    found = session.exec(_passed(account_id, key, today).order_by(col(CourseSitting.id).desc()))
    passed = found.first()
    return london_date(passed.ended_at) if passed and passed.ended_at else None


def added_to(session: Session, sitting: CourseSitting) -> Again | None:
    """Return what a sitting asked again; None where it asked all of the course."""
    begun_on = london_date(sitting.begun_at)
    passed = _passed(sitting.account_id, sitting.course, begun_on)
    return _again(session, passed.where(col(CourseSitting.id) < sitting.id), begun_on)


def _passed(account_id: int, key: str, today: date) -> SelectOfScalar[CourseSitting]:
    return select(CourseSitting).where(
        CourseSitting.account_id == account_id,
        CourseSitting.course == key,
        CourseSitting.passed == true(),
        col(CourseSitting.until_on) >= today,
    )


def _again(session: Session, query: SelectOfScalar[CourseSitting], today: date) -> Again | None:
    passed = session.exec(query.order_by(col(CourseSitting.id).desc())).first()
    if passed is None:
        return None
    changed = (*_written_since(passed), *_made_since(passed, rule_sets.in_force_on(today)))
    return Again(passed, changed) if changed else None


def _written_since(passed: CourseSitting) -> tuple[Scenario, ...]:
    """Return the scenarios of a course that people have changed since it was passed."""
    day = _ended_on(passed)
    return tuple(
        one.scenario
        for one in written()
        if passed.course in one.courses and one.changed_on and one.changed_on > day
    )


def _made_since(passed: CourseSitting, rules: RuleSet) -> tuple[Scenario, ...]:
    before = rule_sets.named(passed.rule_set)
    if before is None or before == rules:
        return ()
    changed = made_otherwise(before, rules)
    return tuple(one for one in made(rules) if one.id in changed)


def _ended_on(passed: CourseSitting) -> date:
    if passed.ended_at is None:
        raise ValueError("a sitting that was passed has ended")
    return london_date(passed.ended_at)
