"""Families: a child who turns 18, the dead, and who speaks for or tells whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from tests.journeys.test_victim_to_choice import approve, choose, draft
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, a_victim, told
from tests.victims.test_first_contact import contact
from vcs.access import trail
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post.gate import LetterHeld
from vcs.terms import Choice, Role, VictimRelation
from vcs.victims.contact.contacts import ContactEntry
from vcs.victims.family.births import record_birth
from vcs.victims.family.deaths import record_death, take_back_death
from vcs.victims.family.links import link
from vcs.victims.family.of_age import six_months_before
from vcs.victims.family.reads import FamilyView, family_of
from vcs.victims.family.records import LinkKind
from vcs.victims.identity import join
from vcs.victims.person import eighteen_on

FRIDAY_20, TUESDAY_24 = date(2026, 3, 20), date(2026, 3, 24)

BORN, FRIDAY_2_OCTOBER = date(2008, 10, 2), date(2026, 10, 2)
"""Turns 18 on Friday 2 October 2026; six months before is Thursday 2 April."""

MOTHER = {"name": "Mary Canary", "standing": VictimRelation.PARENT_OR_GUARDIAN, "phone": ""}

SPOKE = ContactEntry(TUESDAY_24, "by phone", reached=True, spoke_to="A neighbour")


def mother_and_child(world: World) -> tuple[str, str]:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    mother = world.refer(entry=a_victim(**MOTHER))
    return mother, world.refer(entry=a_victim(name="Tom Canary", address_lines=()))


def born(world: World, victim: str, day: date) -> None:
    with world.db.writing() as session:
        record_birth(world.work(session, world.people[Role.VLO]), victim, day, "they said so")


def linked(
    world: World,
    kind: LinkKind,
    victim: str,
    by: str = "",
    role: Role = Role.VLO,
    checked: str = "",
) -> bool:
    with world.db.writing() as session:
        return link(world.work(session, world.people[role]), kind, victim, by, checked)


def died(world: World, victim: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_death(work, victim, world.today, "canary: the coroner's officer rang")


def family(world: World) -> FamilyView:
    with world.db.reading() as session:
        who = world.people[Role.VLO]
        return family_of(session, world.sealer, who, world.only_referral(), world.today)


def asked(world: World) -> list[str]:
    world.sweep()
    kinds = ("turning_18", "also_offender", "family_doubt")
    return sorted(one.kind for one in world.tasks() if one.kind in kinds)


@pytest.mark.parametrize(
    ("birth", "adult", "before"),
    [
        (date(2008, 10, 2), date(2026, 10, 2), date(2026, 4, 2)),
        (date(2008, 2, 29), date(2026, 3, 1), date(2025, 9, 1)),
        (date(2008, 2, 28), date(2026, 2, 28), date(2025, 8, 28)),
        (date(2008, 8, 31), date(2026, 8, 31), date(2026, 2, 28)),
        (date(2010, 1, 1), date(2028, 1, 1), date(2027, 7, 1)),
    ],
)
def test_when_somebody_turns_18_and_six_months_before(
    birth: date, adult: date, before: date
) -> None:
    assert (eighteen_on(birth), six_months_before(adult)) == (adult, before)


@pytest.mark.parametrize(
    ("day", "tasks"),
    [
        (date(2026, 4, 1), 0),
        (date(2026, 4, 2), 1),
        (date(2026, 10, 1), 1),
        (FRIDAY_2_OCTOBER, 2),
        (date(2026, 10, 3), 2),
    ],
)
def test_it_is_asked_six_months_before_and_on_the_birthday(
    world: World, day: date, tasks: int
) -> None:
    _, child = mother_and_child(world)
    born(world, child, BORN)
    for one in (date(2026, 4, 1), date(2026, 4, 2), FRIDAY_2_OCTOBER):
        if one < day:
            world.clock.move_to(one)
            asked(world)
    world.clock.move_to(day)
    assert asked(world) == ["turning_18"] * tasks
    assert "Canary" not in str([one.question for one in world.tasks()])
    assert world.problems() == []


def test_who_was_an_adult_when_they_were_referred_is_owed_no_question(world: World) -> None:
    _, child = mother_and_child(world)
    born(world, child, date(2008, 3, 24))
    assert asked(world) == []


def status_of(world: World, letter: str) -> str:
    return next(one.status for one in world.view().letters if one.reference == letter)


def test_letters_to_whoever_speaks_for_a_child_stop_on_the_birthday(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, BORN)
    assert linked(world, LinkKind.SPEAKS, child, mother)
    world.clock.move_to(FRIDAY_2_OCTOBER - timedelta(days=1))
    letter = draft(world, mother)
    approve(world, letter)
    world.sweep()
    world.clock.move_to(FRIDAY_2_OCTOBER)
    with pytest.raises(LetterHeld, match="is 18 since Friday 2 October 2026: their own choice"):
        draft(world, mother)
    world.sweep()
    assert status_of(world, letter) == "withdrawn"
    # Their own choice does not open them again: nobody is left to speak for.
    choose(world, child, Choice.OPT_IN, FRIDAY_2_OCTOBER)
    with pytest.raises(LetterHeld):
        draft(world, mother)
    assert linked(world, LinkKind.SPEAKS, child, mother)
    draft(world, mother)


def test_a_mother_who_is_a_victim_herself_gets_her_letters_on(world: World) -> None:
    world.court_tells(told())
    mother, child = world.refer(), world.refer(entry=a_victim(name="Tom Canary"))
    born(world, child, BORN)
    linked(world, LinkKind.SPEAKS, child, mother)
    world.clock.move_to(FRIDAY_2_OCTOBER)
    draft(world, mother)


def test_the_box_says_who_is_a_child_and_who_speaks_for_them(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, BORN)
    linked(world, LinkKind.SPEAKS, child, mother)
    rules = world.view().victims[1].rules
    assert (rules.eighteen_on, rules.speaker) == (FRIDAY_2_OCTOBER, "Mary Canary")
    member = next(one for one in family(world).members if one.reference == child)
    assert (member.is_child, member.speaker) == (True, "Mary Canary")
    with world.db.reading() as session:
        held = session.execute(text("SELECT sealed FROM person_birth")).scalars().all()
        assert not any(b"2008" in bytes(one) for one in held)
        assert trail.verify(session) is None


def test_a_child_or_the_dead_speak_for_nobody(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, BORN)
    for kind, victim, by in ((LinkKind.LEAD, child, ""), (LinkKind.TELLS, mother, child)):
        with pytest.raises(NotValid, match="under 18"):
            linked(world, kind, victim, by)
    with pytest.raises(NotValid):
        linked(world, LinkKind.SPEAKS, child, child)
    died(world, mother)
    with pytest.raises(NotValid, match="died"):
        linked(world, LinkKind.SPEAKS, child, mother)


@pytest.mark.parametrize("name", ["Colin Madeup", "MADEUP, Colin", "Colin James Madeup"])
def test_the_offender_speaks_for_nobody_and_a_manager_is_asked(world: World, name: str) -> None:
    _, child = mother_and_child(world)
    father = world.refer(entry=a_victim(**(MOTHER | {"name": name})))
    born(world, child, BORN)
    assert not linked(world, LinkKind.SPEAKS, child, father)
    assert not linked(world, LinkKind.SPEAKS, child, father, checked="an officer may not say so")
    assert not linked(world, LinkKind.LEAD, father, role=Role.MANAGER)
    assert asked(world).count("family_doubt") == 1
    assert family(world).lead == ""
    assert linked(world, LinkKind.SPEAKS, child, father, Role.MANAGER, "His father, born in 1950")


def test_nobody_sentenced_in_the_same_case_leads_a_family(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), ("Partner", *ELIGIBLE)))
    partner = world.refer(world.referrals()[0], a_victim(**(MOTHER | {"name": "Colin Partner"})))
    assert not linked(world, LinkKind.LEAD, partner)
    assert asked(world) == ["family_doubt"]


def test_another_date_of_birth_tells_a_namesake_from_the_offender(world: World) -> None:
    mother_and_child(world)
    father = world.refer(entry=a_victim(**(MOTHER | {"name": "Colin Madeup"})))
    born(world, father, date(1950, 1, 1))
    assert linked(world, LinkKind.LEAD, father)


def test_everybody_is_told_by_somebody_and_keeps_their_own_choice(world: World) -> None:
    mother, child = mother_and_child(world)
    linked(world, LinkKind.LEAD, mother)
    linked(world, LinkKind.TELLS, child, mother)
    choose(world, mother, Choice.OPT_IN, TUESDAY_24)
    first, second = family(world).members
    assert (first.is_lead, first.told_by, first.choice) == (True, "", "opt_in")
    assert (second.told_by, second.choice) == ("Mary Canary", None)
    died(world, mother)
    view = family(world)
    second = next(one for one in view.members if one.reference == child)
    assert (view.lead, second.told_by, second.not_told_by) == ("", "", "Mary Canary")
    linked(world, LinkKind.TELLS, child)
    assert next(one for one in family(world).members if one.reference == child).not_told_by == ""


def test_nothing_goes_to_the_dead_in_any_referral_until_it_is_taken_back(world: World) -> None:
    mother, _ = mother_and_child(world)
    letter = draft(world, mother)
    approve(world, letter)
    died(world, mother)
    with pytest.raises(LetterHeld, match="has died"):
        draft(world, mother)
    world.sweep()
    assert status_of(world, letter) == "withdrawn"
    with pytest.raises(NotValid) as refusal:
        contact(world, mother, SPOKE)
    assert list(refusal.value.fields) == ["words"]
    with pytest.raises(Conflict):
        died(world, mother)
    with world.db.writing() as session, pytest.raises(NotAllowed):
        take_back_death(world.work(session, world.people[Role.VLO]), mother, "She rang")
    with world.db.writing() as session:
        take_back_death(world.work(session, world.people[Role.MANAGER]), mother, "She rang")
    draft(world, mother)
    contact(world, mother, ContactEntry(TUESDAY_24, "by phone", reached=True, spoke_to="Herself"))
    with world.db.reading() as session:
        held = session.execute(text("SELECT sealed FROM person_death")).scalars().all()
    assert not any(b"canary" in bytes(one) for one in held)


def test_joining_two_records_keeps_the_death_and_the_younger_age(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, BORN)
    born(world, mother, date(1980, 1, 1))
    died(world, child)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        join.join_by_hand(work, mother, child, "they said so")
    for one in family(world).members:
        assert (one.life.has_died, one.life.born_on) == (True, BORN)


@pytest.mark.parametrize("first", ["birth", "sentence"])
def test_a_victim_who_may_be_an_offender_is_told_to_a_manager_in_either_order(
    world: World, first: str
) -> None:
    _, child = mother_and_child(world)
    victim = world.refer(entry=a_victim(name="Colin Othername"))
    other = told(FRIDAY_20, ("Othername", "IMP", "8 Months"), urn="13EX0000926")
    if first == "sentence":
        world.court_tells(other)
    world.sweep()
    born(world, child, BORN)
    born(world, victim, date(1990, 2, 14))
    if first == "birth":
        assert asked(world) == []
        world.court_tells(other)
    assert asked(world) == ["also_offender"]
    assert asked(world) == ["also_offender"]


def test_somebody_else_of_one_birthday_or_one_name_is_not_asked_about(world: World) -> None:
    mother, child = mother_and_child(world)
    born(world, child, BORN)
    born(world, mother, date(1990, 2, 14))
    namesake = world.refer(entry=a_victim(name="Colin Madeup"))
    born(world, namesake, date(1991, 2, 14))
    assert asked(world) == []
    born(world, namesake, date(1990, 2, 14))
    assert asked(world) == ["also_offender"]


@pytest.mark.parametrize("day", [date(2026, 3, 25), date(1905, 1, 1)])
def test_a_date_of_birth_lies_in_the_past(world: World, day: date) -> None:
    _, child = mother_and_child(world)
    with pytest.raises(NotValid) as refusal:
        born(world, child, day)
    assert list(refusal.value.fields) == ["born_on"]
