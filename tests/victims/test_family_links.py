"""A family of five over time: who leads, speaks and tells, until they no longer can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.events.told import PLANNED, happens, page, refer
from tests.journeys.test_victim_to_choice import choose
from tests.journeys.world import World, a_victim, told
from tests.victims.test_family import TUESDAY_24, born, died, family, linked, mother_and_child
from tests.victims.test_never_contact import changed, never
from tests.victims.test_one_person import change
from vcs.errors import NotValid
from vcs.post.cases.case import case_of_victim
from vcs.post.gate import HoldKind, Step, holds
from vcs.terms import Choice, Role
from vcs.victims.contact.contact_reads import rules_for
from vcs.victims.family.reads import Member
from vcs.victims.family.records import LinkKind
from vcs.victims.find import visible_victim

NAMES = ("Ann Lis", "Bob Lis", "Cat Lis", "Dan Lis", "Eve Lis")

Happens = Callable[[World, str], None]


def says_no(world: World, victim: str) -> None:
    choose(world, victim, Choice.OPT_OUT, world.today)


def becomes_unsafe(world: World, victim: str) -> None:
    change(world, victim, safe_to_post=False)


@pytest.fixture
def five(world: World) -> tuple[World, list[str]]:
    """Return a family of five: Ann leads and tells Bob and Cat."""
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    people = [refer(world, one) for one in NAMES]
    linked(world, LinkKind.LEAD, people[0])
    for one in people[1:3]:
        linked(world, LinkKind.TELLS, one, people[0])
    return world, people


def questions(world: World) -> list[str]:
    world.sweep()
    return [one.question for one in world.tasks(Role.VLO) if one.kind == "family_doubt"]


def member(world: World, victim: str) -> Member:
    return next(one for one in family(world).members if one.reference == victim)


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (died, "has died"),
        (says_no, "wants no contact"),
        (never, "wants no contact"),
        (becomes_unsafe, "may not be written to safely"),
    ],
)
def test_whoever_leads_and_tells_until_they_no_longer_can(
    five: tuple[World, list[str]], happened: Happens, words: str
) -> None:
    world, (ann, bob, cat, *_) = five
    assert (family(world).lead, member(world, bob).told_by, questions(world)) == (
        "Ann Lis",
        "Ann Lis",
        [],
    )
    happened(world, ann)
    asked = questions(world)
    assert len(asked) == 3
    assert all(words in one and "Lis" not in one for one in asked)
    for one in (bob, cat):
        assert (member(world, one).told_by, member(world, one).not_told_by) == ("", "Ann Lis")
    assert family(world).lead == ""
    linked(world, LinkKind.LEAD, bob)
    linked(world, LinkKind.TELLS, bob)
    assert len(questions(world)) == 1
    linked(world, LinkKind.TELLS, cat, bob)
    assert questions(world) == []
    assert (family(world).lead, member(world, cat).told_by) == ("Bob Lis", "Bob Lis")
    assert world.problems() == []


@pytest.mark.parametrize("happened", [says_no, never, becomes_unsafe])
def test_nobody_is_agreed_who_cannot_do_it(
    five: tuple[World, list[str]], happened: Happens
) -> None:
    world, (_, bob, cat, *_) = five
    happened(world, bob)
    for kind, whom, by in ((LinkKind.LEAD, bob, ""), (LinkKind.TELLS, cat, bob)):
        with pytest.raises(NotValid) as refusal:
            linked(world, kind, whom, by)
        assert "Select somebody else" in str(refusal.value.fields)


def test_each_of_five_is_told_whoever_led(five: tuple[World, list[str]]) -> None:
    world, people = five
    says_no(world, people[0])
    event = happens(world, replace(PLANNED, happened_on=date(2026, 12, 1)))
    lines = page(world, event).lines
    assert [one.not_told_reason for one in lines] == ["opted_out", None, None, None, None]
    assert sorted(one.name for one in lines) == list(NAMES)


def speaker_in_box(world: World, child: str) -> str:
    who = world.people[Role.VLO]
    with world.db.reading() as session:
        victim = visible_victim(session, child, who)
        return rules_for(session, world.sealer, who, victim).speaker


def is_held(world: World, child: str) -> bool:
    with world.db.reading() as session:
        case = case_of_victim(session, world.sealer, world.people[Role.VLO], child, world.today)
    return any(one.kind is HoldKind.NO_ADULT for one in holds(case, Step.APPROVE))


@pytest.mark.parametrize("happened", [died, never, becomes_unsafe])
def test_nobody_is_rung_for_a_child_who_must_not_be(world: World, happened: Happens) -> None:
    mother, child = mother_and_child(world)
    born(world, child, date(2014, 10, 2))
    linked(world, LinkKind.SPEAKS, child, mother)
    assert (speaker_in_box(world, child), is_held(world, child)) == ("Mary Canary", False)
    happened(world, mother)
    assert (speaker_in_box(world, child), is_held(world, child)) == ("", True)
    assert member(world, child).speaker == ""
    (question,) = questions(world)
    assert question.startswith("Whoever speaks for a child")
    father = world.refer(entry=a_victim(name="Paul Canary", phone="", email="", address_lines=()))
    born(world, father, date(1980, 1, 1))
    linked(world, LinkKind.SPEAKS, child, father)
    assert questions(world) == []
    assert speaker_in_box(world, child) == "Paul Canary"


def test_a_parent_who_wants_nothing_for_themselves_may_speak_for_the_child(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, date(2014, 10, 2))
    linked(world, LinkKind.SPEAKS, child, mother)
    says_no(world, mother)
    assert (speaker_in_box(world, child), is_held(world, child)) == ("Mary Canary", False)
    assert len(questions(world)) == 1


def test_nobody_is_asked_about_who_spoke_for_somebody_grown(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, date(2008, 10, 2))
    linked(world, LinkKind.SPEAKS, child, mother)
    world.clock.move_to(date(2026, 10, 3))
    never(world, mother)
    assert questions(world) == []


def test_a_change_of_mind_gives_the_lead_back(five: tuple[World, list[str]]) -> None:
    world, (ann, *_) = five
    never(world, ann)
    assert family(world).lead == ""
    changed(world, ann)
    assert family(world).lead == "Ann Lis"
