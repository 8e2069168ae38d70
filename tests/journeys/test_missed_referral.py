"""The main job: a sentence nobody refers, and the one email about it."""

from __future__ import annotations

from datetime import date

from tests.journeys.test_officer_leaves import assigned
from tests.journeys.world import FRIDAY_20_MARCH, TUESDAY_7_APRIL, World, told
from tests.services.mailbox import text_of
from vcs.law.deadlines.due import State
from vcs.terms import Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)


def test_a_referral_that_does_not_come_is_told_to_the_manager_once(world: World) -> None:
    world.court_tells(told())
    assert world.view().deadlines[0].due_on == TUESDAY_7_APRIL

    world.clock.move_to(TUESDAY_7_APRIL)
    world.sweep()
    assert world.misses_told() == []
    assert world.view().deadlines[0].state is State.DUE_SOON

    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    reference = world.only_referral()
    assert world.misses_told() == [reference]
    mail = world.digests()[-1]
    assert str(mail["Subject"]).strip() == "1 missed, 0 due in 2 working days, feeds normal"

    for day in range(9, 30):
        world.clock.move_to(date(2026, 4, day))
        world.sweep()
    assert world.misses_told() == [reference]
    assert f"{reference}, 16 working days overdue" in text_of(world.digests()[-1])
    assert world.mail() == []
    assert world.problems() == []


def test_the_email_names_nobody_and_links_to_the_referral(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    (mail,) = world.digests()
    text = mail.as_string() + text_of(mail)
    for secret in ("Madeup", "Colin", "ounding", "Leeds Crown", "13EX0000126", "grievous"):
        assert secret not in text
    body = text_of(mail)
    assert "http://127.0.0.1:8000/today/deadline-1" in body
    assert "Due Tuesday 7 April" in body
    assert f"{world.only_referral()}, 1 working day overdue" in body


def test_an_overdue_referral_shows_with_no_scheduler_at_all(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    assert world.view().deadlines[0].state is State.OVERDUE
    assert world.headline().overdue == 1


def test_a_referral_made_on_the_last_day_is_in_time(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_7_APRIL)
    world.refer()
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.misses_told() == []
    assert world.headline().unaccounted == 0


def test_a_scheduler_that_stood_still_over_a_weekend_loses_nothing(world: World) -> None:
    world.court_tells(
        told(FRIDAY_20_MARCH, urn="13EX0000126"), told(date(2026, 3, 19), urn="13EX0000226")
    )
    # Due on Thursday 2 and Tuesday 7 April; nothing runs from Maundy Thursday on.
    world.clock.move_to(date(2026, 4, 13))
    world.sweep()
    assert len(world.misses_told()) == 2
    assert not any(run.done for run in world.sweep())
    assert len(world.digests()) == 1


def test_where_a_clock_is_put_back_each_day_has_its_own_email_when_it_comes(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    for day in (TUESDAY_7_APRIL, FRIDAY_20_MARCH, WEDNESDAY_8_APRIL):
        world.clock.move_to(day)
        world.sweep()
    days = [str(one["Date"])[:11] for one in world.digests()]
    # Wednesday came twice, and the first time the clock was ahead, by what it said afterwards: on
    # Tuesday it was due, so that the miss is new when its day comes.
    assert world.misses_told() == [world.only_referral()] * 2
    assert sorted(days) == ["Fri, 20 Mar", "Tue, 07 Apr", "Wed, 08 Apr", "Wed, 08 Apr"]


def test_a_first_contact_that_is_missed_is_told_too(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(date(2026, 3, 24))
    world.refer()
    assigned(world, world.only_referral(), world.people[Role.VLO].account_id)
    due = next(d for d in world.view().deadlines if d.victim_reference).due_on
    world.clock.move_to(due)
    world.sweep()
    assert world.misses_told() == []
    world.clock.days(1)
    world.sweep()
    assert len(world.misses_told()) == 1
    assert "First contact with the victim" in text_of(world.digests()[-1])


def test_the_administrators_are_told_where_a_region_has_no_manager(world: World) -> None:
    world.court_tells(told(court=("C62CR00", "Cardiff Crown Court"), urn="62EX0000126"))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.misses_told(Role.ADMINISTRATOR) == [world.only_referral()]
    assert "1 passed up to you" in world.digests(Role.ADMINISTRATOR)[-1]["Subject"]
