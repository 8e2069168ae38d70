"""Where only the meaning of a result code is open, the code is asked about and no sentence is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select, update

from api.example.messages import as_bytes, hearing, offence, person, result
from scheduler import jobs
from scheduler.alerts import digests, sending
from scheduler.jobs import Sweep
from tests.consequences.test_replay_applied import reads_as
from tests.consequences.test_result_codes import COURT, answer, asked, outcomes, told
from tests.journeys.world import CANNOT_TELL, World
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.journeys.world import told as told_in_leeds
from tests.services.mailbox import text_of
from vcs.consequences.answers import say_what_a_code_means
from vcs.consequences.messages import follow, raised
from vcs.consequences.messages.follow import _close as close_overtaken
from vcs.consequences.offers.offer import why_not_offered
from vcs.consequences.past import reassess
from vcs.errors import NotReadable
from vcs.intake.records import CourtMessage
from vcs.intake.results import result_tables
from vcs.ledger.figures.parts import Cell
from vcs.ledger.figures.rows import LedgerRow, ledger_rows
from vcs.ledger.integrity.proof import prove
from vcs.referrals.questions.task_reads import (
    TaskRow,
    WaitingSentences,
    task_page,
    waiting_within_reach,
)
from vcs.sentences.records import AwaitedCode
from vcs.tasks.records import Task
from vcs.terms import Role, SentenceKind, SentenceState

MONDAY_30_MARCH = date(2026, 3, 30)
"""The sixth working day after Friday 20 March 2026: a decision is due on the fifth."""

LISTED = ("OF61102", "Assault occasioning ABH")


def new_code(code: str = "8888", words: str = "Special sentence", length: str = "") -> Any:
    """Return a result whose code no table holds."""
    made = result("IMP", FRIDAY, length, cjsCode=code, label=words, resultText=words)
    return made | {"judicialResultTypeId": "new"}


def message(urn: str, *counts: tuple[tuple[str, str], list[Any]]) -> bytes:
    """Return a hearing with some offences, each with its results."""
    committed = FRIDAY.replace(year=2025)
    every = [offence(code, title, made, committed) for (code, title), made in counts]
    return as_bytes(hearing(urn, COURT, FRIDAY, [person("Sam", urn, FRIDAY, every)]))


@pytest.fixture
def here(world: World) -> World:
    """Return the world with a manager in London, where the court sits."""
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Lon Don", region="N07")
    return world


def own(world: World) -> list[TaskRow]:
    """Return the open questions that the manager is asked about a sentence."""
    return [one for one in world.tasks() if one.kind == "decide"]


def waiting(world: World) -> WaitingSentences | None:
    """Return what the page of the one question about a code says of the sentences that wait."""
    (task,) = asked(world)
    with world.db.reading() as session:
        who = world.people[Role.ADMINISTRATOR]
        return task_page(session, world.sealer, who, task.reference, world.today).waiting


def rows(world: World) -> tuple[LedgerRow, ...]:
    with world.db.reading() as session:
        return ledger_rows(session, world.people[Role.ADMINISTRATOR], Cell()).rows


def proof(world: World) -> list[str]:
    with world.db.reading() as session:
        return list(prove(session, world.sealer, world.clock.now()).problems)


def subjects(world: World) -> list[str]:
    """Return what an administrator's digests told of as missed, each once."""
    return world.misses_told(Role.ADMINISTRATOR)


def test_a_sentence_in_which_only_the_code_is_open_has_no_question_of_its_own(
    here: World,
) -> None:
    here.court_tells(told("01AA0000126"), told("01AA0000226"), told("01AA0000326"))
    assert own(here) == []
    assert len(asked(here)) == 1
    assert waiting(here) == WaitingSentences(3, FRIDAY)


def test_it_stays_in_the_headline_and_the_ledger_says_what_it_waits_for(here: World) -> None:
    here.court_tells(told("01AA0000126"), told("01AA0000226"))
    assert here.headline().undecided == 2
    assert [row.state for row in rows(here)] == [SentenceState.DECISION_DUE] * 2
    assert [row.awaited_code for row in rows(here)] == ["8888"] * 2
    assert proof(here) == []


