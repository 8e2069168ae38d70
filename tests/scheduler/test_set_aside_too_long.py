"""Messages that nobody could read wait for a person, and the administrators hear of it daily."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import FRIDAY_20_MARCH, World
from tests.sentences.test_set_aside import aside, dismissed

TUESDAY_24, WEDNESDAY_25, THURSDAY_26 = date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 26)

THURSDAY_2_APRIL, WEDNESDAY_8, THURSDAY_9 = date(2026, 4, 2), date(2026, 4, 8), date(2026, 4, 9)


def subjects(world: World, day: date) -> list[str]:
    """Let the scheduler sweep twice on a day; return the subjects of all mail so far."""
    world.clock.move_to(day)
    world.sweep()
    world.sweep()
    return [str(mail["Subject"]) for mail in world.mail()]


def test_after_two_working_days_it_is_told_once_a_day_until_it_is_dealt_with(
    world: World,
) -> None:
    assert world.today == FRIDAY_20_MARCH
    receipt = aside(world)
    assert subjects(world, TUESDAY_24) == []
    assert subjects(world, WEDNESDAY_25) == [
        "1 court message set aside, to be dealt with by a person"
    ]
    assert len(subjects(world, THURSDAY_26)) == 2
    (mail, _) = world.mail()
    assert mail["To"].addresses[0].addr_spec == "administrator@example.org"
    assert "Friday 20 March 2026" in mail.get_content()
    dismissed(world, receipt)
    assert len(subjects(world, date(2026, 3, 27))) == 2
    assert world.problems() == []


@pytest.mark.parametrize(("day", "mails"), [(WEDNESDAY_8, 0), (THURSDAY_9, 1)])
def test_easter_is_no_working_day(world: World, day: date, mails: int) -> None:
    world.clock.move_to(THURSDAY_2_APRIL)
    aside(world)
    assert len(subjects(world, day)) == mails
