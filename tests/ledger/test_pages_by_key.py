"""Lists are read by the key of the row before: each row once, forwards and back."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from sqlalchemy import text

from tests.journeys.world import World, told
from vcs.access.actors import Actor
from vcs.errors import NotValid
from vcs.ledger.figures.parts import Cell
from vcs.ledger.figures.rows import ledger_rows
from vcs.ledger.worklists.worklist import WorklistRow, worklist, worklist_rows
from vcs.ledger.worklists.worklist_asked import Filter, WorklistAsked
from vcs.paging import Page, Slice
from vcs.terms import Role

FRIDAY_27_MARCH = date(2026, 3, 27)


@pytest.fixture
def many(world: World) -> World:
    """A region with every kind of referral, and some that no region has."""
    days = [date(2026, 3, day) for day in (12, 13, 18, 19, 20)]
    world.court_tells(*(told(days[n % 5], urn=f"13EX000{n:02}126"[:11]) for n in range(10, 24)))
    with world.db.engine.begin() as connection:
        for change in (
            "UPDATE referral SET region_code = NULL WHERE id % 4 = 1",
            "UPDATE referral SET look_again_on = '2026-03-26' WHERE id % 5 = 1",
            "UPDATE decision SET urgent = TRUE WHERE sentence_id % 3 = 1",
            "UPDATE referral SET status = 'closed', closed_reason = 'not_eligible' WHERE id > 10",
            "UPDATE deadline SET lifted_on = '2026-03-20' WHERE referral_id > 10",
        ):
            connection.execute(text(change))
    world.clock.move_to(FRIDAY_27_MARCH)
    return world


def page(world: World, show: Filter, part: Slice, role: Role = Role.MANAGER) -> Page[WorklistRow]:
    with world.db.reading() as session:
        asked = WorklistAsked(show, part)
        return worklist(session, world.sealer, world.people[role], world.today, asked)


def walk(world: World, show: Filter, size: int) -> list[Page[WorklistRow]]:
    """Follow the link to the next page until there is none."""
    pages = [page(world, show, Slice(1, size))]
    while pages[-1].page < pages[-1].pages:
        last = pages[-1]
        pages.append(page(world, show, Slice(last.page + 1, size, after=last.after)))
    return pages


def refs(found: Page[WorklistRow]) -> list[str]:
    return [row.reference for row in found.rows]


@pytest.mark.parametrize("show", get_args(Filter))
def test_pages_by_key_hold_what_pages_by_number_and_the_whole_list_hold(
    many: World, show: Filter
) -> None:
    with many.db.reading() as session:
        who = many.people[Role.MANAGER]
        rows = worklist_rows(session, many.sealer, who, many.today, WorklistAsked(show))
        whole = [row.reference for row in rows]
    pages = walk(many, show, 3)
    assert [ref for one in pages for ref in refs(one)] == whole
    assert pages[0].total == len(whole) == len(set(whole))
    for one in pages:
        assert refs(page(many, show, Slice(one.page, 3))) == refs(one)
    for earlier, later in pairwise(pages):
        back = page(many, show, Slice(earlier.page, 3, before=later.before))
        assert refs(back) == refs(earlier)


def test_the_order_is_urgent_then_traces_then_the_soonest_due_then_what_is_closed(
    many: World,
) -> None:
    rows = [row for one in walk(many, "all", 4) for row in one.rows]
    places = [
        (
            row.status == "closed",
            not row.urgent and row.status != "closed",
            row.look_due_on is None,
            row.due_on or date.max,
            row.sentenced_on,
        )
        for row in rows
        if row.status != "closed"
    ]
    assert places == sorted(places)
    closed = [row.status == "closed" for row in rows]
    assert closed == sorted(closed)
    assert len(rows) == 14
    assert sum(row.look_due_on is not None for row in rows) >= 2


def test_a_row_that_is_dealt_with_meanwhile_lets_no_other_be_skipped(many: World) -> None:
    first = page(many, "open", Slice(1, 3))
    expected = refs(page(many, "open", Slice(2, 3)))
    with many.db.engine.begin() as connection:
        change = "UPDATE referral SET status = 'closed', closed_reason = 'not_eligible'"
        gone = text(f"{change} WHERE reference = :last")
        connection.execute(gone, {"last": first.rows[-1].reference})
    assert refs(page(many, "open", Slice(2, 3, after=first.after))) == expected


def test_the_rows_of_the_ledger_are_read_by_key_as_well(many: World) -> None:
    everybody = Actor(0, "", Role.ADMINISTRATOR)

    def rows(part: Slice) -> Page[object]:
        with many.db.reading() as session:
            return ledger_rows(session, everybody, Cell(), part)  # type: ignore[return-value]  # rows are only compared

    first = rows(Slice(1, 5))
    second = rows(Slice(2, 5, after=first.after))
    assert second.rows == rows(Slice(2, 5)).rows
    assert rows(Slice(1, 5, before=second.before)).rows == first.rows
    assert first.total == 14


@pytest.mark.parametrize(
    "key", ["", "x", "W10", "bm8", "WzksIDEsIDIsIDNd", "WzEsICJ4IiwgMiwgM10", "é"]
)
def test_a_key_that_no_page_gave_is_refused(world: World, key: str) -> None:
    with pytest.raises(NotValid):
        page(world, "open", Slice(2, 3, after=key))
