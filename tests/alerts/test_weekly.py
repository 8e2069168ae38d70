"""A head has the weekly part once a week: on its first working day, or in the first email after."""

from __future__ import annotations

from datetime import date

from tests.alerts.test_year import at, tick
from tests.journeys.world import World, told
from tests.scheduler.test_delivery import Choosy, choosy
from tests.services.mailbox import text_of
from vcs.terms import Role

__all__ = ["choosy"]

HEAD = "head-of-public-protection@example.org"

WEEKLY = "THIS WEEK: 10 WORKING DAYS OVERDUE OR MORE"


def heard_on(world: World, *days: date) -> None:
    for day in days:
        world.clock.move_to(at(day, 7, 5))
        tick(world)


def april(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 4, day) for day in days)


def test_where_the_scheduler_was_stopped_on_monday_it_is_in_the_next_email(world: World) -> None:
    world.court_tells(told())
    heard_on(world, *april(9, 10, 15, 16, 17, 20, 21))
    had = [
        one["Date"].datetime.date() for one in world.digests(Role.HEAD) if WEEKLY in text_of(one)
    ]
    assert had == list(april(15, 20))


def test_where_no_server_took_mondays_email_it_is_in_the_next_one(
    world: World, choosy: Choosy
) -> None:
    world.court_tells(told())
    heard_on(world, *april(10))
    choosy.at_rcpt[HEAD] = "450 4.2.2 try again"
    heard_on(world, *april(13))
    del choosy.at_rcpt[HEAD]
    heard_on(world, *april(14, 15))
    theirs = [one for one in choosy.messages if one["To"] == HEAD]
    had = [one["Date"].datetime.date() for one in theirs if WEEKLY in text_of(one)]
    assert had == list(april(14))
