"""The brakes: a morning of far more than usual is held, and nothing that goes at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from tests.journeys.world import World, a_victim, told
from tests.services.mailbox import text_of
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import open_matters
from vcs.alerts.digest.decide_held import HeldAnswer, decide_run, rows_held
from vcs.alerts.digest.recipients.acts import acts_done, recall_row, visible_matter
from vcs.alerts.digest.recipients.preference import choose_hour
from vcs.alerts.digest.records import HeldRun
from vcs.errors import Conflict, NotFound, NotValid
from vcs.terms import Role

WEDNESDAY_8 = date(2026, 4, 8)


@pytest.fixture
def surge(world: World) -> World:
    """Return a world of quiet mornings, on the morning after twelve referrals were due."""
    for day in (23, 24, 25, 26):
        world.clock.move_to(date(2026, 3, day))
        world.sweep()
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(12)))
    world.clock.move_to(datetime(2026, 4, 8, 6, 30, tzinfo=UTC))
    world.sweep()
    world.sweep()
    return world


def run(world: World) -> HeldRun:
    with world.db.reading() as session:
        return session.exec(select(HeldRun)).one()


def decide(world: World, answer: HeldAnswer, role: Role = Role.MANAGER) -> None:
    with world.db.writing() as session:
        decide_run(world.work(session, world.people[role]), run(world).reference, answer)
    world.sweep()


def test_the_counts_and_a_link_go_by_eight_and_one_person_is_asked(surge: World) -> None:
    (mail,) = [one for one in surge.digests() if str(one["Message-ID"]).startswith("<counts")]
    assert str(mail["Subject"]).strip().startswith("12 missed")
    assert "http://127.0.0.1:8000/today\n" in text_of(mail)
    assert surge.misses_told() == []
    (asked,) = surge.mail()
    assert asked["To"] == "manager@example.org"
    assert "12 new, usually 0" in asked["Subject"]
    before = len(surge.all_mail())
    for _ in range(3):  # a restart sends no more
        surge.sweep()
    assert len(surge.all_mail()) == before


def test_unanswered_for_two_hours_the_next_is_asked_and_at_five_it_goes(surge: World) -> None:
    surge.clock.minutes(119)
    surge.sweep()
    assert len(surge.mail()) == 1
    surge.clock.minutes(1)
    surge.sweep()
    asked = {one["To"] for one in surge.mail()}
    assert asked == {"manager@example.org", "head-of-public-protection@example.org"}
    surge.clock.move_to(datetime(2026, 4, 8, 15, 59, tzinfo=UTC))
    surge.sweep()
    assert surge.misses_told() == []
    surge.clock.move_to(datetime(2026, 4, 8, 16, 0, tzinfo=UTC))
    surge.sweep()
    assert len(surge.misses_told()) == 12
    assert run(surge).decision == "unanswered"


def test_while_it_is_held_what_cannot_wait_goes_and_a_stopped_scheduler_holds_it_no_second_day(
    surge: World,
) -> None:
    surge.court_tells(told(date(2026, 4, 8), urn="13EX7654326"))
    surge.refer(surge.referrals()[-1], a_victim(safe_to_post=False))
    surge.sweep()
    warned = [one for one in surge.mail() if "safety warning" in str(one["Subject"])]
    assert [one["To"] for one in warned] == ["manager@example.org"]
    assert surge.misses_told() == []
    surge.clock.move_to(datetime(2026, 4, 9, 6, 30, tzinfo=UTC))  # nothing ran at five
    surge.sweep()
    assert run(surge).decision == "unanswered"
    assert len(surge.misses_told()) == 12
    covered = " ".join(text_of(surge.digests()[-1]).split())
    assert "on Thursday 26 March 2026 to 07:30 on Thursday 9 April 2026" in covered


def test_what_is_left_out_or_dropped_is_told_of_the_next_morning(surge: World) -> None:
    with surge.db.reading() as session:
        rows = rows_held(session, run(surge), surge.people[Role.MANAGER])
    wrong = rows[0]
    decide(surge, HeldAnswer("edited", "One is wrong", (wrong.matter,)))
    assert wrong.reference not in surge.misses_told()
    assert len(surge.misses_told()) == 11
    surge.clock.move_to(datetime(2026, 4, 9, 6, 30, tzinfo=UTC))
    surge.sweep()
    assert surge.misses_told().count(wrong.reference) == 1


def test_a_dropped_run_forgets_nothing(surge: World) -> None:
    decide(surge, HeldAnswer("dropped", "All of it is wrong", until=date(2026, 4, 10)))
    assert surge.misses_told() == []
    surge.clock.move_to(datetime(2026, 4, 9, 6, 30, tzinfo=UTC))
    surge.sweep()
    assert len(surge.misses_told()) == 12


def test_an_announced_surge_goes_through_after_one_look(surge: World) -> None:
    decide(surge, HeldAnswer("sent", "Release tranche", until=date(2026, 5, 1)))
    surge.court_tells(
        *(told(date(2026, 4, 8), urn=f"13EX{n:07d}27", shared_at="17:00:00") for n in range(14))
    )
    surge.clock.move_to(datetime(2026, 4, 23, 6, 30, tzinfo=UTC))
    surge.sweep()
    assert len(surge.misses_told()) == 26


NO_ANSWERS = (
    HeldAnswer("sent", " "),
    HeldAnswer("edited", "why"),
    HeldAnswer("lost", "why"),
    HeldAnswer("sent", "why", until=date(2027, 1, 1)),
)


def test_an_answer_of_the_region_that_says_why_sends_it_to_everybody(surge: World) -> None:
    for answer in NO_ANSWERS:
        with pytest.raises(NotValid):
            decide(surge, answer)
    manager = surge.people[Role.MANAGER]
    surge.people[Role.MANAGER] = surge.hire(Role.MANAGER, "Welsh Manager", region="N03")
    with pytest.raises(NotFound):
        decide(surge, HeldAnswer("sent", "why"))
    assert run(surge).decision is None
    surge.people[Role.MANAGER] = manager
    decide(surge, HeldAnswer("sent", "A tranche of releases"))
    assert sorted(surge.misses_told()) == sorted(surge.referrals())
    assert len(surge.misses_told(Role.UNIT_ADMINISTRATOR)) == 12
    with pytest.raises(Conflict):
        decide(surge, HeldAnswer("dropped", "Too late"))
    assert surge.problems() == []


def quiet(world: World) -> None:
    for day in (23, 24, 25, 26):
        world.clock.move_to(date(2026, 3, day))
        world.sweep()


def morning(world: World, day: int, hour: int = 6, minute: int = 30) -> None:
    world.clock.move_to(datetime(2026, 4, day, hour, minute, tzinfo=UTC))
    world.sweep()


def open_matters_now(world: World) -> list[Matter]:
    with world.db.reading() as session:
        return list(open_matters(session, world.today).rows)


def runs(world: World) -> list[HeldRun]:
    with world.db.reading() as session:
        return list(session.exec(select(HeldRun).order_by(col(HeldRun.id))))


def sentenced_each_day(world: World, *counts: int) -> None:
    """Let so many be sentenced on each working day from Friday 20 March, due from 7 April."""
    days = (date(2026, 3, 20), *(date(2026, 3, day) for day in (23, 24, 25, 26)))
    for day, count in zip(days, counts, strict=False):
        many = (told(day, urn=f"13EX{day:%m%d}{n:03d}26") for n in range(count))
        world.clock.move_to(max(day, date(2026, 3, 26)))
        world.court_tells(*many)


def test_a_surge_in_slices_of_days_is_held_once_they_are_many_together(world: World) -> None:
    quiet(world)
    sentenced_each_day(world, 9, 9, 9)
    morning(world, 8)
    morning(world, 9)
    assert runs(world) == []
    assert len(world.misses_told()) == 18
    morning(world, 10)
    (held,) = runs(world)
    assert (held.new_rows, held.usual) == (27, 0)
    assert len(world.misses_told()) == 18
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        decide_run(manager, held.reference, HeldAnswer("sent", "All of it is right"))
    world.sweep()
    assert len(world.misses_told()) == 27


def test_a_few_each_day_are_no_surge(world: World) -> None:
    quiet(world)
    sentenced_each_day(world, 3, 3, 3, 3)
    for day in (8, 9, 10, 13):
        morning(world, day)
    assert runs(world) == []
    assert len(world.misses_told()) == 12


def test_what_comes_after_a_restart_on_the_same_morning_counts_with_what_went(
    world: World,
) -> None:
    """The manager has the email at 6; eight are told of. Five more come before the head's at 7."""
    with world.db.writing() as session:
        choose_hour(world.work(session, world.people[Role.MANAGER]), 360)
    quiet(world)
    sentenced_each_day(world, 8)
    morning(world, 8, 5, 0)
    assert len(world.misses_told()) == 8
    world.court_tells(*(told(urn=f"13EX{n:07d}28") for n in range(5)))
    morning(world, 8, 6, 30)
    (held,) = runs(world)
    assert held.new_rows == 13
    assert world.misses_told(Role.UNIT_ADMINISTRATOR) == []


