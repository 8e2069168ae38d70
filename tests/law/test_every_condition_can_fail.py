"""Switch off each thing that the law asks, in turn: at least one worked example must break."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.law import switches
from tests.law.example_reader import settled
from tests.law.switches import Switch
from vcs.law.eligibility import decide
from vcs.terms import Answer, Route

# Every thirteenth row first: rows of all subjects come early, and a break is found soon.
ROWS = [row for start in range(13) for row in settled()[start::13]]

GIVEN = switches.answers_given(settled())


def _every_switch() -> Iterator[Switch]:
    yield from _conditions()
    for function in switches.deciding():
        yield from (switches.settled_as(function, answer) for answer in (True, False))
    yield from (switches.without_route(r) for r in Route if r is not Route.NOTIFICATION_SCHEME)
    yield from (switches.without_provision(one) for one in switches.provisions_cited(settled()))
    yield from switches.moved_days()
    yield from switches.moved_lists()
    yield from switches.moved_listings()
    yield from switches.other_listings()
    yield from switches.without_letters()
    yield from (switches.other_threshold(months) for months in (11, 13))
    yield from switches.moved_kinds()
    yield from switches.other_margins()
    yield from switches.blindfolds()
    yield from switches.other_wholes()


def _conditions() -> Iterator[Switch]:
    """Force each answer that a condition does not always give, and let it ask nothing."""
    for function, given in GIVEN.items():
        yield from (switches.forced(function, answer) for answer in Answer if {answer} != given)
        quiet = switches.silent(function)
        if quiet:
            yield quiet


ALL = list(_every_switch())


@pytest.mark.parametrize("switch", ALL, ids=lambda switch: switch.name)
def test_an_example_breaks_where(switch: Switch) -> None:
    with switch.on() as deciding:
        broken = any(row.differs(deciding) for row in ROWS)

    assert broken, f"no worked example notices that {switch.name}: add one that does"


def test_every_example_stands_where_nothing_is_switched_off() -> None:
    assert [row.place for row in settled() if row.differs(decide)] == []


def test_the_switches_are_found_and_not_few() -> None:
    names = {function.__name__ for function in GIVEN}

    assert {"convicted", "specified", "twelve_months", "notification_scheme", "_section_35"} <= (
        names
    )
    assert {"aggregate", "custody", "discretion", "living", "legal_basis"} <= names
    assert {"transferred", "restrictions_ended", "identifiable_victim", "sentence_changed"} <= names
    assert len({switch.name for switch in ALL}) > 300


def test_every_condition_is_reached_by_the_examples() -> None:
    assert [function.__name__ for function, answers in GIVEN.items() if not answers] == []
