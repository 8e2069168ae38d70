"""What a victim asked for or was promised lies with nobody, and with nobody who has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.access.test_exclusions import excluded
from tests.events.test_offers_again import PAROLE
from tests.events.told import PLANNED, happens
from tests.journeys.test_victim_to_choice import choose
from tests.journeys.world import World
from tests.needs.test_conditions import SCHOOL_RUN, do
from tests.needs.test_conditions import ask as ask_for
from tests.needs.test_needs import FRIDAY_27, referred
from tests.victims.test_family import died
from tests.victims.test_never_contact import never
from vcs.access.actors import Actor
from vcs.consequences.answers import dealt_with
from vcs.consequences.moves.handover import disable_account
from vcs.needs import actions
from vcs.needs.actions import ActionEntry, ActionWords
from vcs.needs.conditions import requests
from vcs.needs.conditions.records import ConditionAnswer, StatementStep
from vcs.needs.conditions.statement import record_step
from vcs.needs.records import NeedOutcome
from vcs.terms import Choice, Role

FRIDAY_10_APRIL = date(2026, 4, 10)


@pytest.fixture
def owner(world: World) -> Actor:
    return world.hire(Role.VLO, "Olga Owner")


def promised(world: World, owner: Actor) -> tuple[str, str]:
    """Refer a victim and promise them something by Friday 10 April; returns both."""
    victim = referred(world)
    words = ActionWords("canary: he stands outside", "An alarm")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        entry = ActionEntry(words, owner.account_id or 0, FRIDAY_10_APRIL)
        return victim, actions.open_action(work, victim, "safety", entry).reference


def asked(world: World, day: date | None = None, role: Role = Role.VLO) -> list[str]:
    """Let the scheduler work, on a day; return how each question about it begins."""
    if day:
        world.clock.move_to(day)
    world.sweep()
    found = [one for one in world.tasks(role) if one.kind == "left_waiting"]
    assert "canary" not in str(found)
    return [one.question[:40] for one in found]


NO_OWNER = ["An action about a victim’s needs has no o"[:40]]

LATE = ["An action about a victim’s needs is a week"[:40]]


def leaves(world: World, owner: Actor) -> None:
    with world.db.writing() as session:
        admin = world.people[Role.ADMINISTRATOR]
        disable_account(session, admin, owner.account_id or 0, world.clock.now())


def is_excluded(world: World, owner: Actor) -> None:
    world.people[Role.PRACTITIONER] = owner
    excluded(world, Role.PRACTITIONER)


@pytest.mark.parametrize("goes", [leaves, is_excluded])
def test_an_action_whose_owner_goes_is_somebodys_at_once(
    world: World, owner: Actor, goes: object
) -> None:
    _, action = promised(world, owner)
    assert asked(world) == []
    assert callable(goes)
    goes(world, owner)
    assert asked(world) == asked(world, role=Role.MANAGER) == NO_OWNER
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        account = world.people[Role.VLO].account_id or 0
        actions.hand_over_action(work, action, account, FRIDAY_10_APRIL)
    assert asked(world) == []
    assert world.problems() == []


def test_an_action_that_is_late_is_asked_about_until_it_has_an_outcome(
    world: World, owner: Actor
) -> None:
    _, action = promised(world, owner)
    # Five working days after Friday 10 April.
    assert asked(world, date(2026, 4, 16)) == []
    assert asked(world, date(2026, 4, 17)) == asked(world, date(2026, 4, 20)) == LATE
    (task,) = [one for one in world.tasks(Role.VLO) if one.kind == "left_waiting"]
    with world.db.writing() as session:
        dealt_with(world.work(session, world.people[Role.VLO]), task.reference, "Rang them")
    assert asked(world, date(2026, 5, 18)) == []
    assert asked(world, date(2026, 5, 19)) == LATE
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        actions.close_action(work, action, NeedOutcome.DONE, "She has it", world.today)
    assert asked(world, date(2027, 5, 19)) == []
    assert world.problems() == []


def test_a_request_is_asked_about_at_each_step_until_the_victim_was_told(world: World) -> None:
    victim = referred(world)
    request = ask_for(world, victim, replace(SCHOOL_RUN, asked_on=FRIDAY_27))
    # Good Friday and Easter Monday lie between: five working days end on Tuesday 7 April.
    assert asked(world, date(2026, 4, 6)) == []
    (question,) = asked(world, date(2026, 4, 7))
    assert question.startswith("A victim asked for a licence condition a")
    do(world, requests.record_sent, request, world.today)
    assert asked(world, date(2026, 10, 5)) == []
    (question,) = asked(world, date(2026, 10, 6))
    assert question.startswith("A victim asked for a licence condition, ")
    refused = (request, ConditionAnswer.REFUSED, "Not proportionate", world.today)
    do(world, requests.record_answer, *refused)
    assert asked(world) == []
    (question,) = asked(world, date(2026, 10, 13))
    assert question.startswith("A licence condition that a victim asked ")
    do(world, requests.record_told, request, world.today)
    assert asked(world, date(2027, 10, 13)) == []
    assert world.problems() == []


def test_an_answer_is_wanted_before_a_release(world: World) -> None:
    victim = referred(world)
    request = ask_for(world, victim, replace(SCHOOL_RUN, asked_on=FRIDAY_27))
    do(world, requests.record_sent, request, FRIDAY_27)
    assert asked(world, date(2026, 5, 4)) == []
    happens(world, replace(PLANNED, happened_on=date(2026, 7, 7)))
    assert asked(world, date(2026, 5, 11)) == []
    assert len(asked(world, date(2026, 5, 12))) == 1


@pytest.mark.parametrize("happened", [never, died])
def test_nobody_is_told_an_answer_who_wants_nothing_or_has_died(
    world: World, happened: object
) -> None:
    victim = referred(world)
    request = ask_for(world, victim, replace(SCHOOL_RUN, asked_on=FRIDAY_27))
    do(world, requests.record_sent, request, FRIDAY_27)
    do(world, requests.record_answer, request, ConditionAnswer.REFUSED, "No", FRIDAY_27)
    assert callable(happened)
    happened(world, victim)
    assert asked(world, date(2026, 6, 1)) == []


def offered(world: World, victim: str, step: StatementStep) -> None:
    do(world, record_step, victim, step, world.today)


def test_a_statement_is_offered_and_written_before_a_parole_review(world: World) -> None:
    victim = referred(world)
    choose(world, victim, Choice.OPT_IN, world.today)
    happens(world, PAROLE)
    (question,) = asked(world)
    assert question.startswith("There is a parole review")
    (task,) = [one for one in world.tasks(Role.VLO) if one.kind == "left_waiting"]
    assert task.due_on == date(2026, 7, 7)
    offered(world, victim, StatementStep.WANTED)
    # It is wanted, and not written yet.
    assert len(asked(world)) == 0
    assert len(asked(world, date(2026, 4, 27))) == 1
    offered(world, victim, StatementStep.WRITTEN)
    assert asked(world, date(2026, 8, 31)) == []
    assert world.problems() == []


@pytest.mark.parametrize("choice", [None, Choice.OPT_OUT])
def test_a_statement_is_no_task_for_whoever_has_not_joined(
    world: World, choice: Choice | None
) -> None:
    victim = referred(world)
    if choice:
        choose(world, victim, choice, world.today)
    happens(world, PAROLE)
    assert asked(world) == []