def test_a_manager_is_told_how_many_of_the_region_wait_and_for_what(here: World) -> None:
    here.court_tells(told("01AA0000126"))
    with here.db.reading() as session:
        found = waiting_within_reach(session, here.people[Role.MANAGER])
        elsewhere = waiting_within_reach(session, here.people[Role.VLO])
        why = why_not_offered(session, here.sentences()[0], None)
    assert (found.count, elsewhere.count) == (1, 0)
    assert "result code 8888" in why
    assert "Friday 27 March 2026" in why


@pytest.mark.parametrize(
    "counts",
    [
        [(("ZZ00001", "Not in any list"), [new_code()])],
        [(LISTED, [result("IMP", FRIDAY, ""), new_code()])],
        [(LISTED, [result("IMP", FRIDAY, "")]), (LISTED, [new_code()])],
    ],
    ids=["offence not known", "length not stated beside it", "length of another count"],
)
def test_another_open_question_is_asked_as_ever_and_does_not_ask_about_the_code(
    here: World, counts: list[tuple[tuple[str, str], list[Any]]]
) -> None:
    here.court_tells(message("01AA0000126", *counts))
    (task,) = own(here)
    assert "what the court imposed" not in task.question
    assert "8888" not in task.question
    assert waiting(here) == WaitingSentences(0)
    assert proof(here) == []


def test_two_codes_in_one_sentence_are_two_questions_and_it_waits_for_both(here: World) -> None:
    here.court_tells(message("01AA0000126", (LISTED, [new_code(), new_code("7777")])))
    assert own(here) == []
    assert len(asked(here)) == 2
    first = next(one for one in asked(here) if one.question.startswith("The result code 8888"))
    answer_task(here, first, "NON_CUSTODIAL")
    here.read()
    assert own(here) == []
    assert [row.awaited_code for row in rows(here)] == ["7777"]
    answer(here, "NON_CUSTODIAL")
    here.read()
    assert outcomes(here) == ["not_eligible"]
    assert proof(here) == []


