"""Before anybody is referred: the details are being traced, or the victim refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.journeys.world import FRIDAY_20_MARCH, World, told
from vcs.consequences.closing import before_referral
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.law.deadlines.due import State
from vcs.referrals.closure.refusal import Refusal
from vcs.terms import Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)

SAID = Refusal(FRIDAY_20_MARCH, "by phone", "Canary Constable", "Canary said no thank you")


def trace(world: World, look_again_on: date, role: Role = Role.WITNESS_CARE) -> None:
    with world.db.writing() as session:
        before_referral.trace(
            world.work(session, world.people[role]), world.only_referral(), look_again_on
        )


def test_tracing_stops_no_clock_and_is_told_as_missed_all_the_same(world: World) -> None:
    world.court_tells(told())
    trace(world, date(2026, 4, 1))
    view = world.view()
    assert (view.traced_since, view.traced_by) == (FRIDAY_20_MARCH, "Witness Care")
    assert world.headline().unaccounted == 1
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.view().deadlines[0].state is State.OVERDUE
    assert len(world.misses_told()) == 1
    trace(world, date(2026, 4, 20), Role.VLO)
    assert world.view().traced_since == FRIDAY_20_MARCH
    assert world.view().look_again_on == date(2026, 4, 20)
    world.refer()
    assert world.view().traced_since is None
    assert world.problems() == []


@pytest.mark.parametrize("days", [-1, 0, 29])
def test_the_next_look_is_after_today_and_not_far_off(world: World, days: int) -> None:
    world.court_tells(told())
    with pytest.raises(NotValid) as refusal:
        trace(world, FRIDAY_20_MARCH + timedelta(days=days))
    assert list(refusal.value.fields) == ["look_again_on"]
    trace(world, FRIDAY_20_MARCH + timedelta(days=28))


@pytest.mark.parametrize("role", [Role.WITNESS_CARE, Role.VLO, Role.MANAGER])
def test_one_person_who_heard_a_refusal_closes_nothing_and_stops_no_clock(
    world: World, role: Role
) -> None:
    world.court_tells(told())
    who = world.people[role]
    world.refuse(SAID, who)
    view = world.view()
    assert (view.status, view.deadlines[0].met_on) == ("awaiting", None)
    assert view.proposal is not None
    assert (view.proposal.reason, view.proposal.refusal) == ("refused_referral", SAID)
    assert world.headline().unaccounted == 1
    if role in (Role.WITNESS_CARE, Role.VLO):
        with pytest.raises(NotAllowed):
            world.answer_proposal(world.proposal_task(), who=who)
    else:
        with pytest.raises(NotValid, match="need correcting"):
            world.answer_proposal(world.proposal_task(), who=who)
    with pytest.raises(Conflict):
        world.refuse(SAID, who)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.view().deadlines[0].state is State.OVERDUE
    assert len(world.misses_told()) == 1
    assert world.problems() == []


def test_a_refusal_that_the_unit_does_not_believe_leaves_the_victim_owed(world: World) -> None:
    world.court_tells(told())
    world.refuse(SAID)
    world.answer_proposal(world.proposal_task(), "refused", words="It was her partner who spoke.")
    assert world.view().status == "awaiting"
    assert world.headline().unaccounted == 1
    world.refer()
    assert (world.view().status, world.problems()) == ("referred", [])


def test_a_refusal_with_evidence_is_accounted_for_and_owes_no_alert(world: World) -> None:
    world.court_tells(told())
    trace(world, date(2026, 4, 1))
    world.close_as_refused(SAID)
    assert world.headline().unaccounted == 0
    view = world.view()
    assert (view.status, view.closed_reason) == ("closed", "refused_referral")
    assert view.refusal == SAID
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.misses_told() == []
    assert world.problems() == []


def test_nothing_of_what_was_said_is_in_the_trail_or_bare_in_the_database(world: World) -> None:
    world.court_tells(told())
    world.refuse(SAID)
    shown = repr(world.view().history) + repr(world.state())
    with world.db.engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM refusal"))]
        rows += [tuple(row) for row in connection.execute(text("SELECT * FROM audit_entry"))]
    assert "referral.refused" in shown
    assert world.state()["sentences"][0]["referral"]["refusals"]
    assert "Canary" not in shown + repr(rows)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"refused_on": date(2026, 3, 19)}, "refused_on"),
        ({"refused_on": date(2026, 3, 21)}, "refused_on"),
        ({"how": "by dream"}, "how"),
        ({"told_by": "  "}, "told_by"),
        ({"words": ""}, "words"),
        ({"words": "x" * 1001}, "words"),
    ],
)
def test_evidence_that_is_not_whole_is_no_evidence(
    world: World, changes: dict[str, Any], field: str
) -> None:
    world.court_tells(told())
    whole: dict[str, Any] = {
        "refused_on": SAID.refused_on,
        "how": SAID.how,
        "told_by": "A",
        "words": "No",
    }
    with pytest.raises(NotValid) as refusal:
        world.refuse(Refusal(**(whole | changes)))
    assert list(refusal.value.fields) == [field]
    assert world.view().status == "awaiting"


def test_a_referral_with_a_victim_is_neither_traced_nor_refused(world: World) -> None:
    world.court_tells(told())
    world.refer()
    with pytest.raises(Conflict):
        trace(world, date(2026, 4, 1))
    with pytest.raises(Conflict):
        world.refuse(SAID)


def test_a_refusal_is_no_longer_taken_without_evidence(world: World) -> None:
    world.court_tells(told())
    with pytest.raises(NotValid):
        world.propose("refused_referral")


def test_an_old_refusal_without_evidence_is_named_until_it_has_some(world: World) -> None:
    world.court_tells(told())
    with world.db.engine.begin() as connection:
        connection.execute(
            text("UPDATE referral SET status = 'closed', closed_reason = 'refused_referral'")
        )
    assert "Refusals without evidence" in " ".join(world.problems())
    world.refuse(SAID)
    assert world.problems() == []
    with pytest.raises(Conflict):
        world.refuse(SAID)


def test_other_regions_and_administrators_record_nothing(world: World) -> None:
    world.court_tells(told())
    with pytest.raises(NotAllowed):
        world.refuse(SAID, world.people[Role.ADMINISTRATOR])
    with pytest.raises(NotFound):
        world.refuse(SAID, world.hire(Role.VLO, "Elsewhere", region="N03"))
