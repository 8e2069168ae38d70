"""The small world of the journeys, for stories about clocks."""

from tests.journeys.world import world

__all__ = ["world"]