def answer_task(world: World, task: TaskRow, kind: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        say_what_a_code_means(work, task.reference, kind, "List of codes, July 2026")


def test_words_without_a_code_keep_a_question_of_their_own(here: World) -> None:
    here.court_tells(message("01AA0000126", (LISTED, [new_code("", "As ordered")])))
    assert asked(here) == []
    assert len(own(here)) == 1


def test_what_is_open_once_the_code_is_known_is_asked_then(here: World) -> None:
    here.court_tells(message("01AA0000126", (LISTED, [new_code()])))
    assert own(here) == []
    answer(here, "IMPRISONMENT")
    here.read()
    (task,) = own(here)
    assert "length" in task.question
    assert proof(here) == []


def test_nothing_is_unaccounted_for_between_the_answer_and_the_reading(here: World) -> None:
    here.court_tells(told("01AA0000126"))
    answer(here, "IMPRISONMENT")
    assert here.problems() == []
    assert here.headline().undecided == 1
    here.read()
    assert outcomes(here) == ["statutory"]
    assert held_rows(here) == 0


def held_rows(world: World) -> int:
    with Session(world.db.engine) as session:
        return len(session.exec(select(AwaitedCode)).all())


def test_a_sentence_whose_message_is_gone_is_asked_about_when_the_code_is_answered(
    here: World,
) -> None:
    here.court_tells(told("01AA0000126"))
    with here.db.writing() as session:
        session.execute(update(CourtMessage).values(body=None, body_removed_on=here.today))
    answer(here, "IMPRISONMENT")
    here.read()
    assert len(own(here)) == 1
    assert proof(here) == []


def test_a_message_that_cannot_be_read_again_leaves_its_sentence_a_question(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.court_tells(told("01AA0000126"))
    answer(here, "IMPRISONMENT")
    reads_as(monkeypatch, unreadable)
    here.read()
    assert len(own(here)) == 1
    assert here.problems() == []


def unreadable(*_: Any) -> Any:
    raise NotReadable("It cannot be read any more.")


def test_a_code_that_nobody_answers_is_told_of_to_the_administrators_once(here: World) -> None:
    here.court_tells(told("01AA0000126"), told("01AA0000226"))
    here.clock.move_to(date(2026, 3, 27))
    here.sweep()
    assert subjects(here) == []
    here.clock.move_to(MONDAY_30_MARCH)
    here.sweep()
    here.sweep()
    assert subjects(here) == [asked(here)[0].reference]
    assert "A RESULT CODE IS NOT EXPLAINED" in text_of(here.digests(Role.ADMINISTRATOR)[-1])
    assert here.misses_told(Role.MANAGER) == []


def test_an_email_about_a_late_decision_is_withdrawn_when_it_is_answered_first(
    here: World,
) -> None:
    here.court_tells(told("01AA0000126"))
    here.clock.move_to(MONDAY_30_MARCH)
    jobs.notice_late_decisions(Sweep(here.settings, here.db, here.sealer, here.clock.now))
    answer(here, "IMPRISONMENT")
    here.sweep()
    assert subjects(here) == []


def test_a_question_that_is_asked_again_and_late_again_is_told_of(world: World) -> None:
    sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now)
    world.court_tells(told_in_leeds(FRIDAY, ("Madeup", *CANNOT_TELL)))
    world.clock.move_to(MONDAY_30_MARCH)
    jobs.notice_late_decisions(sweep)
    with world.db.writing() as session:
        (its_id,) = session.execute(select(col(Task.id))).scalars()
        close_overtaken(session, [its_id], world.clock.now())
    digests.write_digests(sweep)
    sending.send_alerts(sweep)
    assert world.misses_told() == []
    world.clock.days(1)
    with world.db.writing() as session:
        session.execute(update(Task).values(done_at=None, answer=None))
    for _ in range(2):
        jobs.notice_late_decisions(sweep)
        digests.write_digests(sweep)
        sending.send_alerts(sweep)
    assert world.misses_told() == [world.tasks()[0].reference]


def test_after_an_upgrade_what_was_asked_for_each_sentence_is_asked_once_for_the_code(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        for room in (raised, follow):
            before.setattr(room, "waits_for_codes", lambda *_: False)
        here.court_tells(told("01AA0000126"), message("01AA0000226", (LISTED, [new_code("", "?")])))
    assert len(own(here)) == 2
    monkeypatch.setattr(reassess, "law_version", lambda: "the next")
    here.sweep()
    (left,) = own(here)
    assert left.case_reference == "01AA0000226"
    assert waiting(here) == WaitingSentences(1, FRIDAY)
    assert proof(here) == []


def test_a_code_that_the_table_comes_to_hold_is_asked_about_no_longer(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.court_tells(told("01AA0000126"), message("01AA0000226", (LISTED, [new_code("9876")])))
    with here.db.writing() as session:
        first = update(CourtMessage).where(col(CourtMessage.id) == 1)
        session.execute(first.values(body=None, body_removed_on=here.today))
    known = {"8888": SentenceKind.IMPRISONMENT}
    monkeypatch.setattr(result_tables, "BY_CJS_CODE", result_tables.BY_CJS_CODE | known)
    monkeypatch.setattr(reassess, "law_version", lambda: "the next")
    here.sweep()
    (left,) = asked(here)
    assert "9876" in left.question
    assert [one.case_reference for one in own(here)] == ["01AA0000126"]
    assert proof(here) == []


def test_one_who_may_be_out_at_once_is_asked_about_and_waits_for_no_code(here: World) -> None:
    short = result("IMP", FRIDAY, "6 Months", resultText="Time served, to be released today")
    for urn, imposed in (
        ("01EX0000126", short),
        ("01EX0000226", result("IMP", FRIDAY, "6 Months")),
    ):
        here.court_tells(message(urn, (LISTED, [imposed]), (LISTED, [new_code()])))
    (task,) = own(here)
    assert "126" in (task.case_reference or "")
    assert proof(here) == []
