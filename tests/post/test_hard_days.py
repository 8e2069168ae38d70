"""The days that somebody named as hard, in their own words: what is not read is not passed over."""

from __future__ import annotations

from datetime import date

import pytest

from vcs.post.holds.hard_days import hard_day


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("between 1 and 14 February", date(2026, 2, 5)),
        ("1-14 Feb", date(2026, 2, 5)),
        ("1 Feb to 14 Feb", date(2026, 2, 5)),
        ("rhwng 1 a 14 Chwefror", date(2026, 2, 5)),
        ("3/4/5 May", date(2026, 5, 1)),
        ("3, 4 and 5 May", date(2026, 5, 1)),
        ("March and May", date(2026, 5, 20)),
        ("March and May are hard", date(2026, 5, 20)),
        ("from the end of March until May", date(2026, 4, 10)),
        ("Fridays to Sundays", date(2026, 8, 5)),
        ("Christmas to New Year", date(2026, 8, 5)),
        ("May", date(2026, 5, 20)),
        ("his birthday", date(2026, 5, 20)),
        ("2026-05-04", date(2026, 5, 3)),
        ("10 June and early May", date(2026, 5, 3)),
    ],
)
def test_a_stretch_of_days_or_a_list_holds_between_its_ends(said: str, on: date) -> None:
    assert hard_day(said, on) is not None


@pytest.mark.parametrize(
    "said",
    [
        "14 February",
        "14/2/2024",
        "his birthday 14 Feb",
        "the 14 May",
        "14 March, the day he went to prison",
        "A letter from him came on 14 March",
    ],
)
def test_a_day_that_is_read_holds_no_other(said: str) -> None:
    assert hard_day(said, date(2026, 8, 5)) is None


@pytest.mark.parametrize(
    "said",
    [
        "4 May, when it happened, and her birthday",
        "Remembrance Sunday, 4 June",
        "Remembrance Sunday 4 June",
        "9 November and bank holidays",
        "4 May; the inquest",
        "4 May. Her wedding day.",
        "4 Mai a phen-blwydd ei mab",
        "the week after 4 May",
        "the days around 4 May",
        "4 May, and when school is out",
        "14 February, Good Friday",
        "4 May, Friday",
        "10 June. Also the day she died",
        "10 June - VE day",
        "10 June – Easter",
        "10 May or when he gets parole",
        "31 June",
        "5/14",
    ],
)
def test_words_beside_a_day_that_nobody_could_read_are_asked_about(said: str) -> None:
    found = hard_day(said, date(2026, 8, 5))
    assert found is not None
    assert found.on is None


@pytest.mark.parametrize(
    "said",
    [
        "Sunday 4 June",
        "Sunday, 4 June",
        "4 May, when it happened",
        "4 May; please do not write then",
        "4 May (her birthday)",
        "4 May is hard, and 9 November is hard too",
        "On Sunday the 14 May and on 9 November",
        "Christmas and New Year",
        "2026-05-04",
        "10 June - the day she died",
        "10 June and early May",
    ],
)
def test_words_about_a_day_that_was_read_name_no_other(said: str) -> None:
    assert hard_day(said, date(2026, 8, 5)) is None


def test_a_verb_is_no_month() -> None:
    said = "Christmas, may be upset then"
    assert hard_day(said, date(2026, 5, 20)) is None
    assert hard_day(said, date(2026, 12, 22)) is not None
