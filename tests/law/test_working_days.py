"""Working days in England and Wales, against an independent calendar and day by day."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcs.law.deadlines import duties
from vcs.law.deadlines.working_days import (
    LAST_DAY,
    add_working_days,
    holidays_between,
    is_provisional,
    is_working_day,
    official_until,
    working_days_between,
)
from vcs.terms import Outcome

ORACLE = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029))

DAYS = st.dates(date(2012, 1, 2), date(2028, 10, 1))


@given(DAYS, st.integers(1, 60))
def test_counting_agrees_with_an_independent_calendar(day: date, count: int) -> None:
    due_on = add_working_days(day, count)

    between = [day + timedelta(days=n) for n in range(1, (due_on - day).days + 1)]
    assert sum(1 for one in between if one.weekday() < 5 and one not in ORACLE) == count
    assert due_on.weekday() < 5
    assert due_on not in ORACLE


@given(DAYS, st.integers(1, 60))
def test_counting_forth_and_back_gives_the_same_number(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count)) == count
    assert working_days_between(add_working_days(day, count), day) == -count


@given(DAYS, st.integers(-400, 400), st.none() | DAYS)
def test_a_count_between_two_days_is_each_of_them_counted(
    start: date, days: int, known_on: date | None
) -> None:
    end = start + timedelta(days=days)
    first, last = sorted((start, end))
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    count = sum(is_working_day(day, known_on) for day in between)
    assert working_days_between(start, end, known_on) == (count if days >= 0 else -count)


@pytest.mark.parametrize(
    ("sentenced_on", "due_on"),
    [
        (date(2026, 3, 19), date(2026, 4, 2)),
        (date(2026, 3, 20), date(2026, 4, 7)),
        (date(2026, 3, 21), date(2026, 4, 7)),
        (date(2022, 9, 5), date(2022, 9, 20)),
        (date(2026, 12, 18), date(2027, 1, 6)),
    ],
    ids=[
        "Thursday 19 March 2026, before Easter",
        "Friday 20 March 2026, over Good Friday and Easter Monday",
        "Saturday 21 March 2026 counts from the Monday",
        "Monday 5 September 2022, over the state funeral",
        "Friday 18 December 2026, over Christmas and New Year",
    ],
)
def test_a_referral_is_due_ten_working_days_after_sentence(
    sentenced_on: date, due_on: date
) -> None:
    (deadline,) = duties.deadlines(Outcome.STATUTORY, sentenced_on)

    assert deadline.due_on == due_on
    assert deadline.counted == f"10 working days from {duties.in_words(sentenced_on)}"


def test_easter_monday_is_not_a_working_day_though_scotland_works() -> None:
    assert not is_working_day(date(2026, 4, 6))
    assert (date(2026, 4, 6), "Easter Monday") in holidays_between(
        date(2026, 4, 3), date(2026, 4, 7)
    )


def test_a_count_past_the_official_list_is_provisional() -> None:
    assert not is_provisional(date(2028, 11, 1), official_until())
    assert is_provisional(date(2028, 12, 20), date(2029, 1, 5))


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_of_no_days_is_an_error(count: int) -> None:
    with pytest.raises(ValueError, match="does not cover"):
        add_working_days(date(2026, 3, 20), count)


def test_past_the_last_year_of_the_calendar_counting_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(ValueError, match="does not cover"):
        add_working_days(LAST_DAY, 1)


def test_older_sentences_run_on_the_older_clocks() -> None:
    before, after = date(2021, 3, 31), date(2021, 4, 1)

    assert [d.duty for d in duties.deadlines(Outcome.STATUTORY, before)] == [
        duties.REFER,
        duties.FIRST_CONTACT,
    ]
    referring, contacting = duties.deadlines(Outcome.STATUTORY, before)
    assert referring.counted.startswith("20 working days")
    assert referring.provision == "Victims' Code 2015"
    assert contacting.provision == "Probation Circulars: eight weeks"
    (newer,) = duties.deadlines(Outcome.STATUTORY, after)
    assert newer.counted.startswith("10 working days")
    assert newer.provision == "Victims' Code 2020 Right 11"


def test_only_what_is_owed_or_offered_starts_a_clock() -> None:
    day = date(2026, 3, 20)  # Friday

    for outcome in (Outcome.CANNOT_TELL, Outcome.DISCRETIONARY, Outcome.NOT_ELIGIBLE):
        assert duties.deadlines(outcome, day) == ()


def test_the_notification_scheme_counts_fifteen_days_of_any_kind() -> None:
    (deadline,) = duties.deadlines(Outcome.NOTIFICATION_SCHEME, date(2026, 3, 20))  # Friday

    assert deadline.due_on == date(2026, 4, 4)  # Saturday
    assert deadline.counted == "15 days from Friday 20 March 2026"
    assert deadline.provision == "Victim Notification Scheme"
    assert duties.deadlines(Outcome.NOTIFICATION_SCHEME, date(2023, 9, 30)) == ()


def test_the_first_contact_is_due_twenty_working_days_after_the_referral() -> None:
    deadline = duties.first_contact(date(2026, 3, 27))

    assert deadline is not None
    assert deadline.due_on == date(2026, 4, 28)
    assert deadline.counted == "20 working days from Friday 27 March 2026"
