"""What is in force when: one answer a day to each question, and an Act not yet commenced."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

import pytest

from tests.law.example_reader import settled
from vcs.law import rule_sets
from vcs.law.conditions import beyond_statute, statutory
from vcs.law.decision import Reason
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.provisions import PROVISIONS, in_force
from vcs.law.relevant_sentence.length import THRESHOLD_MONTHS
from vcs.law.rule_sets import QUESTIONS, RULE_SETS, answer_on, in_force_on, named
from vcs.law.specified_offence import offences
from vcs.terms import Answer, Finding, Outcome, Route, SentenceKind, Term

PROVISION = "Victims and Courts Act 2026 Sch.6A Part 2"

ACT = named("victims-and-courts-act-2026")

DAYS = [date(2001, 1, 1) + timedelta(days=n) for n in range(14_610)]

SAYS_IT_WAS_NOT = ("in-force", "notification-scheme-in-force")

"""Conditions that cite a provision to say that it was not in force."""


def stalking(months: int, kind: SentenceKind = SentenceKind.IMPRISONMENT) -> SentencingFacts:
    """Build a stalking case of 2025."""
    sentence = SentenceFacts(kind, terms=(Term(months=months),))
    day = date(2025, 5, 1)
    offence = OffenceFacts(
        1, "PH97006", "", Finding.CONVICTED, None, day, day, sentences=(sentence,)
    )
    return SentencingFacts(date(2026, 3, 20), "C01CE00", (offence,))


def test_under_the_act_stalking_would_be_a_right_at_any_length() -> None:
    decision = decide(stalking(4), ACT)

    assert decision.outcome is Outcome.STATUTORY
    assert decision.route is Route.SCHEDULE_6A
    assert decision.rule_set == "victims-and-courts-act-2026"
    assert PROVISION in {reason.provision for reason in decision.offences[0].reasons}


def test_under_the_act_a_suspended_sentence_would_still_be_no() -> None:
    assert decide(stalking(4, SentenceKind.SUSPENDED), ACT).outcome is Outcome.NOT_ELIGIBLE


def test_today_the_act_decides_nothing() -> None:
    parts = [row for its_id, row in PROVISIONS.items() if "Sch.6A" in its_id]

    assert decide(stalking(4)).outcome is Outcome.NOTIFICATION_SCHEME
    assert len(parts) == 3
    assert not [row for row in parts if in_force(row, date(2039, 12, 31))]
    assert {row.confidence for row in parts} == {"unconfirmed"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_day_from_2001_to_2040_has_exactly_one_answer_to(question: str) -> None:
    assert DAYS[-1] == date(2040, 12, 31)  # Monday
    assert all(answer_on(question, day).provision in PROVISIONS for day in DAYS)


def test_every_day_from_2001_to_2040_has_exactly_one_rule_set() -> None:
    assert {in_force_on(day).id for day in DAYS} <= {row.id for row in RULE_SETS}


def test_a_day_with_no_answer_or_with_two_is_an_error() -> None:
    with pytest.raises(ValueError, match="0 answers"):
        answer_on("Is there a question like this?", date(2026, 3, 20))


def test_the_days_and_the_length_that_decide_are_those_of_the_table() -> None:
    length = answer_on(rule_sets.HOW_LONG, date(2026, 3, 20)).answer

    assert length == f"{THRESHOLD_MONTHS} months"
    assert date(2001, 4, 1) == statutory.SCHEME_BEGAN  # Sunday
    assert date(2005, 7, 1) == statutory.SECTION_35_BEGAN  # Friday
    assert date(2008, 11, 3) == statutory.UNRESTRICTED_BEGAN  # Monday
    assert date(2022, 4, 1) == beyond_statute.NOTIFICATION_PILOT_BEGAN  # Friday
    assert date(2024, 1, 1) == beyond_statute.NOTIFICATION_ROLLED_OUT  # Monday


def _reasons() -> Iterator[tuple[str, date, Reason]]:
    for row in settled():
        if row.as_if is None:
            for offence in decide(row.facts).offences:
                for reason in offence.reasons:
                    yield row.place, row.facts.sentenced_on, reason


def test_what_a_decision_says_yes_by_was_in_force_on_the_day_or_the_decision_says_so() -> None:
    told_so = {place for place, _, r in _reasons() if r.condition in SAYS_IT_WAS_NOT}
    early = [
        (place, reason.provision)
        for place, day, reason in _reasons()
        if reason.answer is Answer.YES
        and place not in told_so
        and not in_force(PROVISIONS[reason.provision], day)
    ]

    # A transfer direction is dated later than the sentence, and its own day is what counts.
    assert [one for one in early if not one[0].startswith("transfers-and-hand-overs")] == []


def _pairs() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    text = (files("vcs.law") / "data" / "offences.csv").read_text(encoding="utf-8")
    rows = {row["offence_code"]: row for row in csv.DictReader(text.splitlines())}
    for row in rows.values():
        for code in row["successor_of"].split():
            yield row, rows[code]


def _alike(one: dict[str, str], other: dict[str, str]) -> bool:
    return one["standing"] == other["standing"] and one["part"] == other["part"]


def test_a_repealed_offence_and_its_successor_stand_alike_or_the_table_says_why_not() -> None:
    unexplained = [
        f"{one['offence_code']} and {other['offence_code']}"
        for one, other in _pairs()
        if not _alike(one, other) and not (one["note"] or other["note"])
    ]

    assert len(list(_pairs())) > 60
    assert unexplained == []


def test_no_predecessor_of_a_listed_offence_is_ever_a_no() -> None:
    day = date(2026, 3, 20)  # Friday
    refused = [
        f"{other['offence_code']}, beside {one['offence_code']}"
        for one, other in _pairs()
        if one["standing"] == "specified"
        and offences.standing(other["offence_code"], day, None).answer is Answer.NO
    ]

    assert refused == []


@pytest.mark.parametrize(
    ("day", "schedule", "provision"),
    [
        (date(2020, 11, 30), "Schedule 15 of 2003", "CJA 2003 Sch.15"),  # Monday
        (date(2020, 12, 1), "Schedule 18", "Sentencing Code Sch.18"),  # Tuesday
        (date(2020, 12, 2), "Schedule 18", "Sentencing Code Sch.18"),  # Wednesday
    ],
    ids=str,
)
def test_the_list_is_named_as_it_was_called_on_the_day(
    day: date, schedule: str, provision: str
) -> None:
    listed = offences.standing("OF61102", day, None)
    unknown = offences.standing("XX001", day, None)

    assert f"is specified in {schedule} Part 1" in listed.because
    assert unknown.provision == provision


def _boundaries() -> set[date]:
    text = (files("vcs.law") / "data" / "offences.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    columns = ("convicted_from", "committed_from")
    listed = {date.fromisoformat(row[name]) for row in rows for name in columns if row[name]}
    return listed | {row.first for row in rule_sets.DATED if row.first > date.min}


def test_every_day_on_which_something_began_has_examples_the_day_before_on_and_after() -> None:
    days: set[date | None] = set()
    for row in settled():
        days |= {row.facts.sentenced_on}
        for offence in row.facts.offences:
            days |= {offence.committed_until, offence.convicted_on}
    missing = [
        str(day + timedelta(days=by))
        for day in sorted(_boundaries())
        for by in (-1, 0, 1)
        if day + timedelta(days=by) not in days
    ]

    assert len(_boundaries()) >= 8
    assert missing == []
