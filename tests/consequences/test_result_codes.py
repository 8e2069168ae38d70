"""A result code that no table holds is asked about once; the answer decides all again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.journeys.world import World
from vcs.consequences.answers import say_what_a_code_means
from vcs.errors import NotAllowed, NotValid
from vcs.referrals.questions.task_reads import TaskRow
from vcs.sentences.records import ResultMeaning
from vcs.terms import Role

COURT = ("C01CE00", "Central Criminal Court")


def told(urn: str, code: str = "8888", words: str = "Special sentence") -> bytes:
    """Return a hearing with an assault and one result of a code."""
    made = result("IMP", FRIDAY, "2 Years", cjsCode=code, label=words, resultText=words)
    made |= {"judicialResultTypeId": "new", "judicialResultPrompts": []}
    count = offence("OF61102", "Assault occasioning ABH", [made], FRIDAY.replace(year=2025))
    return as_bytes(hearing(urn, COURT, FRIDAY, [person("Sam", urn, FRIDAY, [count])]))


def asked(world: World) -> list[TaskRow]:
    """Return the open questions about codes."""
    return [one for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "result_code"]


def answer(world: World, kind: str, reason: str = "List of codes, July 2026") -> None:
    """Answer the one open question about a code."""
    (task,) = asked(world)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        say_what_a_code_means(work, task.reference, kind, reason)


def outcomes(world: World) -> list[str]:
    """Return the current answer to each sentence."""
    return [one.outcome for one in world.sentences()]


def test_a_new_code_is_asked_about_once_and_every_sentence_with_it_is_cannot_tell(
    world: World,
) -> None:
    world.court_tells(told("01AA0000126"), told("01AA0000226"))
    world.court_tells(told("01AA0000326"))

    (task,) = asked(world)
    assert "8888" in task.question
    assert "Special sentence" in task.question
    assert outcomes(world) == ["cannot_tell"] * 3
    assert world.problems() == []


def test_the_answer_decides_them_all_again_and_those_to_come(world: World) -> None:
    world.court_tells(told("01AA0000126"), told("01AA0000226"))
    answer(world, "IMPRISONMENT")
    world.read()
    world.court_tells(told("01AA0000326"))

    assert outcomes(world) == ["statutory"] * 3
    assert len(world.referrals()) == 3
    assert asked(world) == []
    assert [one for one in world.tasks() if one.kind == "decide"] == []
    assert world.problems() == []


def test_what_the_words_contradict_stays_a_question_for_that_sentence_alone(world: World) -> None:
    world.court_tells(told("01AA0000126"), told("01AA0000226", words="Imprisonment for 2 years"))
    answer(world, "NON_CUSTODIAL")
    world.read()

    assert sorted(outcomes(world)) == ["cannot_tell", "not_eligible"]
    assert asked(world) == []


def test_the_answer_is_a_dated_row_with_who_and_why(world: World) -> None:
    world.court_tells(told("01AA0000126", code="08888"))
    answer(world, "CUSTODY_UNCLEAR", "  The court's clerk, by telephone  ")

    with Session(world.db.engine) as session:
        (row,) = session.exec(select(ResultMeaning)).all()
    assert (row.code, row.kind) == ("8888", "CUSTODY_UNCLEAR")
    assert row.reason == "The court's clerk, by telephone"
    assert row.answered_by == world.people[Role.ADMINISTRATOR].account_id


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [("UNKNOWN", "why", "kind"), ("", "why", "kind"), ("IMPRISONMENT", "  ", "note")],
)
def test_an_answer_that_says_nothing_is_refused(
    world: World, kind: str, reason: str, field: str
) -> None:
    world.court_tells(told("01AA0000126"))

    with pytest.raises(NotValid) as refusal:
        answer(world, kind, reason)
    assert list(refusal.value.fields) == [field]
    assert len(asked(world)) == 1


def test_only_an_administrator_answers(world: World) -> None:
    world.court_tells(told("01AA0000126"))
    (task,) = asked(world)

    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        with pytest.raises(NotAllowed):
            say_what_a_code_means(work, task.reference, "IMPRISONMENT", "why")


def test_a_known_code_that_is_unknown_for_its_words_asks_nothing_of_the_code(world: World) -> None:
    world.court_tells(told("01AA0000126", code="9999"))

    assert asked(world) == []
    assert outcomes(world) == ["cannot_tell"]
