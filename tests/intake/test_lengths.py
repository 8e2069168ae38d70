"""Lengths in words: what is taken off a term, and what only counts towards it."""

from __future__ import annotations

import pytest

from tests.intake.platform_shapes import DAY, assault, outcomes, story
from vcs.intake.durations import lengths
from vcs.terms import Outcome, Term


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("12 months less 1 day", None),
        ("1 year minus one day", None),
        ("a year less a week", None),
        ("12 months less 60 days on remand", Term(months=12)),
        ("11 months (less 60 days served)", Term(months=11)),
        ("18 months less 200 days tagged curfew", Term(months=18)),
        ("6 months less time spent on remand", Term(months=6)),
        ("two-and-a-half years", Term(months=30)),
    ],
)
def test_only_days_that_count_leave_a_term_as_it_is(words: str, term: Term | None) -> None:
    assert lengths.of_words(words) == term
    assert lengths.of_sentence(f"Committed to prison for {words}") == term


def test_a_number_beside_words_that_take_something_off_is_not_the_length() -> None:
    of_words = {"promptReference": "imprisonmentPeriod", "value": "12 months less 1 day"}
    told = {
        "label": "Imprisonment",
        "cjsCode": "1002",
        "orderedDate": DAY.isoformat(),
        "resultText": "Committed to prison for 12 months less 1 day",
        "judicialResultPrompts": [of_words],
        "durationElement": {"primaryDurationUnit": "M", "primaryDurationValue": 12},
    }

    assert outcomes(story(assault(told))) == [Outcome.CANNOT_TELL]
