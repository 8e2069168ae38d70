"""K-09: the sealed details of two people are exchanged in the database: refused, and found."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlmodel import select

from tests.journeys.world import World, a_victim, told, world
from tests.services import commands
from tests.services.processes import environment
from vcs.errors import CannotOpen
from vcs.sealing import UNOPENED
from vcs.tables import table_of
from vcs.terms import Role
from vcs.victims.person import not_theirs, opened
from vcs.victims.records import PersonRecord

__all__ = ["world"]

PEOPLE = table_of(PersonRecord)


@pytest.fixture
def exchanged(world: World) -> list[str]:
    """Return the references of two people, each of whom has what was sealed of the other."""
    world.court_tells(told(), told(urn="13EX0000226"))
    for referral, name in zip(world.referrals(), ("Nia Example", "Mary Other"), strict=True):
        world.refer(referral, a_victim(name=name))
    with world.db.engine.begin() as connection:
        rows = connection.execute(select(PEOPLE.c.id, PEOPLE.c.sealed).order_by(PEOPLE.c.id)).all()
        for row, other in zip(rows, rows[::-1], strict=True):
            change = update(PEOPLE).where(PEOPLE.c.id == row.id)
            connection.execute(change.values(sealed=other.sealed))
    with world.db.reading() as session:
        return [one.reference for one in session.exec(select(PersonRecord))]


def test_nobodys_address_is_shown_as_another_persons(world: World, exchanged: list[str]) -> None:
    with world.db.reading() as session:
        for person in session.exec(select(PersonRecord)):
            with pytest.raises(CannotOpen):
                opened(world.sealer, person)
    for referral in world.referrals():
        assert [one.name for one in world.view(referral).victims] == [UNOPENED]


def test_the_check_and_the_sweep_find_both(world: World, exchanged: list[str]) -> None:
    with world.db.reading() as session:
        assert sorted(not_theirs(session, world.sealer)) == sorted(exchanged)
    world.sweep()
    asked = [one.question for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "cannot_open"]
    for reference in exchanged:
        assert any(reference in question for question in asked), reference
    ended = commands.run(("check",), environment(world.settings))
    assert ended.returncode == 1
    for reference in exchanged:
        assert f"The details of person {reference} do not open" in ended.stdout


def test_what_is_theirs_is_found_to_be_theirs(world: World) -> None:
    world.court_tells(told())
    world.refer()
    world.sweep()
    assert world.tasks(Role.ADMINISTRATOR) == ()
    with world.db.reading() as session:
        assert list(not_theirs(session, world.sealer)) == []
