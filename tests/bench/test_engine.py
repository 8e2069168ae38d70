"""The rule engine that ours is measured against was given the same conditions."""

from __future__ import annotations

from tests.bench import engine
from tests.law.example_reader import settled
from vcs.law.eligibility import decide
from vcs.terms import Outcome


def test_the_engine_says_of_every_worked_example_what_our_rules_say() -> None:
    asked = [row.facts for row in settled() if row.as_if is None]

    assert engine.differing(asked) == []
    owed = [one for one in asked if decide(one).outcome is Outcome.STATUTORY]
    assert 100 < len(owed) < len(asked) - 100
