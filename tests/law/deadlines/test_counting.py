"""Working days against two independent calendars, day by day, and by what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from vcs.law.deadlines import working_days
from vcs.law.deadlines.working_days import (
    FIRST_DAY,
    LAST_DAY,
    Calendar,
    add_working_days,
    is_working_day,
    version,
    working_days_between,
)

GOV_UK = {
    one["date"] for one in BankHolidays(use_cached_holidays=True).get_holidays("england-and-wales")
}
BY_RULE = holidays.country_holidays("GB", subdiv="ENG", years=range(2001, 2041))
IN_THE_LIST = st.dates(date(2012, 1, 2), date(2028, 9, 1))
IN_THE_CALENDAR = st.dates(FIRST_DAY, date(2040, 8, 1))
KNOWN = st.dates(date(2000, 1, 1), date(2041, 1, 1))


def naive(day: date, count: int, off: object) -> date:
    """Walk day by day, as somebody with a wall calendar would."""
    while count:
        day += timedelta(days=1)
        if day.strftime("%a") not in ("Sat", "Sun") and day not in off:  # type: ignore[operator]  # a set or a calendar
            count -= 1
    return day


@given(IN_THE_LIST, st.integers(1, 60))
def test_the_count_is_that_of_the_gov_uk_list(day: date, count: int) -> None:
    assert add_working_days(day, count) == naive(day, count, GOV_UK)


@given(IN_THE_CALENDAR, st.integers(1, 60))
def test_the_count_is_that_of_a_calendar_made_by_rule(day: date, count: int) -> None:
    assert add_working_days(day, count) == naive(day, count, BY_RULE)


def test_every_day_from_2001_to_2040_is_what_the_other_calendar_says() -> None:
    every = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    assert [d for d in every if is_working_day(d) == (d.weekday() > 4 or d in BY_RULE)] == []


@given(IN_THE_CALENDAR, st.integers(1, 40), KNOWN)
def test_a_count_by_what_was_known_then_is_a_count_all_the_same(
    day: date, count: int, known_on: date
) -> None:
    due_on = add_working_days(day, count, known_on)
    assert is_working_day(due_on, known_on)
    assert working_days_between(day, due_on, known_on) == count


@given(KNOWN, KNOWN)
def test_a_later_calendar_never_sorts_before_an_earlier_one(one: date, other: date) -> None:
    assert version(min(one, other)) <= version(max(one, other)) <= version()


@pytest.mark.parametrize(
    ("day", "news"),
    [
        (date(2011, 4, 29), date(2010, 11, 23)),  # the royal wedding, a Friday
        (date(2012, 6, 5), date(2010, 1, 5)),  # the Diamond Jubilee, a Tuesday
        (date(2020, 5, 8), date(2019, 6, 7)),  # VE day, a Friday
        (date(2022, 6, 3), date(2020, 11, 12)),  # the Platinum Jubilee, a Friday
        (date(2022, 9, 19), date(2022, 9, 10)),  # the state funeral, a Monday
        (date(2023, 5, 8), date(2022, 11, 6)),  # the coronation, a Monday
    ],
    ids=str,
)
def test_a_one_off_day_is_a_working_day_until_it_is_announced(day: date, news: date) -> None:
    before, on, after = (is_working_day(day, news + timedelta(days=n)) for n in (-1, 0, 1))
    assert (before, on, after, is_working_day(day)) == (True, False, False, False)
    assert version(news - timedelta(days=1)) < version(news)


@pytest.mark.parametrize(
    ("day", "news"),
    [
        (date(2012, 5, 28), date(2010, 1, 5)),  # Monday
        (date(2020, 5, 4), date(2019, 6, 7)),  # Monday
        (date(2022, 5, 30), date(2020, 11, 12)),  # Monday
    ],
    ids=str,
)
def test_a_day_that_was_moved_is_a_holiday_until_that_is_known(day: date, news: date) -> None:
    before, on, after = (is_working_day(day, news + timedelta(days=n)) for n in (-1, 0, 1))
    assert (before, on, after, is_working_day(day)) == (False, True, True, True)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"day": date(2022, 9, 19)}, "stands there twice"),
        ({"status": "rumoured"}, "has the status 'rumoured'"),
        ({"status": "withdrawn"}, "withdrawn_on None"),
        ({"withdrawn_on": date(2030, 1, 1)}, "withdrawn_on 2030-01-01"),
        ({"source": ""}, "lacks"),
        ({"title_cy": ""}, "lacks"),
        (
            {
                "status": "withdrawn",
                "known_on": date(2030, 1, 2),  # Wednesday
                "withdrawn_on": date(2030, 1, 1),  # Tuesday
            },
            "withdrawn before it was known",
        ),
    ],
    ids=str,
)
def test_a_calendar_that_cannot_be_is_refused_with_the_reason(
    changes: dict[str, object], fault: str
) -> None:
    *rows, last = working_days.held()
    with pytest.raises(ValueError, match=fault):
        Calendar([*rows, replace(last, **changes)])  # type: ignore[arg-type]  # wrong on purpose
