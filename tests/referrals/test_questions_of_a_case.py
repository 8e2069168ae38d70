"""Questions of one case come together, so that one call answers all of them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from tests.journeys.world import CANNOT_TELL, CARDIFF, LEEDS, World, told
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from vcs.errors import NotFound
from vcs.paging import Slice
from vcs.referrals.questions import task_reads
from vcs.referrals.questions.task_reads import TaskRow, TaskView, task_page
from vcs.terms import Role

MONDAY, TUESDAY = date(2026, 3, 23), date(2026, 3, 24)

CASE, OTHER_CASE = "13EX0000126", "13EX0000226"


def doubt(held_on: date, last: str, urn: str = CASE, court: tuple[str, str] = LEEDS) -> bytes:
    """Return a sentence whose length is not stated."""
    return told(held_on, (last, *CANNOT_TELL), urn=urn, court=court)


def one_case_around_another(world: World) -> None:
    """Let a case have a question on Friday and one on Tuesday, and another case one on Monday."""
    world.court_tells(doubt(FRIDAY, "First"))
    world.clock.move_to(MONDAY)
    world.court_tells(doubt(MONDAY, "Between", OTHER_CASE))
    world.clock.move_to(TUESDAY)
    world.court_tells(doubt(TUESDAY, "Last", "13 ex 0000126"))


def page(world: World, task: TaskRow, role: Role = Role.MANAGER) -> TaskView:
    with world.db.reading() as session:
        return task_page(session, world.sealer, world.people[role], task.reference, world.today)


def test_the_list_shows_a_case_where_its_most_urgent_question_stands(world: World) -> None:
    one_case_around_another(world)
    due = [(task.case_key, task.due_on) for task in world.tasks()]
    assert due == [
        (CASE, date(2026, 3, 27)),
        (CASE, date(2026, 3, 31)),
        (OTHER_CASE, date(2026, 3, 30)),
    ]


def test_the_page_of_a_question_shows_the_others_of_its_case_and_no_more(world: World) -> None:
    one_case_around_another(world)
    first, last, between = world.tasks()
    assert [one.reference for one in page(world, first).of_case] == [last.reference]
    assert [one.reference for one in page(world, last).of_case] == [first.reference]
    assert page(world, between).of_case == ()


def test_a_question_of_the_case_in_another_region_is_not_shown(world: World) -> None:
    world.court_tells(doubt(FRIDAY, "First"), doubt(MONDAY, "Elsewhere", court=CARDIFF))
    (here,) = world.tasks()
    assert page(world, here).of_case == ()
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Carys", region="N03")
    (there,) = world.tasks()
    with pytest.raises(NotFound):
        page(world, here)
    assert page(world, there).of_case == ()


def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(world: World) -> None:
    world.court_tells(doubt(FRIDAY, "First"))
    few = questions_asked(world)
    world.court_tells(*(doubt(FRIDAY, f"No{n}", f"13EX0001{n:03}") for n in range(26)))
    assert questions_asked(world) == few


def questions_asked(world: World) -> int:
    """Return how many queries one page of the list takes."""
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(world.db.reader, "before_cursor_execute", note)
    with world.db.reading() as session:
        task_reads.tasks(session, world.people[Role.MANAGER], world.today, Slice(1, 50))
    event.remove(world.db.reader, "before_cursor_execute", note)
    assert asked
    return len(asked)
