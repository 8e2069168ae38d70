"""A letter that left to an address which has become unsafe since is a task at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from tests.journeys.test_victim_to_choice import approve, draft, open_letter, post
from tests.journeys.world import World, a_victim, told
from tests.post.held_for import ARRANGE, asks, shared_address
from tests.victims.test_one_person import REFUGE, change, joined, rows
from vcs.post.holds.hold_kinds import HoldKind
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role
from vcs.victims.family.records import DeathRecord
from vcs.victims.identity.join import join_by_hand
from vcs.victims.preferences.records import PreferenceRecord
from vcs.victims.records import PersonRecord


def left(world: World) -> tuple[str, str]:
    world.court_tells(told())
    victim = world.refer()
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, world.today)
    world.clock.move_to(world.today + timedelta(days=1))
    return victim, letter


def asked(world: World) -> list[Task]:
    world.sweep()
    return [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_NOT_SENT]


def test_a_letter_that_left_and_is_still_safe_is_asked_about_by_nobody(world: World) -> None:
    victim, _ = left(world)
    change(world, victim, phone="0113 496 0888")
    assert asked(world) == []


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"safe_to_post": False}, "not safe to write"),
        (REFUGE, "on its way to the old one"),
    ],
)
def test_what_makes_the_address_unsafe_is_a_task_for_today_once(
    world: World, details: dict[str, Any], words: str
) -> None:
    victim, letter = left(world)
    change(world, victim, **details)
    (task,) = asked(world)
    assert words in task.question
    assert letter in task.question
    assert task.due_on == world.today
    assert len(asked(world)) == 1


def test_an_address_that_turns_out_to_be_the_offenders_is_a_task(world: World) -> None:
    victim, _ = left(world)
    shared_address(world, victim)
    change(world, victim, phone="0113 496 0888")
    (task,) = asked(world)
    assert "must see both addresses" in task.question


def test_one_that_left_long_ago_is_asked_about_by_nobody(world: World) -> None:
    victim, _ = left(world)
    world.clock.move_to(world.today + timedelta(days=30))
    change(world, victim, safe_to_post=False)
    assert asked(world) == []


@pytest.mark.parametrize(
    "hold",
    [
        HoldKind.OPTED_OUT,
        HoldKind.DECEASED,
        HoldKind.NEVER_CONTACT,
        HoldKind.POST_NEVER,
        HoldKind.ONLY_VIA,
    ],
)
def test_one_opened_alone_for_printing_is_stopped_when_she_must_not_get_it_any_more(
    world: World, hold: HoldKind
) -> None:
    world.court_tells(told())
    victim = world.refer()
    letter = draft(world, victim)
    approve(world, letter)
    assert open_letter(world, letter).pdf is not None
    world.clock.move_to(world.today + timedelta(days=1))
    assert asked(world) == []
    ARRANGE[hold](world, victim)
    (task,) = asked(world)
    assert (task.topic, task.due_on) == (TaskTopic.MUST_STOP, world.today)
    assert letter in task.question
    assert "Take it out of the post" in task.question
    assert len(asked(world)) == 1


def test_a_letter_abroad_that_is_still_safe_is_asked_about_by_nobody(world: World) -> None:
    world.court_tells(told())
    home = {"address_lines": ("3 rue Exemple", "75001 Paris"), "postcode": "", "country": "France"}
    victim = world.refer("", a_victim(**home))
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, world.today)
    world.clock.move_to(world.today + timedelta(days=1))
    change(world, victim, phone="0113 496 0888")
    assert asked(world) == []
    change(world, victim, **REFUGE, country="")
    (task,) = asked(world)
    assert "on its way to the old one" in task.question


def test_an_address_found_shared_in_one_referral_stops_the_letter_of_another(world: World) -> None:
    first, other = joined(world)
    letter = draft(world, first)
    approve(world, letter)
    post(world, letter, world.today)
    world.clock.move_to(world.today + timedelta(days=1))
    shared_address(world, other)
    asks(TaskKind.ADDRESS_TO_CHECK)(world, other)
    (task,) = asked(world)
    assert letter in task.question
    assert task.topic == TaskTopic.MUST_STOP


def test_one_that_left_to_somebody_who_has_died_since_is_a_task(world: World) -> None:
    victim, letter = left(world)
    ARRANGE[HoldKind.DECEASED](world, victim)
    (task,) = asked(world)
    assert letter in task.question


def _two_records(world: World) -> tuple[str, str]:
    """Refer one person twice, under two names; return both references."""
    world.court_tells(told())
    victim = world.refer()
    hers = a_victim(name="Nia Canary-Maiden", phone="0113 496 0555", email="other@example.org")
    before = world.refer("", hers)
    return victim, before


def _join(world: World, victim: str, before: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        join_by_hand(work, victim, before, "They rang and said so")


def _lies_printed(world: World, victim: str) -> str:
    """Print a letter to them and let a day go by; nothing is asked about it yet."""
    world.clock.move_to(world.today + timedelta(days=1))
    letter = draft(world, victim)
    approve(world, letter)
    assert open_letter(world, letter).pdf is not None
    world.clock.move_to(world.today + timedelta(days=1))
    assert asked(world) == []
    return letter


@pytest.mark.parametrize("hold", [HoldKind.DECEASED, HoldKind.POST_NEVER])
def test_what_was_said_of_a_record_that_turns_out_to_be_hers_stops_a_printed_letter(
    world: World, hold: HoldKind
) -> None:
    victim, before = _two_records(world)
    ARRANGE[hold](world, before)
    letter = _lies_printed(world, victim)
    _join(world, victim, before)
    (task,) = asked(world)
    assert task.topic == TaskTopic.MUST_STOP
    assert letter in task.question


@pytest.mark.parametrize("hold", [HoldKind.DECEASED, HoldKind.POST_NEVER])
def test_what_is_said_of_a_joined_record_stops_a_printed_letter(
    world: World, hold: HoldKind
) -> None:
    """As by a program that still knows her by the record that was joined."""
    victim, before = _two_records(world)
    _join(world, victim, before)
    _lies_printed(world, victim)
    ARRANGE[hold](world, victim)
    _tell_of_the_joined_record(world, hold)
    assert [one.topic for one in asked(world)] == [TaskTopic.MUST_STOP]


def _tell_of_the_joined_record(world: World, hold: HoldKind) -> None:
    table: Any = DeathRecord if hold is HoldKind.DECEASED else PreferenceRecord
    with world.db.writing() as session:
        query = select(PersonRecord.id).where(col(PersonRecord.joined_to_id).is_not(None))
        session.execute(update(table).values(person_id=session.exec(query).one()))
