"""Somebody takes a course: score, certificate, completion, and what is answered wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.journeys.world import World
from vcs.access.actors import Actor
from vcs.access.rules import Reach
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.law import rule_sets
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import counts_of, figures_of
from vcs.terms import Role
from vcs.training import again, sit
from vcs.training.courses import QUESTIONS, provisions
from vcs.training.made import made_otherwise
from vcs.training.records import CourseAnswer, CourseSitting
from vcs.training.register import WITHHELD, completion, own_courses, wrong_provisions
from vcs.training.walk import begin_walk, walk_of
from vcs.training.written import written


def key_of(options: dict[str, str], wanted: str) -> str:
    return next(key for key, words in options.items() if words == wanted)


def take(
    world: World, who: Actor, course: str = "liaison", wrong: set[str] | None = None
) -> CourseSitting:
    """Take a course: all right, but for the scenarios named."""
    with world.db.writing() as session:
        work = world.work(session, who)
        sitting = sit.begin(work, course)
        for row in sit.answers_of(session, sitting):
            scenario = sit.scenario_of(sitting, row)
            said = scenario.wrong if row.item in (wrong or ()) else scenario.right
            reasons = scenario.reasons(provisions())
            given = sit.Given(key_of(scenario.answers(), said), key_of(reasons, scenario.turns_on))
            sit.answer(work, sitting.reference, row.place, given)
        session.flush()
        session.expunge_all()
        return sit.own_sitting(session, who.account_id, sitting.reference)


def passed(world: World, who: Actor) -> bool:
    with world.db.reading() as session:
        return own_courses(session, who, world.today)[0].is_passed


def test_all_right_is_all_points_and_counts_for_a_year(world: World) -> None:
    officer = world.people[Role.VLO]
    sitting = take(world, officer)
    assert (sitting.points, sitting.passed) == (sitting.out_of, True)
    assert passed(world, officer)
    world.clock.move_to(world.today + timedelta(days=365))
    assert passed(world, officer)
    world.clock.move_to(world.today + timedelta(days=1))
    assert not passed(world, officer)


def test_one_safety_question_wrong_is_not_passed_whatever_the_points(world: World) -> None:
    sitting = take(world, world.people[Role.VLO], wrong={"S24"})
    assert sitting.points == (sitting.out_of or 0) - 2
    assert (sitting.safe, sitting.passed, sitting.until_on) == (False, False, None)


def test_the_right_answer_for_a_wrong_reason_is_one_point(world: World) -> None:
    officer = world.people[Role.VLO]
    with world.db.writing() as session:
        work = world.work(session, officer)
        sitting = sit.begin(work, "liaison")
        row = sit.answers_of(session, sitting)[0]
        scenario = sit.scenario_of(sitting, row)
        reasons = scenario.reasons(provisions())
        other = next(key for key, name in reasons.items() if name not in scenario.provisions)
        right = key_of(scenario.answers(), scenario.right)
        done = sit.answer(work, sitting.reference, 1, sit.Given(right, other))
        assert (done.points, done.is_right) == (1, True)
        with pytest.raises(Conflict):
            sit.answer(work, sitting.reference, 1, sit.Given(right, other))
        with pytest.raises(NotValid):
            sit.answer(work, sitting.reference, 2, sit.Given("a9", "p9"))
        with pytest.raises(NotFound):
            sit.answer(work, sitting.reference, 11, sit.Given(right, other))


def test_nobody_reads_the_answers_of_somebody_else(world: World) -> None:
    sitting = take(world, world.people[Role.VLO])
    manager = world.people[Role.MANAGER]
    with world.db.reading() as session, pytest.raises(NotFound):
        sit.own_sitting(session, manager.account_id, sitting.reference)


def test_completion_counts_people_and_withholds_few(world: World) -> None:
    officers = [world.hire(Role.VLO, f"Officer {number}") for number in range(5)]
    officers.append(world.people[Role.VLO])
    for one in officers:
        take(world, one)
    manager = world.people[Role.MANAGER]
    with world.db.reading() as session:
        found = {row.role: row for row in completion(session, manager, world.today)}
        with pytest.raises(NotAllowed):
            completion(session, officers[0], world.today)
    assert (found[Role.VLO].people, found[Role.VLO].passed) == (6, 6)
    assert (found[Role.MANAGER].people, found[Role.MANAGER].passed) == (WITHHELD, WITHHELD)


def test_five_of_six_is_withheld_because_it_names_the_sixth(world: World) -> None:
    for one in [world.hire(Role.VLO, f"Officer {number}") for number in range(5)]:
        take(world, one)
    with world.db.reading() as session:
        found = completion(session, world.people[Role.MANAGER], world.today)
    (row,) = [one for one in found if one.role is Role.VLO]
    assert (row.people, row.passed) == (6, WITHHELD)


def test_what_is_answered_wrongly_in_more_than_three_of_ten_is_guidance_that_fails(
    world: World,
) -> None:
    officers = [world.hire(Role.VLO, f"Officer {number}") for number in range(5)]
    for one in officers:
        answer_often(world, one, right=7, wrong=3)
    answer_often(world, world.people[Role.VLO], right=0, wrong=1)
    assert worst(world) == (51, 16, True)


def test_many_answers_of_few_people_are_withheld(world: World) -> None:
    for one in [world.hire(Role.VLO, f"Officer {number}") for number in range(4)]:
        answer_often(world, one, right=7, wrong=7)
    assert worst(world) == (WITHHELD, WITHHELD, False)
    answer_often(world, world.people[Role.VLO], right=7, wrong=0)
    assert worst(world) == (63, WITHHELD, False), "only four of the five were ever wrong"
    answer_often(world, world.people[Role.VLO], right=0, wrong=1)
    assert worst(world) == (64, 29, True)


def answer_often(world: World, who: Actor, right: int, wrong: int) -> None:
    with world.db.writing() as session:
        sitting = sit.begin(world.work(session, who), "liaison")
        for place in range(right + wrong):
            row = CourseAnswer(
                sitting_id=sitting.id,
                place=place + 100,
                item="S24",
                turns_on="Safe contact: who may answer",
                answer="x",
                is_right=place < right,
            )
            session.add(row)


def worst(world: World) -> tuple[int | str, int | str, bool]:
    with world.db.reading() as session:
        (found, *_) = wrong_provisions(session, world.people[Role.MANAGER])
    return found.asked, found.wrong, found.fails


def test_practitioners_without_a_region_are_counted_in_a_row_of_their_own(world: World) -> None:
    people = [world.hire(Role.PRACTITIONER, f"Practitioner {n}") for n in range(5)]
    people.append(world.people[Role.PRACTITIONER])
    for one in people:
        take(world, one, "offender-management")
    with world.db.reading() as session:
        found = completion(session, world.people[Role.MANAGER], world.today)
        asked = Asked(world.today, world.today, world.today, Reach(everywhere=True))
        of_m23 = figures_of(counts_of(session, asked), Axis.REGION)
    (row,) = [one for one in found if one.role is Role.PRACTITIONER]
    assert (row.region, row.people, row.passed) == ("No region", len(people), len(people))
    assert {one.group for one in of_m23 if one.measure.id == "M23"} >= {"All", "No region"}


def test_a_task_of_the_walk_checks_itself_and_only_from_its_beginning(world: World) -> None:
    manager = world.people[Role.MANAGER]
    with world.db.writing() as session:
        world.work(session, manager).note("leave.recorded", "account:1")
    world.clock.move_to(world.today + timedelta(days=1))
    with world.db.writing() as session:
        assert walk_of(session, manager) is None
        begin_walk(world.work(session, manager))
    assert done(world, manager) == []
    with world.db.writing() as session:
        world.work(session, manager).note("leave.recorded", "account:1")
    assert done(world, manager) == ["Record that somebody is away, and who covers"]


def done(world: World, who: Actor) -> list[str]:
    with world.db.reading() as session:
        steps = walk_of(session, who)
    assert steps is not None
    return [one.step.words for one in steps if one.done_at]


def told_otherwise(monkeypatch: pytest.MonkeyPatch, *ids: str) -> None:
    """Let people have changed some scenarios on Wednesday 1 April."""
    changed = tuple(
        replace(one, changed_on=date(2026, 4, 1)) if one.scenario.id in ids else one
        for one in written()
    )
    monkeypatch.setattr(again, "written", lambda: changed)
    monkeypatch.setattr(sit, "last_changed", lambda _: date(2026, 4, 1))


def items(world: World, sitting: CourseSitting) -> set[str]:
    with world.db.reading() as session:
        return {row.item for row in sit.answers_of(session, sitting)}


def test_whoever_passed_is_asked_only_the_scenarios_that_people_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, other = world.people[Role.VLO], world.hire(Role.VLO, "Somebody new")
    first = take(world, officer)
    world.clock.move_to(date(2026, 4, 2))
    assert passed(world, officer)
    told_otherwise(monkeypatch, "S19", "S17", "S01")
    assert not passed(world, officer)
    failed = take(world, officer, wrong={"S19"})
    assert items(world, failed) == {"S19", "S17"}, "S01 is of another course"
    assert not passed(world, officer)
    second = take(world, officer)
    assert (items(world, second), passed(world, officer)) == ({"S19", "S17"}, True)
    assert second.until_on == first.until_on, "a year from the whole course"
    assert len(items(world, take(world, officer))) == QUESTIONS, "nothing has changed since"
    assert len(items(world, take(world, other))) == QUESTIONS
    assert first.until_on
    world.clock.move_to(first.until_on + timedelta(days=1))
    assert passed(world, officer), "they took all of it again in April"


def test_after_a_change_of_law_only_what_it_decides_otherwise_is_asked(world: World) -> None:
    officer = world.people[Role.VLO]
    held = take(world, officer)
    before = rule_sets.named("victims-and-courts-act-2026")
    assert before
    with world.db.writing() as session:
        row = session.get_one(CourseSitting, held.id)
        row.rule_set = before.id
        session.add(row)
    assert not passed(world, officer)
    after = take(world, officer)
    changed = made_otherwise(before, rule_sets.in_force_on(world.today))
    assert 0 < len(items(world, after)) <= QUESTIONS
    assert items(world, after) <= changed
    assert passed(world, officer)
    # Where no scenario shows what changed, all of it is asked.
    with world.db.writing() as session:
        for one in session.exec(select(CourseSitting)):
            one.rule_set = "dvcva-2004"
            session.add(one)
    assert len(items(world, take(world, officer))) == QUESTIONS
