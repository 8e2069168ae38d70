"""The world that these tests are told in."""

from __future__ import annotations

from tests.journeys.world import world

__all__ = ["world"]
