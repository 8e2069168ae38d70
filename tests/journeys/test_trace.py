"""A victim is traced step by step; that nobody can be traced needs every step and two people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.journeys.world import FRIDAY_20_MARCH, World, told
from vcs.consequences.tracing import StepTaken, take_step
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.ledger.worklists.worklist import worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.referrals.records import Referral
from vcs.referrals.tracing.ladder import LADDER
from vcs.referrals.tracing.reads import trace_view
from vcs.terms import Role

CANNOT = "victim_cannot_be_traced"

FRIDAY_17_APRIL = date(2026, 4, 17)


def proposed_as_is(world: World, **more: Any) -> None:
    """Propose that the victim cannot be traced, with no step taken beforehand."""
    from vcs.consequences.closing import propose

    with world.db.writing() as session:
        asked = propose.Proposed(CANNOT, "We asked", **more)
        work = world.work(session, world.people[Role.WITNESS_CARE])
        propose.propose(work, world.only_referral(), asked)


@pytest.fixture
def traced(world: World) -> World:
    world.court_tells(told())
    return world


@pytest.mark.parametrize("missing", list(LADDER))
def test_each_step_must_have_been_tried_or_have_a_reason(traced: World, missing: str) -> None:
    for number, step in enumerate(LADDER):
        if step != missing:
            traced.trace_step(step, "not_possible" if number % 2 else "nothing")
    with pytest.raises(NotValid) as refusal:
        proposed_as_is(traced)
    assert LADDER[missing] in refusal.value.fields["reason"]  # type: ignore[index]  # a step
    assert traced.headline().unaccounted == 1
    traced.trace_step(missing, "waiting")
    with pytest.raises(NotValid):
        proposed_as_is(traced)
    traced.trace_step(missing, "nothing")
    proposed_as_is(traced)


def test_a_second_person_confirms_and_somebody_tries_again_before_release(traced: World) -> None:
    traced.trace_every_step()
    assert traced.headline().unaccounted == 1
    proposed_as_is(traced, try_again_on=date(2027, 1, 4))
    traced.answer_proposal(traced.proposal_task())
    assert traced.view().closed_reason == CANNOT
    assert traced.headline().unaccounted == 0
    (row,) = traced.tasks()
    assert (row.due_on, "try again" in row.question) == (date(2027, 1, 4), True)
    traced.clock.days(1)
    traced.reopen()
    assert traced.tasks() == ()
    assert traced.headline().unaccounted == 1
    with pytest.raises(NotValid):
        proposed_as_is(traced)  # what was tried before is tried again
    assert traced.problems() == []


def test_a_year_is_the_rule_where_no_day_is_named(traced: World) -> None:
    traced.close_without_victim(CANNOT)
    assert [row.due_on for row in traced.tasks()] == [FRIDAY_20_MARCH + timedelta(days=365)]


def test_other_proposals_need_no_trace_and_ask_nobody_to_try_again(traced: World) -> None:
    traced.close_without_victim()
    assert traced.tasks() == ()


@pytest.mark.parametrize("outcome", ["found", "waiting"])
def test_what_a_step_found_since_the_proposal_comes_before_the_closing(
    traced: World, outcome: str
) -> None:
    task = traced.propose(CANNOT)
    traced.trace_step("court", outcome)
    with pytest.raises(NotValid) as refusal:
        traced.answer_proposal(task)
    assert list(refusal.value.fields) == ["answer"]
    assert traced.view().status == "awaiting"
    traced.answer_proposal(task, "refused")


@pytest.mark.parametrize(
    ("today", "is_due"),
    [(date(2026, 4, 16), False), (FRIDAY_17_APRIL, True), (date(2026, 4, 18), True)],
)
def test_the_next_look_moves_with_each_step_and_comes_back_on_its_day(
    traced: World, today: date, is_due: bool
) -> None:
    traced.trace_step("court")
    assert traced.view().look_again_on == FRIDAY_17_APRIL
    traced.clock.move_to(today)
    with traced.db.reading() as session:
        who = traced.people[Role.MANAGER]
        (row,) = worklist(session, traced.sealer, who, today, WorklistAsked("open")).rows
    assert (row.look_due_on is not None) is is_due
    traced.trace_step("prosecutor")
    assert traced.view().look_again_on == today + timedelta(days=28)


def test_a_victim_who_was_referred_is_traced_until_found(traced: World) -> None:
    traced.refer()
    traced.trace_step("support_service", "waiting")
    view = traced.view()
    assert (view.status, view.traced_since, view.look_again_on) == (
        "referred",
        None,
        FRIDAY_17_APRIL,
    )
    traced.trace_step("support_service", "found")
    assert traced.view().look_again_on is None
    assert traced.problems() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"step": "neighbours"}, "step"),
        ({"outcome": "hope"}, "outcome"),
        ({"tried_on": date(2026, 3, 19)}, "tried_on"),
        ({"tried_on": date(2026, 3, 21)}, "tried_on"),
        ({"tried_on": None}, "tried_on"),
        ({"outcome": "not_possible"}, "tried_on"),
        ({"words": " "}, "words"),
        ({"look_again_on": FRIDAY_20_MARCH}, "look_again_on"),
        ({"look_again_on": date(2026, 4, 18)}, "look_again_on"),
        ({"look_again_on": None}, "look_again_on"),
    ],
)
def test_a_step_that_is_not_whole_is_not_taken(
    traced: World, changes: dict[str, Any], field: str
) -> None:
    whole: dict[str, Any] = {
        "step": "court",
        "outcome": "nothing",
        "tried_on": FRIDAY_20_MARCH,
        "words": "No",
        "look_again_on": FRIDAY_17_APRIL,
    }
    taken, officer = StepTaken(**(whole | changes)), traced.people[Role.VLO]
    with traced.db.writing() as session, pytest.raises(NotValid) as refusal:
        take_step(traced.work(session, officer), traced.only_referral(), taken)
    assert list(refusal.value.fields) == [field]


def test_words_are_sealed_and_each_try_stays_on_record(traced: World) -> None:
    traced.trace_step("court")
    traced.trace_step("court", "found")
    with traced.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        view = trace_view(session, traced.sealer, referral.id)
    (court,) = [rung for rung in view.rungs if rung.step == "court"]
    assert [one.outcome for one in court.tries] == ["found", "nothing"]
    assert court.tries[0].words == "Canary was not there"
    with traced.db.engine.connect() as connection:
        kept = repr(connection.execute(text("SELECT * FROM trace")).all())
        kept += repr(connection.execute(text("SELECT * FROM audit_entry")).all())
    assert "Canary" not in kept
    traced.close_without_victim()
    with pytest.raises(Conflict):
        traced.trace_step("court")


def test_an_administrator_traces_nobody(traced: World) -> None:
    taken = StepTaken("court", "nothing", FRIDAY_20_MARCH, "No", FRIDAY_17_APRIL)
    admin = traced.people[Role.ADMINISTRATOR]
    with traced.db.writing() as session, pytest.raises(NotAllowed):
        take_step(traced.work(session, admin), traced.only_referral(), taken)
