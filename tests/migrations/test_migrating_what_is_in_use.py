"""A database in use goes back to the first version and up again without losing a message."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text
from sqlmodel import col, select

from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, World, told, world
from tests.sentences.test_set_aside import A_LIST, aside
from vcs.access.work import Work
from vcs.consequences import answers
from vcs.database import Database
from vcs.intake.records import CourtMessage
from vcs.migrations.upgrade import _config, migrate, schema_problems
from vcs.terms import Role

__all__ = ["world"]


def back_to_the_first_version(database: Database) -> None:
    migrating = database.engine.execution_options(vcs_begin="migrate")
    with migrating.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    # A connection that migrated looks after no references; one that serves must.
    database.engine.dispose()


def test_messages_with_their_decisions_and_tasks_survive_a_change_of_their_table(
    world: World,
) -> None:
    world.court_tells(told(), told(FRIDAY_20_MARCH, ("Other", *CANNOT_TELL), urn="13EX0000226"))
    dealt_with, open_still = aside(world), aside(world, A_LIST)
    admin, now = world.people[Role.ADMINISTRATOR], world.clock.now()
    task = next(one for one in world.tasks(Role.ADMINISTRATOR) if one.receipt == dealt_with)
    with world.db.writing() as session:
        answers.dealt_with(
            Work(session, world.sealer, admin, now), task.reference, "It was a test."
        )
    before, receipts = world.state(), (dealt_with, open_still)
    back_to_the_first_version(world.db)
    with world.db.engine.connect() as connection:
        query = text("SELECT count(*) FROM court_message WHERE status = 'set_aside'")
        assert connection.execute(query).scalar_one() == 2
    migrate(world.settings)
    assert schema_problems(world.db) == []
    assert world.state() == before
    assert [world.receipt(one)["status"] for one in receipts] == ["dismissed", "set_aside"]
    assert world.problems() == []


def test_a_body_that_was_removed_stays_removed_and_nothing_else_is_lost(world: World) -> None:
    (receipt,) = world.court_tells(told())
    world.clock.days(731)
    world.sweep()
    back_to_the_first_version(world.db)
    migrate(world.settings)
    with world.db.reading() as session:
        message = session.exec(select(CourtMessage).where(col(CourtMessage.id) == 1)).one()
    assert message.body is None
    assert world.receipt(receipt["receipt"]) == receipt
    assert world.problems() == []
