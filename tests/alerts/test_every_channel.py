"""What goes at once does so by whichever way its fact came, to the officer before her manager.

One story for each kind: a table of the ways in, told one after the other in one world.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.alerts.channels import of_offenders, of_victims
from tests.alerts.channels.case import Way, story
from tests.journeys.world import World

STORIES: Mapping[str, tuple[str, Mapping[str, Way]]] = {
    "a safety warning": ("safety-warning", of_victims.WARNINGS),
    "an address of the offender’s": ("cannot-wait", of_victims.HIS_ADDRESS),
    "a contact or letter to stop": ("cannot-wait", of_victims.MUST_STOP),
    "a release that may come first": ("release-near", of_offenders.RELEASES),
    "danger": ("danger", of_offenders.DANGER),
    "danger, of whom a person must say": ("cannot-wait", of_offenders.DANGER_OF_WHOM),
    "what people hear of within hours": ("tell-soon", of_offenders.WITHIN_HOURS),
    "what was urgent of a leaver": ("left-urgent", of_offenders.LEAVERS),
}


@pytest.mark.parametrize("words", STORIES)
def test_it_is_told_at_once_whichever_way_it_came(world: World, words: str) -> None:
    story(world, *STORIES[words])
