"""Every worked example decides as its row says."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.law.example_reader import Example, examples, settled
from vcs.law.deadlines import duties
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.provisions import PROVISIONS
from vcs.terms import Finding, Outcome, Route, SentenceKind, Term

ROWS = [
    pytest.param(
        row,
        id=f"{row.place} {row.title}",
        marks=[pytest.mark.xfail(strict=True, reason=row.disputed)] if row.disputed else [],
    )
    for row in examples()
]

TODAYS_RULES = "dvcva-2004-sentencing-code"

PROVISIONS_OF_DECISIONS = {
    reason.provision
    for row in examples()
    for offence in decide(row.facts, row.as_if).offences
    for reason in offence.reasons
}


@pytest.mark.parametrize("example", ROWS)
def test_the_worked_example(example: Example) -> None:
    problem = example.differs(decide)

    assert not problem, f"{example.place}: {example.title}\n{problem}"


def test_there_are_at_least_four_hundred_and_no_two_state_the_same_facts() -> None:
    stated = Counter((row.facts, row.as_if) for row in examples())

    assert len(stated) >= 400
    assert [facts for facts, times in stated.items() if times > 1] == []


def test_every_outcome_and_every_route_has_examples() -> None:
    assert {row.expected for row in settled()} == set(Outcome)
    assert {row.route for row in settled()} == set(Route) | {None}


def test_every_kind_of_sentence_and_every_finding_has_examples() -> None:
    offences = [offence for row in examples() for offence in row.facts.offences]

    assert {offence.finding for offence in offences} == set(Finding)
    assert {s.kind for offence in offences for s in offence.sentences} == set(SentenceKind)


def test_every_provision_that_a_decision_cites_has_examples_of_its_own() -> None:
    named = {row.provision for row in settled()}

    assert named <= set(PROVISIONS)
    assert named >= PROVISIONS_OF_DECISIONS


@pytest.mark.parametrize(
    ("first", "before", "since"),
    [
        (date(2001, 4, 1), "before-the-scheme", "cjcsa-2000"),  # Sunday
        (date(2005, 7, 1), "cjcsa-2000", "dvcva-2004"),  # Friday
        (date(2008, 11, 3), "dvcva-2004", "dvcva-2004-mha-2007"),  # Monday
        (date(2020, 12, 1), "dvcva-2004-mha-2007", TODAYS_RULES),  # Tuesday
        (
            date(2026, 4, 29),
            "dvcva-2004-sentencing-code",
            "dvcva-2004-sentencing-code",
        ),  # Wednesday
    ],
    ids=str,
)
def test_the_rule_set_is_that_of_the_day_of_sentence_the_day_before_on_and_after(
    first: date, before: str, since: str
) -> None:
    days = (first - timedelta(days=1), first, first + timedelta(days=1))

    used = [decide(SentencingFacts(day, "C01CE00", ())).rule_set for day in days]

    assert used == [before, since, since]


def test_what_cannot_be_told_always_asks_a_person_something() -> None:
    asked = [
        decide(row.facts, row.as_if) for row in settled() if row.expected == Outcome.CANNOT_TELL
    ]

    assert asked
    assert all(decision.questions for decision in asked)


def test_an_unknown_code_is_asked_about_under_the_schedule_and_the_routing_names_its_section() -> (
    None
):
    (row,) = [r for r in examples() if r.title.startswith("a code the table does not hold (")]
    reasons = decide(row.facts).offences[0].reasons

    (asked,) = [r for r in reasons if r.condition == "specified-offence"]
    assert asked.provision == "Sentencing Code Sch.18"
    assert duties.ROUTED_UNDER == "DVCVA 2004 s.35(3)"


@pytest.mark.parametrize(
    ("code", "lengths"),
    [
        pytest.param("PH97010", (Term(months=12), Term(months=3)), id="the length contradicts"),
        pytest.param("PH97010", (), id="the length is not stated"),
        pytest.param("CD98079", (Term(years=2),), id="the offence may be in the Schedule"),
    ],
)
def test_an_open_statutory_question_is_asked_though_the_notification_scheme_says_yes(
    code: str, lengths: tuple[Term, ...]
) -> None:
    prison = SentenceFacts(SentenceKind.IMPRISONMENT, terms=lengths)
    stalking = OffenceFacts(
        1,
        code,
        finding=Finding.CONVICTED,
        committed_until=date(2025, 5, 1),  # Thursday
        sentences=(prison,),
    )

    decision = decide(SentencingFacts(date(2026, 3, 20), "C01CE00", (stalking,)))  # Friday

    assert decision.questions
