"""Whoever covers may be excluded from a case of the officer who is away: the managers have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from tests.journeys.test_leave_and_cover import version
from tests.journeys.world import World, told
from vcs.access.actors import Actor
from vcs.access.exclusions.hidden import hidden_from
from vcs.consequences.hidden.excluding import exclude, lift_exclusion
from vcs.ledger.worklists.in_hand import BesideMine, beside_mine
from vcs.ledger.worklists.worklist import worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.officers.leave import Away, change_cover, record_leave
from vcs.referrals.questions import task_reads
from vcs.tasks.records import Task, TaskTopic
from vcs.terms import Role

FRIDAY_20, MONDAY_23, FRIDAY_27 = date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 27)

SATURDAY_28 = date(2026, 3, 28)


@pytest.fixture
def anna(world: World) -> Actor:
    """Return an officer who has two referrals: Madeup's, and Other's."""
    anna = world.hire(Role.VLO, "Anna Away")
    world.court_tells(told())
    more = told(FRIDAY_20, ("Other", "IMP", "4 Years"), urn="13EX0000226", hearing_id="another")
    world.court_tells(more)
    for reference in world.referrals():
        give(world, reference, anna)
    return anna


@pytest.fixture
def ben(world: World) -> Actor:
    return world.hire(Role.VLO, "Ben Beside")


def give(world: World, reference: str, officer: Actor) -> None:
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        assign_vlo(manager, reference, officer.account_id)


def covers(world: World, anna: Actor, ben: Actor | None) -> int:
    away = Away(anna.account_id, ben.account_id if ben else None, MONDAY_23, FRIDAY_27)
    with world.db.writing() as session:
        return record_leave(world.work(session, world.people[Role.MANAGER]), away).id


def excluded(world: World, who: Actor) -> int:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        return exclude(work, world.referrals()[0], who.account_id, "They are cousins").id


def listed(world: World, who: Actor, show: str) -> list[str]:
    with world.db.reading() as session:
        seen = replace(who, hidden=hidden_from(session, who.account_id, world.today))
        asked = WorklistAsked(show)  # type: ignore[arg-type]  # a word of the filter
        rows = worklist(session, world.sealer, seen, world.today, asked).rows
    return sorted(row.reference for row in rows)


def questions(world: World, who: Actor) -> list[str]:
    """Return the open questions about cover that somebody sees."""
    with world.db.reading() as session:
        seen = replace(who, hidden=hidden_from(session, who.account_id, world.today))
        rows = task_reads.tasks(session, seen, world.today).rows
    return [row.question for row in rows if "away until" in row.question]


def test_a_referral_hidden_from_whoever_covers_is_with_the_managers_at_once(
    world: World, anna: Actor, ben: Actor
) -> None:
    manager, (first, second) = world.people[Role.MANAGER], sorted(world.referrals())
    hidden, other = world.referrals()
    assert {first, second} == {hidden, other}
    covers(world, anna, ben)
    world.clock.move_to(MONDAY_23)
    assert listed(world, ben, "mine") == sorted((hidden, other))
    excluded(world, ben)
    assert listed(world, ben, "mine") == [other]
    assert listed(world, manager, "unassigned") == [hidden]
    cover = world.view(hidden).cover
    assert cover is not None
    assert cover.by is None
    with world.db.reading() as session:
        assert beside_mine(session, world.people[Role.VLO], MONDAY_23) == BesideMine(1, 1)
    (question,) = questions(world, manager)
    assert hidden in question
    assert "Ben" not in question
    assert questions(world, ben) == []
    world.clock.move_to(SATURDAY_28)
    world.sweep()
    assert questions(world, manager) == []
    assert listed(world, anna, "mine") == sorted((hidden, other))
    assert world.problems() == []


@pytest.mark.parametrize("day", [FRIDAY_20, MONDAY_23])
def test_leave_that_begins_after_the_exclusion_asks_when_it_is_recorded(
    world: World, anna: Actor, ben: Actor, day: date
) -> None:
    excluded(world, ben)
    absence = covers(world, anna, ben)
    world.clock.move_to(day)
    (question,) = questions(world, world.people[Role.MANAGER])
    assert "from Monday 23 March 2026" in question
    world.sweep()
    assert len(questions(world, world.people[Role.MANAGER])) == 1
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        vlo = world.people[Role.VLO].account_id
        change_cover(manager, absence, vlo, version(session, absence))
    assert questions(world, world.people[Role.MANAGER]) == []


def test_giving_the_referral_or_lifting_the_exclusion_closes_the_question(
    world: World, anna: Actor, ben: Actor
) -> None:
    number = excluded(world, ben)
    covers(world, anna, ben)
    hidden = world.referrals()[0]
    give(world, hidden, world.people[Role.VLO])
    world.sweep()
    assert questions(world, world.people[Role.MANAGER]) == []
    give(world, hidden, anna)
    world.sweep()
    assert len(questions(world, world.people[Role.MANAGER])) == 1
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        lift_exclusion(manager, hidden, number, "It was somebody else")
    world.sweep()
    assert questions(world, world.people[Role.MANAGER]) == []
    with world.db.reading() as session:
        asked = session.exec(select(Task).where(Task.topic == TaskTopic.COVER_NEEDED)).all()
    assert [one.victim_id for one in asked] == [None]
