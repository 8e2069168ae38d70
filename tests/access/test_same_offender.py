"""What hides a case follows the offender also where nobody told us when they were born."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import select

from tests.access.test_exclusions import excluded, seen_as, sees
from tests.access.test_restrictions import restricted
from tests.journeys.world import YORKSHIRE, World, told
from vcs.access.actors import Actor
from vcs.consequences.hidden.same_offender import SameOffender, decide_same_offender
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.referrals.questions.task_reads import TaskRow
from vcs.sentences.records import Sentence
from vcs.terms import Role


def without_birth(message: bytes) -> bytes:
    """Return a message that does not tell when anybody was born."""

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: kept(v) for k, v in value.items() if k != "dateOfBirth"}
        return [kept(one) for one in value] if isinstance(value, list) else value

    return json.dumps(kept(json.loads(message))).encode()


def asked(world: World) -> list[TaskRow]:
    """Return the open questions whether two cases are of one offender."""
    return [one for one in world.tasks() if one.kind == "same_offender"]


def answer(world: World, task: str, said: str, by: Actor | None = None, note: str = "PNC") -> None:
    with world.db.writing() as session:
        who = seen_as(world, by or world.people[Role.MANAGER])
        decide_same_offender(world.work(session, who), task, said, note)


def test_a_case_told_later_without_a_birth_is_asked_about_and_closed_by_the_answer(
    world: World,
) -> None:
    world.court_tells(told())
    restricted(world, world.people[Role.MANAGER])
    excluded(world, Role.VLO)
    world.court_tells(without_birth(told(urn="13EX0000888")))
    world.court_tells(without_birth(told(urn="13EX0000888", shared_at="17:30:00")))
    own, other = world.referrals()
    outsider = world.hire(Role.MANAGER, "Other Manager")
    assert sees(world, outsider) == sees(world, world.people[Role.VLO]) == [other]
    (task,) = asked(world)
    assert task.due_on is not None
    # Whoever must not see the case learns nothing from the question about it.
    with pytest.raises(NotFound):
        answer(world, task.reference, SameOffender.ONE, outsider)
    with pytest.raises(NotAllowed):
        answer(world, task.reference, SameOffender.ONE, world.people[Role.VLO])
    for said, note in (("perhaps", "PNC"), (SameOffender.ONE, " ")):
        with pytest.raises(NotValid):
            answer(world, task.reference, said, note=note)
    answer(world, task.reference, SameOffender.ONE)
    assert sees(world, outsider) == sees(world, world.people[Role.VLO]) == []
    assert sees(world, world.people[Role.MANAGER]) == [own, other]
    # What is decided of the other case later follows back, and nobody is asked twice.
    excluded(world, Role.WITNESS_CARE, other)
    world.court_tells(without_birth(told(urn="13EX0000888", shared_at="18:30:00")))
    world.sweep()
    assert asked(world) == []
    assert sees(world, world.people[Role.WITNESS_CARE]) == []
    assert world.problems() == []


def test_cases_on_record_are_asked_about_by_the_next_sweep_where_a_birth_is_missing(
    world: World,
) -> None:
    first = told(urn="13EX0000100")
    nameless = without_birth(told(world.today, ("Other", "IMP", "3 Years"), urn="13EX0000200"))
    world.court_tells(without_birth(told()), first, nameless)
    world.sweep()
    own, other, third = world.referrals()
    excluded(world, Role.VLO, own)
    assert sees(world, world.people[Role.VLO]) == [other, third]
    world.sweep()
    world.sweep()
    (task,) = asked(world)
    with world.db.reading() as session:
        of_case = select(Sentence.reference).where(Sentence.case_reference == "13EX0000100")
        assert session.exec(of_case).one() in task.question
    assert task.region_code == YORKSHIRE
    answer(world, task.reference, SameOffender.TWO)
    world.court_tells(told(urn="13EX0000100", shared_at="17:30:00"))
    world.sweep()
    assert asked(world) == []
    assert sees(world, world.people[Role.VLO]) == [other, third]


def test_a_birth_that_a_court_tells_later_answers_the_question_by_itself(world: World) -> None:
    world.court_tells(told())
    excluded(world, Role.VLO)
    world.court_tells(without_birth(told(urn="13EX0000888")))
    assert len(asked(world)) == 1
    world.court_tells(told(urn="13EX0000888", shared_at="18:30:00"))
    assert asked(world) == []
    assert sees(world, world.people[Role.VLO]) == []
