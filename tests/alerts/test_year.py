"""A year of ticks in a region: nothing missed, nothing doubled, one digest a person and day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from scheduler import jobs
from scheduler.alerts import at_once, digests, sending
from scheduler.jobs import Sweep
from tests.journeys.world import World, told
from tests.services.mailbox import text_of
from vcs.alerts.digest.records import Digest, DigestLine, Part
from vcs.clock import LONDON, london_date
from vcs.law.deadlines.working_days import is_working_day
from vcs.referrals.records import DeadlineRecord
from vcs.terms import Role

FIRST = date(2027, 10, 4)
"""A Monday. The year that follows holds both changes of the clocks, and 29 February 2028."""


def tick(world: World, schedulers: int = 2) -> None:
    """Do what a tick does about alerts, as two schedulers would at one moment."""
    for _ in range(schedulers):
        sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now)
        jobs.mark_missed(sweep)
        at_once.notice_at_once(sweep)
        digests.move_held_on(sweep)
        digests.write_digests(sweep)
        sending.send_alerts(sweep)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def first_told(world: World) -> Counter[str]:
    return Counter(world.misses_told())


def live_through(world: World, number: int, sentenced: int) -> int:
    """Live through one day of the year; return how many sentences there were by its end."""
    day = FIRST + timedelta(days=number)
    if is_working_day(day) and number % 4 == 0 and number < 340:
        world.clock.move_to(at(day, 16))
        world.court_tells(told(day, urn=f"13EX{sentenced:07d}27"))
        sentenced += 1
        if sentenced % 3 == 0:
            world.refer(world.referrals()[-2])
    if number % 50 in (17, 18, 19):
        return sentenced  # the scheduler is stopped for three days
    for moment, schedulers in ((at(day, 0, 30), 1), (at(day, 7, 5), 2), (at(day, 13), 1)):
        world.clock.move_to(moment)
        tick(world, schedulers)
    if number % 40 == 11:  # the clock jumps a day ahead, and back
        for moment in (at(day + timedelta(days=1), 8), at(day, 14)):
            world.clock.move_to(moment)
            tick(world)
    return sentenced


def test_a_year_of_ticks(world: World) -> None:
    world.clock.move_to(at(FIRST, 6))
    sentenced = 0
    for number in range(366):
        sentenced = live_through(world, number, sentenced)
    told_of, mails = first_told(world), world.digests()
    with world.db.reading() as session:
        deadlines = session.exec(select(DeadlineRecord)).all()
        written = session.exec(select(Digest)).all()
        lines = session.exec(select(DigestLine)).all()
    over = [one for one in deadlines if one.due_on < world.today - timedelta(days=4)]
    missed = [one for one in over if one.met_on is None or one.met_on > one.due_on]
    assert len(missed) > 25
    settled = [
        line for mail in mails for line in text_of(mail).splitlines() if "Settled on" in line
    ]
    assert len(told_of) + len(settled) >= len(missed)
    manager = world.people[Role.MANAGER].account_id
    news = Counter(one.matter for one in lines if one.is_new and one.account_id == manager)
    assert set(news.values()) == {1}
    true = [one for one in written if one.part != Part.AHEAD]
    per_day = Counter((one.account_id, one.day) for one in true)
    assert set(per_day.values()) == {1}
    assert all(is_working_day(one.day) for one in true)
    once = Counter((one.account_id, one.matter, one.rung, one.day) for one in lines)
    assert set(once.values()) == {1}
    days = Counter(london_date(one["Date"].datetime.astimezone(UTC)) for one in mails)
    # Where the clock stood a day ahead, its email went then, and the true morning had its own.
    ahead = {FIRST + timedelta(days=number + 1) for number in range(11, 366, 40)}
    assert {day for day, count in days.items() if count > 1} <= ahead
    assert max(days.values()) == 2
    assert world.problems() == []


def test_each_miss_is_told_by_eight_on_the_working_day_after(world: World) -> None:
    world.clock.move_to(at(date(2026, 3, 9), 6))
    for number in range(12):
        day = date(2026, 3, 9) + timedelta(days=number)
        world.clock.move_to(at(day, 12))
        world.court_tells(told(day, urn=f"13EX{number:07d}26"))
    with world.db.reading() as session:
        due = sorted(one.due_on for one in session.exec(select(DeadlineRecord)))
    day = date(2026, 3, 20)
    while day < date(2026, 4, 15):
        world.clock.move_to(at(day, 7, 30))
        tick(world)
        if is_working_day(day):
            expected = sum(one < day for one in due)
            assert len(world.misses_told()) == expected, day
        day += timedelta(days=1)
    assert len(world.misses_told()) == len(world.referrals())
    assert world.digests(Role.HEAD)
