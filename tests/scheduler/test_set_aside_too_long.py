"""Messages that nobody could read wait for a person, and the administrators hear of it daily."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import FRIDAY_20_MARCH, World
from tests.sentences.test_set_aside import aside, dismissed
from tests.services.mailbox import text_of
from vcs.ledger.dump import state_dump
from vcs.sentences.set_aside.reads import set_aside
from vcs.terms import Role

TUESDAY_24, WEDNESDAY_25, THURSDAY_26 = date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 26)

THURSDAY_2_APRIL, WEDNESDAY_8, THURSDAY_9 = date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 9)


def subjects(world: World, day: date) -> list[str]:
    """Let the scheduler sweep twice on a day; return what administrators were told so far."""
    world.clock.move_to(day)
    world.sweep()
    world.sweep()
    told = (line for one in world.digests(Role.ADMINISTRATOR) for line in text_of(one).split("\n"))
    return [line for line in told if "set aside" in line]


def test_after_two_working_days_it_is_told_once_a_day_until_it_is_dealt_with(
    world: World,
) -> None:
    assert world.today == FRIDAY_20_MARCH
    receipt = aside(world)
    assert subjects(world, TUESDAY_24) == []
    (line,) = subjects(world, WEDNESDAY_25)
    assert line.startswith("1 court message set aside, the oldest received on Friday 20 March")
    assert len(subjects(world, THURSDAY_26)) == 2
    assert world.mail() == []
    dismissed(world, receipt)
    assert len(subjects(world, date(2026, 3, 27))) == 2
    assert world.problems() == []


@pytest.mark.parametrize(("day", "mails"), [(WEDNESDAY_8, 0), (THURSDAY_9, 1)])
def test_easter_is_no_working_day(world: World, day: date, mails: int) -> None:
    world.clock.move_to(THURSDAY_2_APRIL)
    aside(world)
    assert len(subjects(world, day)) == mails


def test_each_message_has_a_clock_and_a_row_that_names_it(world: World) -> None:
    """An administrator's turn, two working days, with the scheduler stopped and in the morning."""
    first, second = aside(world), aside(world, b"[1]")
    clocks = [(first, TUESDAY_24, False), (second, TUESDAY_24, False)]
    assert shown(world, TUESDAY_24) == clocks
    assert shown(world, WEDNESDAY_25) == [(one, due_on, True) for one, due_on, _ in clocks]
    assert dumped(world) == [("administrator", "2026-03-24", True)] * 2
    world.sweep()
    mail = morning(world)
    named = [one.reference for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "set_aside"]
    assert len(named) == 2
    assert all(one in mail for one in named)
    assert "A COURT MESSAGE COULD NOT BE READ" in mail
    assert mail.count("1 working day overdue") == 2
    dismissed(world, first)
    world.clock.move_to(THURSDAY_26)
    world.sweep()
    assert "Settled on Wednesday 25 March 2026, 1 working day late" in morning(world)
    assert morning(world).count("2 working days overdue") == 1
    assert shown(world, THURSDAY_26) == [(second, TUESDAY_24, True)]


def shown(world: World, day: date) -> list[tuple[str, date | None, bool]]:
    """Return the receipts that the page lists on a day, with when each is to be answered for."""
    world.clock.move_to(day)
    with world.db.reading() as session:
        found = set_aside(session, world.people[Role.ADMINISTRATOR], day)
    return [(one.receipt, one.due_on, one.overdue) for one in found.rows]


def dumped(world: World) -> list[tuple[str, str, bool]]:
    with world.db.reading() as session:
        tasks = state_dump.state(session, world.sealer, world.today)["tasks"]
    return [(one["owed_by"], one["due_on"], one["overdue"]) for one in tasks if "duty" in one]


def morning(world: World) -> str:
    """Return what the newest email of the morning says to the administrator."""
    return " ".join(text_of(world.digests(Role.ADMINISTRATOR)[-1]).split())


def test_a_format_that_changed_is_one_row_and_holds_no_morning_up(world: World) -> None:
    for day in (17, 18, 19, 20):  # mornings with nothing new: more than a few would be a surge
        world.clock.move_to(date(2026, 3, day))
        world.sweep()
    kept = [aside(world, f'{{"hello": {n}}}'.encode()) for n in range(30)]
    lone = aside(world, b"[1]")
    world.clock.move_to(WEDNESDAY_25)
    world.sweep()
    mail = morning(world)
    assert world.digests(Role.ADMINISTRATOR)[-1]["Message-ID"].startswith("<digest-")
    asked = {one.reference for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "set_aside"}
    named = [one for one in asked if one in mail]
    assert (len(asked), len(named)) == (31, 2)
    assert mail.count("29 more could not be read for the same reason") == 1
    for receipt in (*kept[:25], lone):
        dismissed(world, receipt)
    world.clock.move_to(THURSDAY_26)
    world.sweep()
    mail = morning(world)
    assert "for the same reason" not in mail
    assert mail.count("2 working days overdue") == 5
