"""The law was applied wrongly and is corrected: the past is decided again, and nobody is buried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, func, select, update

from tests.consequences.test_replay import shortened
from tests.consequences.test_replay_applied import nobody, reads_as
from tests.journeys.world import CANNOT_TELL, World, told
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.services.mailbox import text_of
from vcs.consequences.messages import recording
from vcs.consequences.messages.follow import apply_consequences
from vcs.consequences.past import reassess
from vcs.intake import reading
from vcs.intake.records import CourtMessage
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.law.facts import SentencingFacts
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences import reassess as on_facts
from vcs.sentences.records import DecisionRecord
from vcs.terms import Finding, Outcome

NOVEMBER = date(2026, 11, 27)

OTHERS = [f"13EX00{number:05}" for number in range(10, 33)]


@pytest.fixture
def corrected(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the program hold another version of the law."""
    return lambda name: monkeypatch.setattr(reassess, "law_version", lambda: name)


def by_a_law_that_never_applies(facts: SentencingFacts) -> Decision:
    """Decide as if nobody had been convicted of anything."""
    acquitted = tuple(replace(one, finding=Finding.QUASHED) for one in facts.offences)
    return decide(replace(facts, offences=acquitted))


def walked(world: World) -> reassess.Progress:
    """Take every step of the walk; returns how far it came."""
    with world.db.reading() as session:
        far = reassess.progress(session)
    while not far.is_done:
        far = reassess.step(world.db, world.sealer, world.clock.now())
    return far


def decided(world: World, outcome: Outcome) -> None:
    """Let the manager answer the only question."""
    (task,) = world.tasks()
    world.decide(task.reference, outcome, "As the inspector said.")


