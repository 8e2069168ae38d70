"""A database in use goes back to the first version and up again without losing a message."""

from __future__ import annotations

from dataclasses import replace

from alembic import command
from sqlalchemy import text
from sqlmodel import col, select

from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, World, a_victim, told, world
from tests.sentences.test_set_aside import A_LIST, aside
from vcs.access.work import Work
from vcs.consequences import answers
from vcs.database import Database
from vcs.intake.records import CourtMessage
from vcs.migrations.upgrade import _config, migrate, schema_problems
from vcs.terms import Role, VictimRelation
from vcs.victims.details import amend
from vcs.victims.details.safety import OF_THE_ADDRESS
from vcs.victims.entries import VictimEntry, former_entries, held_entry
from vcs.victims.find import former_rows
from vcs.victims.records import Victim

__all__ = ["world"]


def back_to_the_first_version(database: Database) -> None:
    migrating = database.engine.execution_options(vcs_begin="migrate")
    with migrating.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    # A connection that migrated looks after no references; one that serves must.
    database.engine.dispose()


def back_to(world: World, revision: str) -> None:
    migrating = world.db.engine.execution_options(vcs_begin="migrate")
    with migrating.begin() as connection:
        config = _config()
        config.attributes |= {"connection": connection, "sealer": world.sealer}
        command.downgrade(config, revision)
    world.db.engine.dispose()


def held(world: World, victim: str) -> list[VictimEntry]:
    """Return what was held about a victim at each time, and what is held now."""
    with world.db.reading() as session:
        found = session.exec(select(Victim).where(Victim.reference == victim)).one()
        formers = former_rows(session, found)
        before = former_entries(world.sealer, formers, found)
        return [*before, held_entry(world.sealer, found)]


def test_each_victim_becomes_a_person_with_all_that_was_held_of_them(world: World) -> None:
    world.court_tells(told())
    mother = a_victim(standing=VictimRelation.NEXT_OF_KIN, about="mother of the person who died")
    victim, another = world.refer(entry=mother), world.refer()
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        details = amend.reveal_details(work, victim, "to mend the details")
        moved = replace(details.entry, about="aunt", address_lines=("2 Refuge Close",))
        amend.amend_victim(work, victim, details.version, moved, OF_THE_ADDRESS)
    before, state = [held(world, one) for one in (victim, another)], world.state()
    back_to(world, "0021")
    with world.db.engine.connect() as connection:
        # Nobody said that the new address is safe, so that is true of the other one alone.
        query = text("SELECT count(*) FROM victim WHERE safe_to_post AND language = 'en'")
        assert connection.execute(query).scalar_one() == 1
    migrate(world.settings)
    assert schema_problems(world.db) == []
    assert [held(world, one) for one in (victim, another)] == before
    assert [one.about for one in before[0]] == ["mother of the person who died", "aunt"]
    assert world.state() == state
    with world.db.reading() as session:
        people = session.exec(select(Victim.person_id)).all()
    assert len(set(people)) == 2
    # PostgreSQL goes on counting after the people that were brought over.
    world.refer(entry=a_victim(name="One More"))
    assert world.problems() == []


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
