"""What went at once and was overlooked is a line of every morning's email until it is done."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, update
from sqlmodel import col

from tests.alerts.test_at_once import given, out_soon
from tests.alerts.test_year import at
from tests.events.told import IN_ERROR, happens
from tests.journeys.test_officer_leaves import assigned
from tests.journeys.world import WALES, YORKSHIRE, World, a_victim
from tests.services.mailbox import text_of
from tests.victims.test_one_person import change
from vcs.access.exclusions.records import Exclusion
from vcs.alerts.digest.facts import Counts
from vcs.alerts.effect.opened import arrived_at, note_opened
from vcs.consequences.hidden.excluding import exclude
from vcs.referrals.emergency import open_in_emergency
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role

__all__ = ["given"]

HERS = {"address_lines": ("1 Example Street", "Exeter"), "postcode": "EX1 1AA"}


def mornings(world: World, first: date, *others: date) -> None:
    for day in (first, *others):
        world.clock.move_to(at(day, 7, 5))
        world.sweep()


def names(world: World, reference: str, to: Role | str = Role.MANAGER) -> list[bool]:
    """Return of each of somebody's digests whether it names something."""
    return [reference in text_of(one) for one in world.digests(to)]


def test_a_question_of_safety_is_there_each_morning_until_it_is_answered(given: World) -> None:
    given.refer("", a_victim(**HERS))
    given.sweep()
    (task,) = [one.reference for one in given.tasks() if one.kind == "address_to_check"]
    mornings(given, *(date(2026, 3, day) for day in (23, 24, 25)))
    assert names(given, task) == [False, True, True, True]
    assert names(given, task, Role.HEAD) == [False, False, False, True]
    assert names(given, task, Role.VLO) == [False] * 4, "she may not answer it"
    newest = given.digests()[-1]
    assert str(newest["Subject"]).strip().startswith("1 urgent and still open, 0 missed")
    assert f"/tasks/{task}\n" in text_of(newest)
    assert "Since Friday 20 March 2026, 3 working days." in " ".join(text_of(newest).split())
    html = newest.get_body(("html",))
    assert html is not None
    assert f"/tasks/{task}" in html.get_content()
    with given.db.writing() as session:
        head = given.work(session, given.people[Role.HEAD])
        exclude(head, given.only_referral(), given.people[Role.MANAGER].account_id, "knows her")
    mornings(given, date(2026, 3, 26))
    assert names(given, task)[-1] is False
    with given.db.writing() as session:
        session.execute(delete(Exclusion))
        answered = update(Task).where(col(Task.reference) == task)
        session.execute(answered.values(done_at=given.clock.now()))
    mornings(given, date(2026, 3, 27))
    assert names(given, task)[-1] is False
    assert "All clear" in given.digests()[-1]["Subject"]


def test_whom_nobody_told_of_a_danger_is_named_to_officer_manager_and_head(given: World) -> None:
    given.refer()
    given.clock.move_to(IN_ERROR.happened_on)
    event = happens(given, IN_ERROR)
    given.sweep()
    mornings(given, date(2026, 3, 25), date(2026, 3, 26), date(2026, 3, 27))
    assert names(given, event) == [False, True, True, True]
    assert names(given, event, Role.VLO) == [False, True, True, True]
    assert names(given, event, Role.HEAD) == [False, False, False, True]


def test_a_release_that_is_near_and_what_only_a_list_names_stay_too(world: World) -> None:
    world.court_tells(out_soon())
    reference = world.only_referral()
    assigned(world, reference, world.people[Role.VLO].account_id)
    lines = [
        Question(
            f"line:{n}",
            TaskKind.LIST_LINE,
            "A line",
            YORKSHIRE,
            topic=TaskTopic.UNKNOWN_TO_US,
        )
        for n in range(30)
    ]
    with world.db.writing() as session:
        open_tasks(session, lines, world.today)
    mornings(world, date(2026, 3, 23))
    assert "2 urgent and still open" in world.digests()[-1]["Subject"]
    said = " ".join(text_of(world.digests()[-1]).split())
    assert f"{reference} Release may come before the deadline" in said
    assert "So do 29 other lines." in said
    world.refer()
    mornings(world, date(2026, 3, 24))
    assert names(world, f"{reference}\nRelease may") == [True, True], "first contact waits"


def test_nothing_is_clear_while_something_urgent_is_open() -> None:
    assert Counts().is_clear
    assert not Counts(urgent=1).is_clear


def test_a_warning_that_was_overlooked_is_there_each_morning_until_it_is_opened(
    given: World,
) -> None:
    victim = given.refer()
    change(given, victim, given.people[Role.MANAGER], safe_to_post=False)
    given.sweep()
    mornings(given, date(2026, 3, 23), date(2026, 3, 24))
    line = "A warning about somebody’s safety was told, and not opened"
    assert names(given, line) == names(given, line, Role.VLO) == [False, True, True]
    page = f"/referrals/{given.only_referral()}"
    arrive(given, given.people[Role.MANAGER].account_id, page)
    mornings(given, date(2026, 3, 25))
    assert (names(given, line)[-1], names(given, line, Role.VLO)[-1]) == (False, True)
    arrive(given, given.people[Role.VLO].account_id, page)
    mornings(given, date(2026, 3, 26))
    assert names(given, line, Role.VLO)[-1] is False
    assert all(not one for one in names(given, line, Role.HEAD)), "she was told of nothing"


def test_a_case_that_was_opened_in_an_emergency_is_there_until_somebody_looks(
    given: World,
) -> None:
    given.refer()
    with given.db.writing() as session:
        work = given.work(session, given.hire(Role.VLO, "Wyn Wales", WALES))
        open_in_emergency(work, given.only_referral(), "a victim is in danger now", "She rang me")
    given.sweep()
    mornings(given, date(2026, 3, 23), date(2026, 3, 24))
    line = "opened in an emergency, and nobody has looked"
    assert names(given, line) == [False, True, True]
    seen = f"/referrals/{given.only_referral()}/seen"
    arrive(given, given.people[Role.MANAGER].account_id, seen)
    mornings(given, date(2026, 3, 25))
    assert names(given, line)[-1] is False


def arrive(world: World, account_id: int, page: str) -> None:
    """Let somebody open a page that an email led to."""
    with world.db.writing() as session:
        arrived = arrived_at(session, account_id, page)
        note_opened(session, account_id, arrived, world.clock.now())
