"""Take a course: begin a sitting, answer its questions one after another, and end with a score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law import rule_sets
from vcs.law.rule_sets import RuleSet
from vcs.tables import free_reference
from vcs.training.again import added_to, asked_again
from vcs.training.courses import PASS_PERCENT, course, drawn, provisions, scenarios
from vcs.training.records import CourseAnswer, CourseSitting
from vcs.training.scenario import Scenario
from vcs.training.written import last_changed

COUNTS_FOR: Final = timedelta(days=365)

FULL, HALF = 2, 1
"""Points for the right answer: with the right reason, and with a wrong one."""

_CHANGED = "The law has changed since you began. Begin the course again."


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered, by the keys that the page showed: an answer, and the reason."""

    answer: str
    reason: str


def begin(work: Work, key: str) -> CourseSitting:
    """Begin a sitting of a course, with its questions drawn.

    Whoever has passed it is asked only what has changed since, where something has.
    """
    work.require_may(Act.TAKE_COURSE)
    course(key)
    rules = rule_sets.in_force_on(work.today)
    reference = free_reference(work.session, CourseSitting)
    again = asked_again(work.session, work.actor.account_id, key, work.today)
    asked = again.drawn(reference) if again else drawn(key, reference, rules)
    sitting = CourseSitting(
        reference=reference,
        account_id=work.actor.account_id,
        course=key,
        role=work.actor.role,
        region_code=work.actor.region_code,
        rule_set=rules.id,
        begun_at=work.now,
    )
    work.session.add(sitting)
    work.session.flush()
    for place, one in enumerate(asked, start=1):
        row = CourseAnswer(sitting_id=sitting.id, place=place, item=one.id, turns_on=one.turns_on)
        work.session.add(row)
    work.note("course.begun", reference, key)
    return sitting


def own_sitting(session: Session, account_id: int, reference: str) -> CourseSitting:
    """Return somebody's own sitting. Nobody reads another person's answers."""
    query = select(CourseSitting).where(CourseSitting.reference == reference)
    found = session.exec(query.where(CourseSitting.account_id == account_id)).first()
    if found is None:
        raise NotFound("There is no such sitting of yours.")
    return found


def answers_of(session: Session, sitting: CourseSitting) -> list[CourseAnswer]:
    """Return the questions of a sitting, in order."""
    query = select(CourseAnswer).where(CourseAnswer.sitting_id == sitting.id)
    return list(session.exec(query.order_by(col(CourseAnswer.place))))


def law_of(sitting: CourseSitting) -> RuleSet:
    """Return the law by which a sitting is scored: that of the day on which it began."""
    found = rule_sets.named(sitting.rule_set)
    if found is None:
        raise NotFound(_CHANGED)
    return found


def scenario_of(sitting: CourseSitting, row: CourseAnswer) -> Scenario:
    """Return the scenario of a question. Raises NotFound where the law no longer makes it."""
    found = scenarios(law_of(sitting)).get(row.item)
    if found is None:
        raise NotFound(_CHANGED)
    return found


def answer(work: Work, reference: str, place: int, given: Given) -> CourseAnswer:
    """Answer a question, once. The last one ends the sitting."""
    sitting = own_sitting(work.session, work.actor.account_id, reference)
    rows = answers_of(work.session, sitting)
    row = next((one for one in rows if one.place == place), None)
    if row is None:
        raise NotFound("There is no such question.")
    if row.answer is not None:
        raise Conflict("You have answered this question.")
    _mark(row, sitting, given)
    row.answered_at = work.now
    work.session.add(row)
    if all(one.answer is not None for one in rows):
        _end(work, sitting, rows)
    return row


def _mark(row: CourseAnswer, sitting: CourseSitting, given: Given) -> None:
    scenario = scenario_of(sitting, row)
    answers, reasons = scenario.answers(), scenario.reasons(provisions(law_of(sitting)))
    if given.answer not in answers or given.reason not in reasons:
        raise NotValid("Select an answer and a reason.", {"answer": "Select an answer"})
    row.answer, row.provision = answers[given.answer], reasons[given.reason]
    if not scenario.is_scored:
        return
    row.is_right = row.answer == scenario.right
    if row.is_right:
        row.points = FULL if row.provision in scenario.provisions else HALF


def _end(work: Work, sitting: CourseSitting, rows: list[CourseAnswer]) -> None:
    scored = [one for one in rows if one.is_right is not None]
    sitting.ended_at = work.now
    sitting.points = sum(one.points for one in scored)
    sitting.out_of = FULL * len(scored)
    sitting.safe = not any(
        one.is_right is False and scenario_of(sitting, one).is_safety for one in rows
    )
    sitting.passed = sitting.safe and sitting.points * 100 >= PASS_PERCENT * sitting.out_of
    sitting.until_on = _until(work, sitting) if sitting.passed else None
    work.session.add(sitting)
    work.note("course.ended", sitting.reference, "passed" if sitting.passed else "not passed")


def _until(work: Work, sitting: CourseSitting) -> date | None:
    """Return until when a passed course counts: what has changed adds nothing to its year."""
    again = added_to(work.session, sitting)
    return again.passed.until_on if again else work.today + COUNTS_FOR


def counts(sitting: CourseSitting, today: date) -> bool:
    """Say whether a passed course still counts: for a year, while nothing that it asks changes."""
    if not (sitting.passed and sitting.until_on and sitting.ended_at):
        return False
    changed_on = last_changed(sitting.course)
    is_as_it_was = changed_on is None or changed_on <= london_date(sitting.ended_at)
    is_current = sitting.rule_set == rule_sets.in_force_on(today).id
    return today <= sitting.until_on and is_as_it_was and is_current
