"""The ledger: every sentence in one state, counts that close, and a proof that can fail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.journeys.world import (
    CANNOT_TELL,
    CARDIFF,
    ELIGIBLE,
    FRIDAY_20_MARCH,
    LEEDS,
    NOT_ELIGIBLE,
    WALES,
    YORKSHIRE,
    World,
    told,
)
from tests.services.mailbox import text_of
from vcs.access.work import Work
from vcs.consequences.closing import before_referral
from vcs.errors import NotAllowed, NotValid
from vcs.intake.records import MessageStatus
from vcs.ledger.figures.counts import Ledger, ledger
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.figures.rows import LedgerRow, ledger_rows
from vcs.ledger.integrity.proof import proof_due, prove
from vcs.ledger.records import LedgerProof
from vcs.paging import FIRST, Slice
from vcs.referrals.closure.refusal import Refusal
from vcs.terms import Outcome, Role
from vcs.terms import SentenceState as State

MONDAY_16_MARCH = date(2026, 3, 16)

EVERYTHING = Cell()


def one_of_each(world: World) -> World:
    """Have the court tell of seven sentences in Leeds and one in Cardiff, and act on them."""
    for number in range(4):
        world.court_tells(told(urn=f"13EX000{number}126"))
    world.court_tells(
        told(FRIDAY_20_MARCH, ("No", *NOT_ELIGIBLE), ("Yes", *ELIGIBLE), urn="13EX0005126"),
        told(FRIDAY_20_MARCH, ("Doubt", *CANNOT_TELL), urn="13EX0006126"),
        told(date(2026, 3, 13), urn="62EX0000126", court=CARDIFF),
        b"not json",
    )
    _, second, third, fourth, *_ = world.referrals()
    world.refer(second)
    who, now = world.people[Role.WITNESS_CARE], world.clock.now()
    with world.db.writing() as session:
        before_referral.trace(Work(session, world.sealer, who, now), third, date(2026, 4, 1))
    world.close_as_refused(Refusal(world.today, "by phone", "Made up", "No"), fourth)
    return world


def look(
    world: World,
    axis: Axis = Axis.REGION,
    cell: Cell = EVERYTHING,
    role: Role = Role.ADMINISTRATOR,
    asked: Slice = FIRST,
) -> Ledger:
    with world.db.reading() as session:
        return ledger(session, world.people[role], axis, cell, asked)


def rows(world: World, cell: Cell, role: Role = Role.ADMINISTRATOR) -> tuple[LedgerRow, ...]:
    with world.db.reading() as session:
        return ledger_rows(session, world.people[role], cell).rows


def proof(world: World) -> list[str]:
    with world.db.reading() as session:
        return list(prove(session, world.sealer, world.clock.now()).problems)


def test_each_sentence_is_in_exactly_one_state_and_the_counts_close(world: World) -> None:
    found = look(one_of_each(world))
    assert found.total.states == {
        State.AWAITED: 3,
        State.TRACED: 1,
        State.DECISION_DUE: 1,
        State.REFERRED: 1,
        State.REFUSED: 1,
        State.NOT_ELIGIBLE: 1,
    }
    assert (found.held, found.received, found.closes) == (8, 8, True)
    assert found.messages[MessageStatus.READ] == 7
    assert found.messages[MessageStatus.SET_ASIDE] == 1
    assert proof(world) == []


@pytest.mark.parametrize("axis", Axis)
def test_every_number_leads_to_as_many_rows(world: World, axis: Axis) -> None:
    one_of_each(world)
    for line in look(world, axis).lines.rows:
        for state, count in line.states.items():
            side: dict[str, Any] = {axis: line.key}
            if axis is Axis.WEEK:
                side = {axis: date.fromisoformat(line.key)}
            found = rows(world, Cell(state=state, **side))
            assert len(found) == count
            assert {row.state for row in found} <= {state}


def test_regions_courts_and_weeks_add_up_to_the_whole(world: World) -> None:
    one_of_each(world)
    by_region = {line.key: line.sentences for line in look(world, Axis.REGION).lines.rows}
    assert by_region == {YORKSHIRE: 7, WALES: 1}
    by_court = {line.name: line.sentences for line in look(world, Axis.COURT).lines.rows}
    assert by_court == {"Leeds Crown Court": 7, "Cardiff Crown Court": 1} or len(by_court) == 2
    by_week = [(line.key, line.sentences) for line in look(world, Axis.WEEK).lines.rows]
    assert by_week == [("2026-03-16", 7), ("2026-03-09", 1)]
    here = Cell(court=LEEDS[0], week=MONDAY_16_MARCH, region=YORKSHIRE)
    assert look(world, Axis.COURT, here).held == 7
    first = look(world, Axis.WEEK, asked=Slice(1, 1))
    assert (len(first.lines.rows), first.lines.pages, first.total.sentences) == (1, 2, 8)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_the_headline_and_the_ledger_say_the_same(world: World, role: Role) -> None:
    one_of_each(world)
    total, headline = look(world, role=role).total, world.headline(role)
    assert headline.unaccounted == total.unaccounted
    assert headline.undecided == total.states[State.DECISION_DUE]
    assert total.unaccounted == total.states[State.AWAITED] + total.states[State.TRACED]


def test_a_manager_sees_the_region_and_others_see_nothing(world: World) -> None:
    one_of_each(world)
    assert look(world, role=Role.MANAGER).held == 7
    assert {row.region for row in rows(world, EVERYTHING, Role.MANAGER)} == {
        "Yorkshire and the Humber"
    }
    assert rows(world, Cell(region=WALES), Role.MANAGER) == ()
    for role in (Role.VLO, Role.WITNESS_CARE):
        with pytest.raises(NotAllowed):
            look(world, role=role)
        with pytest.raises(NotAllowed):
            rows(world, EVERYTHING, role)


@pytest.mark.parametrize(("page", "size"), [(0, 50), (1, 0), (1, 101)])
def test_no_list_is_longer_than_a_hundred(world: World, page: int, size: int) -> None:
    with pytest.raises(NotValid):
        look(world, asked=Slice(page, size))


def test_the_rows_name_nobody(world: World) -> None:
    shown = repr(rows(one_of_each(world), EVERYTHING))
    for secret in ("Madeup", "Colin", "Doubt", "Canary", "13EX"):
        assert secret not in shown


def test_a_person_who_says_no_settles_it_until_the_court_says_something_new(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Doubt", *CANNOT_TELL)))
    assert look(world).total.states[State.DECISION_DUE] == 1
    world.clock.days(3)
    _answer(world, Outcome.NOT_ELIGIBLE)
    assert look(world).total.states[State.NOT_ELIGIBLE] == 1
    world.clock.days(1)
    world.court_tells(
        told(FRIDAY_20_MARCH, ("Doubt", "IMP", "1 Months"), shared_at="17:30:00"),
        told(FRIDAY_20_MARCH, ("Doubt", *CANNOT_TELL), shared_at="18:30:00"),
    )
    assert look(world).total.states[State.DECISION_DUE] == 1
    assert world.headline().undecided == 1
    assert proof(world) == []


def _answer(world: World, outcome: Outcome) -> None:
    (task,) = world.tasks()
    world.decide(task.reference, outcome)


def test_a_closed_referral_that_the_court_changes_is_a_decision_due(world: World) -> None:
    world.court_tells(told())
    world.close_without_victim()
    (row,) = rows(world, Cell(state=State.NOT_ELIGIBLE))
    assert row.reason == "no_identifiable_victim"
    longer = told(FRIDAY_20_MARCH, ("Madeup", "IMP", "9 Years"), shared_at="17:30:00")
    world.court_tells(longer)
    (row,) = rows(world, Cell(state=State.DECISION_DUE))
    assert row.task_reference == world.tasks()[0].reference
    _answer(world, Outcome.STATUTORY)
    assert look(world).total.states[State.AWAITED] == 1
    assert proof(world) == []


TAMPERED = [
    ("UPDATE task SET done_at = opened_on || ' 09:00:00' WHERE kind = 'decide'", "no open task"),
    ("DELETE FROM refusal", "Refusals without evidence"),
    ("UPDATE decision SET message_id = NULL", "rest on no message"),
    ("UPDATE sentence SET outcome = 'not_eligible' WHERE outcome = 'cannot_tell'", "newest"),
    ("UPDATE sentence SET sentenced_on = '2020-01-01'", "do not hold"),
]


@pytest.mark.parametrize(("change", "named"), TAMPERED)
def test_a_row_that_was_tampered_with_breaks_the_proof(
    world: World, change: str, named: str
) -> None:
    one_of_each(world)
    if world.db.engine.dialect.name == "postgresql":
        change = change.replace("opened_on || ' 09:00:00'", "opened_on::timestamptz")
    with world.db.engine.begin() as connection:
        connection.execute(text(change))
    assert named in " ".join(proof(world))


def test_a_co_defendants_sentence_is_none_of_another_message(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("One", *ELIGIBLE)))
    world.court_tells(told(FRIDAY_20_MARCH, ("Other", *ELIGIBLE)))
    assert proof(world) == []
    with world.db.engine.begin() as connection:
        connection.execute(text("DELETE FROM telling WHERE sentence_id = 2"))
    assert "do not hold" in " ".join(proof(world))


def test_a_sentence_that_vanished_is_missed_by_the_message_that_told_it(world: World) -> None:
    one_of_each(world)
    with world.db.engine.begin() as connection:
        connection.execute(text("DELETE FROM telling WHERE outcome = 'not_eligible'"))
        connection.execute(text("DELETE FROM decision WHERE outcome = 'not_eligible'"))
        connection.execute(text("DELETE FROM sentence_mark"))
        connection.execute(text("DELETE FROM sentence WHERE outcome = 'not_eligible'"))
    (problem,) = proof(world)
    assert problem.startswith("Messages that tell of a sentence we do not hold: ")


def test_a_message_that_waits_breaks_the_proof_after_an_hour(world: World) -> None:
    world.keep(told())
    world.clock.minutes(60)
    assert proof(world) == []
    world.clock.minutes(1)
    assert "waited for over an hour" in " ".join(proof(world))


def test_a_case_that_was_renamed_is_held_all_the_same(world: World) -> None:
    world.court_tells(told())
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE sentence SET case_reference = 'renamed'"))
    assert proof(world) == []


def proofs(world: World) -> list[LedgerProof]:
    with world.db.reading() as session:
        return list(session.exec(select(LedgerProof).order_by("id")))


def test_it_is_proved_once_a_day_and_one_alert_a_day_says_that_it_does_not_close(
    world: World,
) -> None:
    one_of_each(world)
    world.sweep()
    world.clock.minutes(120)
    world.sweep()
    assert [kept.closes for kept in proofs(world)] == [True]
    with world.db.engine.begin() as connection:
        connection.execute(text("DELETE FROM refusal"))
    world.clock.days(1)
    for _ in range(3):
        world.sweep()
        world.clock.minutes(60)
    assert [kept.closes for kept in proofs(world)] == [True, False, False, False]
    (mail,) = world.mail()
    assert mail["To"] == "administrator@example.org"
    assert mail["Subject"] == "The ledger of sentences does not close: 1 thing to look at"
    assert "/ledger" in text_of(mail)
    world.clock.days(1)
    world.sweep()
    assert len(world.mail()) == 2


def test_a_proof_stays_due_until_it_was_made(world: World) -> None:
    def due() -> bool:
        with world.db.reading() as session:
            return proof_due(session, world.clock.now())

    assert due()
    world.sweep()
    assert not due()
    world.clock.move_to(FRIDAY_20_MARCH + timedelta(days=1))
    assert due()
    world.clock.days(-5)
    assert due()