def test_what_was_owed_all_along_gets_a_clock_from_the_day_it_was_found(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    reads_as(monkeypatch, shortened)
    world.court_tells(told())
    world.clock.move_to(NOVEMBER)
    world.sweep()
    assert world.referrals() == []
    reads_as(monkeypatch, reading.read)
    corrected("mended")
    assert walked(world).changed == 1
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        deadline = session.exec(select(DeadlineRecord)).one()
    assert referral.found_late_on == NOVEMBER
    # Ten working days from Friday 27 November 2026, and from Friday 20 March 2026.
    assert (deadline.due_on, deadline.lawful_due_on) == (date(2026, 12, 11), date(2026, 4, 7))
    (task,) = world.tasks()
    assert task.kind == "found_late"
    assert "due on Tuesday 7 April 2026" in task.question
    assert task.due_on == date(2026, 12, 11)


def test_many_found_late_are_one_email_for_a_region(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    reads_as(monkeypatch, nobody)
    world.court_tells(*(told(urn=urn) for urn in OTHERS))
    world.clock.move_to(NOVEMBER)
    reads_as(monkeypatch, reading.read)
    corrected("mended")
    world.sweep()
    assert len(world.referrals()) == len(OTHERS) == 23
    (mail,) = world.digests()
    assert "1 other matter" in mail["Subject"]
    assert "23 referrals in Yorkshire and the Humber should have been" in text_of(mail)
    world.clock.days(3)
    world.sweep()
    assert "should have been" not in text_of(world.digests()[-1])
    assert world.mail() == []


def test_what_is_found_in_time_keeps_its_lawful_day_and_nobody_is_alarmed(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    reads_as(monkeypatch, shortened)
    world.court_tells(told())
    reads_as(monkeypatch, reading.read)
    corrected("mended")
    walked(world)
    with world.db.reading() as session:
        deadline = session.exec(select(DeadlineRecord)).one()
    assert (deadline.due_on, deadline.lawful_due_on) == (date(2026, 4, 7), None)
    assert world.tasks() == ()


def test_a_walk_stopped_anywhere_goes_on_and_never_acts_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    reads_as(monkeypatch, shortened)
    world.court_tells(*(told(urn=urn) for urn in OTHERS))
    reads_as(monkeypatch, reading.read)
    corrected("mended")
    first = reassess.step(world.db, world.sealer, world.clock.now())
    assert (first.looked_at, first.is_done) == (20, False)
    assert walked(world).looked_at == 23
    assert len(world.referrals()) == 23
    assert walked(world) == walked(world)
    assert world.problems() == []


def test_the_same_law_walks_once_and_a_new_one_again(
    world: World, corrected: Callable[[str], None]
) -> None:
    world.court_tells(told())
    assert walked(world).looked_at == 1
    world.court_tells(told(urn=OTHERS[0]))
    assert walked(world).looked_at == 1
    corrected("newer")
    assert walked(world).looked_at == 2
    assert walked(world).changed == 0


def test_a_question_that_a_correction_answers_is_looked_at_once_and_not_closed_unseen(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    world.court_tells(told(FRIDAY, ("Madeup", *CANNOT_TELL)))
    assert [one.kind for one in world.tasks()] == ["decide"]
    reads_as(monkeypatch, shortened)
    corrected("mended")
    walked(world)
    (task,) = world.tasks()
    assert task.kind == "one_look"
    assert "is 3 months" in task.question
    assert walked(world).is_done
    decided(world, Outcome.NOT_ELIGIBLE)
    corrected("mended again")
    walked(world)
    assert world.tasks() == ()


def test_what_a_person_chose_to_offer_goes_on_without_a_question(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    world.court_tells(told(FRIDAY, ("Madeup", *CANNOT_TELL)))
    decided(world, Outcome.DISCRETIONARY)
    reads_as(monkeypatch, shortened)
    corrected("mended")
    walked(world)
    assert world.view().status == "awaiting"
    assert world.tasks() == ()


def test_a_sentence_whose_message_is_gone_is_decided_on_its_facts(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    monkeypatch.setattr(recording, "decide", by_a_law_that_never_applies)
    world.court_tells(told())
    assert world.sentences()[0].outcome == Outcome.NOT_ELIGIBLE
    with world.db.writing() as session:
        session.execute(update(CourtMessage).values(body=None, body_removed_on=FRIDAY))
    world.clock.move_to(NOVEMBER)
    corrected("mended")
    with world.db.reading() as session:
        assert [str(one.now.outcome) for one in on_facts.answers_on_facts(session)] == ["statutory"]
    assert walked(world).changed == 1
    assert world.sentences()[0].outcome == Outcome.STATUTORY
    assert [one.kind for one in world.tasks()] == ["found_late"]
    assert [one.outcome for one in world.view().decision.earlier] == [Outcome.NOT_ELIGIBLE]
    assert world.problems() == []


def test_a_message_that_cannot_be_recorded_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    reads_as(monkeypatch, nobody)
    world.court_tells(told(), told(urn=OTHERS[0]))
    reads_as(monkeypatch, reading.read)

    def fails_where_there_are_two(session: Session, settled: list[Any], *more: Any) -> None:
        if len(settled) == 2:
            raise ZeroDivisionError
        apply_consequences(session, settled, *more)

    monkeypatch.setattr(recording, "apply_consequences", fails_where_there_are_two)
    corrected("mended")
    assert walked(world).changed == 2
    world.read()
    assert len(world.referrals()) == 2


def test_facts_that_cannot_be_read_any_more_hold_up_no_other_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, corrected: Callable[[str], None]
) -> None:
    monkeypatch.setattr(recording, "decide", by_a_law_that_never_applies)
    world.court_tells(told(), told(urn=OTHERS[0]))
    with world.db.writing() as session:
        session.execute(update(CourtMessage).values(body=None, body_removed_on=FRIDAY))
        first = select(func.min(DecisionRecord.id)).scalar_subquery()
        spoilt = update(DecisionRecord).where(col(DecisionRecord.id) == first)
        session.execute(spoilt.values(facts="{}"))
    corrected("mended")
    far = walked(world)
    assert (far.is_done, far.looked_at, far.changed) == (True, 2, 1)
    assert len(world.referrals()) == 1
