"""The delay table says how long referrals take, and tells of no few people."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tests.journeys.world import World, told
from vcs.access.actors import Actor
from vcs.errors import NotAllowed
from vcs.ledger.figures.delays import DelayRow, Tally, delays, withheld
from vcs.small_numbers.withheld import FEWEST
from vcs.terms import Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)

SHEFFIELD = ("C14SH00", "Sheffield Crown Court")


def shown(world: World, who: Actor) -> list[DelayRow]:
    with world.db.reading() as session:
        return delays(session, who, world.today)


def test_both_sides_see_the_same_figures(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(11)))
    for reference in world.referrals()[:6]:
        world.refer(reference)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    unit, partner = (shown(world, world.people[one]) for one in (Role.MANAGER, Role.WITNESS_CARE))
    assert unit == partner
    whole, court = unit
    assert whole.tally == court.tally == Tally(due=11, in_time=6, late=0, missing=5)
    assert whole.median == 0


def test_a_closing_counts_as_no_referral(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(12)))
    world.close_without_victim(reference=world.referrals()[0])
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.close_without_victim(reference=world.referrals()[1])
    world.clock.days(1)
    whole, _ = shown(world, world.people[Role.MANAGER])
    assert whole.tally == Tally(due=11, in_time=0, late=0, missing=11)


def test_few_are_withheld_and_an_area_with_one_small_court_gives_nothing_away(
    world: World,
) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(3)))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    assert [one.tally for one in shown(world, world.people[Role.MANAGER])] == [None, None]


def test_another_area_sees_nothing_and_an_officer_has_no_table(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(6)))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    assert shown(world, world.hire(Role.WITNESS_CARE, "Elsewhere", area="14")) == []
    with pytest.raises(NotAllowed):
        shown(world, world.people[Role.VLO])


def test_nothing_can_be_subtracted_from_what_is_shown() -> None:
    chance = random.Random(20260408)  # noqa: S311 - no secret
    for _ in range(500):
        tallies = {f"court {n}": _some(chance) for n in range(chance.randint(1, 7))}
        hidden = withheld(tallies)
        if hidden is None:
            continue
        assert not any(one.is_small for name, one in tallies.items() if name not in hidden)
        rest = Tally()
        for name in hidden:
            rest = rest.plus(tallies[name])
        assert not rest.is_small
        assert len(hidden) != 1


def _some(chance: random.Random) -> Tally:
    parts = [chance.choice((0, 0, 1, 3, FEWEST, 8, 20)) for _ in range(3)]
    return Tally(sum(parts), *parts)
