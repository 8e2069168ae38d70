"""Worked examples pass through a feed as court messages, and two feeds agree about the same."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.law.example_reader import Example, settled
from tests.prove.agreeing import answers, disagreeing, told_by
from tests.prove.telling import SHAPES, why_not
from tests.prove.varied import varied
from vcs.law.eligibility import decide

SETS = 320

NOT_CARRIED = {
    "a change by a court is told on an application": 16,
    "a death is told beside the case": 7,
    "a finding that is not stated, or contradicts its sentence": 24,
    "a mark for the person stands apart from the offences": 10,
    "a mark of life stands in a field of one feed only": 15,
    "a restriction order goes for all hospital orders of a message": 2,
    "a total stands apart from the offences": 19,
    "a transfer to hospital is told by the prison": 36,
    "an organisation has no date of birth": 4,
    "days that count, and release, are told in words": 25,
    "decided as if another law were in force": 25,
    "domestic abuse is told beside the results": 10,
    "no offence code: a feed always has one": 10,
    "nothing was imposed": 4,
    "the court is none that the table of courts holds": 9,
    "the end of restrictions is told by the hospital": 15,
    "the kind has no result code of its own": 22,
    "two lengths that contradict each other": 19,
    "what may have been quashed is told on an application": 5,
}
"""Examples that no message of these builders tells: so many of a thousand, by reason.

It may only shrink: what a builder learns to tell is taken out. A share and no number, so that who
adds an example need not count.
"""


def _why_not(row: Example) -> str:
    return "decided as if another law were in force" if row.as_if else why_not(row.facts)


CARRIED = [row for row in settled() if not _why_not(row)]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_example_that_a_feed_can_carry_is_answered_as_its_row_says(shape: str) -> None:
    wrong = []
    for n, row in enumerate(CARRIED):
        facts = varied(row.facts, n)
        best, each = told_by(shape, facts)
        if best != (row.expected, row.route) or each != answers(decide(facts)):
            wrong.append(f"{row.place} {row.title}: {best}, {each}, told as {facts}")

    assert wrong == []


def test_the_share_of_examples_that_no_feed_carries_never_grows() -> None:
    held = Counter(why for row in settled() if (why := _why_not(row)))
    too_many = {
        why: number
        for why, number in held.items()
        if number * 1000 > NOT_CARRIED.get(why, 0) * len(settled())
    }

    assert too_many == {}
    assert held.keys() == NOT_CARRIED.keys(), "a reason that is no more is taken out"


def test_most_examples_are_carried_and_they_differ() -> None:
    facts = [varied(row.facts, n) for n, row in enumerate(CARRIED)]
    days = Counter(one.sentenced_on for one in facts)
    codes = Counter(offence.offence_code for one in facts for offence in one.offences)
    courts = {one.court_code for one in facts}

    assert len(CARRIED) > 800
    assert max(days.values()) < len(facts) / 4
    assert sum(n for _, n in codes.most_common(3)) < len(facts) / 8
    assert len(courts) > 5


def test_the_same_facts_by_two_feeds_agree() -> None:
    assert list(disagreeing(SETS)) == []
