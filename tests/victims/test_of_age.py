"""A child who turned 18 is asked themselves, however late we knew, until they chose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.events.told import IN_ERROR, PLANNED, happens, line
from tests.journeys.test_victim_to_choice import approve, choose, draft
from tests.journeys.world import World, a_victim, told
from tests.victims.test_family import (
    BORN,
    FRIDAY_2_OCTOBER,
    MOTHER,
    TUESDAY_24,
    born,
    linked,
    mother_and_child,
)
from tests.victims.test_one_person import two_referrals
from vcs.consequences.answers import dealt_with
from vcs.post.gate import LetterHeld
from vcs.terms import Choice, Role
from vcs.victims.family.records import LinkKind
from vcs.victims.find import visible_victim
from vcs.victims.identity.join import join

SATURDAY_3_OCTOBER = date(2026, 10, 3)


def asked(world: World, day: date) -> list[date | None]:
    """Let the scheduler work on a day; return by when each child is to be asked."""
    world.clock.move_to(day)
    world.sweep()
    found = [one for one in world.tasks() if one.kind == "turning_18"]
    return [one.due_on for one in found if "Their own choice is owed" in one.question]


def deal_with_all(world: World) -> None:
    for one in world.tasks():
        if one.kind == "turning_18":
            with world.db.writing() as session:
                work = world.work(session, world.people[Role.MANAGER])
                dealt_with(work, one.reference, "Their mother was asked")


def test_both_questions_are_due_on_the_birthday(world: World) -> None:
    _, child = mother_and_child(world)
    born(world, child, BORN)
    assert asked(world, date(2026, 4, 2)) == []
    assert [one.due_on for one in world.tasks() if one.kind == "turning_18"] == [FRIDAY_2_OCTOBER]
    assert asked(world, FRIDAY_2_OCTOBER) == [FRIDAY_2_OCTOBER]


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2033])
def test_a_birth_that_is_recorded_years_later_counts(world: World, year: int) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    world.refer(entry=a_victim(**MOTHER))
    child = world.refer(entry=a_victim(name="Tom Canary", address_lines=()))
    world.clock.move_to(date(year, 3, 1))
    born(world, child, BORN)
    assert asked(world, world.today) == [FRIDAY_2_OCTOBER]
    choose(world, child, Choice.OPT_IN, world.today)
    assert asked(world, date(year + 1, 3, 1)) == []


def test_an_adult_when_referred_is_never_asked(world: World) -> None:
    _, child = mother_and_child(world)
    born(world, child, date(1980, 10, 2))
    assert asked(world, date(2030, 1, 1)) == []


def test_the_birth_of_a_record_that_was_joined_to_another_counts(world: World) -> None:
    first, other = two_referrals(world)
    here = world.refer(first, a_victim(name="Tom Canary", phone=""))
    elsewhere = {"address_lines": ("9 Elm Road", "Leeds"), "phone": "", "email": ""}
    there = world.refer(other, a_victim(name="Tom Canary", **elsewhere))
    born(world, there, BORN)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        ids = [visible_victim(session, one, work.actor).person_id for one in (here, there)]
        join(work, ids[0], ids[1], "same")
    assert asked(world, FRIDAY_2_OCTOBER) == [FRIDAY_2_OCTOBER] * 2
    deal_with_all(world)
    assert asked(world, date(2030, 10, 2)) == [date(2030, 10, 2)] * 2


def test_closed_without_a_choice_it_is_asked_again_half_a_year_later(world: World) -> None:
    _, child = mother_and_child(world)
    born(world, child, BORN)
    assert asked(world, FRIDAY_2_OCTOBER) == [FRIDAY_2_OCTOBER]
    deal_with_all(world)
    assert asked(world, date(2027, 4, 1)) == []
    assert asked(world, date(2027, 4, 3)) == [date(2027, 4, 3)]
    deal_with_all(world)
    assert asked(world, date(2031, 1, 6)) == [date(2031, 1, 6)]
    choose(world, child, Choice.OPT_OUT, world.today)
    assert asked(world, date(2032, 1, 6)) == []
    assert world.problems() == []


def opted_out_as_a_child(world: World) -> str:
    mother, child = mother_and_child(world)
    born(world, child, BORN)
    linked(world, LinkKind.SPEAKS, child, mother)
    choose(world, child, Choice.OPT_OUT, world.today)
    return child


def test_what_was_said_for_a_child_silences_no_adult(world: World) -> None:
    child = opted_out_as_a_child(world)
    planned = replace(PLANNED, happened_on=date(2027, 3, 1))
    event = happens(world, planned)
    assert line(world, event, child).not_told_reason == "opted_out"
    with pytest.raises(LetterHeld, match="nobody can overrule"):
        draft(world, child)
    asked(world, SATURDAY_3_OCTOBER)
    assert line(world, event, child).not_told_reason is None
    # The box still says what was said.
    assert line(world, event, child).rules.opted_out_on == TUESDAY_24
    letter = draft(world, child)
    with pytest.raises(LetterHeld, match="before they were 18"):
        approve(world, letter)
    choose(world, child, Choice.OPT_OUT, world.today)
    world.sweep()
    assert line(world, event, child).not_told_reason == "opted_out"
    with pytest.raises(LetterHeld, match="nobody can overrule"):
        approve(world, letter)
    assert world.problems() == []


def test_in_danger_a_manager_chooses_how_the_new_adult_is_told(world: World) -> None:
    child = opted_out_as_a_child(world)
    event = happens(world, IN_ERROR)
    assert line(world, event, child).way == "police"
    asked(world, SATURDAY_3_OCTOBER)
    assert line(world, event, child).way is None


def test_a_birth_that_was_wrong_gives_the_no_back(world: World) -> None:
    child = opted_out_as_a_child(world)
    asked(world, SATURDAY_3_OCTOBER)
    born(world, child, date(2010, 10, 2))
    event = happens(world, replace(PLANNED, happened_on=date(2027, 3, 1)))
    assert line(world, event, child).not_told_reason == "opted_out"
