"""The longest proofs, of which each change tells a third.

They tell one story over and over: killed at each line, each page by axe, each made-up move, or walk
in a browser through pages whose rules are told without one. Three changes in a row tell them all;
``make test TURN=all`` tells them at once.
"""

from __future__ import annotations

import os

import pytest

SETTING = "VCS_TEST_TURN"
"""The number of the change; ``all``, or nothing, tells every story."""

PARTS = 3

ALL = "all"

LONGEST = (
    "tests/alerts/test_held.py",
    "tests/alerts/test_year.py",
    "tests/api/example/test_killed.py",
    "tests/api/staff/test_links_offered.py",
    "tests/faults/test_any_history.py",
    "tests/faults/test_killed.py",
    "tests/faults/test_requests_killed.py",
    "tests/faults/test_scheduler_killed.py",
    "tests/journeys/shares/test_any_history.py",
    "tests/journeys/shares/test_any_order.py",
    "tests/keys/test_rotation.py",
    "tests/migrations/",
    "tests/pages/test_accessibility.py",
    "tests/pages/test_accessibility_of_people.py",
    "tests/pages/test_contact_not_offered.py",
    "tests/pages/test_main_tasks.py",
    "tests/pages/test_main_tasks_of_units.py",
    "tests/pages/test_menu.py",
    "tests/pages/test_on_paper.py",
    "tests/pages/test_questions.py",
    "tests/pages/test_release_in_error.py",
    "tests/pages/test_stories_of_officers.py",
    "tests/pages/test_stories_of_the_day.py",
    "tests/pages/test_stories_of_victims.py",
    "tests/pages/test_story_of_a_family.py",
    "tests/pages/test_story_of_someone_excluded.py",
    "tests/pages/test_two_minutes.py",
    "tests/pages/test_who_may_see.py",
    "tests/post/batches/test_ways_out.py",
    "tests/post/test_generated_moves.py",
    "tests/released/test_migrating.py",
    "tests/scheduler/test_sweeps.py",
    "tests/start/test_starting.py",
)
"""Files and rooms that would take a third of the suite's time with one story in twenty."""


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave, of the longest proofs, those whose turn it is."""
    said = os.environ.get(SETTING, ALL) or ALL
    if said == ALL:
        return
    others = not_in_turn([item.nodeid for item in items], turn_of(said))
    config.hook.pytest_deselected(items=[one for one in items if one.nodeid in others])
    items[:] = [one for one in items if one.nodeid not in others]


def turn_of(said: str) -> int:
    """Return the number of a turn. Raises ValueError for what is none."""
    if not said.isdecimal():
        raise ValueError(f"{SETTING} is {said!r}. Write the number of the change, or: {ALL}.")
    return int(said) % PARTS


def not_in_turn(stories: list[str], turn: int) -> frozenset[str]:
    """Return which of the longest proofs another turn tells. Neighbours have different turns."""
    longest = sorted(one for one in stories if one.startswith(LONGEST))
    return frozenset(one for number, one in enumerate(longest) if number % PARTS != turn)
