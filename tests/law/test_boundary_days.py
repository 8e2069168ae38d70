"""The very day, or the very length, on which an answer changes: before it, on it and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vcs.law import rule_sets
from vcs.law.conditions.hospital import transfer_in_force
from vcs.law.conditions.statutory import SECTION_35_BEGAN
from vcs.law.deadlines import calendar_end
from vcs.law.deadlines.working_days import (
    LAST_DAY,
    add_working_days,
    held,
    news_between,
    official_until,
)
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.law.relevant_sentence import sentences
from vcs.law.relevant_sentence.length import lasts_twelve_months
from vcs.terms import Answer, Finding, SentenceKind, Term

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("sentenced_on", "answer"),
    [
        (SECTION_35_BEGAN - DAY, Answer.UNKNOWN),
        (SECTION_35_BEGAN, None),
        (SECTION_35_BEGAN + DAY, None),
    ],
)
def test_a_transfer_without_its_day_is_asked_about_only_after_a_sentence_of_before(
    sentenced_on: date, answer: Answer | None
) -> None:
    moved = SentencingFacts(sentenced_on, None, (), transfer=TransferDirection(restricted=True))
    found = transfer_in_force(moved)
    assert (found.answer if found else None) is answer


def test_a_bank_holiday_is_news_on_the_day_on_which_it_became_known() -> None:
    told = [row for row in held() if row.known_on and row.is_weekday and row.known_on < row.day]
    assert told
    for row in told:
        assert row.known_on
        assert row in news_between(row.known_on - DAY, row.day, row.known_on)


@pytest.mark.parametrize(("term", "is_urgent"), [(365, True), (366, True), (367, False)])
def test_a_third_of_the_term_that_ends_in_six_weeks_is_urgent_to_the_day(
    term: int, is_urgent: bool
) -> None:
    sentence = SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(days=term),), days_counted=80)
    offence = OffenceFacts(1, "OF61131", "Wounding", Finding.CONVICTED, sentences=(sentence,))
    facts = SentencingFacts(date(2026, 3, 20), None, (offence,))
    assert bool(decide(facts).urgent) is is_urgent


def test_what_became_known_on_the_first_day_moved_no_count_from_it() -> None:
    moved = news_between(date(2022, 9, 10), date(2023, 5, 8), date(2022, 11, 6))
    assert [row.day for row in moved] == [date(2023, 5, 8)]  # the coronation, and not the funeral


@pytest.mark.parametrize(
    ("age", "beside"),
    [(None, False), (17, True), (18, True), (20, True), (21, False), (22, False)],
)
def test_until_the_twenty_first_birthday_more_sentences_count_by_practice(
    age: int | None, beside: bool
) -> None:
    assert (sentences.by_practice(age) > sentences.by_practice(None)) is beside


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2029, 3, 1)),
        (date(2028, 3, 1), date(2029, 3, 1)),
    ],
)
def test_a_year_after_a_leap_day_is_the_first_of_march(day: date, after: date) -> None:
    assert calendar_end._a_year_after(day) == after


@pytest.mark.parametrize(
    ("code", "would_change"), [("PH97009", ""), ("ZZ99999", "which offence it is")]
)
def test_only_an_offence_that_part_2_lists_needs_no_other_to_be_found(
    code: str, would_change: str
) -> None:
    sentence = SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(months=6),))
    offence = OffenceFacts(1, code, "", Finding.CONVICTED, sentences=(sentence,))
    rules = rule_sets.named("victims-and-courts-act-2026")
    (decided,) = decide(SentencingFacts(date(2026, 6, 1), None, (offence,)), rules).offences
    (asked,) = [one for one in decided.reasons if one.condition == "schedule-6a-offence"]
    assert asked.would_change == would_change


def test_the_last_day_of_the_calendar_is_counted_like_any_other() -> None:
    assert add_working_days(date(2040, 12, 28), 1) == LAST_DAY  # Friday to Monday
    with pytest.raises(ValueError, match="does not cover"):
        add_working_days(date(2040, 12, 28), 2)


@pytest.mark.parametrize(("days", "said"), [(-1, "end on"), (0, "end on"), (1, "ran out on")])
def test_the_bank_holidays_last_until_the_end_of_their_last_day(days: int, said: str) -> None:
    (warning,) = calendar_end.calendar_warning(official_until() + days * DAY)
    assert said in warning


@pytest.mark.parametrize(("age", "on_the_list"), [(17, False), (18, True), (19, True)])
def test_from_the_eighteenth_birthday_life_counts_by_practice(age: int, on_the_list: bool) -> None:
    assert (SentenceKind.LIFE in sentences.by_practice(age)) is on_the_list


@pytest.mark.parametrize(
    "others", [(), (SentenceKind.NON_CUSTODIAL,)], ids=["alone", "with another order"]
)
def test_all_that_is_not_final_together_still_waits(others: tuple[SentenceKind, ...]) -> None:
    kinds = (SentenceKind.INTERIM_HOSPITAL_ORDER, SentenceKind.REMAND_TO_HOSPITAL, *others)
    imposed = tuple(SentenceFacts(kind) for kind in kinds)
    offence = OffenceFacts(1, "OF61131", "Wounding", Finding.CONVICTED, sentences=imposed)
    decided = decide(SentencingFacts(date(2026, 3, 20), None, (offence,)))
    assert "final-disposal" in {one.condition for one in decided.offences[0].reasons}


@pytest.mark.parametrize(
    ("term", "answer"),
    [
        (Term(days=364), Answer.NO),
        (Term(days=365), Answer.UNKNOWN),
        (Term(days=366), Answer.YES),
        (Term(months=11, days=27), Answer.NO),
        (Term(months=11, days=28), Answer.UNKNOWN),
        (Term(months=11, days=31), Answer.YES),
    ],
)
def test_without_a_day_to_count_from_a_term_near_twelve_months_is_asked_about(
    term: Term, answer: Answer
) -> None:
    assert lasts_twelve_months(term, None) is answer


def test_a_bank_holiday_that_was_moved_is_known_to_be_gone_on_the_very_day() -> None:
    gone = [row for row in held() if row.withdrawn_on]
    assert gone
    for row in gone:
        assert row.withdrawn_on
        told = [row.events(row.withdrawn_on + n * DAY) for n in (-1, 0, 1)]
        assert told == [1, 2, 2]
