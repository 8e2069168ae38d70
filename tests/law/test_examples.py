"""Every worked example decides as its row says."""

from __future__ import annotations

import pytest

from tests.law.example_reader import Example, examples
from vcs.law import duties
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


def test_an_unknown_code_is_asked_about_under_the_schedule_and_the_routing_names_its_section() -> (
    None
):
    (row,) = [r for r in ROWS if r.title.startswith("a code the table does not hold")]
    reasons = decide(row.facts).offences[0].reasons

    (asked,) = [r for r in reasons if r.condition == "specified-offence"]
    assert asked.provision == "Sentencing Code Sch.18"
    assert duties.ROUTED_UNDER == "DVCVA 2004 s.35(3)"
