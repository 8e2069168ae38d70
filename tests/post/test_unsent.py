"""A letter that was approved and stays in the building is somebody's to know of."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, a_victim, told
from tests.victims.test_one_person import change
from vcs.tasks.records import TaskKind


def asked_about(world: World, letter: str) -> list[str]:
    found = [one for one in world.tasks() if one.kind == TaskKind.LETTER_NOT_SENT]
    return [one.question for one in found if letter in one.question]


def test_a_letter_that_waits_too_long_is_asked_about_with_what_holds_it(world: World) -> None:
    world.court_tells(told())
    where = {"address_lines": ("9 Another Street", "York"), "postcode": "YO1 7HH"}
    victims = world.refer(), world.refer("", a_victim(name="Gwyn Someone-Else", phone="", **where))
    waits, gone = (draft(world, one) for one in victims)
    for letter in (waits, gone):
        approve(world, letter)
    post(world, gone, world.today)
    change(world, victims[0], format_needs="Braille, please")
    approved_on = world.today
    # 20 March 2026 is a Friday: the fifth working day after it is Friday 27 March.
    world.clock.move_to(approved_on + timedelta(days=7))
    world.sweep()
    assert asked_about(world, waits) == []
    world.clock.move_to(approved_on + timedelta(days=10))
    world.sweep()
    world.sweep()
    (question,) = asked_about(world, waits)
    assert "was approved on Friday 20 March 2026" in question
    assert "Braille" in question
    assert asked_about(world, gone) == []
