"""Decisions that were open when they got a clock have five working days from the upgrade."""

from __future__ import annotations

from datetime import date

from alembic import command
from sqlalchemy import text

from tests.consequences.test_answers_reused import asked, decide, doubt, lost, page, route
from tests.consequences.test_result_codes import told as told_with_a_new_code
from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, YORKSHIRE, World, told, world
from vcs.database import Database
from vcs.migrations.upgrade import _config, migrate, schema_problems
from vcs.terms import Outcome, Role

__all__ = ["world"]

FRIDAY_27_NOVEMBER, FRIDAY_4_DECEMBER = date(2026, 11, 27), date(2026, 12, 4)

MONDAY_7_DECEMBER = date(2026, 12, 7)


def back_to_the_version_before(database: Database) -> None:
    with database.engine.execution_options(vcs_begin="migrate").begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0021")
    database.engine.dispose()


def subjects(world: World) -> list[str]:
    return world.misses_told()


def test_what_was_left_open_before_the_upgrade_sends_no_mail_at_the_first_sweep(
    world: World,
) -> None:
    for number in range(3):
        doubt = ("Madeup", *CANNOT_TELL)
        world.court_tells(told(FRIDAY_20_MARCH, doubt, urn=f"13EX000{number}126"))
    back_to_the_version_before(world.db)
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE task SET due_on = NULL WHERE id = 1"))
    world.clock.move_to(FRIDAY_27_NOVEMBER)
    migrate(world.settings)
    migrate(world.settings)
    world.sweep()
    assert subjects(world) == []
    assert [task.due_on for task in world.tasks()] == [FRIDAY_4_DECEMBER] * 3
    world.clock.move_to(FRIDAY_4_DECEMBER)
    world.sweep()
    assert subjects(world) == []
    world.clock.move_to(MONDAY_7_DECEMBER)
    world.sweep()
    assert len(subjects(world)) == 3


def test_what_was_told_of_as_late_keeps_its_day_and_is_told_of_no_second_time(
    world: World,
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL)))
    world.clock.move_to(date(2026, 3, 30))
    world.sweep()
    back_to_the_version_before(world.db)
    world.clock.move_to(FRIDAY_27_NOVEMBER)
    migrate(world.settings)
    world.sweep()
    assert [task.due_on for task in world.tasks()] == [date(2026, 3, 27)]
    assert len(subjects(world)) == 1


def test_a_sentence_that_waits_for_a_code_is_asked_about_by_the_version_before(
    world: World,
) -> None:
    world.court_tells(told_with_a_new_code("13EX0000126"))
    back_to_the_version_before(world.db)
    migrate(world.settings)
    assert schema_problems(world.db) == []
    assert world.headline(Role.ADMINISTRATOR).undecided == 1
    assert world.problems() == []


def test_what_people_answered_before_the_upgrade_is_shown_after_it(world: World) -> None:
    world.court_tells(doubt(1), doubt(2), lost(3), lost(4))
    decide(world, Outcome.NOT_ELIGIBLE, "Nine months.")
    route(world, YORKSHIRE)
    back_to_the_version_before(world.db)
    migrate(world.settings)
    (question,), (routing,) = asked(world, "decide"), asked(world, "route")
    assert [one.note for one in page(world, question).earlier] == ["Nine months."]
    assert [one.answer for one in page(world, routing).earlier] == [YORKSHIRE]
