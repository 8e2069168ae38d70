"""The questions of the courses: right by the law, one for each path, none that could be argued."""

from __future__ import annotations

import csv
import hashlib
from importlib.resources import files

import pytest

from vcs.law.eligibility import decide
from vcs.law.provisions import PROVISIONS
from vcs.terms import Outcome, Role
from vcs.training import made as making
from vcs.training.cases import cases
from vcs.training.courses import COURSES, QUESTIONS, course_of, drawn, provisions, scenarios
from vcs.training.made import made, path_of
from vcs.training.mistakes import ANSWERS
from vcs.training.scenario import Scenario
from vcs.training.written import written

OUTCOMES_OF_THE_DOCUMENT = {
    **dict.fromkeys(("S01", "S02", "S04", "S05", "S07", "S10", "S14"), Outcome.STATUTORY),
    **dict.fromkeys(("S03", "S06", "S09", "S16"), Outcome.NOT_ELIGIBLE),
    **dict.fromkeys(("S08", "S18"), Outcome.CANNOT_TELL),
    "S12": Outcome.DISCRETIONARY,
    "S13": Outcome.NOTIFICATION_SCHEME,
}

SAFETY = {"S19", "S20", "S22", "S23", "S24"}


def test_the_program_decides_as_each_written_answer_says() -> None:
    cards = {one.scenario.id: one.scenario.decision for one in written() if one.scenario.decision}
    assert {name: card.outcome for name, card in cards.items()} == OUTCOMES_OF_THE_DOCUMENT


def test_the_twenty_four_are_there_and_what_nobody_settled_is_not_scored() -> None:
    every = [one.scenario for one in written()]
    assert [one.id for one in every] == [f"S{number:02}" for number in range(1, 25)]
    assert {one.id for one in every if not one.is_scored} == {"S08"}
    assert {one.id for one in every if one.is_safety} == SAFETY


WRITTEN_ON = {"": "387eb2b85189562708ea188311caa0a043db9a70ee80d95e23ba26fe8d16180d"}
"""A digest of the scenarios that last changed on each day, "" for never: change it with the day."""


def test_a_scenario_that_people_change_says_when_so_that_it_is_asked_again() -> None:
    text = files("vcs.training").joinpath("data/scenarios.csv").read_text(encoding="utf-8")
    said: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        said.setdefault(row.pop("changed_on"), []).append("|".join(row.values()))
    assert {
        day: hashlib.sha256("\n".join(rows).encode()).hexdigest() for day, rows in said.items()
    } == WRITTEN_ON


def test_each_path_of_the_rules_is_asked_about_once() -> None:
    asked = [path_of(one.decision) for one in made() if one.decision]
    assert len(asked) == len(set(asked)) == len(made()) > 100
    assert {one.right for one in made()} == set(ANSWERS.values())


def test_every_path_that_is_left_out_rests_on_what_nobody_confirmed() -> None:
    asked = {path_of(one.decision) for one in made() if one.decision}
    for case in cases():
        decision = decide(case.facts)
        if path_of(decision) not in asked:
            assert making.is_arguable(case, decision), case.words


def test_nothing_that_is_asked_rests_on_an_unconfirmed_provision() -> None:
    for one in made():
        assert all(PROVISIONS[name].confidence != "unconfirmed" for name in one.provisions), one.id


@pytest.mark.parametrize("scenario", scenarios().values(), ids=lambda one: one.id)
def test_each_question_has_one_right_answer_a_common_mistake_and_one_reason(
    scenario: Scenario,
) -> None:
    answers, reasons = scenario.answers(), scenario.reasons(provisions())
    assert len(set(answers.values())) == len(answers) >= 3
    assert {scenario.right, scenario.wrong} <= set(answers.values())
    assert scenario.mistake
    assert scenario.why
    right = [name for name in reasons.values() if name in scenario.provisions]
    assert right == [scenario.turns_on]
    assert scenario.answers() == answers


def test_each_role_has_one_course_of_ten_that_asks_about_safety() -> None:
    for role in Role:
        assert role in course_of(role).roles
    for course in COURSES:
        asked = drawn(course.key, "seed")
        assert len({one.id for one in asked}) == QUESTIONS
        own = {one.scenario.id for one in written() if course.key in one.courses} & SAFETY
        assert own
        assert own <= {one.id for one in asked}
        assert asked == drawn(course.key, "seed") != drawn(course.key, "another")
