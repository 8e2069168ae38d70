"""The world that these tests are told in."""

from tests.journeys.world import world

__all__ = ["world"]
