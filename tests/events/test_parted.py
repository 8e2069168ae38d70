"""Two who were on record as one are two again: nobody counts as told because of the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.events.told import (
    IN_ERROR,
    PLANNED,
    asks_for,
    chooses,
    decide,
    happens,
    line,
    page,
    refer,
    tell,
)
from tests.journeys.world import World, told
from vcs.consequences.people.parting import separate_people
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.events.sets.tell import ToldEntry
from vcs.events.take_back import take_back
from vcs.terms import Choice, Role
from vcs.victims.identity.join import join_by_hand

HOW = "they said so"

ANN = ToldEntry("phone", "Herself")


@pytest.fixture
def two(case: World) -> tuple[str, str]:
    """Return two victims of one offender, each in a referral of their own."""
    case.court_tells(told(urn="13EX0000326"))
    first, other = case.referrals()
    return refer(case, "Ann Here", first), refer(case, "Bea There", other)


def later(world: World, minutes: int = 5) -> None:
    world.clock.move_to(world.clock.now() + timedelta(minutes=minutes))


def join(world: World, one: str, other: str) -> None:
    later(world)
    with world.db.writing() as session:
        join_by_hand(world.work(session, world.people[Role.MANAGER]), one, other, HOW)
    later(world)


def part(world: World, victim: str) -> None:
    later(world)
    with world.db.writing() as session:
        separate_people(world.work(session, world.people[Role.MANAGER]), victim, HOW)


def waiting(world: World, event: str) -> set[str]:
    return {one.victim_reference for one in page(world, event).lines if one.is_open}


def asked(world: World, about: str = "were told of") -> list[str]:
    found = [one.question for one in world.tasks() if "on record as one" in one.question]
    return [words for words in found if about in words]


def test_in_danger_both_are_told_again_whoever_was_rung(case: World, two: tuple[str, str]) -> None:
    """The one who was never rung must not count as told that he is out."""
    join(case, *two)
    event = happens(case, IN_ERROR)
    decide(case, event, two[0], "phone")
    tell(case, event, two[0])
    assert waiting(case, event) == set()
    part(case, two[1])
    assert waiting(case, event) == set(two)
    assert line(case, event, two[0]).way is None, "it was chosen for the two of them"
    assert len(asked(case)) == 2
    assert all(event in words and "told again" in words for words in asked(case))
    assert case.problems() == []


def test_what_was_told_before_they_were_joined_stays_told(
    case: World, two: tuple[str, str]
) -> None:
    for one in two:
        asks_for(case, one, "ring")
    event = happens(case, IN_ERROR)
    for one in two:
        tell(case, event, one)
    join(case, *two)
    part(case, two[1])
    assert waiting(case, event) == set()
    assert asked(case) == []


def test_of_planned_news_only_who_was_not_rung_is_told_again(
    case: World, two: tuple[str, str]
) -> None:
    join(case, *two)
    event = happens(case, PLANNED)
    for one in two:
        decide(case, event, one, "phone")
    tell(case, event, two[0])
    part(case, two[1])
    assert waiting(case, event) == {two[1]}
    again, look = sorted(asked(case), key=lambda words: "Find out whether" in words)
    assert "told again" in again
    assert "it may have been the other one" in look


def test_what_no_longer_matters_is_asked_about_and_not_told_again(
    case: World, two: tuple[str, str]
) -> None:
    join(case, *two)
    released = EventEntry(EventKind.RELEASED, case.today, "prison")
    event = happens(case, released)
    for one in two:
        decide(case, event, one, "phone")
    tell(case, event, two[0])
    case.clock.days(1)
    happens(case, replace(released, kind=EventKind.RECALLED, happened_on=case.today))
    part(case, two[1])
    assert waiting(case, event) == set()
    assert len([words for words in asked(case) if event in words]) == 2


def test_that_it_was_a_mistake_is_told_again_too(case: World, two: tuple[str, str]) -> None:
    for one in two:
        asks_for(case, one, "ring", on=date(2026, 3, 24))
    event = happens(case, IN_ERROR)
    for one in two:
        tell(case, event, one)
    with case.db.writing() as session:
        take_back(case.work(session, case.people[Role.MANAGER]), event, "Another man")
    join(case, *two)
    tell(case, event, two[0], ANN)
    assert waiting(case, event) == set()
    part(case, two[1])
    assert waiting(case, event) == {two[1]}


def test_of_two_answers_the_more_careful_one_counts_once_they_are_one(
    case: World, two: tuple[str, str]
) -> None:
    """She asked one unit for the police, because he answers her telephone; another rang her."""
    asks_for(case, two[0], "police", on=date(2026, 3, 22))
    asks_for(case, two[1], "ring", on=date(2026, 3, 24))
    join(case, *two)
    event = happens(case, IN_ERROR)
    assert {one.way for one in page(case, event).lines} == {"police"}
    asks_for(case, two[1], "ring", on=case.today)
    assert {one.way for one in page(case, event).lines} == {"phone"}
    part(case, two[1])
    assert [line(case, event, one).way for one in two] == ["police", "phone"]


def test_whose_a_choice_or_a_contact_was_is_asked(case: World, two: tuple[str, str]) -> None:
    """Bea said no by the number that was on record: Ann must not be forgotten for it."""
    chooses(case, two[1], Choice.OPT_IN)
    join(case, *two)
    chooses(case, two[0], Choice.OPT_OUT)
    part(case, two[1])
    (question,) = asked(case, "a choice was recorded")
    first, _ = case.referrals()
    (task,) = [one for one in case.tasks() if one.question == question]
    assert task.referral_reference == first


def test_who_was_left_out_for_the_others_no_is_told_again_of_what_is_open(
    case: World, two: tuple[str, str]
) -> None:
    join(case, *two)
    chooses(case, two[1], Choice.OPT_OUT)
    event = happens(case, PLANNED)
    assert waiting(case, event) == set(), "one person, one no"
    part(case, two[1])
    assert waiting(case, event) == {two[0]}
