"""What people said of lines: two where contact may be owed, for this very ending, and revocable."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.fernet import Fernet
from sqlmodel import select

from tests.journeys.world import World
from tests.lists.listed import QUILL, endings, line, match, probation, questions, told
from vcs.access.rules import Reach
from vcs.errors import NotValid
from vcs.lists.answered.answer import Answered, LineEntry, answer_lines
from vcs.lists.answered.answering import Explanation, LineAnswer
from vcs.lists.answered.answers import Answers, Explained, Said
from vcs.lists.answered.take_back import take_back
from vcs.lists.endings import Ending, Ends, Reason
from vcs.lists.prepare import Asked
from vcs.lists.reading.columns import ListKind
from vcs.lists.reads import coverage
from vcs.lists.records import SentenceNumber
from vcs.lists.runs.run import Sender, run_list
from vcs.measures import facts as measures
from vcs.measures.formulas.quality import second_list
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.terms import Outcome, Role

UNKNOWN = line(pnc="2019/9000402J", surname="NEWMAN", forename="ADA")

NEWMAN = {**QUILL, "case_urn": "31NQ9900900", "asn": "", "surname": "Newman", "forenames": "Ada"}


@pytest.fixture
def october(world: World) -> World:
    """Return a world in October 2026 that holds Quillfeather's sentence."""
    world.clock.move_to(date(2026, 10, 12))
    world.court_tells(told(QUILL))
    return world


def say(world: World, said: LineAnswer, role: Role = Role.MANAGER, **more: str) -> Answered:
    """Answer the first open question as somebody."""
    (question, *_) = questions(world)
    reason = Explanation(more["reason"]) if "reason" in more else None
    entry = LineEntry(said, "Rang the court on Monday", reason, more.get("sentence", ""))
    with world.db.writing() as session:
        return answer_lines(world.work(session, world.people[role]), question.reference, entry)


def test_an_explanation_is_of_one_ending_and_no_other() -> None:
    of = Explained(Explanation.OUR_RECORD_RIGHT, "differs", "term_differs", None, "")
    answers = Answers({"a line": Said(explained=of)})
    same = Ending(1, Ends.DIFFERS, Reason.TERM_DIFFERS, "")
    assert answers.over(same, "a line").ends_as is Ends.EXPLAINED
    for other in (
        Ending(1, Ends.DIFFERS, Reason.OFFENCE_DIFFERS, ""),
        Ending(1, Ends.TASK, Reason.ELIGIBLE_UNKNOWN_TO_US, "", outcome=Outcome.STATUTORY),
    ):
        assert answers.over(other, "a line") is other


def test_a_wrong_join_takes_two_people_and_one_takes_it_back(october: World) -> None:
    with october.db.reading() as session:
        ours = session.exec(select(Sentence)).one().reference
    match(october, probation(UNKNOWN))
    (asked,) = questions(october)
    assert say(october, LineAnswer.SAME, sentence=ours).second_wanted
    assert endings(match(october, probation(UNKNOWN))) == ["task"], "one person joins nothing"
    with pytest.raises(NotValid, match="another person"):
        say(october, LineAnswer.SAME, sentence=ours)
    assert not say(october, LineAnswer.SAME, Role.HEAD, sentence=ours).second_wanted
    assert not questions(october)
    match(october, probation(UNKNOWN))
    assert len(numbers(october)) == 1, "the wrong number was learned"
    with october.db.writing() as session:
        take_back(october.work(session, october.people[Role.MANAGER]), asked.reference)
    assert not numbers(october)
    assert "unknown_to_us" in [one.topic for one in questions(october)]
    assert endings(match(october, probation(line(), UNKNOWN))) == ["matched", "task"]
    with october.db.writing() as session, pytest.raises(NotValid, match="no answer"):
        take_back(october.work(session, october.people[Role.MANAGER]), asked.reference)


def numbers(world: World) -> list[str]:
    with world.db.reading() as session:
        return [one.mark for one in session.exec(select(SentenceNumber))]


def test_whoever_was_recalled_and_is_not_ours_is_asked_about(october: World) -> None:
    heading = "prisonerNumber,firstName,lastName,dateOfBirth,legalStatus,sentenceStartDate,"
    heading += "offenceCode,imprisonmentStatusDescription\n"
    row = "Z1111ZZ,TOBIAH,QUILFETHER,1988-03-14,RECALL,2026-09-18,OF61016,Imprisonment 6 years"
    found = match(october, (heading + row).encode(), "prison")
    assert endings(found) == ["cannot_tell"]
    say(october, LineAnswer.NOT_SAME)
    assert [one.topic for one in questions(october)] == ["unknown_to_us"]


def test_a_name_alone_closes_no_question_when_a_sentence_comes(october: World) -> None:
    match(october, probation(UNKNOWN))
    october.court_tells(told(NEWMAN, pnc_id=""))
    october.sweep()
    assert [one.topic for one in questions(october)] == ["unknown_to_us"]


def test_an_older_list_closes_nothing_of_a_newer_one(october: World) -> None:
    differs = probation(line(length="40"))
    match(october, differs, drawn_on=date(2026, 10, 12))
    (asked,) = questions(october)
    match(october, probation(line()), drawn_on=date(2026, 10, 5))
    match(october, probation(line(), line(length="40")), drawn_on=date(2026, 10, 12))
    assert asked.reference in {one.reference for one in questions(october)}
    with october.db.reading() as session:
        assert [one.drawn_on for one in coverage(session)] == [date(2026, 10, 12)]
    match(october, probation(line()), drawn_on=date(2026, 10, 12))
    assert asked.reference not in {one.reference for one in questions(october)}


def test_a_new_sealing_key_asks_nothing_twice(october: World) -> None:
    unsure = probation(line(pnc="", born="1988-03-15"))
    match(october, unsure)
    rotated = Sealer(f"{Fernet.generate_key().decode()},{october.settings.sealing_keys}")
    sender = Sender(rotated, october.people[Role.ADMINISTRATOR], october.clock.now())
    run_list(october.db, sender, Asked(ListKind.PROBATION, unsure))
    assert len(questions(october)) == 1


def test_the_second_list_is_counted_once_and_without_its_totals(october: World) -> None:
    for _ in range(2):
        match(october, probation(line(), UNKNOWN, "", "Total,2"), drawn_on=date(2026, 10, 12))
    month = date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 31)
    with october.db.reading() as session:
        facts = list(second_list(session, measures.Asked(*month, Reach(everywhere=True))))
    assert sorted(fact.counts for fact in facts) == [False, True]
