"""The table of duties: its worked examples, its one row for each day, and what it refuses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.law.deadlines.reader import Example, examples
from vcs.law.deadlines import duties
from vcs.law.deadlines.duties import ASSESS_NEEDS, DUTIES, FIRST_CONTACT, REFER, Duty, faults
from vcs.law.deadlines.working_days import FIRST_DAY, LAST_DAY
from vcs.terms import Outcome

FRIDAY_20_MARCH = date(2026, 3, 20)


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.title)
def test_the_worked_example_of_a_deadline(example: Example) -> None:
    assert example.answer() == example.due
    assert example.row().provision == example.provision


@pytest.mark.parametrize(
    "example",
    [one for one in examples() if one.row().tracked],
    ids=lambda one: one.title,
)
def test_what_is_tracked_is_given_as_a_deadline_with_its_provision(example: Example) -> None:
    of_outcome = () if example.outcome == duties.ANY else (Outcome(example.outcome),)
    day, known_on = example.starts_on, example.known_on
    owed = [one for outcome in of_outcome for one in duties.deadlines(outcome, day, known_on)]
    started = (duties.first_contact(day, known_on), duties.needs_assessment(day, known_on))
    found = {one.duty: one for one in (*owed, *started) if one}
    if example.starts_on.year > LAST_DAY.year - 1:
        assert found == {}
        return
    deadline = found[example.duty]
    assert (deadline.due_on.isoformat(), deadline.provision) == (example.due, example.provision)
    again = duties.counted_again(
        example.duty, example.provision, example.starts_on, example.known_on
    )
    assert again == deadline


def test_every_duty_and_every_provision_of_the_table_has_examples() -> None:
    shown = {(one.duty, one.outcome, one.provision) for one in examples()}
    assert {(r.duty, str(r.outcome or duties.ANY), r.provision) for r in DUTIES} == shown


def test_every_switch_of_a_duty_has_examples_the_day_before_on_and_after() -> None:
    shown = {(one.duty, one.outcome, one.starts_on) for one in examples()}
    lacking = [
        (row.duty, str(row.outcome), day)
        for row in DUTIES
        if row.applies_from != FIRST_DAY
        for day in _around(row)
        if (row.duty, str(row.outcome or duties.ANY), day) not in shown
    ]
    assert lacking == []


def _around(row: Duty) -> Iterator[date]:
    for days in (-1, 0, 1) if row.is_owed else ():
        yield row.applies_from + timedelta(days=days)


def test_each_day_from_2001_to_2040_has_one_row_for_each_question() -> None:
    questions: dict[tuple[str, Outcome | None], list[Duty]] = defaultdict(list)
    for row in DUTIES:
        questions[row.duty, row.outcome].append(row)
    for day in (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)):
        for question, rows in questions.items():
            answering = [row for row in rows if row.applies_from <= day <= row.applies_until]
            assert len(answering) == 1, f"{question} on {day}"


def test_only_what_staff_can_meet_here_becomes_a_deadline() -> None:
    assert {row.duty for row in DUTIES if row.tracked} == {REFER, FIRST_CONTACT, ASSESS_NEEDS}
    (first, *rest) = duties.deadlines(Outcome.STATUTORY, FRIDAY_20_MARCH)
    assert (first.duty, rest) == (REFER, [])


def test_a_duty_without_a_number_is_shown_and_cannot_be_counted() -> None:
    unknown = [row for row in duties.on(FRIDAY_20_MARCH) if row.count is None]
    assert {row.duty for row in unknown} >= {"tell-victim-release", "hospital-managers-told"}
    for row in unknown:
        assert row.limit.startswith("time limit not known")
        with pytest.raises(ValueError, match="no time limit"):
            duties.due(row, FRIDAY_20_MARCH)


def _with(**changes: object) -> list[Duty]:
    """Return the table with its row for referring since 2021 changed."""
    return [
        replace(row, **changes)  # type: ignore[arg-type]  # what is wrong on purpose
        if row.duty == REFER and row.count == 10
        else row
        for row in DUTIES
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"applies_from": date(2021, 4, 2)}, "has no row or two on 2021-04-01"),
        ({"applies_from": date(2021, 3, 31)}, "has no row or two on 2021-03-31"),
        ({"applies_until": date(2040, 12, 30)}, "has no row on 2040-12-31"),
        ({"provision": "Act of nowhere"}, "'Act of nowhere' is not known"),
        ({"unit": "fortnights"}, "'fortnights' is not known"),
        ({"trigger": "full moon"}, "'full moon' is not known"),
        ({"owed_by": "nobody"}, "'nobody' is not known"),
        ({"owed_by": "Parole Board"}, "somebody who can meet it here"),
        ({"confidence": "certain"}, "'certain' is not known"),
        ({"count": None}, "do not go together"),
        ({"count": 0}, "do not go together"),
        ({"unit": "none stated"}, "do not go together"),
        ({"confidence": "low"}, "a note that says what is in doubt"),
        ({"source": ""}, "a source"),
        ({"title": "Something else"}, "has two titles"),
    ],
    ids=str,
)
def test_a_table_that_cannot_be_is_refused_with_the_reason(
    changes: dict[str, object], fault: str
) -> None:
    assert list(faults(DUTIES)) == []
    assert fault in "; ".join(faults(_with(**changes)))