def test_an_announcement_lets_through_what_was_seen_and_not_many_times_more(
    surge: World,
) -> None:
    decide(surge, HeldAnswer("sent", "Release tranche", until=date(2026, 5, 1)))
    more = (told(date(2026, 3, 26), urn=f"13EX{n:07d}27") for n in range(40))
    surge.court_tells(*more)
    surge.clock.move_to(datetime(2026, 4, 14, 6, 30, tzinfo=UTC))
    surge.sweep()
    assert len(runs(surge)) == 2
    assert len(surge.misses_told()) == 12


def test_the_next_rung_is_asked_and_not_the_next_of_the_same(world: World) -> None:
    world.hire(Role.MANAGER, "Second Manager")
    quiet(world)
    sentenced_each_day(world, 12)
    morning(world, 8)
    world.clock.minutes(120)
    world.sweep()
    asked = {one["To"] for one in world.mail()}
    assert asked == {"manager@example.org", "head-of-public-protection@example.org"}


def test_a_wrong_row_is_taken_back_and_everybody_who_was_told_hears_it(world: World) -> None:
    world.court_tells(told())
    morning(world, 8)
    (row,) = {one.key for one in open_matters_now(world)}
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        with pytest.raises(NotValid):
            recall_row(manager, row, " ")
        told_again = recall_row(manager, row, "Canary: the court had it wrong")
    world.sweep()
    taken = [one for one in world.mail() if "Taken back" in one["Subject"]]
    assert sorted(one["To"] for one in taken) == [
        "manager@example.org",
        "unit-administrator@example.org",
    ]
    assert told_again == 2
    assert "Canary" not in "".join(one.as_string() for one in taken)
    with world.db.reading() as session:
        administrator = world.work(session, world.people[Role.UNIT_ADMINISTRATOR])
        matter = visible_matter(session, administrator, row)
        (done,) = acts_done(session, world.sealer, matter.key)
    assert (done.kind, done.words) == ("recall", "Canary: the court had it wrong")
    morning(world, 9)
    assert f"{world.only_referral()}, 2 working days overdue" in text_of(world.digests()[-1])
