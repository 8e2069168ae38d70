"""A fact names one person, at a moment: where it names two, nobody is told of either."""

from __future__ import annotations

from datetime import date

from tests.custody.told import TUESDAY_24_NOVEMBER, kinds, released, sentenced, tells
from tests.journeys.world import World
from vcs.terms import Role


def test_two_prison_numbers_in_one_event_are_a_persons(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    other = {"personReference": {"identifiers": [{"type": "NOMS", "value": "A9999AA"}]}}
    (one,) = tells(world, released("2026-11-16T10:05:00Z") | other)
    assert one.ends_as == "bad"
    assert kinds(world) == []
    asked = [task.question for task in world.tasks(Role.ADMINISTRATOR)]
    assert any("two people" in question for question in asked)


def test_a_moment_with_the_name_of_its_zone_is_read(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, released("2026-10-20T23:30:00Z[UTC]"))
    assert kinds(world) == [("released", date(2026, 10, 21))]
