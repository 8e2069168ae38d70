"""An action about a need is on a list when its owner leaves, moves, is away or shut out."""

from __future__ import annotations

from datetime import date

import pytest

from tests.access.test_exclusions import excluded
from tests.journeys.test_leave_and_cover import disabled, leave
from tests.journeys.world import WALES, World
from tests.needs.test_needs import FRIDAY_27, action_of, referred
from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.consequences.moves.place import place_referral
from vcs.ledger.worklists.in_hand import need_actions
from vcs.needs.action_reads import open_actions
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.records import Referral
from vcs.terms import Role

MONDAY_30, TUESDAY_31 = date(2026, 3, 30), date(2026, 3, 31)


@pytest.fixture
def ben(world: World) -> Actor:
    """Return an officer beside the one who owns an action: "tell the police"."""
    action_of(world, referred(world))
    return world.hire(Role.VLO, "Ben Beside")


def gives(world: World, who: Actor) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        assign_vlo(work, world.only_referral(), who.account_id)


def listed(world: World, who: Actor) -> list[str]:
    with world.db.reading() as session:
        rows = open_actions(session, who, world.today, mine=True).rows
        count, _ = need_actions(session, who, world.today)
    assert count == len(rows)
    return [row.owner for row in rows]


def test_an_action_of_somebody_who_left_is_for_whoever_has_the_referral(
    world: World, ben: Actor
) -> None:
    gives(world, ben)
    assert listed(world, ben) == [], "its owner is there"
    disabled(world, world.people[Role.VLO])
    assert listed(world, ben) == ["Vlo"]


def test_while_its_owner_is_away_it_is_for_whoever_covers(world: World, ben: Actor) -> None:
    leave(world, world.people[Role.VLO], ben, (MONDAY_30, TUESDAY_31))
    assert listed(world, ben) == []
    world.clock.move_to(MONDAY_30)
    assert listed(world, ben) == ["Vlo"]


def test_in_another_region_it_is_for_the_officer_there(world: World, ben: Actor) -> None:
    owen = world.hire(Role.VLO, "Owen Officer", region=WALES)
    with world.db.writing() as session:
        referral = session.get_one(Referral, 1)
        referral.vlo_account_id = owen.account_id
        place_referral(session, referral, (WALES, referral.police_area), world.clock.now())
    assert listed(world, owen) == ["Vlo"]
    assert (listed(world, ben), listed(world, world.people[Role.VLO])) == ([], [])


@pytest.mark.parametrize("role", [Role.WITNESS_CARE, Role.UNIT_ADMINISTRATOR])
def test_with_other_work_its_owner_has_it_no_more(world: World, ben: Actor, role: Role) -> None:
    gives(world, ben)
    with world.db.writing() as session:
        session.get_one(Account, world.people[Role.VLO].account_id).role = role
    assert listed(world, ben) == ["Vlo"]


def test_whose_owner_must_not_see_the_case_any_more(world: World, ben: Actor) -> None:
    gives(world, ben)
    excluded(world, Role.VLO)
    assert listed(world, ben) == ["Vlo"]


def test_a_manager_counts_every_open_action_as_before(world: World, ben: Actor) -> None:
    disabled(world, world.people[Role.VLO])
    with world.db.reading() as session:
        found = need_actions(session, world.people[Role.MANAGER], FRIDAY_27)
    assert found == (1, 0)
    assert listed(world, ben) == []
