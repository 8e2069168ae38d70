from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.journeys.world import CARDIFF, FRIDAY_20_MARCH, TUESDAY_7_APRIL, World, told
from vcs.errors import NotValid
from vcs.law.deadlines.due import State, days_left, state_of
from vcs.ledger.figures.headline import Headline
from vcs.ledger.worklists.worklist import WorklistRow, worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.paging import Page, Slice
from vcs.terms import Role

THURSDAY_26_MARCH, FRIDAY_27_MARCH = date(2026, 3, 26), date(2026, 3, 27)


def listed(world: World, show: str = "open", page: int = 1, size: int = 50) -> Page[WorklistRow]:
    who = world.people[Role.MANAGER]
    with world.db.reading() as session:
        asked = WorklistAsked(show, Slice(page, size))  # type: ignore[arg-type]  # a word from the test's table
        return worklist(session, world.sealer, who, world.today, asked)


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (THURSDAY_26_MARCH, State.DUE, 6),
        (FRIDAY_27_MARCH, State.DUE_SOON, 5),
        (date(2026, 3, 28), State.DUE_SOON, 5),  # Saturday
        (date(2026, 3, 29), State.DUE_SOON, 5),  # Sunday
        (date(2026, 3, 30), State.DUE_SOON, 4),  # Monday
        (date(2026, 4, 2), State.DUE_SOON, 1),  # Maundy Thursday
        (date(2026, 4, 6), State.DUE_SOON, 1),  # Easter Monday
        (TUESDAY_7_APRIL, State.DUE_SOON, 0),
        (date(2026, 4, 8), State.OVERDUE, -1),  # Wednesday
    ],
)
def test_a_deadline_stands_as_the_day_says(today: date, state: State, left: int) -> None:
    assert days_left(TUESDAY_7_APRIL, today) == left
    assert state_of(TUESDAY_7_APRIL, None, today) is state


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (date(2026, 3, 19), State.DUE, 6),  # Thursday
        (date(2026, 3, 20), State.DUE_SOON, 5),  # Friday: until the Friday after
        (date(2026, 3, 21), State.DUE_SOON, 5),  # Saturday
        (date(2026, 3, 22), State.DUE_SOON, 5),  # Sunday
        (date(2026, 3, 23), State.DUE_SOON, 4),  # Monday
        (FRIDAY_27_MARCH, State.DUE_SOON, 0),
        (date(2026, 3, 28), State.DUE_SOON, 0),  # the day itself
        (date(2026, 3, 29), State.OVERDUE, 0),  # Sunday
        (date(2026, 3, 30), State.OVERDUE, -1),  # Monday
    ],
)
def test_what_is_due_on_a_saturday_has_until_the_friday_before(
    today: date, state: State, left: int
) -> None:
    saturday = date(2026, 3, 28)
    assert days_left(saturday, today) == left
    assert state_of(saturday, None, today) is state


def test_what_has_five_working_days_left_is_due_soon_and_nothing_else_is() -> None:
    """Words and place agree, on every day of two years, with every holiday in between."""
    first = date(2026, 1, 1)
    for today in (first + timedelta(days=n) for n in range(730)):
        for due_on in (today + timedelta(days=n) for n in range(20)):
            is_soon = state_of(due_on, None, today) is State.DUE_SOON
            assert is_soon is (days_left(due_on, today) <= 5), (today, due_on)


def test_what_was_met_or_never_owed_is_neither_due_nor_late() -> None:
    assert state_of(TUESDAY_7_APRIL, TUESDAY_7_APRIL, date(2026, 5, 1)) is State.MET
    assert state_of(None, None, date(2026, 5, 1)) is State.NONE


def test_what_is_overdue_comes_first_and_what_is_closed_last(world: World) -> None:
    days = (date(2026, 3, 19), date(2026, 3, 12), date(2026, 3, 18))
    world.court_tells(*(told(day, urn=f"13EX{n:07d}26") for n, day in enumerate(days)))
    world.clock.move_to(FRIDAY_27_MARCH)
    page = listed(world)
    assert [row.sentenced_on for row in page.rows] == sorted(days)
    assert [row.state for row in page.rows] == [State.OVERDUE, State.DUE_SOON, State.DUE_SOON]
    assert page.rows[0].working_days == -1


def test_each_list_holds_what_its_name_says(world: World) -> None:
    world.court_tells(
        told(date(2026, 3, 12), urn="13EX0000126"),
        told(date(2026, 3, 18), urn="13EX0000226"),
        told(urn="13EX0000326"),
    )
    world.clock.move_to(FRIDAY_27_MARCH)
    world.refer(world.referrals()[2])
    counts = {
        show: listed(world, show).total
        for show in ("open", "overdue", "due_soon", "referred", "closed", "mine", "all")
    }
    assert counts == {
        "open": 3, "overdue": 1, "due_soon": 1, "referred": 1, "closed": 0, "mine": 0, "all": 3,
    }  # fmt: skip


def test_the_headline_counts_what_nobody_has_accounted_for(world: World) -> None:
    world.court_tells(
        told(date(2026, 3, 12), urn="13EX0000126"),
        told(urn="13EX0000226"),
        told(urn="62EX0000126", court=CARDIFF),
    )
    world.clock.move_to(FRIDAY_27_MARCH)
    told_manager = world.headline()
    assert (told_manager.unaccounted, told_manager.overdue) == (2, 1)
    assert told_manager.oldest_days == 15
    world.refer(world.referrals()[0])
    assert world.headline().unaccounted == 1
    assert world.headline(Role.WITNESS_CARE).unaccounted == 1
    assert world.headline(Role.ADMINISTRATOR).unaccounted == 2


def test_nothing_to_do_is_told_as_nothing(world: World) -> None:
    assert world.headline() == Headline(0, 0, 0, None, 0)
    assert listed(world) == Page((), 1, 1, 0)


def test_pages_hold_every_row_once(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(7)))
    pages = [listed(world, page=n, size=3) for n in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert {page.pages for page in pages} == {3}
    assert len({row.reference for page in pages for row in page.rows}) == 7


@pytest.mark.parametrize(("page", "size"), [(0, 50), (-1, 50), (1, 0), (1, -1), (1, 101)])
def test_a_page_that_no_list_has_is_refused(world: World, page: int, size: int) -> None:
    with pytest.raises(NotValid):
        listed(world, page=page, size=size)


def test_a_row_names_the_next_duty_and_who_has_it(world: World) -> None:
    world.court_tells(told())
    assert listed(world).rows[0].next_duty == "refer-to-probation"
    world.refer()
    row = listed(world).rows[0]
    assert (row.next_duty, row.victims, row.due_on) == ("first-contact", 1, date(2026, 4, 21))
    assert row.sentenced_on == FRIDAY_20_MARCH
