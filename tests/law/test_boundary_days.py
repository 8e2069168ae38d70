"""The very day, or the very length, on which an answer changes: before it, on it and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vcs.law.conditions.hospital import transfer_in_force
from vcs.law.conditions.statutory import SECTION_35_BEGAN
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.law.working_days import held, news_between
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
