"""One person under a pet name, another surname or other letters is asked about at every door."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.journeys.program import SOMEBODY, program
from tests.journeys.program import referral as request
from tests.journeys.world import World, a_victim
from tests.victims.test_known import answered, asked_about, is_held
from tests.victims.test_one_person import REFUGE, rows, two_referrals
from vcs.terms import Role
from vcs.victims.identity.known import SOMEBODY_ELSE
from vcs.victims.person import Person
from vcs.victims.preferences.anything import NeverContact, record_never
from vcs.victims.preferences.records import HowKnown
from vcs.victims.records import Victim
from vcs.victims.same_person import Likeness, likeness, why_alike

HERE = Person("", "", ("7 Wren Row", "Otley"), "LS21 3QX", "07700 900321", "l@example.org", "")
AWAY = Person("", "", ("9 Hawk Lane", "York"), "YO1 9ZA", "", "", "")

ONE_PERSON = (
    ("Elizabeth Marlow", "Liz Marlow"),
    ("Rebecca Thornley", "Becky Thornley"),
    ("Margaret Jones", "Peggy Jones"),
    ("Margaret Jones", "Maggie Jones"),
    ("Robert Lane", "Bob Lane"),
    ("Joanna Tarrow", "Jo Tarrow"),
    ("Katarzyna Nowak", "Kasia Nowak"),
    ("Samantha Yew", "Sam Yew"),
    ("Siobhan Kelly", "Chevonne Kelly"),
)

OTHERWISE = (
    ("Elizabeth Marlow", "Mrs E Hart"),
    ("Phạm Thị Diệu", "Dieu Pham"),
    ("Нина Петрова", "Nina Petrova"),
    ("王小明", "Xiaoming Wang"),
    ("Ann Marlow", "Bob Marlow"),
)


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_a_pet_name_is_asked_about_and_reached_alike_it_is_probably_one(
    one: str, other: str
) -> None:
    here, there = replace(HERE, name=one), replace(AWAY, name=other)
    assert likeness(here, there) is Likeness.MAYBE
    assert likeness(here, replace(HERE, name=other)) is Likeness.PROBABLY


@pytest.mark.parametrize(("one", "other"), OTHERWISE)
def test_whoever_is_reached_alike_is_asked_about_whatever_the_name(one: str, other: str) -> None:
    here = replace(HERE, name=one)
    assert likeness(here, replace(HERE, name=other)) is Likeness.REACHED
    assert likeness(here, replace(AWAY, name=other)) is Likeness.NO
    only_email = replace(AWAY, name=other, email="L@Example.org")
    assert why_alike(here, only_email) == ("the same email address",)


def test_one_home_needs_one_surname() -> None:
    here, home = replace(HERE, name="Ann Marlow"), replace(HERE, phone="", email="")
    assert likeness(here, replace(home, name="Bob Marlow")) is Likeness.REACHED
    assert likeness(here, replace(home, name="Bob Lodger")) is Likeness.NO


def never(world: World, victim: str) -> None:
    with world.db.writing() as session:
        said = NeverContact(world.today, HowKnown.THEM, "Never again")
        record_never(world.work(session, world.people[Role.VLO]), victim, said)


def test_never_holds_under_a_pet_name_by_page_and_by_program(world: World) -> None:
    first, other = two_referrals(world)
    rebecca = world.refer(first, a_victim(name="Rebecca Thornley"))
    never(world, rebecca)
    again = answered(world, other, a_victim(name="Becky Thornley"), SOMEBODY_ELSE)
    assert is_held(world, again), "one word of witness care does not undo a never"
    assert len(asked_about(world)) == 1
    told = [
        SOMEBODY | {"name": "Bex Thornley", "phone": "0113 496 0777"},
        SOMEBODY | {"name": "Kit Thornley", "phone": "0113 496 0777"},
    ]
    program(world).send(request(referral_reference=other, victims=told))
    bex, kit = [one.reference for one in rows(world, Victim)][-2:]
    assert is_held(world, bex)
    assert is_held(world, kit), "a child with her telephone is asked about too"
    about = {frozenset((one.victim_id, one.person_id)) for one in asked_about(world)}
    assert len(about) == 5, "each with both on record; the two of one message are a family"


def test_a_number_that_many_have_is_nobodys_own(world: World) -> None:
    first, other = two_referrals(world)
    for name in ("Ann", "Bea", "Cat", "Dot", "Eve", "Fay", "Gia", "Hal", "Ida"):
        world.refer(first, a_victim(name=f"{name} {name}son", email="", **REFUGE))
    program(world).send(
        request(referral_reference=other, victims=[SOMEBODY | {"phone": "0113 496 0777"}])
    )
    assert asked_about(world) == []
