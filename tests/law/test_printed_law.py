"""``vcs rules --on``: the law of a day, by paragraph and with its codes, and only what was law."""

from __future__ import annotations

import re
from datetime import date

import pytest

from api.public.lawbook import NO_ROUTE, lawbook, printed
from vcs.law import eligibility, offences, schedule
from vcs.law.book.asked import ASKED_UNDER, OPENED_BY, questions_on, routes_on
from vcs.law.book.offence_list import offence_list
from vcs.law.conditions import beyond_statute, hospital, notes, statutory
from vcs.law.provisions import PROVISIONS, in_force
from vcs.terms import Answer

DAYS = [
    date(2003, 6, 2),  # Monday
    date(2006, 5, 10),  # Wednesday
    date(2016, 5, 10),  # Tuesday
    date(2019, 4, 11),  # Thursday
    date(2019, 4, 12),  # Friday
    date(2020, 12, 1),  # Tuesday
    date(2022, 6, 6),  # Monday
    date(2026, 3, 20),  # Friday
]


def text(day: date) -> str:
    return "\n".join(printed(lawbook(day)))


def routes(day: date) -> str:
    return "\n".join(routes_on(day))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_code_under_a_paragraph_of_the_day_was_specified_on_it_or_says_perhaps(
    day: date,
) -> None:
    wrong = [
        f"{one.number} {row.code}"
        for group in offence_list(day)
        for one in group.paragraphs
        for row in one.rows
        if not row.more.startswith("Perhaps")
        and offences.standing(row.code, day, None).answer is not Answer.YES
    ]

    assert wrong == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_code_that_was_specified_on_the_day_is_printed_once_under_its_paragraph(
    day: date,
) -> None:
    under = [
        row.code
        for group in offence_list(day)
        for one in group.paragraphs
        for row in one.rows
        if not row.more.startswith("Perhaps")
    ]
    listed = {c for c in offences.codes() if offences.standing(c, day, day).answer is Answer.YES}

    assert len(under) == len(set(under))
    assert listed - set(under) == set()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_paragraph_of_the_day_is_printed_in_its_part_and_no_other(day: date) -> None:
    lines = text(day)
    for part in schedule.PARTS:
        _, _, section = lines.partition(f"\n{schedule.PARTS[part]}")
        _, _, section = section.partition("\n\n")[0].partition("\n")
        found = re.findall(r"^ (\S.*?)\. ", section, flags=re.MULTILINE)
        held = sorted((r for r in schedule.on(day) if r.part == part), key=lambda row: row.order)
        assert found == [row.number for row in held]


@pytest.mark.parametrize(
    ("day", "opened", "shut"),
    [
        (date(2005, 6, 30), (), ("Section 35", "Section 42", "6A")),  # Thursday
        (date(2005, 7, 1), ("Section 35", "Section 42:"), ("36A", "42A", "38B", "6A")),  # Friday
        (date(2008, 11, 2), ("Section 35",), ("36A", "42A", "38B", "41A", "44B")),  # Sunday
        (date(2008, 11, 3), ("36A", "42A", "38B", "41A", "44B"), ("6A,",)),  # Monday
        (date(2026, 3, 20), ("Section 35", "36A"), ("Schedule 6A",)),  # Friday
    ],
    ids=str,
)
def test_only_the_routes_that_were_open_are_printed(
    day: date, opened: tuple[str, ...], shut: tuple[str, ...]
) -> None:
    assert [one for one in opened if one not in routes(day)] == []
    assert [one for one in shut if one in routes(day)] == []


def test_before_the_act_the_print_says_that_no_route_was_open() -> None:
    assert NO_ROUTE in text(date(2003, 6, 2))  # Monday
    assert NO_ROUTE not in text(date(2005, 7, 1))  # Friday


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_condition_of_an_act_that_is_not_commenced_is_printed_as_asked(day: date) -> None:
    asked = "\n".join(one.asked + one.more for one in questions_on(day))

    assert "6A" not in asked
    assert ("Victim Notification Scheme" in asked) is (day >= date(2022, 4, 1))


def test_the_condition_names_the_list_of_the_day() -> None:
    before = "\n".join(one.asked for one in questions_on(date(2016, 5, 10)))  # Tuesday
    after = "\n".join(one.asked for one in questions_on(date(2020, 12, 1)))  # Tuesday

    assert "an offence in Schedule 15 of 2003" in before
    assert "an offence in Schedule 18" in after


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_provision_is_printed_for_a_day_on_which_it_was_not_in_force(day: date) -> None:
    before, mark, after = text(day).partition("\nPassed and not commenced")
    _, _, section = before.partition("\nProvisions")
    shown = [one for one in PROVISIONS.values() if f"\n  {one.id} [" in section]

    assert mark
    assert [one.id for one in shown if not in_force(one, day)] == []
    assert "Sch.6A Part 1 [" not in before
    assert "Sch.6A Part 1 [" in after


def test_every_route_and_every_room_of_conditions_says_under_which_provision_it_stands() -> None:
    asking = {
        name
        for name, value in vars(eligibility).items()
        if getattr(value, "__annotations__", {}).get("return") == "Reasons" and value.__doc__
    }
    rooms = (statutory, hospital, beyond_statute, notes)

    assert asking <= set(OPENED_BY)
    assert set(OPENED_BY.values()) <= set(PROVISIONS)
    assert {name for name in ASKED_UNDER if not any(hasattr(room, name) for room in rooms)} == set()
    assert {one for one in ASKED_UNDER.values() if one} <= set(PROVISIONS)


def test_what_is_not_confirmed_is_marked_at_its_paragraph() -> None:
    lines = text(date(2026, 3, 20)).splitlines()  # Friday

    (marked,) = [line for line in lines if line.startswith(" 26A. ")]
    (plain,) = [line for line in lines if line.startswith(" 4(f). ")]
    assert "Unconfirmed (medium)" in marked
    assert "nconfirmed" not in plain
