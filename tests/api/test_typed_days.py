"""Dates as people type them are read day first; what could be two days, or none, is refused."""

from __future__ import annotations

from datetime import date

import pytest

from api.typed_days import NotADay, typed_day, typed_day_near

SATURDAY = date(2026, 11, 28)

FRIDAY_20_MARCH = date(2026, 3, 20)


@pytest.mark.parametrize(
    "typed",
    [
        "20/03/2026",
        "20/3/2026",
        "20.3.26",
        "20-3-2026",
        "20 3 2026",
        "2026-03-20",
        "2026/3/20",
        "20 March 2026",
        "20 mar 2026",
        "20MAR2026",
        "20th of March, 2026",
        "March 20, 2026",
        "Friday 20 March 2026",
        "Fri 20/3/26",
        "20 Mawrth 2026",
        "20032026",
        "200326",
        "20 Mar '26",
        "20 March ’26",
        "20\\03\\2026",
        "20 Marhc 2026",
        "20fed o Fawrth 2026",
        "20260320",
        " 20 / 03 / 2026 ",
        "20\N{EN DASH}3\N{EN DASH}2026",
        "20\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026",
    ],
)
def test_a_date_is_read_however_it_is_typed(typed: str) -> None:
    assert typed_day(typed, SATURDAY) == FRIDAY_20_MARCH


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/4/2026", date(2026, 4, 3)),
        ("12/11/10", date(2010, 11, 12)),
        ("5/6/85", date(1985, 6, 5)),
        ("1 sept 26", date(2026, 9, 1)),
        ("1/1/37", date(1937, 1, 1)),
        ("29/2/2024", date(2024, 2, 29)),
        ("26 Febuary 2026", date(2026, 2, 26)),
        ("1af o Fai 2026", date(2026, 5, 1)),
        ("Today", SATURDAY),
        ("ddoe", date(2026, 11, 27)),
        ("1/1/1900", date(1900, 1, 1)),
        ("31/12/2039", date(2039, 12, 31)),
    ],
)
def test_the_day_comes_first_and_two_digits_are_a_year_that_has_come(typed: str, day: date) -> None:
    assert typed_day(typed, SATURDAY) == day


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("03/20/2026", "There is no month 20. Put the day first"),
        ("31/2/2026", "February 2026 has 28 days"),
        ("29/2/2026", "February 2026 has 28 days"),
        ("0/3/2026", "March 2026 has 31 days"),
        ("20/3", "Enter a day, a month and a year"),
        ("March 2026", "Enter a day, a month and a year"),
        ("20/3/27", "27 could be 1927 or 2027"),
        ("20/3/36", "36 could be 1936 or 2036"),
        ("Monday 20 March 2026", "20 March 2026 is a Friday"),
        ("20 Marblc 2026", "Enter the month as a number or a name"),
        ("20 Jume 2026", "Enter the month as a number or a name"),
        ("11111111", "Enter the date with spaces or strokes"),
        ("31/12/1899", "between 1900 and 2039"),
        ("1/1/2040", "between 1900 and 2039"),
        ("1/1/0000", "Enter a real year"),
        ("20/3/226", "Enter a day, a month and a year"),
        ("\u0662\u0660/\u0663/\u0662\u0660\u0662\u0666", "Enter a date"),
        ("last week", "Enter a day, a month and a year"),
        ("2026-03-20T00:00:00Z", "Enter a date"),
        ("<b>", "Enter a date"),
        ("", "Enter a day, a month and a year"),
    ],
)
def test_what_is_no_one_date_is_refused_with_a_right_one(typed: str, says: str) -> None:
    with pytest.raises(NotADay) as refusal:
        typed_day(typed, SATURDAY)

    assert says in str(refusal.value)
    assert "for example 20/3/2026 or 20 March 2026" in str(refusal.value)
    assert "<" not in str(refusal.value)


def test_a_day_that_must_be_past_is_the_last_one_and_not_the_nearest() -> None:
    assert typed_day_near("26 Feb", date(2026, 11, 30)) == date(2027, 2, 26)
    assert typed_day_near("26 Feb", date(2026, 11, 30), is_past=True) == date(2026, 2, 26)
    assert typed_day_near("30 Nov", date(2026, 11, 30), is_past=True) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("26 Feb", date(2026, 2, 26)),
        ("26/2", date(2026, 2, 26)),
        ("26 Sep", date(2025, 9, 26)),
        ("1 April", date(2026, 4, 1)),
        ("Thu 26 Feb", date(2026, 2, 26)),
        ("29 Feb", None),
        ("26 Feb 24", date(2024, 2, 26)),
        ("26/02/26", date(2026, 2, 26)),
        ("31/2/26", None),
        ("26", None),
        ("Feb", None),
        ("26 2 28", None),
    ],
)
def test_a_day_without_a_year_is_the_one_nearest_to_today(typed: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(NotADay):
            typed_day_near(typed, FRIDAY_20_MARCH)
    else:
        assert typed_day_near(typed, FRIDAY_20_MARCH) == day
