"""The delay table says how long referrals take, and tells of no few people."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest

from tests.journeys.world import WALES, World, told
from vcs.access.actors import Actor
from vcs.errors import NotAllowed
from vcs.ledger.figures.delays import (
    QUARTERS,
    DelayRow,
    DelayTable,
    Quarter,
    Tally,
    delays,
    make_known,
    quarter_of,
    quarters_before,
    withheld,
)
from vcs.small_numbers.withheld import FEWEST
from vcs.terms import Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)

WEDNESDAY_1_JULY = date(2026, 7, 1)
"""The first day after the quarter in which referrals of 20 March fell due."""

SHEFFIELD = ("C14SH00", "Sheffield Crown Court")


def made(world: World) -> None:
    """Have the scheduler make known what is over."""
    with world.db.writing() as session:
        make_known(session, world.clock.now())


def tables(world: World, who: Actor) -> list[DelayTable]:
    with world.db.reading() as session:
        return delays(session, who, world.today)


def shown(world: World, who: Actor) -> tuple[DelayRow, ...]:
    """Return the rows of April to June as they are seen on 1 July 2026."""
    world.clock.move_to(WEDNESDAY_1_JULY)
    made(world)
    newest = tables(world, who)[0]
    assert newest.quarter.name == "2026-Q2"
    return newest.rows


def test_both_sides_see_the_same_figures(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(11)))
    for reference in world.referrals()[:6]:
        world.refer(reference)
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
    whole, _ = shown(world, world.people[Role.MANAGER])
    assert whole.tally == Tally(due=11, in_time=0, late=0, missing=11)


def test_few_are_withheld_and_an_area_with_one_small_court_gives_nothing_away(
    world: World,
) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(3)))
    assert [one.tally for one in shown(world, world.people[Role.MANAGER])] == [None, None]


def test_another_area_sees_nothing_and_an_officer_has_no_table(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(6)))
    assert shown(world, world.people[Role.INSPECTOR])
    assert shown(world, world.hire(Role.WITNESS_CARE, "Elsewhere", area="14")) == ()
    assert shown(world, world.hire(Role.MANAGER, "In Wales", region=WALES)) == ()
    with pytest.raises(NotAllowed):
        shown(world, world.people[Role.VLO])


def test_a_table_that_was_made_known_stays_whatever_happens_from_day_to_day(world: World) -> None:
    """One referral more on each day: by the difference of two days a table would tell of it."""
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(11)))
    manager = world.people[Role.MANAGER]
    world.clock.move_to(WEDNESDAY_8_APRIL)
    made(world)
    assert [one.rows for one in tables(world, manager)] == [()] * QUARTERS, "not over yet"
    first = shown(world, manager)
    for reference in world.referrals()[:3]:
        world.refer(reference)
        world.clock.days(1)
        world.sweep()
        assert tables(world, manager)[0].rows == first
    world.clock.move_to(date(2026, 10, 1))
    world.sweep()
    newest, before = tables(world, manager)[:2]
    assert (newest.quarter.name, newest.rows) == ("2026-Q3", ())
    assert before.rows == first


def test_quarters_share_no_day_and_leave_none_out() -> None:
    found: list[Quarter] = []
    for today in (date(2026, 1, 1), date(2026, 3, 31), date(2026, 12, 31), date(2028, 2, 29)):
        found = list(itertools.islice(quarters_before(today), 9))
        assert found[0].after <= today < found[0].after + timedelta(days=92)
        assert all(one.first == other.after for one, other in itertools.pairwise(found))
    assert [one.name for one in found[:2]] == ["2027-Q4", "2027-Q3"]


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


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 8, 31), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_the_quarter_that_runs_is_known_the_day_after_it(
    day: date, first: date, after: date
) -> None:
    assert quarter_of(day) == Quarter(first, after)
    assert next(quarters_before(after)) == Quarter(first, after)
