"""What happens after the needs were asked opens their clock again, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.events.told import happens
from tests.journeys.test_victim_to_choice import choose
from tests.journeys.world import World, a_victim, told
from tests.needs.test_needs import FRIDAY_27, again, ask_all, clock, needs, referred
from tests.victims.test_first_contact import SPOKE, contact
from vcs.consequences.answers import dealt_with
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource
from vcs.events.take_back import take_back
from vcs.terms import Choice, Role
from vcs.victims.details import amend
from vcs.victims.family.births import record_birth

MONDAY_1_JUNE, TUESDAY_2_JUNE = date(2026, 6, 1), date(2026, 6, 2)

RECALLED = EventEntry(EventKind.RECALLED, MONDAY_1_JUNE, EventSource.PRISON)

REVIEW = EventEntry(EventKind.PAROLE_REVIEW, date(2026, 9, 1), EventSource.PAROLE_BOARD)

ESCAPED = EventEntry(EventKind.ESCAPED, MONDAY_1_JUNE, EventSource.PRISON)

TUESDAY_1_DECEMBER = date(2026, 12, 1)

RELEASE = EventEntry(EventKind.RELEASE_PLANNED, TUESDAY_1_DECEMBER, EventSource.OFFENDER_MANAGER)


def asked_all(world: World) -> str:
    """Refer a victim, speak with them, and ask about everything; it is Tuesday 2 June then."""
    victim = referred(world)
    contact(world, victim, SPOKE)
    ask_all(world, victim, FRIDAY_27)
    world.clock.move_to(TUESDAY_2_JUNE)
    return victim


def runs(world: World) -> list[date]:
    """Return when each clock that runs ends."""
    return [due for due, met, lifted in clock(world) if met is None and lifted is None]


def why(world: World, victim: str) -> str:
    return " ".join(needs(world, victim).again)


@pytest.mark.parametrize(
    ("entry", "words"), [(RECALLED, "recalled"), (REVIEW, "parole review"), (ESCAPED, "")]
)
def test_an_event_that_the_standard_names_opens_the_clock_again(
    world: World, entry: EventEntry, words: str
) -> None:
    victim = asked_all(world)
    assert runs(world) == []
    event = happens(world, entry)
    # Twenty working days from Tuesday 2 June.
    due = [date(2026, 6, 30)] if words else []
    assert runs(world) == due
    assert words in why(world, victim)
    assert len(again(world)) == len(due)
    world.sweep()
    assert len(again(world)) == len(due)
    ask_all(world, victim, TUESDAY_2_JUNE, but=("home",))
    assert runs(world) == due
    ask_all(world, victim, TUESDAY_2_JUNE)
    assert (runs(world), again(world)) == ([], [])
    world.sweep()
    assert (runs(world), again(world), world.problems()) == ([], [], [])
    assert event


@pytest.mark.parametrize(
    ("today", "weeks"),
    [
        (date(2026, 9, 7), 0),
        (date(2026, 9, 8), 12),
        (date(2026, 9, 9), 12),
        (date(2026, 11, 2), 12),
        (date(2026, 11, 3), 4),
        (date(2026, 11, 4), 4),
    ],
)
def test_before_a_release_it_is_asked_twelve_and_four_weeks_ahead(
    world: World, today: date, weeks: int
) -> None:
    victim = asked_all(world)
    happens(world, RELEASE)
    assert runs(world) == []
    world.clock.move_to(today)
    world.sweep()
    assert len(again(world)) == bool(weeks)
    assert f"within {weeks} weeks" in why(world, victim) or not weeks
    days = {12: date(2026, 10, 6), 4: TUESDAY_1_DECEMBER}
    assert runs(world) == ([days[weeks]] if weeks else [])


def test_a_release_that_moves_is_asked_about_by_its_new_day(world: World) -> None:
    victim = asked_all(world)
    happens(world, RELEASE)
    later = replace(RELEASE, kind=EventKind.RELEASE_MOVED, happened_on=date(2027, 2, 2))
    happens(world, later)
    world.clock.move_to(date(2026, 9, 8))
    world.sweep()
    assert again(world) == []
    world.clock.move_to(date(2026, 11, 10))
    world.sweep()
    assert len(again(world)) == 1
    ask_all(world, victim, world.today)
    world.clock.move_to(date(2027, 1, 5))
    world.sweep()
    assert "within 4 weeks" in why(world, victim)


def test_an_event_taken_back_asks_nobody_any_more(world: World) -> None:
    asked_all(world)
    event = happens(world, RECALLED)
    with world.db.writing() as session:
        take_back(world.work(session, world.people[Role.MANAGER]), event, "Another man")
    world.sweep()
    assert (runs(world), again(world), world.problems()) == ([], [], [])


def test_a_manager_who_answers_that_nobody_is_to_be_asked_ends_the_clock(world: World) -> None:
    asked_all(world)
    happens(world, RECALLED)
    (task,) = [one.reference for one in world.tasks() if one.kind == "needs_again"]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        dealt_with(work, task, "She asked us to wait")
    world.sweep()
    assert (runs(world), again(world)) == ([], [])


def test_who_was_not_asked_yet_or_wants_no_contact_is_not_asked_again(world: World) -> None:
    victim = referred(world)
    contact(world, victim, SPOKE)
    happens(world, replace(RECALLED, happened_on=FRIDAY_27))
    assert again(world) == []
    ask_all(world, victim, FRIDAY_27)
    world.clock.move_to(TUESDAY_2_JUNE)
    choose(world, victim, Choice.OPT_OUT, TUESDAY_2_JUNE)
    happens(world, RECALLED)
    world.sweep()
    assert (runs(world), again(world)) == ([], [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"safe_to_post": False}, "safety changed"),
        ({"safe_contact_notes": "canary: he opens the post"}, "safety changed"),
        ({"address_lines": ("2 Canary Lane", "Leeds")}, "another address"),
        ({"phone": "0113 496 0778"}, ""),
    ],
)
def test_another_address_or_safety_opens_the_clock_again(
    world: World, changes: dict[str, Any], words: str
) -> None:
    victim, who = asked_all(world), world.people[Role.VLO]
    with world.db.writing() as session:
        version = amend.reveal_details(world.work(session, who), victim, "to mend").version
    with world.db.writing() as session:
        amend.amend_victim(world.work(session, who), victim, version, a_victim(**changes))
    assert words in why(world, victim)
    assert (len(again(world)), len(runs(world))) == ((1, 1) if words else (0, 0))
    assert "canary" not in why(world, victim).casefold()


@pytest.mark.parametrize(("today", "asked"), [(8, 0), (9, 1), (10, 1)])
def test_at_18_a_victim_is_asked_themselves(world: World, today: int, asked: int) -> None:
    victim = asked_all(world)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_birth(work, victim, date(2008, 6, 9), "they said so")
    world.clock.move_to(date(2026, 6, today))
    world.sweep()
    world.sweep()
    assert (len(again(world)), len(runs(world))) == (asked, asked)
    assert ("is 18 now" in why(world, victim)) is bool(asked)


@pytest.mark.parametrize(("name", "asked"), [("Madeup", 1), ("Other", 0)])
def test_a_new_sentence_of_the_offender_asks_again(world: World, name: str, asked: int) -> None:
    victim = asked_all(world)
    world.sweep()
    more = told(MONDAY_1_JUNE, (name, "IMP", "8 Months"), urn="13EX0000226", hearing_id="another")
    world.court_tells(more)
    world.sweep()
    assert ("sentenced again" in why(world, victim)) is bool(asked)
    assert len(runs(world)) == asked
    assert world.problems() == []
