"""What another rule set, length or time would change, over all that is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.journeys.world import FRIDAY_20_MARCH, World, told, world
from vcs.consequences.wind_tunnel import clocks
from vcs.consequences.wind_tunnel.counts import Tally
from vcs.consequences.wind_tunnel.decide import Way
from vcs.consequences.wind_tunnel.scenario import ClockChange, Scenario
from vcs.consequences.wind_tunnel.walk import Over, walk
from vcs.law.deadlines.duties import DUTIES, REFER
from vcs.law.relevant_sentence.length import THRESHOLD_MONTHS
from vcs.law.rule_sets import named

__all__ = ["world"]

ACT = named("victims-and-courts-act-2026")


@pytest.fixture
def three(world: World) -> World:
    """Return a world with sentences of 3 years, of 9 months and of 2 months."""
    for place, term in enumerate(("3 Years", "9 Months", "2 Months")):
        person = (f"Madeup{place}", "IMP", term)
        world.court_tells(told(FRIDAY_20_MARCH, person, urn=f"13EX000012{place}"))
    return world


def counted(world: World, scenario: Scenario, workers: int = 1) -> dict[str, Any]:
    tally = Tally()
    with world.db.reading() as session:
        for step in walk(session, scenario, workers, Over(say_why=True)):
            tally.add_step(step.count, step.moved, step.unread)
    return tally.as_json(scenario)


def test_a_lower_length_gains_whom_it_reaches_and_nothing_is_changed(three: World) -> None:
    before = three.state()
    found = counted(three, Scenario(least_months=9))
    assert (found["sentences"], found["would_change"]) == (3, 1)
    assert found["ways"] == {Way.GAINS: 1}
    by = {(row["by"], row["group"]): row["sentences"] for row in found["groups"]}
    assert by == {
        ("offences", "violent"): 1,
        ("provision", "section-35"): 1,
        ("region", "Yorkshire and the Humber"): 1,
    }
    assert found["letters"] == 1
    assert found["hours"] > 0
    assert three.state() == before
    assert THRESHOLD_MONTHS == 12


def test_a_higher_length_loses_them_and_the_same_run_gives_the_same_answer(three: World) -> None:
    found = counted(three, Scenario(least_months=60))
    assert found["ways"] == {Way.LOSES: 1}
    assert counted(three, Scenario(least_months=60), workers=2) == found
    assert counted(three, Scenario(rules=ACT))["not_decided_again"] == []


def test_every_duty_with_deadlines_can_be_tried() -> None:
    assert {*clocks.DUTIES_TO_TRY} == {one.duty for one in DUTIES if one.tracked}


def test_another_time_for_a_duty_says_which_deadlines_end_otherwise(three: World) -> None:
    with three.db.reading() as session:
        shorter = clocks.tried(session, ClockChange(REFER, 5), date(2026, 4, 1))
        same = clocks.tried(session, ClockChange(REFER, 10), date(2026, 4, 1))
    assert shorter["deadlines"] == 1
    assert [(one["way"], one["deadlines"]) for one in shorter["groups"]] == [(clocks.LATE_THEN, 1)]
    assert same["groups"] == []
