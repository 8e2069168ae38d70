"""An officer with the surname of somebody in the case is assigned only with a manager's reason."""

from __future__ import annotations

import pytest
from sqlmodel import select

from tests.journeys.world import World, a_victim, told
from vcs.access.actors import Actor
from vcs.access.exclusions.staff import namesakes_of
from vcs.errors import Conflict, NotValid
from vcs.referrals.records import Referral
from vcs.terms import Role
from vcs.victims.officer_name import give_to_officer, surnames, take_as_officer

ALIKE = (
    ("Ann Madeup", "Colin MADEUP"),
    ("Zoë Núñez", "zoe nunez"),
    ("Ann Smith-Jones", "Bob Smith Jones"),
    ("Ann Smith-Jones", "Bob Jones"),
    ("Ann Smithjones", "Bob Smith–Jones"),
    ("Pat O’Brien", "Pat OBrien"),
    ("Søren Ødegård", "Anna Odegard"),
    ("Bob Jones Jr.", "Ann Jones"),
    ("Jones, Bob", "Ann Jones"),
)

UNLIKE = (("Ann Madeup", "Colin Other"), ("Madeup Ann", "Colin Madeup"), ("", "Colin"))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_surnames_are_alike_without_case_accents_and_hyphens(one: str, other: str) -> None:
    assert surnames(one) & surnames(other)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_other_surnames_are_not(one: str, other: str) -> None:
    assert not surnames(one) & surnames(other)


def give(world: World, officer: Actor, reason: str = "") -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        give_to_officer(work, world.only_referral(), officer.account_id, reason)


def officer_of(world: World) -> int | None:
    with world.db.reading() as session:
        return session.exec(select(Referral.vlo_account_id)).one()


@pytest.mark.parametrize("name", ["Vera MADEUP", "Vera Canary Name"])
def test_the_name_of_the_offender_or_a_victim_needs_a_reason(world: World, name: str) -> None:
    world.court_tells(told())
    world.refer(entry=a_victim(name="Nia Canary-Name"))
    officer = world.hire(Role.VLO, name)
    with pytest.raises(NotValid) as refusal:
        give(world, officer)
    assert "surname" in refusal.value.fields["reason"]
    assert officer_of(world) is None
    give(world, officer, "Not related: I asked")
    assert officer_of(world) == officer.account_id
    with world.db.reading() as session:
        sentence_id = session.exec(select(Referral.sentence_id)).one()
        manager = world.people[Role.MANAGER]
        (row,) = namesakes_of(session, world.sealer, manager, sentence_id)
    assert (row.name, row.reason) == (name, "Not related: I asked")


def test_another_officer_is_asked_nothing(world: World) -> None:
    world.court_tells(told())
    world.refer()
    give(world, world.people[Role.VLO])
    assert officer_of(world) == world.people[Role.VLO].account_id


def test_nobody_takes_a_case_with_their_own_surname_by_themselves(world: World) -> None:
    world.court_tells(told())
    officer = world.hire(Role.VLO, "Vera Madeup")
    with world.db.writing() as session, pytest.raises(Conflict, match="ask a manager"):
        take_as_officer(world.work(session, officer), world.only_referral())
    with world.db.writing() as session:
        take_as_officer(world.work(session, world.people[Role.VLO]), world.only_referral())
    assert officer_of(world) == world.people[Role.VLO].account_id
