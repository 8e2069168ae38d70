"""Every worked example decides as its row says."""

from __future__ import annotations

import pytest

from tests.law.example_reader import Example, examples
from vcs.law.eligibility import decide
from vcs.law.provisions import PROVISIONS

ROWS = examples()


@pytest.mark.parametrize("example", ROWS, ids=[row.title for row in ROWS])
def test_the_worked_example(example: Example) -> None:
    decision = decide(example.facts)

    assert decision.outcome == example.expected
    assert decision.route == example.route


def test_every_example_names_a_provision_that_the_law_relies_on() -> None:
    assert {row.provision for row in ROWS} <= set(PROVISIONS)


def test_every_reason_given_cites_a_known_provision() -> None:
    cited = {r.provision for row in ROWS for o in decide(row.facts).offences for r in o.reasons}

    assert cited <= set(PROVISIONS)


def test_what_cannot_be_told_always_asks_a_person_something() -> None:
    asked = [decide(row.facts) for row in ROWS if row.expected == "cannot_tell"]

    assert asked
    assert all(decision.questions for decision in asked)
