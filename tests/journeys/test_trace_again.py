"""Whoever could not be traced is looked for again: before a release, at danger, each year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.events.test_embargo import DECIDED, MOMENT
from tests.events.told import IN_ERROR, PLANNED, happens
from tests.journeys.test_trace import CANNOT, proposed_as_is, traced
from tests.journeys.world import FRIDAY_20_MARCH, World
from vcs.consequences.answers import dealt_with
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.terms import Role

__all__ = ["traced"]

MONDAY_1_JUNE = date(2026, 6, 1)

A_YEAR_ON = FRIDAY_20_MARCH + timedelta(days=365)

RELEASED = EventEntry(EventKind.RELEASED, MONDAY_1_JUNE, "prison")


def due(world: World) -> list[date | None]:
    return [one.due_on for one in world.tasks() if "could not be traced" in one.question]


def deal_with(world: World) -> None:
    (task,) = [one for one in world.tasks() if "could not be traced" in one.question]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        dealt_with(work, task.reference, "Asked the police once more")


@pytest.mark.parametrize(
    ("release", "by"),
    [
        (date(2026, 7, 1), MONDAY_1_JUNE),
        (date(2026, 12, 1), date(2026, 10, 6)),
        (date(2028, 12, 1), A_YEAR_ON),
    ],
)
def test_a_release_brings_the_retry_forward(traced: World, release: date, by: date) -> None:
    traced.close_without_victim(CANNOT)
    assert due(traced) == [A_YEAR_ON]
    traced.clock.move_to(MONDAY_1_JUNE)
    happens(traced, replace(PLANNED, happened_on=release))
    assert due(traced) == [by]
    traced.sweep()
    assert due(traced) == [by]


@pytest.mark.parametrize("entry", [RELEASED, replace(IN_ERROR, happened_on=MONDAY_1_JUNE)])
def test_a_release_without_a_plan_asks_at_once(traced: World, entry: EventEntry) -> None:
    traced.close_without_victim(CANNOT)
    traced.clock.move_to(MONDAY_1_JUNE)
    deal_with(traced)
    happens(traced, entry)
    assert due(traced) == [MONDAY_1_JUNE]


def test_a_release_that_is_planned_already_counts_when_the_referral_is_closed(
    traced: World,
) -> None:
    happens(traced, replace(PLANNED, happened_on=date(2026, 6, 15)))
    traced.trace_every_step()
    proposed_as_is(traced, try_again_on=date(2027, 1, 4))
    traced.answer_proposal(traced.proposal_task())
    assert due(traced) == [date(2026, 4, 20)]


def test_after_a_try_in_vain_somebody_tries_again_a_year_later(traced: World) -> None:
    traced.close_without_victim(CANNOT)
    for year in (2027, 2028, 2029):
        traced.clock.move_to(date(year, 3, 20))
        traced.sweep()
        deal_with(traced)
        assert due(traced) == [traced.today + timedelta(days=365)]
    happens(traced, replace(PLANNED, happened_on=date(2029, 4, 20)))
    assert due(traced) == [traced.today]
    traced.reopen()
    assert due(traced) == []
    assert traced.problems() == []


def test_an_embargo_gives_nothing_away(traced: World) -> None:
    traced.close_without_victim(CANNOT)
    entry = replace(PLANNED, happened_on=date(2026, 5, 4), embargo=DECIDED.embargo)
    happens(traced, entry)
    assert due(traced) == [A_YEAR_ON]
    traced.clock.move_to(MOMENT + timedelta(hours=1))
    traced.sweep()
    assert due(traced) == [traced.today]


def test_where_there_is_no_victim_nothing_is_asked_again(traced: World) -> None:
    traced.close_without_victim()
    happens(traced, replace(PLANNED, happened_on=date(2026, 5, 4)))
    traced.sweep()
    assert due(traced) == []
