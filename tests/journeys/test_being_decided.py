"""What waits for a person's decision: a clock and one alert of its own, and no other meanwhile."""

from __future__ import annotations

from datetime import date

from scheduler import jobs
from scheduler.jobs import Sweep
from tests.journeys.world import CANNOT_TELL, ELIGIBLE, FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from tests.services.mailbox import text_of
from vcs.terms import Outcome

FRIDAY_27_MARCH = date(2026, 3, 27)

MONDAY_30_MARCH = date(2026, 3, 30)

WEDNESDAY_8_APRIL = date(2026, 4, 8)

"""The day after the referral was due."""


def decide(world: World, outcome: Outcome) -> None:
    (task,) = world.tasks()
    world.decide(task.reference, outcome)


def told_of(world: World) -> list[str]:
    """Return the references of what the manager's digests told of as missed, each once."""
    assert world.mail() == []
    return world.misses_told()


def taken_back(world: World) -> None:
    """Let the court tell of an eligible sentence and then of a shorter one."""
    world.court_tells(told(shared_at="12:00:00"))
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="13:00:00"))


def test_a_decision_that_waits_too_long_is_told_of_once(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL)))
    (task,) = world.tasks()
    assert task.due_on == FRIDAY_27_MARCH
    world.clock.move_to(FRIDAY_27_MARCH)
    world.sweep()
    assert told_of(world) == []
    world.clock.move_to(MONDAY_30_MARCH)
    world.sweep()
    world.sweep()
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert told_of(world) == [task.reference]
    first, again = world.digests()[-2:]
    assert str(first["Subject"]).strip() == "1 missed, 0 due in 2 working days, feeds normal"
    assert "NOBODY HAS DECIDED WHETHER CONTACT IS OWED" in text_of(first)
    assert f"{task.reference}, 6 working days overdue" in text_of(again)
    assert "Madeup" not in first.as_string()
    assert world.problems() == []


def test_a_decision_that_was_made_in_time_is_not_told_of(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL)))
    decide(world, Outcome.NOT_ELIGIBLE)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert told_of(world) == []


def test_no_missed_referral_is_told_of_while_a_person_decides_on_it(world: World) -> None:
    taken_back(world)
    (task,) = world.tasks()
    before = world.headline()
    assert (before.unaccounted, before.being_decided) == (1, 1)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert told_of(world) == [task.reference]
    (deadline,) = world.view().deadlines
    assert deadline.due_on == date(2026, 4, 7)


def test_what_is_only_due_waits_for_the_decision(world: World) -> None:
    taken_back(world)
    world.clock.move_to(date(2026, 4, 2))
    world.sweep()
    assert world.only_referral() not in "".join(map(text_of, world.digests()))


def test_a_miss_stays_a_row_on_each_morning_of_a_decision_until_it_is_made(world: World) -> None:
    world.court_tells(told(shared_at="12:00:00"))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="13:00:00"))
    for day in (9, 10, 13):
        world.clock.move_to(date(2026, 4, day))
        world.sweep()
        text = text_of(world.digests()[-1])
        assert f"{world.only_referral()}, {working_days(day)} overdue" in text, day
        assert "Settled on" not in text
    (task,) = [one for one in world.tasks() if one.kind == "sentence_changed"]
    world.decide(task.reference, Outcome.NOT_ELIGIBLE)
    world.clock.days(1)
    world.sweep()
    text = text_of(world.digests()[-1])
    assert f"{world.only_referral()}: " in text
    assert "overdue" not in text


def working_days(day: int) -> str:
    """Return how long what was due on Tuesday 7 April 2026 is late on a day of it."""
    return {9: "2 working days", 10: "3 working days", 13: "4 working days"}[day]


def test_what_is_still_owed_after_the_decision_is_told_of_then(world: World) -> None:
    taken_back(world)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    decide(world, Outcome.STATUTORY)
    assert world.headline().being_decided == 0
    world.sweep()
    world.sweep()
    assert told_of(world) == [world.only_referral()]


def test_what_is_no_longer_owed_is_never_told_of(world: World) -> None:
    taken_back(world)
    decide(world, Outcome.NOT_ELIGIBLE)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert (told_of(world), world.view().status) == ([], "closed")


def test_messages_that_contradict_each_other_take_no_alert_away(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE)))
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE)))
    assert [task.kind for task in world.tasks()] == ["sentence_changed"]
    assert world.headline().being_decided == 0
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert len(told_of(world)) == 2


def test_a_miss_that_was_marked_already_is_told_of_once_whatever_a_person_decides(
    world: World,
) -> None:
    world.court_tells(told(shared_at="12:00:00"))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    jobs.mark_missed(Sweep(world.settings, world.db, world.sealer, world.clock.now))
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="13:00:00"))
    (task,) = world.tasks()
    world.sweep()
    assert told_of(world) == [world.only_referral()]
    decide(world, Outcome.STATUTORY)
    world.clock.days(1)
    world.sweep()
    assert told_of(world) == [world.only_referral()]
    assert task.reference not in text_of(world.digests()[-1])
