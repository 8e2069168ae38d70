"""The world that these tests are told in."""

from __future__ import annotations

import pytest

from tests.events.told import TUESDAY_24
from tests.journeys.world import World, told, world

__all__ = ["world"]


@pytest.fixture
def case(world: World) -> World:
    """Return the world on Tuesday 24 March 2026, with one referral and nobody in it."""
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    return world
