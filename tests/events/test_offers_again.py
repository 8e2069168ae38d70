"""Somebody who said *not now*, or never replied, is asked again at the event they named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.events.test_embargo import DECIDED, MOMENT, UNTIL
from tests.events.told import IN_ERROR, PLANNED, happens, refer
from tests.journeys.world import World
from vcs.access.work import Work
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.events.take_back import take_back
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import ChoiceEntry, choose
from vcs.victims.records import AskAgainAt, ChoiceRecord

PAROLE = EventEntry(EventKind.PAROLE_REVIEW, date(2026, 9, 1), "parole_board")

AWAY = EventEntry(EventKind.TEMPORARY_RELEASE, date(2026, 4, 20), "prison")

HOSPITAL = EventEntry(EventKind.TO_HOSPITAL, date(2026, 3, 24), "hospital")


def not_now(world: World, victim: str, at: AskAgainAt) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        entry = ChoiceEntry(Choice.NOT_NOW, world.today, "by phone", ask_again_at=at)
        choose(work, victim, entry)


def no_reply(world: World, victim: str) -> None:
    """Record no reply without the tries that it takes on the page."""
    from sqlmodel import select

    from vcs.victims.records import Victim

    with world.db.writing() as session:
        work: Work = world.work(session, world.people[Role.VLO])
        held = session.exec(select(Victim).where(Victim.reference == victim)).one()
        session.add(
            ChoiceRecord(
                victim_id=held.id,
                choice=Choice.NO_REPLY,
                chosen_on=world.today,
                how="3 attempts on 3 days",
                recorded_at=work.now,
                recorded_by=work.actor.account_id,
            )
        )


def owed(world: World) -> list[date | None]:
    """Return by when each offer is made again that an officer is asked about."""
    return [one.due_on for one in world.tasks(Role.VLO) if one.kind == "ask_again"]


@pytest.mark.parametrize(
    ("named", "comes", "is_asked"),
    [
        (AskAgainAt.RELEASE, PLANNED, True),
        (AskAgainAt.RELEASE, PAROLE, False),
        (AskAgainAt.PAROLE, PAROLE, True),
        (AskAgainAt.PAROLE, AWAY, False),
        (AskAgainAt.TEMPORARY_RELEASE, AWAY, True),
        (AskAgainAt.TEMPORARY_RELEASE, PLANNED, True),
        (AskAgainAt.ANY_EVENT, HOSPITAL, True),
        (AskAgainAt.ANY_EVENT, IN_ERROR, True),
    ],
)
def test_the_event_that_somebody_named_opens_the_offer_again(
    case: World, named: AskAgainAt, comes: EventEntry, is_asked: bool
) -> None:
    victim = refer(case, "Ann Lis")
    not_now(case, victim, named)
    assert owed(case) == []
    happens(case, comes)
    assert bool(owed(case)) == is_asked
    case.sweep()
    case.sweep()
    assert len(owed(case)) == int(is_asked)


def test_before_a_release_the_offer_is_due_eight_weeks_ahead_and_a_choice_ends_it(
    case: World,
) -> None:
    victim = refer(case, "Ann Lis")
    not_now(case, victim, AskAgainAt.RELEASE)
    happens(case, PLANNED)
    assert owed(case) == [date(2026, 10, 6)]
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        choose(work, victim, ChoiceEntry(Choice.OPT_IN, case.today, "by phone"))
    assert owed(case) == []


def test_a_release_that_is_near_is_asked_about_today(case: World) -> None:
    victim = refer(case, "Ann Lis")
    not_now(case, victim, AskAgainAt.RELEASE)
    happens(case, replace(PLANNED, happened_on=date(2026, 4, 7)))
    assert owed(case) == [case.today]


def test_not_now_after_a_release_was_planned_is_asked_again_before_it_and_not_at_once(
    case: World,
) -> None:
    victim = refer(case, "Ann Lis")
    happens(case, PLANNED)
    not_now(case, victim, AskAgainAt.RELEASE)
    for day, due in (
        (date(2026, 3, 25), []),
        (date(2026, 10, 5), []),
        (date(2026, 10, 6), [date(2026, 10, 6)]),
        (date(2026, 10, 7), [date(2026, 10, 6)]),
    ):
        case.clock.move_to(day)
        case.sweep()
        assert owed(case) == due


@pytest.mark.parametrize(
    ("comes", "is_asked"), [(PLANNED, True), (PAROLE, True), (HOSPITAL, False)]
)
def test_whoever_never_replied_is_offered_again_before_a_release(
    case: World, comes: EventEntry, is_asked: bool
) -> None:
    no_reply(case, refer(case, "Ann Lis"))
    happens(case, comes)
    assert bool(owed(case)) == is_asked


def test_half_a_year_after_no_reply_the_offer_is_made_again(case: World) -> None:
    no_reply(case, refer(case, "Ann Lis"))
    for day, count in ((date(2026, 9, 21), 0), (date(2026, 9, 22), 1), (date(2026, 9, 23), 1)):
        case.clock.move_to(day)
        case.sweep()
        assert len(owed(case)) == count


def test_an_opt_out_is_asked_again_at_nothing(case: World) -> None:
    victim = refer(case, "Ann Lis")
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        choose(work, victim, ChoiceEntry(Choice.OPT_OUT, case.today, "by phone"))
    happens(case, PLANNED)
    case.sweep()
    assert owed(case) == []


def test_an_event_under_embargo_is_no_moment_for_an_offer_before_it_ends(case: World) -> None:
    not_now(case, refer(case, "Ann Lis"), AskAgainAt.PAROLE)
    happens(case, replace(PAROLE, embargo=UNTIL))
    case.sweep()
    assert owed(case) == []
    case.clock.move_to(MOMENT)
    case.sweep()
    assert owed(case) == [date(2026, 3, 26)]
    assert DECIDED.embargo == UNTIL


def test_an_event_that_was_taken_back_before_the_sweep_asks_nobody(case: World) -> None:
    not_now(case, refer(case, "Ann Lis"), AskAgainAt.PAROLE)
    event = happens(case, replace(PAROLE, embargo=UNTIL))
    with case.db.writing() as session:
        take_back(case.work(session, case.people[Role.MANAGER]), event, "Another man")
    case.clock.move_to(MOMENT)
    case.sweep()
    assert owed(case) == []
